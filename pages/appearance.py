"""Where the style sheet and the seal lie."""

import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "style.css"
SEAL = STATIC / "seal.png"


def file_button(words: str) -> str:
    """Return a style that lets the button of every box for files say this.

    Streamlit has its words in English only.
    """
    return f"<style>:root {{ --bring: {json.dumps(words, ensure_ascii=False)} }}</style>"

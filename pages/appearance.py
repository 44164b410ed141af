"""Where the style sheet and the seal lie."""

import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "style.css"
SEAL = STATIC / "seal.png"


def own_words(**said: str) -> str:
    """Return a style that lets Streamlit's own words be said in the language of the screen.

    It has them in English only; the style sheet puts these in their place.

    Args:
        said: What to say for `bring` (the button of a box for files), `refused` (beside a file that
            it does not take), `everything` (the first line of a list to choose several from) and
            `nothing` (where no line of a list fits).
    """
    lines = "; ".join(
        f"--{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in said.items()
    )
    return f"<style>:root {{ {lines} }}</style>"

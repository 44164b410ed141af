"""Where the style sheet and the seal lie."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "style.css"
SEAL = STATIC / "seal.png"

"""The fonts of exported charts: found, known to the converter, and able to draw the text.

The converter leaves out all text, digits included, when the named font is missing, and draws boxes
for characters that no font has. Both are refused here instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from i18n import Refusal, say
from nlp.charts.look import FONT

PACKAGE = "cvttf_NotoSansCJK_Regular"
_NO_CHARACTER = "\uffff"


class FontError(Refusal):
    """A chart cannot be saved because a font for its text is missing."""


def shipped() -> Path:
    """Return the file of the CJK font that the install ships.

    Raises:
        FontError: The package or the file is missing, or it holds another family.
    """
    return _shipped(PACKAGE)


def prepare(text: Iterable[str], more: Iterable[Path] = ()) -> None:
    """Make sure that the converter can draw a text.

    Args:
        text: Everything that the chart says.
        more: Files of further fonts, for scripts that the shipped one lacks.

    Raises:
        FontError: A font is missing or no font has a glyph for some character.
    """
    files = [shipped(), *more]
    for file in files:
        _register(file)
    letters = {letter for part in text for letter in part if _drawn(letter)}
    lacking = sorted(letter for letter in letters if not any(has(f, letter) for f in files))
    if lacking:
        raise FontError(
            say(
                "The chart cannot be saved: none of its fonts can draw {letters}. "
                "Name a font file that can.",
                letters=" ".join(lacking[:20]),
            )
        )


def has(file: Path, letter: str) -> bool:
    """Tell whether a font has a glyph of its own for a character."""
    return _outline(file, letter) != _outline(file, _NO_CHARACTER)


def _drawn(letter: str) -> bool:
    """Tell characters with a shape from spaces, controls, marks and joiners."""
    return unicodedata.category(letter)[0] not in "ZCM"


@cache
def _shipped(package: str) -> Path:
    found = find_spec(package)
    folders = list(found.submodule_search_locations or []) if found else []
    files = [file for folder in folders for file in sorted(Path(folder).glob("*.[ot]t[fc]"))]
    for file in files:
        if _family(file) == FONT:
            return file
    raise FontError(
        say(
            "The chart cannot be saved: the font {font} is missing. Install {package}.",
            font=FONT,
            package="cvttf-notosanscjk-regular",
        )
    )


def _family(file: Path) -> str | None:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(file, 12).getname()[0]
    except OSError:
        return None


@cache
def _register(file: Path) -> None:
    import vl_convert

    if not file.is_file() or _family(file) is None:
        raise FontError(say("The font {file} is missing or cannot be read.", file=str(file)))
    vl_convert.register_font_directory(str(file.parent))


@cache
def _outline(file: Path, letter: str) -> bytes:
    from PIL import ImageFont

    return bytes(ImageFont.truetype(file, 20).getmask(letter))

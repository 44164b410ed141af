"""Saving charts as SVG and PNG, with text that is there and is right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from nlp.charts.drawing import AnyChart
from nlp.charts.fonts import prepare
from nlp.charts.look import FONT, SCREEN_FONTS

PRINT_DPI = 300
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
NARROW = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def svg(chart: AnyChart, *, fonts: Iterable[Path] = ()) -> str:
    """Draw a chart as SVG.

    Text stays text: the reader's system draws it with the first family it has of those that are
    named, so the file is small, searchable and right in Chinese everywhere.

    Args:
        chart: A chart of this package.
        fonts: Files of further fonts, for scripts that the shipped one lacks.

    Returns:
        The SVG document.

    Raises:
        FontError: Text would be missing.
    """
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_prepared(chart, fonts))
    return drawn.replace(f'"{FONT}"', quoteattr(SCREEN_FONTS.replace('"', "'")))


def png(chart: AnyChart, *, dpi: int = PRINT_DPI, fonts: Iterable[Path] = ()) -> bytes:
    """Draw a chart as PNG.

    Args:
        chart: A chart of this package.
        dpi: Pixels an inch; 72 is one pixel for each unit of the chart.
        fonts: Files of further fonts, for scripts that the shipped one lacks.

    Returns:
        The file.

    Raises:
        FontError: Text would be missing.
    """
    import vl_convert

    specification = _narrow(_prepared(chart, fonts))
    drawn: bytes = vl_convert.vegalite_to_png(specification, scale=dpi / 72, ppi=72)
    return drawn


def _prepared(chart: AnyChart, fonts: Iterable[Path]) -> dict[str, Any]:
    """Return the specification with the shipped font in place of the reader's."""
    specification: dict[str, Any] = chart.to_dict()
    prepare(_strings(specification), fonts)
    specification.setdefault("config", {})["font"] = FONT
    return specification


def _narrow(part: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a specification whose apostrophes and quotation marks are narrow beside Latin letters.

    The one font of a picture is an East Asian one and gives them the width of a Chinese character:
    “Grandfather’ s”. Strings with Chinese, Japanese or Korean in them stay as they are.
    """
    if isinstance(part, str):
        return part if EAST_ASIAN.search(part) else part.translate(NARROW)
    if isinstance(part, dict):
        return {key: _narrow(value) for key, value in part.items()}
    return [_narrow(value) for value in part] if isinstance(part, list) else part


def _strings(part: object) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value)

"""The one place where charts get their colours, sizes and type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

FONT = "Noto Sans CJK TC"
"""Family of the CJK font that the install ships; carries Latin, Chinese, Japanese and Korean."""
SCREEN_FONTS = (
    f'"Source Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "{FONT}", sans-serif'
)

Ground = Literal["light", "dark"]


@dataclass(frozen=True)
class Look:
    """Colours of one ground; each series colour is at least 5.5 : 1 against it.

    Attributes:
        ground: Behind the chart.
        surface: Behind a part of it: bands, empty cells.
        ink: Text and what stands out.
        quiet: Axes, notes and what does not hold.
        accent: What needs attention.
        series: Colours of groups, in order; always together with a shape and a label.
    """

    ground: str
    surface: str
    ink: str
    quiet: str
    accent: str
    series: tuple[str, ...]

    def color(self, position: int) -> str:
        """Return the colour of the group at a position; it repeats after the fifth."""
        return self.series[position % len(self.series)]


LIGHT = Look(
    ground="#FBF9F4",
    surface="#F3EFE6",
    ink="#1F1B16",
    quiet="#525D65",
    accent="#B3261E",
    series=("#2F6F62", "#2E4A7D", "#8A5A0B", "#7A4069", "#5B6770"),
)
DARK = Look(
    ground="#171512",
    surface="#221F1B",
    ink="#EDE8DF",
    quiet="#A3AEB8",
    accent="#F2695C",
    series=("#6FBFAE", "#8FB0EA", "#E0A94A", "#D39BC2", "#A3AEB8"),
)
LOOKS: dict[Ground, Look] = {"light": LIGHT, "dark": DARK}

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")

TEXT_SIZE = 13
SMALL_SIZE = 12
ROW_HEIGHT = 22
WIDTH = 420


def config(look: Look) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a look."""
    label = {"labelColor": look.ink, "labelFontSize": TEXT_SIZE, "labelLimit": 260}
    title = {"titleColor": look.quiet, "titleFontSize": SMALL_SIZE, "titleFontWeight": "normal"}
    return {
        "font": SCREEN_FONTS,
        "background": look.ground,
        "padding": 12,
        "view": {"stroke": None, "continuousWidth": WIDTH},
        "axis": {
            **label,
            **title,
            "domain": False,
            "ticks": False,
            "grid": False,
            "gridColor": look.surface,
            "labelPadding": 8,
            "titlePadding": 10,
        },
        "axisX": {"labelColor": look.quiet, "labelFontSize": SMALL_SIZE},
        "header": {
            "labelColor": look.ink,
            "labelFontSize": TEXT_SIZE,
            "labelFontWeight": 600,
            "titleColor": look.quiet,
        },
        "legend": {**label, **title, "orient": "top", "symbolSize": 90, "columns": 4},
        "text": {"color": look.ink, "fontSize": SMALL_SIZE},
        "range": {"category": list(look.series)},
    }


def register(ground: Ground = "light") -> None:
    """Make the look the Altair theme of this process (`zhenqing-light` or `zhenqing-dark`)."""
    for name, look in LOOKS.items():
        alt.theme.register(f"zhenqing-{name}", enable=name == ground)(
            lambda look=look: alt.theme.ThemeConfig(config=config(look))  # type: ignore[typeddict-item] # the dictionary is what Vega-Lite takes
        )

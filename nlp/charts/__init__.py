"""Charts: functions that return an Altair chart with its alternative text, and ways to save one."""

from nlp.charts.days import days_chart
from nlp.charts.differences import difference_chart
from nlp.charts.drawing import Drawing
from nlp.charts.export import png, svg
from nlp.charts.fonts import FontError
from nlp.charts.groups import group_chart
from nlp.charts.look import register
from nlp.charts.maps import map_chart
from nlp.charts.themes import theme_chart

__all__ = [
    "Drawing",
    "FontError",
    "days_chart",
    "difference_chart",
    "group_chart",
    "map_chart",
    "png",
    "register",
    "svg",
    "theme_chart",
]

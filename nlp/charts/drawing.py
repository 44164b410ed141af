"""What every chart function returns, and how its strings are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from i18n import Message
from nlp.charts.look import Look, config

Translate = Callable[[Message], str]
"""Says a message in the reader's language; `str` says it in English."""
AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart | alt.HConcatChart


@dataclass(frozen=True)
class Drawing:
    """A chart with what it says in words.

    Attributes:
        chart: The Altair chart, in its look, with the alternative text as its description.
        alt: The alternative text, sentence by sentence, to be translated by whoever shows it.
        table: The numbers behind the chart; suppressed ones are missing from it too.
    """

    chart: AnyChart
    alt: list[Message]
    table: pd.DataFrame


def finish(
    chart: AnyChart, sentences: list[Message], table: pd.DataFrame, look: Look, translate: Translate
) -> Drawing:
    """Give a chart its look and its alternative text."""
    chart = chart.properties(description=" ".join(translate(sentence) for sentence in sentences))
    chart = chart.configure(**config(look))
    return Drawing(chart=chart, alt=sentences, table=table)


def percent(share: float) -> int:
    """Return a share as whole per cent."""
    return round(100 * share)


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign (a true minus)."""
    whole = round(100 * difference)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def records(table: pd.DataFrame) -> alt.InlineData:
    """Put rows into the chart itself, so that a saved chart needs nothing else."""
    values: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items() if not _absent(value)}
        for row in table.to_dict(orient="records")
    ]
    return alt.InlineData(values=values)


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124 - NaN

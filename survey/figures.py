"""What a study wants to see of its answers: its own figures, and the rates of its money.

They stand in the study folder (`figures.toml`, `rates.csv`) and, once it is loaded, with the
study's design. What a study does not define is drawn from its questionnaires as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from data.tables import Study
from i18n import Message, Refusal, say
from survey.tables import read_table

Texts = dict[str, str]


class RatesError(Refusal):
    """The rates cannot be used."""


class _Figure(BaseModel):
    """What all figures have: a key, a title by language and the questionnaire they are drawn from.

    Everything else that ends in a path of a question is one: `/data/task/done_by`.
    """

    model_config = ConfigDict(extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    title: Texts
    questionnaire: str


class CrossFigure(_Figure):
    """Two choices of the same turn or entry against each other, with an amount that is added up."""

    kind: Literal["cross"]
    rows: str
    columns: str
    amount: str = ""


class MoneyFigure(_Figure):
    """Sums planned and spent, in one currency (`counted_in`), by mark, category and team.

    `marked` is the choice that tells what the money was for (AI or not), `instead` the sum that
    would have been spent otherwise.
    """

    kind: Literal["money"]
    planned: str
    spent: str
    currency: str
    counted_in: str = Field(pattern=r"^[A-Z]{3}$")
    paid_on: str = ""
    category: str = ""
    marked: str = ""
    instead: str = ""


class FunnelFigure(_Figure):
    """Numbers that become fewer from stage to stage, and the reasons given on the way."""

    kind: Literal["funnel"]
    stages: list[str] = Field(min_length=2)
    reasons: list[str] = []


class ScaleFigure(_Figure):
    """A scale over the days, by team."""

    kind: Literal["scale"]
    path: str


class AccountsFigure(_Figure):
    """Whose accounts of one decision stand side by side."""

    kind: Literal["accounts"]
    roles: list[str] = Field(min_length=1)


Definition = Annotated[
    CrossFigure | MoneyFigure | FunnelFigure | ScaleFigure | AccountsFigure,
    Field(discriminator="kind"),
]


class FigureList(BaseModel):
    """The whole of `figures.toml`."""

    model_config = ConfigDict(extra="forbid")

    figures: list[Definition] = []


_ONE: TypeAdapter[Definition] = TypeAdapter(Definition)


def definitions_of(study: Study) -> list[Definition]:
    """Return the figures that a study defines, in their order."""
    return [_ONE.validate_python(each) for each in study.design.get("figures", [])]


def paths_of(definition: Definition) -> Iterator[str]:
    """Yield the paths of the questions that a figure is drawn from."""
    for name, value in definition:
        if name in {"key", "title", "questionnaire", "kind", "counted_in", "roles"}:
            continue
        yield from ([value] if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was worth, in the currency that everything is counted in."""

    day: dt.date
    currency: str
    rate: float
    source: str = ""


def read_rates(filename: str, content: bytes) -> list[Rate]:
    """Read a table of rates: date, currency, rate and, if wanted, source.

    Raises:
        RatesError: Every mistake, with its row.
    """
    rates: list[Rate] = []
    mistakes: list[Message] = []
    for row in read_table(filename, content):
        try:
            day = dt.date.fromisoformat(row.get("date"))
            rate = float(row.get("rate"))
            if not 0 < rate < 1e9:
                raise ValueError
        except ValueError:
            mistakes.append(
                say(
                    "{file}, row {row}: write the date like 2026-06-01 and the rate like 7.83.",
                    file=filename,
                    row=row.number,
                )
            )
            continue
        rates.append(Rate(day, row.get("currency").upper(), rate, row.get("source")))
    if mistakes:
        raise RatesError(*mistakes)
    return sorted(rates, key=lambda each: (each.currency, each.day))


def rates_of(study: Study) -> list[Rate]:
    """Return the rates of a study."""
    return [
        Rate(dt.date.fromisoformat(each["date"]), each["currency"], each["rate"], each["source"])
        for each in study.design.get("rates", [])
    ]


def as_design(rates: Sequence[Rate]) -> list[dict[str, Any]]:
    """Write rates as a study's design keeps them."""
    return [
        {
            "date": each.day.isoformat(),
            "currency": each.currency,
            "rate": each.rate,
            "source": each.source,
        }
        for each in rates
    ]


def rate_on(rates: Sequence[Rate], currency: str, day: dt.date) -> Rate | None:
    """Return the rate that holds on a day: the newest until then, or else the first after it."""
    own = [each for each in rates if each.currency == currency]
    before = [each for each in own if each.day <= day]
    return before[-1] if before else own[0] if own else None

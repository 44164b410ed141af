"""Money planned and spent, in one currency, with the rates and dates that were used."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from i18n import Message, say
from nlp.answers.answers import Asked
from nlp.answers.cells import Cell, Part, concealed
from nlp.answers.making import Maker, ids, people
from nlp.compare.cells import SHOWN, hidden
from survey.answers import Entry, Variable
from survey.figures import MoneyFigure, Rate, rate_on


@dataclass(frozen=True)
class Line:
    """One sum: what was planned and spent for it, in the currency that everything is counted in.

    Attributes:
        entry: The entry.
        planned: What was planned.
        spent: What was spent.
        instead: What would have been spent otherwise; None where nobody estimated it.
        rate: The rate it was counted with; None where it was in that currency already.
        marked: The choice that tells what it was for; "" for none.
        category: Its category; "" for none.
    """

    entry: Entry
    planned: float
    spent: float
    instead: float | None
    rate: Rate | None
    marked: str
    category: str


@dataclass(frozen=True)
class Counted:
    """The sums that could be counted, and how many could not for want of a rate, by currency."""

    lines: Sequence[Line]
    without_rate: Counter[str]


def count_money(maker: Maker, asked: Asked, wanted: MoneyFigure) -> Counted:
    """Bring every sum into one currency.

    Each is counted with the newest rate until the day it was paid, or the day of its entry where
    nobody said when; where no rate is that old, with the first one after it.
    """
    lines: list[Line] = []
    without_rate: Counter[str] = Counter()
    for entry in asked.entries:
        planned = _number(asked, entry, wanted.planned)
        spent = _number(asked, entry, wanted.spent)
        currency = str(_value(asked, entry, wanted.currency) or wanted.counted_in)
        if planned is None and spent is None:
            continue
        rate = None
        if currency != wanted.counted_in:
            rate = rate_on(maker.answers.rates, currency, _paid_on(asked, entry, wanted))
            if rate is None:
                without_rate[currency] += 1
                continue
        factor = rate.rate if rate else 1.0
        instead = _number(asked, entry, wanted.instead)
        lines.append(
            Line(
                entry=entry,
                planned=(planned or 0.0) * factor,
                spent=(spent or 0.0) * factor,
                instead=None if instead is None else instead * factor,
                rate=rate,
                marked=str(_value(asked, entry, wanted.marked) or ""),
                category=str(_value(asked, entry, wanted.category) or ""),
            )
        )
    return Counted(lines, without_rate)


def _paid_on(asked: Asked, entry: Entry, wanted: MoneyFigure) -> dt.date:
    said = _value(asked, entry, wanted.paid_on)
    try:
        return dt.date.fromisoformat(str(said)[:10])
    except ValueError:
        return entry.response.day


def _value(asked: Asked, entry: Entry, path: str) -> object:
    found: object = entry.response.answers
    for step in path.strip("/").split("/")[1:] if path else [""]:
        found = found.get(step) if isinstance(found, dict) else None
    return found if asked.joined.variable(path) else None


def _number(asked: Asked, entry: Entry, path: str) -> float | None:
    found = _value(asked, entry, path)
    return float(found) if isinstance(found, int | float) else None


def money_parts(
    maker: Maker, asked: Asked, wanted: MoneyFigure
) -> tuple[list[Part], list[Message]]:
    """Return the sums in all and by mark, category and team, and the rates they rest on."""
    counted = count_money(maker, asked, wanted)
    lines = counted.lines
    notes = list(_notes(maker, counted, wanted))
    if not lines:
        return [], notes
    split = _Split(maker, wanted.counted_in)
    said = [
        say(
            "{spent} {currency} were spent where {planned} were planned, in {count} sums.",
            spent=maker.number(sum(line.spent for line in lines)),
            planned=maker.number(sum(line.planned for line in lines)),
            currency=wanted.counted_in,
            count=len(lines),
        )
    ]
    parts = []
    marked = asked.joined.variable(wanted.marked) if wanted.marked else None
    if marked:
        parts.append(
            split.part("marked", maker.label(marked), _chosen(maker, marked, lines, "marked"), said)
        )
    else:
        parts.append(split.part("all", maker.tell(say("In all")), [("", lines)], said))
    if wanted.instead and marked:
        parts += split.instead(asked.joined.variable(wanted.instead), lines)
    if wanted.category and (category := asked.joined.variable(wanted.category)):
        groups = sorted(
            _chosen(maker, category, lines, "category"),
            key=lambda each: -sum(line.spent for line in each[1]),
        )
        parts.append(split.part("categories", maker.label(category), groups, []))
    codes = sorted({line.entry.team for line in lines if line.entry.team})
    if len(codes) > 1:
        groups = [
            (maker.team(code), [line for line in lines if line.entry.team == code])
            for code in codes
        ]
        parts.append(split.part("teams", maker.tell(say("By team")), groups, []))
    return parts, notes


Groups = Sequence[tuple[str, Sequence[Line]]]


def _chosen(
    maker: Maker, variable: Variable, lines: Sequence[Line], attribute: str
) -> list[tuple[str, Sequence[Line]]]:
    named = maker.choices(variable)
    found = [
        (called, [line for line in lines if getattr(line, attribute) == name])
        for name, called in named.items()
    ]
    return [(called, inside) for called, inside in found if inside]


@dataclass(frozen=True)
class _Split:
    """Makes parts of money."""

    maker: Maker
    currency: str

    def part(self, key: str, title: str, groups: Groups, said: Sequence[Message]) -> Part:
        """Return planned and spent for each group of sums.

        A sum is the production's, not a person's; what must not be read out of a table is a single
        sum, such as somebody's fee. The small ones here are therefore few sums, not few people.
        """
        words = [self.maker.tell(say("planned")), self.maker.tell(say("spent"))]
        few = few_of([len(lines) for _, lines in groups], self.maker.threshold)
        cells = []
        told = list(said)
        for (group, lines), hide in zip(groups, few, strict=True):
            for word, amount in zip(words, (_planned, _spent), strict=True):
                cell = self._cell(group, word, lines, amount)
                cells.append(concealed(cell) if hide else cell)
            if group and not hide:
                told.append(self._told(group, lines))
        return self.maker.drawn_bars(
            key, title, cells,
            axis=say("Sums in {currency}", currency=self.currency), sentences=told,
            colors={words[0]: 4, words[1]: 0},
        )  # fmt: skip

    def instead(self, variable: Variable | None, lines: Sequence[Line]) -> list[Part]:
        """Return what was spent, and what it is said to have replaced, where somebody estimated."""
        known = [line for line in lines if line.instead is not None]
        if variable is None or len(known) < self.maker.threshold:
            return []
        cells = [
            self._cell("", self.maker.tell(say("spent")), known, _spent),
            self._cell("", self.maker.tell(say("by their estimate, otherwise")), known, _instead),
        ]
        said = [
            say(
                "By the estimate of those who spent it, {spent} {currency} took the place of "
                "{instead}, in {count} sums.",
                spent=cells[0].text,
                currency=self.currency,
                instead=cells[1].text,
                count=len(known),
            )
        ]
        label = self.maker.label(variable)
        part = self.maker.drawn_bars(
            "instead", label, cells,
            axis=say("Sums in {currency}", currency=self.currency), sentences=said,
            colors={cells[0].row: 0, cells[1].row: 4},
        )  # fmt: skip
        return [part]

    def _cell(
        self, panel: str, row: str, lines: Sequence[Line], amount: Callable[[Line], float]
    ) -> Cell:
        entries = [line.entry for line in lines]
        total = sum(map(amount, lines))
        return Cell(panel, row, total, self.maker.number(total), people(entries), ids(entries))

    def _told(self, group: str, lines: Sequence[Line]) -> Message:
        return say(
            "{what}: {spent} {currency} spent, {planned} planned.",
            what=group,
            spent=self.maker.number(sum(map(_spent, lines))),
            planned=self.maker.number(sum(map(_planned, lines))),
            currency=self.currency,
        )


def few_of(counts: Sequence[int], threshold: int) -> list[bool]:
    """Tell which groups of sums are too small to be shown."""
    return [reason != SHOWN for reason in hidden(counts, [False] * len(counts), threshold)]


def _planned(line: Line) -> float:
    return line.planned


def _spent(line: Line) -> float:
    return line.spent


def _instead(line: Line) -> float:
    return line.instead or 0.0


def _notes(maker: Maker, counted: Counted, wanted: MoneyFigure) -> list[Message]:
    used = Counter(line.rate for line in counted.lines if line.rate)
    notes = [
        say(
            "1 {currency} = {rate} {counted_in}, rate of {day} ({source}); sums counted with it: "
            "{count}.",
            currency=rate.currency,
            rate=maker.number(rate.rate, 6),
            counted_in=wanted.counted_in,
            day=rate.day.isoformat(),
            source=rate.source or "–",
            count=count,
        )
        for rate, count in sorted(used.items(), key=lambda each: (each[0].currency, each[0].day))
    ]
    notes += [
        say("Sums in {currency} not counted, for want of a rate: {count}.", count=n, currency=name)
        for name, n in sorted(counted.without_rate.items())
    ]
    return notes

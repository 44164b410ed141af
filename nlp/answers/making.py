"""What all figures are made with: the answers, the reader's language, and the charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd

from i18n import Message, say, translate
from nlp.answers.answers import Answers, label_of
from nlp.answers.cells import Cell, Part, concealed, protected
from nlp.charts.bars import bar_chart
from nlp.charts.dots import dot_chart
from nlp.charts.drawing import Drawing
from nlp.charts.look import Ground
from nlp.compare.levels import group_shares
from survey.answers import Entry, Variable

HIDDEN = say("Numbers that could point to single people are not shown.")


@dataclass(frozen=True)
class Maker:
    """Makes the parts of figures in one language."""

    answers: Answers
    language: str

    @property
    def threshold(self) -> int:
        """The fewest people of a number that is shown."""
        return self.answers.study.threshold

    def tell(self, message: Message) -> str:
        """Say a message in the reader's language."""
        return translate(message, self.language)

    def label(self, variable: Variable) -> str:
        """Return what is asked."""
        return label_of(variable.label, self.language, variable.name)

    def choices(self, variable: Variable) -> dict[str, str]:
        """Return what the choices of a question are called, by name, in their order."""
        return {
            choice.name: label_of(choice.labels, self.language, choice.name)
            for choice in variable.choices
        }

    def team(self, code: str) -> str:
        """Return what a team is called."""
        return self.answers.team_name(code, self.language)

    def number(self, value: float, digits: int = 0, *, always: bool = False) -> str:
        """Write a number as people do: 12,300; `always` with every digit, 6.0 beside 5.6."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + ("0" if always else "#") * digits if digits else "")
        return format_decimal(value, pattern, locale=self.language.replace("-", "_"))

    def bars(
        self,
        key: str,
        title: str,
        cells: Sequence[Cell],
        *,
        axis: Message,
        sentences: Sequence[Message],
        colors: Mapping[str, int] | None = None,
    ) -> Part:
        """Return a part drawn as bars; small cells are hidden."""
        safe = protected(cells, self.threshold)
        return self.drawn_bars(key, title, safe, axis=axis, sentences=sentences, colors=colors)

    def drawn_bars(
        self,
        key: str,
        title: str,
        cells: Sequence[Cell],
        *,
        axis: Message,
        sentences: Sequence[Message],
        colors: Mapping[str, int] | None = None,
    ) -> Part:
        """Return a part drawn as bars, of cells that are safe to be shown."""
        said = _with_hidden(sentences, cells)
        draw = partial(_bars, cells, axis=axis, said=said, colors=colors, tell=self.tell)
        return Part(key, title, said, cells, draw)

    def shares(
        self,
        key: str,
        title: str,
        shares: pd.DataFrame,
        entries: Mapping[tuple[str, str], set[UUID]],
    ) -> Part | None:
        """Return how the teams differ in shares: person by person, with intervals.

        Args:
            key: Of the part.
            title: Of the part.
            shares: Person x label, 0 to 1.
            entries: The entries behind each label and team code.
        """
        teams = self.answers.team_of
        if shares.empty or teams.reindex(shares.index).nunique() < 2:
            return None
        levels = group_shares(shares, teams, threshold=self.threshold)
        cells = [self._share(row, entries) for row in levels.to_dict(orient="records")]
        if not any(cell.shown for cell in cells):
            return None
        said = _with_hidden(_ranges(cells), cells)
        top = max((cell.high for cell in cells if cell.shown), default=100.0)
        draw = partial(
            _dots,
            cells,
            axis=say("Mean share over the people of the team, in % (line: 95% interval)"),
            domain=(0.0, max(5.0, top)),
            said=said,
            tell=self.tell,
        )
        return Part(key, title, said, cells, draw)

    def _share(self, row: Any, entries: Mapping[tuple[str, str], set[UUID]]) -> Cell:  # noqa: ANN401 - a row of pandas
        share, low, high = (float(row[end]) for end in ("share", "low", "high"))
        suppressed = bool(row["suppressed"])
        cell = Cell(
            panel=str(row["theme"]),
            row=self.team(str(row["group"])),
            value=share * 100,
            low=low * 100,
            high=high * 100,
            text="" if suppressed else self._interval(share, low, high),
            people=0 if suppressed else int(row["people"]),
            entries=tuple(sorted(entries.get((str(row["theme"]), str(row["group"])), ()))),
        )
        return concealed(cell) if suppressed else cell

    def _interval(self, share: float, low: float, high: float) -> str:
        return self.tell(
            say(
                "{share}% ({low} to {high})",
                share=round(share * 100),
                low=round(low * 100),
                high=round(high * 100),
            )
        )


def _bars(
    cells: Sequence[Cell],
    ground: Ground,
    *,
    axis: Message,
    said: Sequence[Message],
    colors: Mapping[str, int] | None,
    tell: Callable[[Message], str],
) -> Drawing:
    return bar_chart(
        frame(cells), axis=axis, sentences=said, colors=colors, translate=tell, ground=ground
    )


def _dots(
    cells: Sequence[Cell],
    ground: Ground,
    *,
    axis: Message,
    domain: tuple[float, float],
    said: Sequence[Message],
    tell: Callable[[Message], str],
) -> Drawing:
    return dot_chart(
        frame(cells), axis=axis, domain=domain, sentences=said, translate=tell, ground=ground
    )


def frame(cells: Sequence[Cell]) -> pd.DataFrame:
    """Return cells as charts take them."""
    return pd.DataFrame(
        [(c.panel, c.row, c.value, c.low, c.high, c.text, c.shown) for c in cells],
        columns=["panel", "row", "value", "low", "high", "text", "shown"],
    )


def _with_hidden(sentences: Sequence[Message], cells: Sequence[Cell]) -> list[Message]:
    said = [sentence for sentence in sentences if sentence != HIDDEN]
    return said if all(cell.shown for cell in cells) else [*said, HIDDEN]


def _ranges(cells: Sequence[Cell]) -> list[Message]:
    """Say for each panel which team has least of it and which most."""
    said = []
    for panel in dict.fromkeys(cell.panel for cell in cells):
        shown = sorted(
            (cell for cell in cells if cell.panel == panel and cell.shown), key=lambda c: c.value
        )
        if len(shown) > 1:
            said.append(
                say(
                    "{what}: from {low}% ({lowest}) to {high}% ({highest}).",
                    what=panel,
                    low=round(shown[0].value),
                    lowest=shown[0].row,
                    high=round(shown[-1].value),
                    highest=shown[-1].row,
                )
            )
    return said


def ids(entries: Iterable[Entry]) -> tuple[UUID, ...]:
    """Return the keys of entries, each once, in their order."""
    return tuple(dict.fromkeys(entry.response.id for entry in entries))


def people(entries: Iterable[Entry]) -> int:
    """Return how many people wrote entries."""
    return len({entry.person for entry in entries})


def so_many(count: int) -> Message:
    """Say a number of people."""
    return say("{count} person", count=count) if count == 1 else say("{count} people", count=count)


def answered(count: int, by: int) -> Message:
    """Say how many answers there are, and by how many people."""
    if count == 1:
        return say("One answer.")
    return say("{count} answers by {people}.", count=count, people=so_many(by))

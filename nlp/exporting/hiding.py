"""Hiding names in what leaves the house: names become codes, and codes become “colleague”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from nlp.masking_review import Known
from nlp.privacy.forms import is_team
from nlp.privacy.leaving import codes_pattern, without_codes
from survey.answers import Column, Sheet


class Hiding:
    """Masks texts; what was masked once is not masked again.

    A code in somebody's text would let two texts unlock each other, so every code gives way to
    `[colleague]` (`nlp.privacy.leaving`).
    """

    def __init__(self, names: Known, codes: Iterable[str]) -> None:
        self._names = names
        # What a team is called is no secret where a questionnaire offers teams to choose from.
        people = {code: found for code, found in names.names.items() if not is_team(code)}
        self._people = Known(people, names.nobody)
        self._codes = codes_pattern([*codes, *names.names])
        self._done: dict[tuple[str, str], str] = {}

    def text(self, text: str, language: str = "und") -> str:
        """Return a text without names and codes."""
        key = (text, language)
        if key not in self._done:
            masked = self._names.mask(text, language=language).text
            self._done[key] = without_codes(masked, self._codes, language)
        return self._done[key]

    def label(self, text: str) -> str:
        """Return what a questionnaire says without names of people and without codes."""
        return without_codes(self._people.mask(text, language="und").text, self._codes)

    def without_codes(self, text: str, language: str = "und") -> str:
        """Return a text that was masked before, with the names known now, without codes."""
        return without_codes(text, self._codes, language)

    def sheet(self, sheet: Sheet, *, masked: bool = False) -> Sheet:
        """Return a sheet without names: in people's own words, in labels and in choices.

        Args:
            sheet: The sheet.
            masked: Whether people's words in it were masked before, with the names known now; to
                mask 100,000 passages once more takes minutes.
        """
        hide = self.without_codes if masked else self.text
        choices = [self._choices(column) for column in sheet.columns]
        columns = tuple(
            replace(
                column,
                name=self._heading(column, sheet),
                label=self.label(column.label),
                values=choices[place][1],
            )
            for place, column in enumerate(sheet.columns)
        )
        tongue = sheet.names.index(sheet.tongue) if sheet.tongue else None
        rows = [self._row(row, sheet.columns, choices, tongue, hide=hide) for row in sheet.rows]
        return replace(sheet, columns=columns, rows=rows)

    def _row(
        self,
        row: tuple[Any, ...],
        columns: tuple[Column, ...],
        choices: list[tuple[dict[str, str], dict[str, str]]],
        tongue: int | None,
        *,
        hide: Callable[[str, str], str],
    ) -> tuple[Any, ...]:
        language = str(row[tongue] or "und") if tongue is not None else "und"
        return tuple(
            hide(cell, language)
            if column.free and isinstance(cell, str)
            else self._cell(cell, column, renamed, language)
            for cell, column, (renamed, _) in zip(row, columns, choices, strict=True)
        )

    def _cell(
        self,
        cell: Any,  # noqa: ANN401 - a cell of a table
        column: Column,
        renamed: dict[str, str],
        language: str,
    ) -> Any:  # noqa: ANN401 - as above
        if not isinstance(cell, str):
            return cell
        if column.kind not in {"choice", "choices"}:
            return cell
        # What the questionnaire does not offer may be anything, a name too.
        several = cell.split(" ") if column.kind == "choices" else [cell]
        return " ".join(renamed.get(each) or self.text(each, language) for each in several)

    def _choices(self, column: Column) -> tuple[dict[str, str], dict[str, str]]:
        """Return how choices are renamed, and what the renamed ones are called."""
        renamed: dict[str, str] = {}
        called: dict[str, str] = {}
        for place, (name, label) in enumerate(column.values.items(), start=1):
            renamed[name] = f"choice_{place}" if self._names_somebody(name) else name
            called[renamed[name]] = self.label(label)
        return renamed, called

    def _heading(self, column: Column, sheet: Sheet) -> str:
        if not self._names_somebody(column.name.rpartition(".")[2]):
            return column.name
        return f"column_{sheet.names.index(column.name) + 1}"

    def _names_somebody(self, name: str) -> bool:
        """Whether a name that a machine reads names a person: `ask_wang_xiaoming`."""
        plain = re.sub(r"[_.\-]+", " ", name)
        return self.label(plain) != plain or self.label(plain.title()) != plain.title()

"""Checking every expression of the form: its syntax, its functions, what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pyxform.utils import default_is_dynamic

from i18n import say
from survey.xlsform.checks.report import Report
from survey.xlsform.formulas import Formula, formula
from survey.xlsform.headings import TRANSLATED, Column, columns
from survey.xlsform.outline import Entry, Outline
from survey.xlsform.references import Names, broken_reference, position_map, references
from survey.xlsform.workbook import Row
from survey.xpath import XPathError

_FORMULAS = frozenset(
    {
        ("bind", "relevant"),
        ("bind", "required"),
        ("bind", "readonly"),
        ("bind", "constraint"),
        ("bind", "calculate"),
        ("control", "jr:count"),
        ("choice_filter",),
    }
)
_OWN_CHECKS = frozenset({("type",), ("name",), ("trigger",)})
_ANSWERED = frozenset({"question", "begin"})


@dataclass(frozen=True, slots=True)
class Found:
    """A formula of a row, and the column it stands in."""

    entry: Entry
    column: Column
    formula: Formula


def check_expressions(outline: Outline, names: Names, report: Report) -> list[Found]:
    """Check the formulas and the `${name}` of all texts.

    Returns:
        The formulas that could be compiled.
    """
    check = _Check(outline, names, report)
    found = []
    for entry in outline.entries:
        if entry.type is None or entry.type.kind not in _ANSWERED:
            continue
        for column, text in entry.cells:
            if compiled := check.cell(entry, column, text):
                found.append(Found(entry, column, compiled))
        check.type_cell(entry)
        check.triggers(entry)
    check.settings()
    check.choice_texts()
    return found


def names_of(outline: Outline) -> Names:
    """Return the names of everything that holds answers, what pyxform adds included."""
    answered = [e.path for e in outline.entries if e.type and e.type.kind in _ANSWERED and e.name]
    return Names([*answered, *_made(outline)], outline.repeats())


def _made(outline: Outline) -> Iterator[tuple[str, ...]]:
    """Yield the paths of what pyxform adds by itself."""
    yield (outline.root, "meta", "instanceID")
    for entry in outline.entries:
        if entry.type is None:
            continue
        if entry.type.other:
            yield (*entry.path[:-1], f"{entry.name}_other")
        count = entry.text("control", "jr:count")
        if entry.type.name == "repeat" and count and not _only_reference(count):
            yield (*entry.path[:-1], f"{entry.name}_count")


def _only_reference(text: str) -> bool:
    found = references(text)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))


class _Check:
    """The checks of one form."""

    def __init__(self, outline: Outline, names: Names, report: Report) -> None:
        self.outline = outline
        self.names = names
        self.report = report
        self.texts: set[str] = set()

    def cell(self, entry: Entry, column: Column, text: str) -> Formula | None:
        """Check one cell; return the formula in it, None for a text."""
        if column.meaning in _OWN_CHECKS or not self._references("survey", entry.row, column, text):
            return None
        dynamic = column.meaning == ("default",) and self._dynamic(entry, text)
        if column.meaning not in _FORMULAS and not dynamic:
            return None
        complain = partial(self.report.error, "survey", entry.row, column.heading)
        return self._formula(text, entry.path, complain)

    def _dynamic(self, entry: Entry, text: str) -> bool:
        return bool(default_is_dynamic(text, entry.text("type")))

    def _formula(
        self, text: str, here: tuple[str, ...], complain: Callable[..., None]
    ) -> Formula | None:
        try:
            return formula(text, here, self.names)
        except XPathError as error:
            if error.column is None:
                complain(error.problem)
            else:
                place = position_map(text, here, self.names)(error.column)
                complain(say("At character {place}: {problem}", place=place, problem=error.problem))
            return None

    def _references(self, sheet: str, row: Row, column: Column, text: str) -> bool:
        """Check the `${name}` of a text; tell whether all of them lead somewhere."""
        if "$" not in text:
            return True
        if broken_reference(text) is not None:
            self.report.error(
                sheet,
                row,
                column.heading,
                say(
                    "A reference is written ${brackets}, with the name of a question.",
                    brackets="{name}",
                ),
            )
            return False
        whole = True
        for name in dict.fromkeys(reference.name for reference in references(text)):
            whole = self._reference(sheet, row, column, name) and whole
        return whole

    def _reference(self, sheet: str, row: Row, column: Column, name: str) -> bool:
        paths = self.names.paths(name)
        if len(paths) == 1:
            return True
        if paths:
            rows = ", ".join(str(e.row.number) for e in self.outline.by_name.get(name, ()))
            message = say(
                "{name} is the name of several questions (rows {rows}), so it cannot be referred "
                "to.",
                name=name,
                rows=rows,
            )
        else:
            message = say("There is no question named {name}.", name=name)
        self.report.error(sheet, row, column.heading, message)
        return False

    def type_cell(self, entry: Entry) -> None:
        """Check the reference of a select over earlier answers."""
        if entry.type and entry.type.choices and "$" in entry.type.choices:
            found = entry.cell("type")
            if found:
                self._references("survey", entry.row, found[0], entry.type.choices)

    def triggers(self, entry: Entry) -> None:
        """Check that a trigger names questions."""
        found = entry.cell("trigger")
        if not found:
            return
        column, text = found
        if self._references("survey", entry.row, column, text) and not references(text):
            self.report.error(
                "survey",
                entry.row,
                column.heading,
                say("A trigger names a question as ${brackets}.", brackets="{name}"),
            )

    def settings(self) -> None:
        """Check the formula of the instance name."""
        sheet = self.report.workbook.sheets.get("settings")
        if sheet is None or not sheet.rows:
            return
        row = sheet.rows[0]
        for heading, column in columns("settings", sheet.headings).items():
            text = row.cells.get(heading)
            if column.meaning != ("instance_name",) or not text:
                continue
            if self._references("settings", row, column, text):
                here = (self.outline.root, "meta", "instanceName")
                self._formula(text, here, partial(self.report.error, "settings", row, heading))

    def choice_texts(self) -> None:
        """Check the references in the labels of choices."""
        sheet = self.report.workbook.sheets.get("choices")
        if sheet is None:
            return
        translated = [
            column
            for column in columns("choices", sheet.headings).values()
            if column.meaning in TRANSLATED
        ]
        for row in sheet.rows:
            for column in translated:
                text = row.cells.get(column.heading)
                if text and "${" in text:
                    self._references("choices", row, column, text)

"""Checking the lists of choices and the questions that use them."""

from __future__ import annotations

import os.path
from collections.abc import Iterable

from pyxform.constants import EXTERNAL_INSTANCE_EXTENSIONS

from i18n import say
from survey.xlsform.checks.report import Report
from survey.xlsform.checks.structure import heading
from survey.xlsform.headings import columns, settings_of
from survey.xlsform.outline import YES, Entry, Outline
from survey.xlsform.references import references
from survey.xlsform.workbook import Row, Workbook


def check_choices(outline: Outline, report: Report) -> None:
    """Check the sheet of choices and that every list a question names is there."""
    lists = _lists(report.workbook, "choices")
    external = _lists(report.workbook, "external_choices")
    doubles = _allows_doubles(report.workbook)
    for name, rows in lists.items():
        _check_list(name, rows, report, doubles=doubles)
    spaced = set()
    for entry in outline.entries:
        if entry.type is None or entry.type.choices is None:
            continue
        _check_use(entry, entry.type.choices, lists.keys(), external.keys(), report)
        if entry.type.name == "select_multiple":
            spaced.add(entry.type.choices)
    for name in sorted(spaced & lists.keys()):
        _check_spaces(name, lists[name], report)


def _lists(workbook: Workbook, sheet_name: str) -> dict[str, list[tuple[Row, dict[str, str]]]]:
    """Return the rows of each list with their cells by what the column means."""
    sheet = workbook.sheets.get(sheet_name)
    found: dict[str, list[tuple[Row, dict[str, str]]]] = {}
    if sheet is None:
        return found
    meanings = {
        name: column.meaning[0] for name, column in columns(sheet_name, sheet.headings).items()
    }
    for row in sheet.rows:
        cells = {meanings[name]: value for name, value in row.cells.items()}
        if name := cells.get("list name") or cells.get("list_name"):
            found.setdefault(name, []).append((row, cells))
    return found


def _allows_doubles(workbook: Workbook) -> bool:
    return settings_of(workbook).get("allow_choice_duplicates", "no") in YES


def _check_list(
    name: str, rows: list[tuple[Row, dict[str, str]]], report: Report, *, doubles: bool
) -> None:
    seen: dict[str, int] = {}
    for row, cells in rows:
        value = cells.get("name")
        if not value:
            report.error("choices", row, "name", say("The name of the choice is missing."))
            continue
        if value in seen and not doubles:
            report.error(
                "choices",
                row,
                "name",
                say(
                    "The choice {name} is in the list {list} twice; first in row {row}.",
                    name=value,
                    list=name,
                    row=seen[value],
                ),
            )
        seen.setdefault(value, row.number)
        if "label" not in cells and "media" not in cells:
            report.warning(
                "choices",
                row,
                "label",
                say("The choice {name} has no label; its name is shown.", name=value),
            )


def _check_use(
    entry: Entry,
    wanted: str,
    lists: Iterable[str],
    external: Iterable[str],
    report: Report,
) -> None:
    kind = entry.type.name if entry.type else ""
    column = heading(entry, "type")
    ending = os.path.splitext(wanted)[1]  # noqa: PTH122 - a list's name, not a path
    if ending in EXTERNAL_INSTANCE_EXTENSIONS and kind.startswith("select"):
        report.warning(
            "survey",
            entry.row,
            column,
            say("The file {name} must be attached to the questionnaire.", name=wanted),
        )
        return
    if references(wanted):
        return  # answers given before; the reference itself is checked with the others
    if kind == "osm":
        return
    if wanted not in (external if kind == "select_one_external" else lists):
        sheet = "external_choices" if kind == "select_one_external" else "choices"
        report.error(
            "survey",
            entry.row,
            column,
            say("The list {list} is not in the sheet {sheet}.", list=wanted, sheet=sheet),
        )
    if entry.type and entry.type.other and entry.text("choice_filter"):
        report.error(
            "survey",
            entry.row,
            heading(entry, "choice_filter"),
            say("A choice_filter cannot be combined with or_other."),
        )


def _check_spaces(name: str, rows: list[tuple[Row, dict[str, str]]], report: Report) -> None:
    for row, cells in rows:
        if " " in cells.get("name", ""):
            report.error(
                "choices",
                row,
                "name",
                say(
                    "The choice {name} contains a space, but {list} is used by a select_multiple.",
                    name=cells["name"],
                    list=name,
                ),
            )

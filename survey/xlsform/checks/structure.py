"""Checking the rows of the survey sheet: types, names, and sections that begin and end."""

from __future__ import annotations

import re

from pyxform.parsing.expression import is_xml_tag
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from i18n import Message, say
from survey.xlsform.checks.report import Report
from survey.xlsform.kinds import NOT_COLLECTED, OUTSIDE_DATA, PLAIN_INPUT, UNSEEN
from survey.xlsform.outline import Entry, Outline
from survey.xlsform.workbook import Row

MAX_DEPTH = 40
_SEARCH = re.compile(r"\bsearch\s*\(")


def check_structure(outline: Outline, report: Report) -> None:
    """Check every row by itself and in its section."""
    seen: dict[tuple[tuple[str, ...], str], Entry] = {}
    repeats: dict[str, Entry] = {}
    for entry in outline.entries:
        _check_row(entry, report)
        if entry.type is None or entry.type.kind not in ("begin", "question"):
            continue
        _check_name(entry, seen, report)
        if entry.type.name == "repeat" and entry.name:
            _check_repeat(entry, outline.root, repeats, report)
    _check_sections(outline, report)
    for row in outline.ignored:
        if not row.cells.keys() & {"disabled"}:
            report.warning(
                "survey", row, None, say("This row has no type, name or label; it is left out.")
            )


def heading(entry: Entry, *meaning: str) -> str:
    """Return the heading of a column as written in the file, else its usual name."""
    found = entry.cell(*meaning)
    return found[0].heading if found else meaning[-1]


def _check_row(entry: Entry, report: Report) -> None:
    kind = entry.type
    if kind is None:
        report.error("survey", entry.row, "type", say("The type is missing."))
        return
    if kind.kind == "unknown":
        report.error(
            "survey",
            entry.row,
            heading(entry, "type"),
            say("The type {type} is not known.", type=kind.name),
        )
        return
    if unused := _unsupported(entry):
        report.warning("survey", entry.row, heading(entry, "type"), unused)
    if kind.name == "calculate" and not (entry.text("bind", "calculate") or entry.text("default")):
        report.error("survey", entry.row, "calculation", say("The calculation is missing."))
    if _unlabelled(entry):
        report.error(
            "survey",
            entry.row,
            "label",
            say("The question {name} has no label, hint or picture.", name=entry.name),
        )
    if _SEARCH.search(entry.text("control", "appearance")):
        report.warning(
            "survey",
            entry.row,
            heading(entry, "control", "appearance"),
            say("search() is not supported; the choices of the sheet are shown as they are."),
        )


def _unlabelled(entry: Entry) -> bool:
    """Whether people would see a question of which nothing is said."""
    kind = entry.type
    if kind is None or kind.kind != "question" or kind.name in UNSEEN or not entry.name:
        return False
    said = {column.meaning[0] for column, _ in entry.cells}
    hidden = entry.cell("bind", "calculate") is not None or entry.cell("trigger") is not None
    template = QUESTION_TYPE_DICT.get(entry.text("type"), {})
    return not (
        said & {"label", "hint", "media"}
        or hidden
        or "hint" in template
        or entry.text("control", "appearance") == "label"
    )


def _unsupported(entry: Entry) -> Message | None:
    kind = entry.type
    if kind is None:
        return None
    if kind.name in NOT_COLLECTED:
        return say("{type} is not collected here; the answer stays empty.", type=kind.name)
    if kind.name in PLAIN_INPUT:
        return say("{type} is asked for as plain text here.", type=kind.name)
    if kind.name in OUTSIDE_DATA:
        return say("The file {name} must be attached to the questionnaire.", name=entry.name)
    return None


def _check_name(
    entry: Entry, seen: dict[tuple[tuple[str, ...], str], Entry], report: Report
) -> None:
    if not entry.name:
        report.error("survey", entry.row, "name", say("The name is missing."))
        return
    column = heading(entry, "name")
    if not is_xml_tag(entry.name):
        report.error(
            "survey",
            entry.row,
            column,
            say(
                "{name} cannot be a name. Names begin with a letter or _ and go on with letters, "
                "digits, - _ and full stops.",
                name=entry.name,
            ),
        )
        return
    if entry.name == "meta" and entry.parent is None:
        report.error("survey", entry.row, column, say("The name meta is reserved."))
        return
    key = (entry.path[:-1], entry.name)
    if key in seen:
        report.error(
            "survey",
            entry.row,
            column,
            say(
                "The name {name} is used twice in this section; first in row {row}.",
                name=entry.name,
                row=seen[key].row.number,
            ),
        )
    seen.setdefault(key, entry)


def _check_repeat(entry: Entry, root: str, repeats: dict[str, Entry], report: Report) -> None:
    if entry.name == root:
        message = say("A repeat may not have the name of the form, {name}.", name=entry.name)
    elif entry.name in repeats:
        message = say(
            "The name {name} is used for two repeats; first in row {row}.",
            name=entry.name,
            row=repeats[entry.name].row.number,
        )
    else:
        repeats[entry.name] = entry
        return
    if not any(p.row == entry.row.number and p.column == "name" for p in report.problems):
        report.error("survey", entry.row, heading(entry, "name"), message)


def _check_sections(outline: Outline, report: Report) -> None:
    for stray in outline.strays:
        kind = stray.type.name if stray.type else ""
        report.error(
            "survey",
            stray.row,
            heading(stray, "type"),
            say("This end_{type} ends nothing: no {type} is open here.", type=kind),
        )
    for entry in outline.entries:
        if entry.section and not entry.closed:
            kind = entry.type.name if entry.type else ""
            report.error(
                "survey",
                entry.row,
                heading(entry, "type"),
                say("This {type} is never ended: end_{type} is missing.", type=kind),
            )
        if len(entry.path) > MAX_DEPTH + 1:
            _too_deep(entry.row, report)
            return


def _too_deep(row: Row, report: Report) -> None:
    report.error(
        "survey",
        row,
        None,
        say("Groups may stand {limit} deep in each other.", limit=MAX_DEPTH),
    )

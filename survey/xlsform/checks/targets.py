"""Checking that what formulas look at is there: answers, lists, columns of choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n import say
from survey.xlsform.checks.expressions import Found
from survey.xlsform.checks.report import Report
from survey.xlsform.headings import columns
from survey.xlsform.outline import Outline
from survey.xlsform.references import LAST_SAVED, Names
from survey.xlsform.workbook import Workbook

_FILTER = ("choice_filter",)
_IN_EVERY_CHOICE = frozenset({"name", "label", "itextId"})


def check_targets(
    outline: Outline, names: Names, formulas: Iterable[Found], report: Report
) -> None:
    """Report lists that are missing, and warn of paths and columns that are."""
    instances = set(_instances(outline, report.workbook))
    choice_columns = _choice_columns(report.workbook)
    for found in formulas:
        _check_instances(found, instances, report)
        if found.column.meaning == _FILTER:
            _check_columns(found, choice_columns, report)
        else:
            _check_paths(found, names, outline.root, report)


def _instances(outline: Outline, workbook: Workbook) -> Iterator[str]:
    """Yield the names that `instance()` may ask for."""
    yield LAST_SAVED
    for name in ("choices", "external_choices", "entities"):
        sheet = workbook.sheets.get(name)
        for row in sheet.rows if sheet is not None else ():
            yield row.cells.get("list_name") or row.cells.get("list name") or ""
    for entry in outline.entries:
        if entry.type is not None:
            yield (entry.type.choices or "").rpartition(".")[0]
            if entry.type.kind == "data":
                yield entry.name


def _choice_columns(workbook: Workbook) -> frozenset[str]:
    found = set(_IN_EVERY_CHOICE)
    for name in ("choices", "external_choices"):
        sheet = workbook.sheets.get(name)
        if sheet is not None:
            found |= {column.meaning[0] for column in columns(name, sheet.headings).values()}
    return frozenset(found)


def _check_instances(found: Found, instances: set[str], report: Report) -> None:
    asked = {reference.instance for reference in found.formula.expression.references}
    for name in sorted(asked - {None, ""}, key=str):
        if name == LAST_SAVED:
            report.warning(
                "survey",
                found.entry.row,
                found.column.heading,
                say("Answers saved before are not kept here; they read as blank."),
            )
        elif name not in instances:
            report.error(
                "survey",
                found.entry.row,
                found.column.heading,
                say("There is no list named {name}.", name=name),
            )


def _check_columns(found: Found, choice_columns: frozenset[str], report: Report) -> None:
    kind = found.entry.type
    if kind is None or not kind.choices or "." in kind.choices or "$" in kind.choices:
        return
    for reference in found.formula.expression.references:
        step = reference.steps[0] if len(reference.steps) == 1 else ".."
        if reference.origin == "context" and step not in choice_columns and step.isidentifier():
            report.warning(
                "survey",
                found.entry.row,
                found.column.heading,
                say("The choices have no column {name}.", name=step),
            )


def _check_paths(found: Found, names: Names, root: str, report: Report) -> None:
    for reading in found.formula.readings:
        path = reading.path
        if (
            "*" in path
            or "**" in path
            or names.knows(path)
            or path[:2] in ((root,), (root, "meta"))
        ):
            continue
        report.warning(
            "survey",
            found.entry.row,
            found.column.heading,
            say("There is no question at {path}; it reads as blank.", path="/" + "/".join(path)),
        )

"""Loading a questionnaire: taking the file in, checking it, handing it to pyxform, building it."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.survey import Survey
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from i18n import say
from survey.xlsform.building import Builder, build_choices
from survey.xlsform.checks import check
from survey.xlsform.headings import TRANSLATED, columns, settings_of
from survey.xlsform.languages import read_languages
from survey.xlsform.model import Form
from survey.xlsform.problems import FormError, Problem, Severity
from survey.xlsform.quotes import hide, show
from survey.xlsform.sources import FormFile, Source, take
from survey.xlsform.spreadsheets import read_xls, read_xlsx
from survey.xlsform.tables import read_csv, read_markdown
from survey.xlsform.workbook import SHEETS, Sheet, Workbook
from survey.xpath import XPathError

_READERS = {"xlsx": read_xlsx, "xls": read_xls, "csv": read_csv, "md": read_markdown}
_ROW = re.compile(r"\[row : (?P<row>\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(?P<sheet>\w+)' sheet")
_PLACE = re.compile(r"\[row : \d+\]\s*(?:On the '\w+' sheet, the '[\w ]+' value is invalid\.\s*)?")
# Warnings of pyxform that our own checks give too, or that do not concern us.
_SAID = re.compile(
    r"should have a label|is missing the|machine-readable|max-pixels|has no label|must not contain "
    r"spaces|being skipped|or_other and translations|'disabled' column|longer supported"
)
_NAMED = re.compile(r"named '(?P<name>[^']+)'|for question \$\{(?P<other>[^}]+)\}")
_COLUMN = re.compile(r"the '(?P<column>[\w ]+)' value")


def load(source: Source, *, file_type: str | None = None) -> Form:
    """Read a questionnaire.

    Args:
        source: A path, the bytes or a stream of an XLSForm.
        file_type: `.xlsx`, `.xls`, `.csv` or `.md`; found from the content when None.

    Returns:
        The form; what is only worth knowing is in its `warnings`.

    Raises:
        FormError: With every problem found, each with sheet, row and column.
    """
    file = take(source, file_type)
    with _not_collecting():
        workbook = _READERS[file.kind](file.content)
        problems = check(workbook)
        survey = _convert(workbook, file, problems)
        if survey is None or any(problem.severity is Severity.ERROR for problem in problems):
            raise FormError(problems)
        return _build(survey, workbook, file, problems)


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking through the form again and again while it is made.

    Nearly everything made stays, so that looking for garbage takes a third of the time and finds
    none; how much is made is bounded by the size of the file.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _convert(workbook: Workbook, file: FormFile, problems: list[Problem]) -> Survey | None:
    """Let pyxform convert the sheets; add its error to the problems unless it is among them.

    It is its `convert()` without writing the XForm out, which nobody here reads.
    """
    warnings: list[str] = []
    try:
        sheets = get_xlsform(_definition(workbook, file))
        survey = create_survey_element_from_dict(
            workbook_to_json(
                sheets, fallback_form_name=sheets.fallback_form_name, warnings=warnings
            )
        )
        survey.xml()  # many of its checks are made on the way
        problems += [_warning(text, workbook) for text in warnings if not _SAID.search(text)]
        return cast("Survey", survey)
    except PyXFormError as error:
        _add(problems, _pyxform_problem(str(error), workbook))
    except RecursionError:
        _add(problems, _pyxform_problem("", workbook, say("The groups are nested too deep.")))
    except Exception as error:  # pyxform stumbles over some broken forms instead of refusing them
        if not any(problem.severity is Severity.ERROR for problem in problems):
            text = say("The questionnaire cannot be read: {reason}", reason=str(error))
            _add(problems, _pyxform_problem("", workbook, text))
    return None


def _definition(workbook: Workbook, file: FormFile) -> dict[str, Any]:
    """Hand the sheets over as pyxform's own readers do, so that they are read only once."""
    definition: dict[str, Any] = {
        "sheet_names": list(workbook.names),
        "fallback_form_name": file.name,
    }
    for name in SHEETS:
        sheet = workbook.sheets.get(name)
        if sheet is not None and sheet.headings:
            order = _plain_first(sheet)
            definition[f"{name}_header"] = [dict.fromkeys(order)]
            texts = _texts(sheet)
            definition[name] = [
                {
                    heading: hide(row[heading]) if heading in texts else row[heading]
                    for heading in order
                    if heading in row
                }
                for row in sheet.numbered()
            ]
    return definition


def _texts(sheet: Sheet) -> frozenset[str]:
    """Return the headings of what people read, and no formula is."""
    return frozenset(
        heading
        for heading, column in columns(sheet.name, sheet.headings).items()
        if column.meaning in TRANSLATED or column.meaning == ("title",)
    )


def _plain_first(sheet: Sheet) -> list[str]:
    """Put the columns without a language first: behind the others pyxform lets them overwrite."""
    if sheet.name not in ("survey", "choices"):
        return sheet.headings
    meanings = columns(sheet.name, sheet.headings)
    return sorted(sheet.headings, key=lambda heading: meanings[heading].language is not None)


def _pyxform_problem(text: str, workbook: Workbook, message: Any = None) -> Problem:  # noqa: ANN401 - a Message or None
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    number = int(row.group("row")) if row else _row_named(text, workbook)
    name = sheet.group("sheet") if sheet else "survey" if number else None
    known = workbook.sheets.get(name or "")
    heading = column.group("column") if column else None
    line = None
    if known is not None:
        if heading is not None and heading not in known.headings:
            heading = next((h for h in known.headings if h.replace(" ", "_") == heading), heading)
        line = next((r.line for r in known.rows if r.number == number), None)
    said = message or say("{text}", text=_PLACE.sub("", text).strip())
    return Problem(Severity.ERROR, name, number, heading, said, line)


def _row_named(text: str, workbook: Workbook) -> int | None:
    """Find the row of a question that an error without a row names."""
    named, survey = _NAMED.search(text), workbook.sheets.get("survey")
    if named is None or survey is None:
        return None
    name = named.group("name") or named.group("other")
    return next((row.number for row in survey.rows if name in row.cells.values()), None)


def _warning(text: str, workbook: Workbook) -> Problem:
    return replace(_pyxform_problem(text, workbook), severity=Severity.WARNING)


def _add(problems: list[Problem], found: Problem) -> None:
    """Add pyxform's problem unless it is surely one we found ourselves."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    known = {(problem.sheet, problem.row) for problem in errors}
    if (found.sheet, found.row) in known or (found.row is None and errors):
        return
    problems.append(found)


def _build(survey: Survey, workbook: Workbook, file: FormFile, problems: list[Problem]) -> Form:
    languages = read_languages(workbook)
    builder = Builder(survey, languages)
    try:
        root = builder.root()
        instance_name = builder.formula(survey.instance_name, builder.meta("instanceName"))
    except XPathError as error:
        problem = Problem(Severity.ERROR, "survey", None, None, error.messages[0])
        raise FormError([*problems, problem]) from error
    return Form(
        title=show(str(survey.title or survey.id_string)),
        id=str(survey.id_string),
        version=str(survey.version or ""),
        root=root,
        languages=languages.keys,
        language_names=languages.names,
        default_language=languages.default,
        choices=build_choices(survey, _external(workbook), languages),
        style=frozenset(str(survey.style or "").split()),
        instance_name=instance_name,
        settings=settings_of(workbook),
        files=builder.files(),
        attached={},
        warnings=tuple(problems),
        sha256=hashlib.sha256(file.content).hexdigest(),
        names=builder.names,
    )


def _external(workbook: Workbook) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the sheet external_choices by list."""
    sheet = workbook.sheets.get("external_choices")
    lists: dict[str, list[dict[str, str]]] = {}
    for row in sheet.rows if sheet else ():
        name = row.cells.get("list_name") or row.cells.get("list name")
        if name:
            lists.setdefault(name, []).append(row.cells)
    return lists

"""Checking that what is said in one language is said in all."""

from __future__ import annotations

from i18n import say
from survey.xlsform.checks.report import Report
from survey.xlsform.headings import TRANSLATED, Column, columns, language_key
from survey.xlsform.workbook import Sheet


def check_translations(report: Report) -> None:
    """Warn of every text that is there in one language and missing in another."""
    for name in ("survey", "choices"):
        sheet = report.workbook.sheets.get(name)
        if sheet is not None:
            _check_sheet(sheet, report)


def _check_sheet(sheet: Sheet, report: Report) -> None:
    meanings = columns(sheet.name, sheet.headings)
    spoken: dict[tuple[str, ...], list[Column]] = {}
    languages: dict[str, str] = {}
    for column in meanings.values():
        if column.meaning in TRANSLATED:
            spoken.setdefault(column.meaning, []).append(column)
            if column.language is not None:
                languages.setdefault(language_key(column.language), column.language)
    if not languages:
        return
    for said in spoken.values():
        _check_columns(said, languages, sheet, report)
        for row in sheet.rows:
            filled = [column for column in said if column.heading in row.cells]
            if not filled or len(filled) == len(said):
                continue
            for column in said:
                if column.heading not in row.cells:
                    report.warning(
                        sheet.name,
                        row,
                        column.heading,
                        say("This text is missing; {other} is shown.", other=filled[0].heading),
                    )


def _check_columns(
    said: list[Column],
    languages: dict[str, str],
    sheet: Sheet,
    report: Report,
) -> None:
    """Warn of a language that a kind of text has no column for."""
    if not any(column.heading in row.cells for column in said for row in sheet.rows):
        return
    there = {language_key(column.language) for column in said if column.language is not None}
    unnamed = any(column.language is None for column in said)
    for key, written in languages.items():
        if key not in there and not (unnamed and len(there) == len(languages) - 1):
            report.warning(
                sheet.name,
                1,
                f"{said[0].heading.split('::')[0]}::{written}" if there else said[0].heading,
                say(
                    "The column {column} is missing in the language {language}.",
                    column=said[0].heading.split(":")[0],
                    language=written,
                ),
            )

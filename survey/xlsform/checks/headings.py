"""Checking the columns: doubled, contradicting, unknown, or known but not supported."""

from __future__ import annotations

from collections.abc import Mapping

from i18n import Message, say
from survey.xlsform.checks.report import Report
from survey.xlsform.headings import TRANSLATED, Column, columns
from survey.xlsform.workbook import Sheet

_SURVEY = TRANSLATED | {
    ("type",),
    ("name",),
    ("default",),
    ("parameters",),
    ("choice_filter",),
    ("trigger",),
    ("disabled",),
    ("bind", "relevant"),
    ("bind", "required"),
    ("bind", "readonly"),
    ("bind", "constraint"),
    ("bind", "calculate"),
    ("control", "appearance"),
    ("control", "jr:count"),
    ("control", "rows"),
    ("control", "autoplay"),
}
_SETTINGS = {
    "title",
    "id_string",
    "version",
    "default_language",
    "style",
    "instance_name",
    "name",
    "allow_choice_duplicates",
    "clean_text_values",
    "omit_instanceID",
    "instance_xmlns",
    "namespaces",
    "add_none_option",
    "instance_id",
}
_UNUSED_SETTINGS = {
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "client_editable",
    "attribute",
    "flat",
}
_UNUSED: Mapping[tuple[str, ...], Message] = {
    ("bind", "jr:noAppErrorString"): say("The message for a missing app is not used here."),
    ("bind", "entities:saveto"): say("Entities are not kept here; the column is not used."),
    ("intent",): say("Other apps cannot be started here; the column is not used."),
    ("sms_field",): say("Sending by text message is not supported; the column is not used."),
}


def check_headings(report: Report) -> None:
    """Check the headings of every sheet."""
    for sheet in report.workbook.sheets.values():
        for heading in sheet.doubled:
            report.error(sheet.name, 1, heading, say("This column is there twice. Remove one."))
    for name, check in (("survey", _survey), ("choices", _choices), ("settings", _settings)):
        known = report.workbook.sheets.get(name)
        if known is not None:
            meanings = columns(name, known.headings)
            _contradicting(meanings, known, report)
            check(meanings, known, report)
    for name, message in (
        ("entities", say("Entities are not kept here; the sheet is not used.")),
        ("osm", say("OpenStreetMap tags are not shown here; the sheet is not used.")),
    ):
        if name in report.workbook.sheets and report.workbook.sheets[name].rows:
            report.warning(name, None, None, message)


def _contradicting(meanings: Mapping[str, Column], sheet: Sheet, report: Report) -> None:
    """Find two headings that mean one thing."""
    seen: dict[tuple[tuple[str, ...], str | None], str] = {}
    for column in meanings.values():
        key = (column.meaning, column.language)
        if key in seen:
            report.error(
                sheet.name,
                1,
                column.heading,
                say(
                    "{one} and {other} mean the same. Remove one.",
                    one=seen[key],
                    other=column.heading,
                ),
            )
        seen.setdefault(key, column.heading)


def _survey(meanings: Mapping[str, Column], sheet: Sheet, report: Report) -> None:
    if ("type",) not in {column.meaning for column in meanings.values()}:
        report.error("survey", 1, None, say("The column type is missing."))
    for column in meanings.values():
        if column.meaning in _SURVEY and column.meaning not in _UNUSED:
            continue
        if not any(column.heading in row.cells for row in sheet.rows):
            continue
        unused = _UNUSED.get(column.meaning)
        if unused is None and column.meaning[0] in ("bind", "control", "instance", "body"):
            unused = say("Custom attributes are not used here.")
        if unused is None and column.meaning[0].startswith(("sms_", "compact_")):
            unused = _UNUSED["sms_field",]
        report.warning(
            "survey", 1, column.heading, unused or say("This column is not known and not used.")
        )


def _choices(meanings: Mapping[str, Column], sheet: Sheet, report: Report) -> None:
    found = {column.meaning[0] for column in meanings.values()}
    if not sheet.rows:
        return
    if "list name" not in found:
        report.warning(
            "choices", 1, None, say("The column list_name is missing; no list can be used.")
        )
    if "name" not in found:
        report.error("choices", 1, None, say("The column name is missing."))
    for column in meanings.values():
        if (
            len(column.meaning) == 1
            and " " in column.heading
            and column.meaning[0]
            not in (
                "list name",
                "name",
                "label",
            )
        ):
            report.warning(
                "choices",
                1,
                column.heading,
                say("A heading with a space cannot be used in a choice_filter; it is not used."),
            )


def _settings(meanings: Mapping[str, Column], sheet: Sheet, report: Report) -> None:
    for column in meanings.values():
        name = column.meaning[0]
        if name in _SETTINGS or name.startswith("form_title_"):
            continue  # what public pages are headed, by language
        if not any(column.heading in row.cells for row in sheet.rows[:1]):
            continue
        unused = name in _UNUSED_SETTINGS or name.startswith("sms_")
        report.warning(
            "settings",
            1,
            column.heading,
            say("This setting is not used here.") if unused else say("This setting is not known."),
        )

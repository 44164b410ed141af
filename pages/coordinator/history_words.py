"""What the history says, in words: to what something was done, and the plain facts of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from babel.dates import format_date

from data.tables import AuditEvent
from pages import words
from pages.coordinator.people_words import column_name
from pages.words import t, tn


def _called() -> dict[str, str]:
    """Return what facts are called; those that are not here are called as they are recorded."""
    return {
        "answers": t("answers"),
        "at": t("at"),
        "changed": t("changed"),
        "choice": t("choice"),
        "code": t("code"),
        "columns": t("what"),
        "day": t("since"),
        "days": t("days longer"),
        "drafts": t("drafts"),
        "entries": t("entries"),
        "failures": t("wrong tries"),
        "files": t("files"),
        "first": t("first day"),
        "format": t("format"),
        "kind": t("kind"),
        "language": t("language"),
        "last": t("last day"),
        "masked": t("masked"),
        "name": t("name"),
        "new": t("new"),
        "passages": t("passages"),
        "people": t("people"),
        "role": t("role"),
        "rows": t("rows"),
        "purpose": t("where"),
        "since": t("since"),
        "source": t("through"),
        "spelling": t("spelling"),
        "turns": t("turns"),
        "version": t("version"),
        "wanted": t("wanted"),
    }


def _values() -> dict[str, dict[str, str]]:
    """Return what the values of facts mean, by the fact."""
    return {
        "once": {"True": t("an invite code, for once"), "False": t("a personal link")},
        "kind": {
            "pause": t("pause"),
            "excuse": t("excuse"),
            "extension": t("more time"),
            "longer": t("asked for longer"),
            "name": t("a name"),
            "none": t("no name"),
            "person": t("a person’s name"),
        },
        "purpose": {
            "people screen": t("list of people"),
            "person screen": t("page of a person"),
            "link sheet": t("cards with links"),
            "review": t("names to be masked"),
            "masking": t("masking"),
            "speakers": t("who speaks"),
        },
        "source": {"web": t("the website"), "import": t("a file"), "api": t("an interface")},
        "erased": {"True": t("old wording removed"), "False": ""},
    }


def facts_of(event: AuditEvent) -> str:
    """Say the plain facts of an event."""
    said = (_fact(name, value) for name, value in sorted(event.details.items()))
    return ", ".join(part for part in said if part)


def _fact(name: str, value: object) -> str:
    meaning = _values().get(name, {}).get(str(value))
    if name in {"once", "erased"} and meaning is not None:
        return meaning
    called = _called().get(name, name)
    if name == "columns":
        value = words.together([column_name(part) for part in str(value).split(", ")])
    elif name in {"first", "last", "since", "day"}:
        value = _day(str(value))
    elif isinstance(value, bool):
        value = t("yes") if value else t("no")
    return f"{called}: {meaning or value}"


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "medium", locale=words.babel_name())
    except ValueError:
        return text


def subject_of(event: AuditEvent, named: Mapping[UUID, str]) -> str:
    """Say to what it was done: a kind of thing and, where it is known, which.

    Args:
        event: The event.
        named: What things are called by key: codes of people and teams, titles of questionnaires.
    """
    kinds = {
        "person": "",
        "membership": "",
        "team": t("team"),
        "response": t("entry"),
        "interview": t("interview"),
        "turn": t("turn"),
        "questionnaire": t("questionnaire"),
        "sign_in": t("device"),
        "theme_run": t("run"),
        "theme_edit": t("theme"),
        "quotation": t("quotation"),
        "memo": t("note"),
        "mask_decision": t("name"),
        "consent_text": t("consent text"),
        "export": t("export"),
        "export_request": t("export"),
        "receipt": t("receipt"),
        "study": t("study"),
    }
    kind = kinds.get(event.subject, event.subject)
    called = named.get(event.subject_id, "") if event.subject_id else ""
    if not called and event.subject in {"person", "membership"}:
        return t("a person who is gone")
    return " ".join(part for part in (kind, called) if part)


def count_of(total: int) -> str:
    """Say how much was recorded."""
    return tn("One thing was recorded so far.", "{count} things were recorded so far.", total)

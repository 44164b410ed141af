"""What the history says, in words: what was done, to what, and the plain facts of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from babel.dates import format_date

from data.tables import AuditEvent
from pages import words
from pages.coordinator.people_words import column_name
from pages.words import t, tn

LEFT_THE_HOUSE = (
    "chapter.written",
    "themes.exported",
    "study.exported",
    "export.downloaded",
    "history.exported",
    "study.archived",
)
"""What took texts or counts of people out of here."""


def actions() -> dict[str, str]:
    """Return what happens here, in words; what is not among them is shown as it is recorded."""
    return _taking_part() | _applying() | _writing() | _research()


def _taking_part() -> dict[str, str]:
    return {
        "audience.made": t("made room for an audience"),
        "public_link.opened": t("opened a questionnaire to everybody"),
        "public_link.closed": t("closed a public link"),
        "public_link.days": t("changed the days of a public link"),
        "wall_text.decided": t("decided what a wall shows"),
        "address.given": t("gave an address for reminders"),
        "calendar.changed": t("changed a calendar"),
        "calendar.restored": t("took back a change of a calendar"),
        "consent.given": t("agreed to take part"),
        "consent.published": t("published a consent text"),
        "consent.withdrawn": t("withdrew; everything was deleted"),
        "consent.withdrawn.again": t("was deleted again after a restored backup"),
        "device.removed": t("signed a device out"),
        "feed.closed": t("closed a calendar feed"),
        "feed.opened": t("opened a calendar feed"),
        "history.exported": t("took the history out"),
        "holdings.downloaded": t("downloaded everything held about them"),
        "installation.backed_up": t("made a backup"),
        "installation.restored": t("restored a backup"),
        "invite.made": t("made a link"),
        "invite.revoked": t("closed a link"),
        "names.read": t("saw names"),
        "people.imported": t("brought a people file"),
        "person.added": t("added a person"),
        "person.changed": t("changed what is known about a person"),
        "person.left": t("noted that a person stopped"),
        "person.moved": t("moved a person to another team"),
        "person.returned": t("noted that a person takes part again"),
        "pin.chosen": t("chose a PIN"),
        "pin.locked": t("typed a wrong PIN too often"),
        "pin.reset": t("reset a PIN"),
        "reminders.chosen": t("chose how to be reminded"),
        "reminders.set": t("set when people are reminded"),
        "role.given": t("gave somebody a role"),
        "role.removed": t("took a role away"),
        "signed.in": t("came in"),
        "study.archived": t("took the whole study out as one file"),
        "study.begun": t("began the study"),
        "study.brought_back": t("brought the study back from an archive"),
        "study.closed": t("closed the study"),
        "study.deleted": t("deleted the study"),
        "study.entered": t("came over from another study"),
        "study.joined": t("added this study to their own"),
        "study.reopened": t("opened the study again"),
        "team.added": t("added a team"),
        "team.renamed": t("renamed a team"),
    }


def _applying() -> dict[str, str]:
    return {
        "application.begun": t("began an application"),
        "application.joined": t("made an applicant a participant"),
        "application.placed": t("put an applicant into a team"),
        "call.changed": t("changed the call for applications"),
        "call.made": t("made a call for applications"),
        "conflict.declared": t("declared a conflict of interest"),
        "conflict.taken_back": t("took back a conflict of interest"),
        "review.finished": t("finished reading an application"),
    }


def _writing() -> dict[str, str]:
    return {
        "interview.assigned": t("said who a speaker is"),
        "interview.changed": t("changed what is known about an interview"),
        "interview.kept": t("added an interview"),
        "interview.original_deleted": t("deleted the original file of an interview"),
        "questionnaire.published": t("published a questionnaire"),
        "recording.attached": t("added a recording"),
        "recording.deleted": t("deleted a recording"),
        "response.corrected": t("corrected an entry"),
        "response.submitted": t("sent an entry"),
        "response.wording_erased": t("removed the old wording of an entry"),
        "turn.removed": t("removed a turn of an interview"),
    }


def _research() -> dict[str, str]:
    return {
        "chapter.text": t("wrote a text of the chapter"),
        "chapter.written": t("wrote the chapter"),
        "export.approved": t("allowed an export without masking"),
        "export.downloaded": t("downloaded an export"),
        "export.refused": t("refused an export"),
        "export.requested": t("asked for an export"),
        "mask.decided": t("decided about a name"),
        "mask.undecided": t("took back a decision about a name"),
        "memo.changed": t("changed a note"),
        "memo.removed": t("removed a note"),
        "memo.written": t("wrote a note"),
        "words.taken_out": t("words that were taken back went out of a researcher’s text"),
        "code.changed": t("changed a code"),
        "code.made": t("added a code"),
        "code.merged": t("merged codes"),
        "code.moved": t("moved a code"),
        "code.removed": t("removed a code"),
        "code.split": t("split a code"),
        "code.undone": t("took back a change of the codebook"),
        "codebook.exported": t("exported the codebook"),
        "coding.finished": t("finished coding texts"),
        "coding.hidden": t("hid teams and nationalities from coders"),
        "coding.reopened": t("opened coded texts again"),
        "coding.shown": t("showed teams and nationalities to coders"),
        "coding.agreed": t("took over what coders agree on"),
        "coding.decided": t("settled a difference between coders"),
        "check.begun": t("began to check a theme"),
        "check.finished": t("finished checking a theme in a language"),
        "quotation.chosen": t("chose a quotation"),
        "codings.brought": t("brought codings from another program"),
        "quotation.narrowed": t("shortened a quotation"),
        "quotation.refused": t("refused a quotation"),
        "quotation.released": t("released a quotation"),
        "quotation.reminded": t("was reminded of a quotation"),
        "quotation.sent": t("asked whether a quotation may be printed"),
        "quotation.taken_off": t("took a quotation off the shelf"),
        "quotation.translated": t("translated a quotation"),
        "quotation.translation_checked": t("checked a translation"),
        "quotation.translation_removed": t("removed a translation"),
        "rates.brought": t("brought rates of currencies"),
        "study.exported": t("exported the study"),
        "themes.exported": t("exported the themes"),
        "themes.found": t("had themes found"),
    }


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

"""Everything held about a person, as a file for them: readable, and as data for machines."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from sqlmodel import Session, col, select

from data import files
from data.history import record
from data.tables import AuditEvent, Person, SignIn, Team
from survey import consent, holdings_page, questionnaires
from survey.applying import records as applying
from survey.audience import visits
from survey.belongings import Belongings, belongings
from survey.corrections import corrections_of, flat
from survey.exports import holding
from survey.own_calendar import rows_of
from survey.reminding import records as reminding
from survey.studies import teams_of
from survey.teams import own_stays


def bundle(
    *, session: Session, person: Person, language: str, account_id: UUID | None = None
) -> bytes:
    """Return everything held about a person as a zip file, and record that it was made.

    It holds a page to read in the person's language, the same as JSON, the consent texts and the
    files that the person brought. What others said is not in it.

    Args:
        session: The caller's transaction.
        person: About whom.
        language: Of the page.
        account_id: Who asks.
    """
    given = belongings(session=session, person=person)
    facts = gathered(given, session=session)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "everything.html",
            holdings_page.page(given, facts, session=session, language=language),
        )
        archive.writestr(
            "everything.json", json.dumps(facts, ensure_ascii=False, indent=2, default=str)
        )
        for agreed, text in consent.history(session=session, person=person):
            if text:
                archive.writestr(
                    f"consent/{agreed.version}.txt", consent.text_of(text, agreed.language)
                )
        for entry_file, attachment in given.files:
            try:
                content = files.read(attachment)
            except FileNotFoundError:
                continue
            archive.writestr(f"files/{entry_file.instance_id}/{entry_file.name}", content)
    record(
        "holdings.downloaded",
        session=session,
        study_id=person.study_id,
        account_id=account_id,
        subject="person",
        subject_id=person.id,
    )
    return target.getvalue()


def gathered(given: Belongings, *, session: Session) -> dict[str, Any]:
    """Return everything held about a person as plain data; moments are UTC."""
    person = given.person
    team = session.get(Team, person.team_id) if person.team_id else None
    return {
        "person": {
            "code": person.code,
            "name": person.name,
            "nicknames": person.nicknames,
            "email": person.email,
            "team": team.name or team.code if team else None,
            "role": person.role,
            "nationalities": person.nationalities,
            "languages": person.languages,
            "time_zone": person.time_zone,
            "since": person.created_at.isoformat(),
            "stopped_on": person.left_on and person.left_on.isoformat(),
            "stopped_why": person.left_reason,
        },
        "teams": _teams(given, session=session),
        "calendar": [
            {
                "kind": row.kind,
                "first": row.first.isoformat(),
                "last": row.last.isoformat(),
                "days": row.days,
                "reason": row.reason,
            }
            for row in rows_of(session=session, study_id=person.study_id, person=person)
        ],
        "consent": [
            {
                "version": agreed.version,
                "language": agreed.language,
                "given_at": agreed.given_at.isoformat(),
                "withdrawn_at": agreed.withdrawn_at and agreed.withdrawn_at.isoformat(),
            }
            for agreed, _ in consent.history(session=session, person=person)
        ],
        "entries": _entries(given, session=session),
        "drafts": [
            {
                "entry": str(draft.instance_id),
                "question": draft.path,
                "answer": draft.value,
                "updated_at": draft.updated_at.isoformat(),
            }
            for draft in given.drafts
        ],
        "files": [
            {
                "name": entry_file.name,
                "entry": str(entry_file.instance_id),
                "type": attachment.media_type,
                "bytes": attachment.size,
            }
            for entry_file, attachment in given.files
        ],
        "interviews": [
            {
                "interview": interview.key,
                "day": interview.day,
                "place": interview.place,
                "said": [turn.text for other, turn in given.turns if other.id == interview.id],
            }
            for interview in given.interviews
        ],
        "passages": [
            {"text": passage.masked, "language": passage.language, "day": passage.day}
            for passage in given.passages
        ],
        "marks": _marks(given),
        "quotations": _quotations(given),
        "devices": _devices(given, session=session),
        "reminders": reminding.held(session=session, person_id=given.person.id),
        "application": applying.held(session=session, person_id=given.person.id),
        "visit": visits.held(session=session, person_id=given.person.id),
        "exports": [
            {"made_at": export.made_at.isoformat(), "masked": export.masked}
            for export in holding(session=session, person=person)
        ],
        "history": _history(given, session=session),
    }


def _teams(given: Belongings, *, session: Session) -> list[dict[str, Any]]:
    """Return in which team the person was from when on, where that changed."""
    teams = teams_of(session=session, study_id=given.person.study_id)
    return [
        {"since": since.isoformat(), "team": teams[key].code if key in teams else None}
        for since, key in own_stays(session=session, person=given.person)
    ]


def _entries(given: Belongings, *, session: Session) -> list[dict[str, Any]]:
    versions = questionnaires.versions(session=session, study_id=given.person.study_id)
    return [
        {
            "id": str(response.id),
            "day": response.day.isoformat(),
            "questionnaire": versions[response.questionnaire_id].name,
            "version": versions[response.questionnaire_id].version,
            "language": response.language,
            "sent_at": response.submitted_at.isoformat(),
            "corrected_at": response.corrected_at and response.corrected_at.isoformat(),
            "answers": response.answers,
            "corrections": [
                {
                    "at": revision.created_at.isoformat(),
                    "before": revision.before,
                    "after": revision.after,
                    "reason": revision.reason,
                    "erased": revision.erased,
                }
                for revision in corrections_of(session=session, response_id=response.id)
            ],
        }
        for response in given.responses
    ]


def _marks(given: Belongings) -> list[dict[str, Any]]:
    """Return which of the person's words coders marked, with what and when."""
    turns = {turn.id: turn.text for _, turn in given.turns}
    responses = {response.id: response for response in given.responses}
    found = []
    for coding, code in given.marks:
        text = turns.get(coding.turn_id, "") if coding.turn_id else ""
        if coding.response_id in responses:
            root = f"/{coding.path.split('/')[1]}"
            text = dict(flat(root, responses[coding.response_id].answers)).get(coding.path, "")
        found.append(
            {
                "words": text[coding.start : coding.end],
                "code": code.name,
                "decided": coding.version == "decided",
                "memo": coding.memo or None,
                "marked_at": coding.created_at.isoformat(),
            }
        )
    return found


def _quotations(given: Belongings) -> list[dict[str, Any]]:
    """Return what of the person's words was chosen to be quoted, and what they chose about it."""
    texts = {passage.id: passage.masked for passage in given.passages}
    return [
        {
            "words": texts[quotation.passage_id][quotation.start : quotation.end]
            if quotation.passage_id in texts
            else None,
            "translations": {
                each.language: each.text
                for each in given.translations
                if each.quotation_id == quotation.id
            },
            "asked_at": release and release.sent_at.isoformat(),
            "chosen": release and (release.choice or None),
            "named": release and (release.name or None),
            "reply": release and (release.channel or None),
            "printed_at": release and release.printed_at and release.printed_at.isoformat(),
        }
        for quotation, release in given.quotations
    ]


def _devices(given: Belongings, *, session: Session) -> list[dict[str, Any]]:
    found = session.exec(
        select(SignIn)
        .where(col(SignIn.account_id).in_(given.accounts), SignIn.study_id == given.person.study_id)
        .order_by(col(SignIn.created_at))
    )
    return [
        {
            "device": sign_in.device,
            "since": sign_in.created_at.isoformat(),
            "seen": sign_in.seen_at and sign_in.seen_at.isoformat(),
            "until": (sign_in.revoked_at or sign_in.expires_at).isoformat(),
        }
        for sign_in in found
    ]


def _history(given: Belongings, *, session: Session) -> list[dict[str, Any]]:
    """Return what is recorded of this person's doings and of things done to what is theirs."""
    theirs = {
        given.person.id,
        *(response.id for response in given.responses),
        *(quotation.id for quotation, _ in given.quotations),
    }
    found = session.exec(
        select(AuditEvent)
        .where(AuditEvent.study_id == given.person.study_id)
        .order_by(col(AuditEvent.at))
    )
    return [
        {"at": event.at.isoformat(), "action": event.action, **event.details}
        for event in found
        if event.account_id in given.accounts or event.subject_id in theirs
    ]

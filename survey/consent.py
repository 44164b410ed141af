"""Consent: which version a person agreed to, and whether it is the one now asked for."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Consent, ConsentText, Person


def current(*, session: Session, study_id: UUID) -> ConsentText | None:
    """Return the newest version of the consent text; none where the study asks for none."""
    return session.exec(
        select(ConsentText)
        .where(ConsentText.study_id == study_id)
        .order_by(col(ConsentText.created_at).desc())
    ).first()


def missing(*, session: Session, person: Person) -> ConsentText | None:
    """Return the text that a person still has to agree to before anything else."""
    text = current(session=session, study_id=person.study_id)
    if text is None:
        return None
    given = session.exec(
        select(Consent).where(
            Consent.person_id == person.id,
            Consent.version == text.version,
            col(Consent.withdrawn_at).is_(None),
        )
    ).first()
    return None if given else text


def give(*, session: Session, person: Person, version: str, language: str) -> None:
    """Write down that a person agreed to a version, in the language they read it in."""
    session.add(Consent(person_id=person.id, version=version, language=language))
    record(
        "consent.given",
        session=session,
        study_id=person.study_id,
        subject="person",
        subject_id=person.id,
        version=version,
    )

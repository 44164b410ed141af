"""Consent: which version a person agreed to, and whether it is the one now asked for."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Consent, ConsentText, Person
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, best


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
    given = session.exec(
        select(Consent).where(Consent.person_id == person.id, Consent.version == version)
    ).first()
    if given and given.withdrawn_at is None:
        return  # in another tab
    consent = given or Consent(person_id=person.id, version=version)
    consent.language, consent.given_at, consent.withdrawn_at = language, now(), None
    session.add(consent)
    record(
        "consent.given",
        session=session,
        study_id=person.study_id,
        subject="person",
        subject_id=person.id,
        version=version,
    )


def history(*, session: Session, person: Person) -> list[tuple[Consent, ConsentText | None]]:
    """Return what a person agreed to and when, newest first, with the text where it is kept."""
    texts = {
        text.version: text
        for text in session.exec(
            select(ConsentText).where(ConsentText.study_id == person.study_id)
        ).all()
    }
    given = session.exec(
        select(Consent).where(Consent.person_id == person.id).order_by(col(Consent.given_at).desc())
    ).all()
    return [(consent, texts.get(consent.version)) for consent in given]


def text_of(text: ConsentText, language: str) -> str:
    """Return a consent text in the language that fits best."""
    first = next(iter(text.texts), "")
    chosen = best([language, DEFAULT_LANGUAGE], text.texts, default=first)
    return text.texts.get(chosen, "")

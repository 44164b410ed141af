"""Consent: which version a person agreed to, and whether it is the one now asked for."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.history import record
from data.tables import Consent, ConsentText, Membership, Person, Study
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, Refusal, best, say


class ConsentError(Refusal):
    """The consent text cannot be published like this."""


def current(*, session: Session, study_id: UUID) -> ConsentText | None:
    """Return the newest version of the consent text; none where the study asks for none."""
    return session.exec(
        select(ConsentText)
        .where(ConsentText.study_id == study_id)
        .order_by(col(ConsentText.created_at).desc())
    ).first()


def versions(*, session: Session, study_id: UUID) -> list[ConsentText]:
    """Return every version of the consent text, the newest first."""
    return list(
        session.exec(
            select(ConsentText)
            .where(ConsentText.study_id == study_id)
            .order_by(col(ConsentText.created_at).desc())
        ).all()
    )


def agreed(*, session: Session, study_id: UUID) -> dict[str, int]:
    """Return how many people agreed to each version and did not withdraw."""
    counted = session.exec(
        select(Consent.version, func.count())
        .join(Person, col(Person.id) == col(Consent.person_id))
        .where(Person.study_id == study_id, col(Consent.withdrawn_at).is_(None))
        .group_by(col(Consent.version))
    ).all()
    return dict(counted)


def publish(
    *,
    session: Session,
    study_id: UUID,
    version: str,
    texts: Mapping[str, str],
    account_id: UUID | None = None,
) -> ConsentText:
    """Add a version of the consent text; everybody is asked for it before they go on.

    Raises:
        ConsentError: It has no name or one that is taken, a language that the study speaks has no
            text, or it says what the version before says.
    """
    study = session.get_one(Study, study_id)
    said = {tag: text.strip() for tag, text in texts.items() if text.strip()}
    before = versions(session=session, study_id=study_id)
    if not version:
        raise ConsentError(say("Give the version a name or a number."))
    if version in {each.version for each in before}:
        raise ConsentError(say("There is already a version {version}.", version=version))
    lacking = [tag for tag in study.languages if tag not in said]
    if lacking or not said:
        raise ConsentError(
            say("The text is missing in: {languages}.", languages=", ".join(lacking) or "–")
        )
    if before and before[0].texts == said:
        raise ConsentError(say("This is word for word the version before."))
    made = ConsentText(study_id=study_id, version=version, texts=said)
    session.add(made)
    record(
        "consent.published",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="consent_text",
        subject_id=made.id,
        version=version,
    )
    return made


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
    own = select(Membership.account_id).where(Membership.person_id == person.id)
    record(
        "consent.given",
        session=session,
        study_id=person.study_id,
        account_id=session.exec(own).first(),
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

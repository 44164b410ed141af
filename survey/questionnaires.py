"""Questionnaires of a study: immutable versions, read once and kept ready."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Assignment, Questionnaire
from survey.xlsform import Form, load


def publish(
    *,
    session: Session,
    study_id: UUID,
    filename: str,
    content: bytes,
    account_id: UUID | None = None,
) -> Questionnaire:
    """Add a questionnaire, or a new version of it; the same content again is the same version.

    Raises:
        FormError: It cannot be used; nothing was changed.
    """
    load(content, file_type=PurePath(filename).suffix)
    name, digest = PurePath(filename).stem, sha256(content).hexdigest()
    newest = latest(session=session, study_id=study_id, name=name)
    if newest and newest.sha256 == digest:
        return newest
    published = Questionnaire(
        study_id=study_id,
        name=name,
        version=newest.version + 1 if newest else 1,
        filename=filename,
        source=content,
        sha256=digest,
    )
    session.add(published)
    record(
        "questionnaire.published",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="questionnaire",
        subject_id=published.id,
        name=name,
        version=published.version,
    )
    return published


def latest(*, session: Session, study_id: UUID, name: str) -> Questionnaire | None:
    """Return the newest version of a questionnaire."""
    return session.exec(
        select(Questionnaire)
        .where(Questionnaire.study_id == study_id, Questionnaire.name == name)
        .order_by(col(Questionnaire.version).desc())
    ).first()


def assignments(*, session: Session, study_id: UUID, role: str | None = None) -> list[Assignment]:
    """Return what is asked in a study, in order; with a role, what is asked of that role."""
    found = session.exec(
        select(Assignment).where(Assignment.study_id == study_id).order_by(col(Assignment.position))
    ).all()
    return [each for each in found if role is None or not each.roles or role in each.roles]


def form_of(questionnaire: Questionnaire) -> Form:
    """Return a version as a form; what was read once in this process is not read again."""
    return _form(questionnaire.source, PurePath(questionnaire.filename).suffix)


@lru_cache(maxsize=64)
def _form(source: bytes, file_type: str) -> Form:
    return load(source, file_type=file_type)


def versions(*, session: Session, study_id: UUID) -> dict[UUID, Questionnaire]:
    """Return every version of every questionnaire of a study, by key."""
    found = session.exec(select(Questionnaire).where(Questionnaire.study_id == study_id)).all()
    return {questionnaire.id: questionnaire for questionnaire in found}

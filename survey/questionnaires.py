"""Questionnaires of a study: immutable versions, read once and kept ready."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.files import content_of, keep
from data.history import record
from data.tables import Assignment, Questionnaire, Response
from survey.xlsform.model import Form


def publish(
    *,
    session: Session,
    study_id: UUID,
    filename: str,
    content: bytes,
    account_id: UUID | None = None,
    files: Mapping[str, bytes] | None = None,
    name: str | None = None,
) -> Questionnaire:
    """Add a questionnaire, or a new version of it; the same content again is the same version.

    Args:
        session: The caller's transaction.
        study_id: The study.
        filename: What the file is called.
        content: What is in it.
        account_id: Who publishes it.
        files: Lists of choices, pictures and sounds that come with it, by name.
        name: What the questionnaire is called here; the file's name without its ending if None.

    Raises:
        FormError: It cannot be used; nothing was changed.
    """
    from survey.xlsform import attach, load  # reading files brings pyxform along

    attach(load(content, file_type=PurePath(filename).suffix), files or {})
    name, digest = name or PurePath(filename).stem, sha256(content).hexdigest()
    digests = {called: sha256(inside).hexdigest() for called, inside in (files or {}).items()}
    newest = latest(session=session, study_id=study_id, name=name)
    if newest and newest.sha256 == digest and newest.files == digests:
        return newest
    for called, inside in (files or {}).items():
        keep(session=session, study_id=study_id, filename=called, content=inside)
    published = Questionnaire(
        study_id=study_id,
        name=name,
        version=newest.version + 1 if newest else 1,
        filename=filename,
        source=content,
        sha256=digest,
        files=digests,
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
    files = tuple(sorted(questionnaire.files.items()))
    return _form(questionnaire.source, PurePath(questionnaire.filename).suffix, files)


@lru_cache(maxsize=64)
def _form(source: bytes, file_type: str, files: tuple[tuple[str, str], ...]) -> Form:
    from survey.xlsform import attach, load  # as above

    form = load(source, file_type=file_type)
    return attach(form, {name: content_of(digest) for name, digest in files if name in form.files})


def material(questionnaire: Questionnaire, name: str) -> bytes | None:
    """Return a picture or sound that came with a questionnaire; None when it did not."""
    digest = questionnaire.files.get(name)
    return content_of(digest) if digest else None


def answers_by_version(*, session: Session, study_id: UUID) -> dict[UUID, int]:
    """Return how many entries answer each version of the questionnaires of a study."""
    counted = session.exec(
        select(Response.questionnaire_id, func.count())
        .where(Response.study_id == study_id)
        .group_by(col(Response.questionnaire_id))
    ).all()
    return dict(counted)


def versions(*, session: Session, study_id: UUID) -> dict[UUID, Questionnaire]:
    """Return every version of every questionnaire of a study, by key."""
    found = session.exec(select(Questionnaire).where(Questionnaire.study_id == study_id)).all()
    return {questionnaire.id: questionnaire for questionnaire in found}

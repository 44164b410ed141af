"""The job that makes an export."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session

from data import exported
from data.database import open_session
from data.tables import Export, Job, Study
from jobs.running import Progress
from nlp.exporting import Format, Made, make
from survey import exports


def export(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the archive that was asked for; what allowed an unmasked one is used up by it."""
    assert job.study_id is not None  # noqa: S101 - asked for with a study
    wanted = job.arguments
    request_id = UUID(wanted["request"]) if wanted.get("request") else None
    with open_session() as session:
        exports.clear_away(session=session)
        session.commit()
        if request_id:
            exports.check_usable(session=session, request_id=request_id, account_id=job.account_id)
        # Nothing is written before all is read: on SQLite one writer keeps all others waiting.
        with session.no_autoflush:
            made = make(
                session=session,
                study=session.get_one(Study, job.study_id),
                format=wanted["format"],
                language=wanted["language"],
                masked=request_id is None,
                account_id=job.account_id,
                tell=progress,
            )
        if request_id:
            exports.use(session=session, request_id=request_id, account_id=job.account_id)
        row = row_of(
            made, study_id=job.study_id, form=wanted["format"], language=wanted["language"]
        )
        row.account_id, row.request_id, row.masked = job.account_id, request_id, request_id is None
        keep(row, made.content, session=session)
        return {"export": str(row.id)}


def export_study(study: Study, *, session: Session, form: Format, language: str) -> bytes:
    """Make a masked archive for the operator, here and now, and record that it was made."""
    with session.no_autoflush:
        made = make(session=session, study=study, format=form, language=language)
    row = row_of(made, study_id=study.id, form=form, language=language)
    exports.note_export(row, session=session, by_command=True)
    return made.content


def row_of(made: Made, *, study_id: UUID, form: str, language: str) -> Export:
    """Return the row that remembers a file: what it holds, whose words are in it."""
    return Export(
        study_id=study_id,
        format=form,
        language=language,
        sha256=made.sha256,
        size=len(made.content),
        counts=dict(made.counts),
        people=list(made.people),
    )


def keep(row: Export, content: bytes, *, session: Session) -> None:
    """Keep a file that leaves the house and its row, or neither."""
    exports.note_export(row, session=session)
    exported.keep(row.id, content)
    try:
        session.commit()
    except BaseException:
        exported.remove(row.id)
        raise

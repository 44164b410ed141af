"""Files for other programs: the job that makes one, and the same for the operator."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from data.database import open_session
from data.tables import Job, Study
from i18n import say
from jobs.exporting import keep, row_of
from jobs.ledger import as_json
from jobs.running import Progress
from nlp.exchange.counting import Unit
from nlp.exchange.making import Form, make
from survey import exports


def take_out(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the file that was asked for and keep it for a while, like all that leaves the house."""
    assert job.study_id is not None  # noqa: S101 - asked for with a study
    wanted = job.arguments
    progress(0.1, say("Reading texts and codings"))
    with open_session() as session:
        with session.no_autoflush:
            made, left = make(
                wanted["form"],
                session=session,
                study=session.get_one(Study, job.study_id),
                account_id=job.account_id,
                everything=bool(wanted["everything"]),
                unit=wanted["unit"],
                language=wanted["language"],
            )
        row = row_of(made, study_id=job.study_id, form=wanted["form"], language=wanted["language"])
        row.account_id = job.account_id
        keep(row, made.content, session=session)
        return {"export": str(row.id), "left": [as_json(each) for each in left]}


def export_codings(
    study: Study, *, session: Session, form: Form, unit: Unit, language: str
) -> bytes:
    """Make a file for the operator, here and now, and record that it was made."""
    with session.no_autoflush:
        made, _ = make(
            form, session=session, study=study, account_id=None, everything=True, unit=unit,
            language=language,
        )  # fmt: skip
    row = row_of(made, study_id=study.id, form=form, language=language)
    exports.note_export(row, session=session, by_command=True)
    return made.content

"""The job that makes a file for another program."""

from __future__ import annotations

from typing import Any

from data.database import open_session
from data.tables import Export, Job, Study
from i18n import say
from jobs.exporting import keep
from jobs.ledger import as_json
from jobs.running import Progress
from nlp.exchange.making import make


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
        row = Export(
            study_id=job.study_id,
            account_id=job.account_id,
            format=wanted["form"],
            language=wanted["language"],
            sha256=made.sha256,
            size=len(made.content),
            counts=dict(made.counts),
            people=list(made.people),
        )
        keep(row, made.content, session=session)
        return {"export": str(row.id), "left": [as_json(each) for each in left]}

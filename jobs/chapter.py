"""The job that writes the chapter."""

from __future__ import annotations

from typing import Any

from data.database import open_session
from data.tables import Job, Study
from i18n import say
from jobs.exporting import keep
from jobs.running import Progress
from nlp.chapter import make


def write(job: Job, progress: Progress) -> dict[str, Any]:
    """Write the chapter and keep it for a while, like every file that leaves the house."""
    assert job.study_id is not None  # noqa: S101 - asked for with a study
    progress(0.1, say("Writing the chapter"))
    with open_session() as session:
        made = make(
            session.get_one(Study, job.study_id).slug,
            session=session,
            format=job.arguments["format"],
            language=job.arguments["language"],
        )
        made.export.account_id = job.account_id
        keep(made.export, made.content, session=session)
        return {"export": str(made.export.id)}

"""The job that prepares search by meaning."""

from __future__ import annotations

from typing import Any

from data.database import open_session
from data.tables import Job
from jobs.running import Progress
from nlp.searching import prepare


def index(job: Job, progress: Progress) -> dict[str, Any]:
    """Compute the vectors of the job's study; running it twice does no harm."""
    assert job.study_id is not None  # noqa: S101 - asked for with a study
    with open_session() as session:
        return {"passages": prepare(session=session, study_id=job.study_id, tell=progress)}

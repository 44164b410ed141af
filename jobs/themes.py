"""The job that finds themes."""

from __future__ import annotations

from typing import Any

from data.database import open_session
from data.history import record
from data.tables import Job
from jobs import ledger
from jobs.running import Progress
from nlp.analysis import analyse
from nlp.themes import ThemeSettings


def find(job: Job, progress: Progress) -> dict[str, Any]:
    """Find the themes of the job's study; nothing is written before all of it is."""
    assert job.study_id is not None  # noqa: S101 - asked for with a study
    with open_session() as session:
        run = analyse(
            study_id=job.study_id,
            session=session,
            tell=progress,
            settings=ThemeSettings(**job.arguments),
        )
        record(
            "themes.found",
            session=session,
            study_id=job.study_id,
            account_id=job.account_id,
            subject="theme_run",
            subject_id=run.id,
        )
        session.commit()
    # Passages are new or masked anew: search by meaning has to learn them.
    ledger.ask("search", study_id=job.study_id, account_id=job.account_id)
    return {"run": str(run.id)}

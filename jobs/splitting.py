"""The job that splits a theme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from data.database import open_session
from data.tables import Job
from i18n import say
from jobs.running import Progress
from nlp.splitting import split_theme


def split(job: Job, progress: Progress) -> dict[str, Any]:
    """Split the theme that the job names."""
    progress(0.1, say("Reading the passages of the theme again"))
    with open_session() as session:
        parts = split_theme(
            UUID(job.arguments["run"]),
            int(job.arguments["theme"]),
            session=session,
            account_id=job.account_id,
            seen=int(job.arguments["seen"]),
            parts=int(job.arguments["parts"]),
        )
        session.commit()
    return {"parts": parts}

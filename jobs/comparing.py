"""The job that compares groups where there are too many people to do it while somebody waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from data.database import open_session
from data.tables import Job, Study, ThemeRun
from i18n import say
from jobs.running import Progress
from nlp.chapter.differences import as_json, differences
from nlp.results import read_run


def compare(job: Job, progress: Progress) -> dict[str, Any]:
    """Compare the groups that the job names; nothing is kept but what the screen shows."""
    progress(0.1, say("Comparing person by person"))
    with open_session() as session:
        run = session.get_one(ThemeRun, UUID(job.arguments["run"]))
        threshold = session.get_one(Study, run.study_id).threshold
        found = read_run(session=session, run=run, decided=job.arguments["decided"])
    failing = {
        int(number): frozenset(languages)
        for number, languages in job.arguments.get("failing", {}).items()
    }
    compared = differences(found, job.arguments["by"], threshold=threshold, failing=failing)
    return {"compared": as_json(compared) if compared else None}

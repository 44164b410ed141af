"""The job that asks whether a comparison holds in parts of the material and by raw vectors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from data.database import open_session
from data.tables import Job, Study, ThemeRun
from i18n import say
from jobs.running import Progress
from nlp.cards import plain
from nlp.results import read_run
from nlp.sensitivity import check, raw_shares


def look_again(job: Job, progress: Progress) -> dict[str, Any]:
    """Compare the groups that the job names in every way there is."""
    progress(0.1, say("Comparing in parts of the material"))
    with open_session() as session:
        run = session.get_one(ThemeRun, UUID(job.arguments["run"]))
        threshold = session.get_one(Study, run.study_id).threshold
        found = read_run(session=session, run=run)
        raw = raw_shares(found, session=session)
    table = check(found, job.arguments["by"], threshold=threshold, raw=raw)
    return {"rows": plain(table.to_dict(orient="records"))}

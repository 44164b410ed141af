"""In a closed study the worker reads and changes nothing, and nobody is asked anything."""

from __future__ import annotations

from functools import partial

import pytest
from sqlmodel import Session

from data.tables import Job
from data.tables.base import now
from jobs.running import KINDS, READING, run_job
from survey.closing import close
from survey.people import people_of
from survey.questionnaires import assignments
from survey.today import asked_of
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - READING))
def test_a_job_that_would_change_a_closed_study_says_why_it_does_not(
    session: Session, kind: str
) -> None:
    study = a_study(session)
    close(study, session=session)
    job = Job(study_id=study.id, kind=kind)
    session.add(job)
    session.commit()
    run_job(job.id)
    session.refresh(job)
    assert job.status == "failed"
    assert job.said["text"].startswith("This study is closed.")


def test_nobody_is_asked_in_a_closed_study(session: Session) -> None:
    study = a_study(session)
    study.start = study.end = now().date()
    [person] = people_of(session=session, study_id=study.id)
    [assignment] = assignments(session=session, study_id=study.id)
    asked = partial(
        asked_of, session=session, study=study, person=person, account_id=person.id, now=now(),
        assigned=[assignment],
    )  # fmt: skip
    assert asked()
    close(study, session=session)
    session.commit()
    assert asked() == []

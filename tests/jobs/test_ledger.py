"""The truth about jobs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Job
from data.tables.base import now
from i18n import say
from jobs import ledger, queue, running


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Collect what would go to the queue."""
    found: list[UUID] = []
    monkeypatch.setattr(queue, "put", found.append)
    return found


def stored(session: Session, job_id: UUID) -> Job:
    session.expire_all()
    return session.exec(select(Job).where(Job.id == job_id)).one()


def test_asking_commits_before_it_enqueues(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(queue, "put", lambda key: seen.append(stored(session, key).status))
    ledger.ask("themes")
    assert seen == ["queued"]


def test_asking_twice_for_the_same_is_one_job(session: Session, put: list[UUID]) -> None:  # noqa: ARG001 - sets the database
    assert ledger.ask("themes") == ledger.ask("themes")
    assert ledger.ask("themes", seed=1) not in put[:1]


def test_only_one_of_two_workers_gets_a_job(session: Session, put: list[UUID]) -> None:  # noqa: ARG001 - as above
    job = ledger.ask("themes")
    claims = [ledger.claim(job, runner=uuid4(), session=session) for _ in range(2)]
    assert [claim is not None for claim in claims] == [True, False]


def test_a_runner_that_lost_its_job_changes_nothing(session: Session, put: list[UUID]) -> None:  # noqa: ARG001 - as above
    job, first, second = ledger.ask("themes"), uuid4(), uuid4()
    ledger.claim(job, runner=first, session=session)
    ledger.stop_all(first)
    ledger.again(job)
    ledger.claim(job, runner=second, session=session)
    ledger.finish(job, runner=first, status="done")
    assert stored(session, job).status == "running"


def test_a_silent_runner_is_marked_as_stopped_and_can_be_run_again(
    session: Session, put: list[UUID]
) -> None:
    job = ledger.ask("themes")
    claimed = ledger.claim(job, runner=uuid4(), session=session)
    assert claimed
    claimed.heartbeat_at = now() - timedelta(seconds=31)
    session.add(claimed)
    session.commit()
    ledger.tend()
    found = stored(session, job)
    assert (found.status, ledger.as_message(found.said)) == ("stopped", ledger.STOPPED)
    ledger.again(job)
    assert stored(session, job).status == "queued"
    assert put == [job, job]


def test_a_beating_runner_is_left_alone(session: Session, put: list[UUID]) -> None:  # noqa: ARG001 - as above
    job, runner = ledger.ask("themes"), uuid4()
    ledger.claim(job, runner=runner, session=session)
    ledger.beat(runner, [job])
    ledger.tend()
    assert stored(session, job).status == "running"


def test_what_the_queue_lost_is_enqueued_again(session: Session, put: list[UUID]) -> None:
    job = ledger.ask("themes")
    lost = session.get_one(Job, job)
    lost.enqueued_at = now() - timedelta(minutes=1)
    session.add(lost)
    session.commit()
    ledger.tend()
    ledger.tend()
    assert put == [job, job]


@pytest.mark.parametrize(
    ("work", "status"),
    [
        (lambda *_: {"ok": 1}, "done"),
        (lambda *_: (_ for _ in ()).throw(ledger_refusal()), "failed"),
        (lambda *_: 1 / 0, "failed"),
    ],
)
def test_a_job_says_how_it_ended(
    session: Session,
    put: list[UUID],  # noqa: ARG001 - as above
    monkeypatch: pytest.MonkeyPatch,
    work: running.Work,
    status: str,
) -> None:
    monkeypatch.setattr(running, "work_of", lambda _kind: work)
    job = ledger.ask("themes")
    running.run_job(job)
    found = stored(session, job)
    assert found.status == status
    assert "ZeroDivision" not in str(found.said)


def ledger_refusal() -> Exception:
    from i18n import Refusal

    return Refusal(say("There is no text in this study yet."))


def test_progress_is_told_while_it_runs(
    session: Session,
    put: list[UUID],  # noqa: ARG001 - as above
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[float] = []

    def work(job: Job, progress: running.Progress) -> dict[str, object]:
        progress(0.4, say("Half way"))
        seen.append(stored(session, job.id).progress)
        return {}

    monkeypatch.setattr(running, "work_of", lambda _kind: work)
    running.run_job(ledger.ask("themes"))
    assert seen == [0.4]


def test_every_kind_of_job_has_its_work() -> None:
    assert all(callable(running.work_of(kind)) for kind in running.KINDS)

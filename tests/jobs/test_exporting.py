"""The job behind an export: masked at once, unmasked with what was allowed, used up by it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import Session, select

from data import exported
from data.tables import AuditEvent, Export, ExportRequest, Job, Study
from i18n import Message
from jobs import exporting
from jobs.running import KINDS, work_of
from nlp.exporting import check
from survey import exports
from survey.entering import open_account
from survey.exports import ExportError
from tests.studies_for_tests import a_study

Run = Callable[..., Export]


@pytest.fixture
def run(session: Session) -> Run:
    """Return what runs the job for an account and gives back the export."""

    def do(study: Study, account_id: UUID, **arguments: str) -> Export:
        session.commit()
        job = Job(kind="export", study_id=study.id, account_id=account_id, arguments=arguments)
        said: list[Message] = []
        result = exporting.export(job, lambda _, message: said.append(message))  # type: ignore[arg-type] # what it calls
        assert said
        return session.get_one(Export, UUID(result["export"]))

    return do


def test_a_masked_export_is_kept_and_recorded(session: Session, run: Run) -> None:
    study = a_study(session)
    account = open_account(session=session, study_id=study.id, role="researcher").account_id
    made = run(study, account, format="parquet", language="en")
    content = exports.content_of(made, session=session, account_id=account)
    assert check(content) == made.counts
    assert (made.masked, made.size, len(made.people)) == (True, len(content), 1)
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "study.exported")).one()
    assert event.account_id == account
    assert event.details["sha256"] == made.sha256


def test_an_unmasked_export_is_made_once(session: Session, run: Run) -> None:
    study = a_study(session)
    one, two = (
        open_account(session=session, study_id=study.id, role="coordinator").account_id
        for _ in range(2)
    )
    request = exports.ask_unmasked(
        session=session, study_id=study.id, account_id=one, name="Ada", reason="Why", wanted={}
    )
    wanted = {"format": "csv", "language": "en", "request": str(request.id)}
    with pytest.raises(ExportError):
        run(study, one, **wanted)
    exports.decide(
        session=session, request_id=request.id, account_id=two, name="Ben", approved=True
    )
    with pytest.raises(ExportError):
        run(study, two, **wanted)
    made = run(study, one, **wanted)
    assert (made.masked, made.request_id) == (False, request.id)
    session.refresh(session.get_one(ExportRequest, request.id))
    with pytest.raises(ExportError):
        run(study, one, **wanted)
    assert len(session.exec(select(Export)).all()) == 1


def test_a_file_that_cannot_be_kept_leaves_nothing(
    session: Session, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = a_study(session)
    account = open_account(session=session, study_id=study.id, role="researcher").account_id

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(exported, "keep", full)
    with pytest.raises(OSError, match="no space"):
        run(study, account, format="csv", language="en")
    session.rollback()
    assert session.exec(select(Export)).all() == []


def test_every_kind_of_job_can_be_run() -> None:
    assert all(callable(work_of(kind)) for kind in KINDS)

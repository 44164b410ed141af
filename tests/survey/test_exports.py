"""Exports: a second coordinator allows what is not masked, and withdrawals take archives along."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data import exported
from data.tables import AuditEvent, Export, ExportRequest, Person, Study
from data.tables.base import now
from survey import exports
from survey.entering import open_account
from survey.exports import ExportError
from survey.withdrawal import apply_withdrawals, withdraw
from tests.studies_for_tests import a_study

WANTED = {"format": "csv", "language": "en"}


def a_coordinator(session: Session, study: Study) -> UUID:
    return open_account(session=session, study_id=study.id, role="coordinator").account_id


def asked(session: Session, study: Study, account_id: UUID) -> ExportRequest:
    return exports.ask_unmasked(
        session=session, study_id=study.id, account_id=account_id,
        name="Ada One", reason="To check a translation", wanted=WANTED,
    )  # fmt: skip


def an_export(session: Session, study: Study, *people: Person, masked: bool = True) -> Export:
    row = Export(
        study_id=study.id, format="csv", language="en", masked=masked, sha256="0" * 64, size=1,
        people=[str(person.id) for person in people],
    )  # fmt: skip
    exports.note_export(row, session=session)
    exported.keep(row.id, b"archive")
    session.commit()
    return row


def test_another_named_coordinator_allows_it_once(session: Session) -> None:
    study = a_study(session)
    one, two = a_coordinator(session, study), a_coordinator(session, study)
    request = asked(session, study, one)
    for account, name, sentence in (
        (one, "Ben Two", "Somebody else has to allow"),
        (two, " ", "Write who you are"),
        (two, "ada  ONE", "the name of the person who asked"),
        (uuid4(), "Ben Two", "Only coordinators"),
    ):
        with pytest.raises(ExportError, match=sentence):
            exports.decide(
                session=session, request_id=request.id, account_id=account, name=name, approved=True
            )
    with pytest.raises(ExportError):
        exports.use(session=session, request_id=request.id, account_id=one)
    exports.decide(
        session=session, request_id=request.id, account_id=two, name="Ben Two", approved=True
    )
    assert exports.is_usable(request)
    with pytest.raises(ExportError, match="decided already"):
        exports.decide(
            session=session, request_id=request.id, account_id=two, name="Ben Two", approved=False
        )
    with pytest.raises(ExportError):
        exports.use(session=session, request_id=request.id, account_id=two)
    exports.use(session=session, request_id=request.id, account_id=one)
    with pytest.raises(ExportError):
        exports.use(session=session, request_id=request.id, account_id=one)
    actions = [event.action for event in session.exec(select(AuditEvent)).all()]
    assert {"export.requested", "export.approved"} <= set(actions)
    assert "Ada" not in str([event.details for event in session.exec(select(AuditEvent)).all()])


def test_what_lapsed_is_neither_allowed_nor_made(session: Session) -> None:
    study = a_study(session)
    one, two = a_coordinator(session, study), a_coordinator(session, study)
    request, allowed = asked(session, study, one), asked(session, study, one)
    exports.decide(
        session=session, request_id=allowed.id, account_id=two, name="Ben Two", approved=True
    )
    for each in (request, allowed):
        each.expires_at = now() - timedelta(seconds=1)
        session.add(each)
    session.flush()
    with pytest.raises(ExportError, match="lapsed"):
        exports.decide(
            session=session, request_id=request.id, account_id=two, name="Ben Two", approved=True
        )
    with pytest.raises(ExportError):
        exports.use(session=session, request_id=allowed.id, account_id=one)
    with pytest.raises(ExportError):
        exports.check_usable(session=session, request_id=allowed.id, account_id=one)
    assert not exports.is_open(request)


def test_what_was_refused_is_not_made(session: Session) -> None:
    study = a_study(session)
    one, two = a_coordinator(session, study), a_coordinator(session, study)
    request = asked(session, study, one)
    exports.decide(
        session=session, request_id=request.id, account_id=two, name="Ben Two", approved=False
    )
    with pytest.raises(ExportError):
        exports.use(session=session, request_id=request.id, account_id=one)


def test_only_coordinators_ask(session: Session) -> None:
    study = a_study(session)
    other = open_account(session=session, study_id=study.id, role="researcher").account_id
    with pytest.raises(ExportError, match="Only coordinators"):
        asked(session, study, other)


def test_a_withdrawal_takes_the_archive_and_leaves_who_was_in_it(session: Session) -> None:
    study = a_study(session)
    person = session.exec(select(Person)).one()
    held, other = an_export(session, study, person), an_export(session, study)
    assert exports.withdrawn_since(held, session=session) == []
    withdraw(session=session, person=person)
    assert exported.read(held.id)  # the caller may still roll back
    session.commit()
    with pytest.raises(FileNotFoundError):
        exported.read(held.id)
    assert exported.read(other.id)
    session.refresh(held)
    assert held.removed_at is not None
    assert exports.withdrawn_since(held, session=session) == ["P01"]
    with pytest.raises(ExportError, match="not kept any more"):
        exports.content_of(held, session=session, account_id=uuid4())
    assert apply_withdrawals(session=session) == 0


def test_nothing_is_exported_that_holds_who_has_just_withdrawn(session: Session) -> None:
    study = a_study(session)
    person = session.exec(select(Person)).one()
    withdraw(session=session, person=person)
    session.commit()
    with pytest.raises(ExportError, match="just withdrawn"):
        an_export(session, study, person)


def test_unmasked_archives_are_for_who_asked(session: Session) -> None:
    study = a_study(session)
    export = an_export(session, study, masked=False)
    export.account_id = a_coordinator(session, study)
    with pytest.raises(ExportError, match="Only the person who asked"):
        exports.content_of(export, session=session, account_id=uuid4())
    assert exports.content_of(export, session=session, account_id=export.account_id)
    downloads = select(AuditEvent).where(AuditEvent.action == "export.downloaded")
    assert len(session.exec(downloads).all()) == 1


def test_archives_are_cleared_away_in_time(session: Session) -> None:
    study = a_study(session)
    old, young = an_export(session, study), an_export(session, study)
    raw = an_export(session, study, masked=False)
    old.made_at = now() - timedelta(days=8)
    young.made_at = raw.made_at = now() - timedelta(days=2)
    session.add_all([old, young, raw])
    assert exports.clear_away(session=session) == 2
    session.commit()
    assert exported.read(young.id)
    for each in (old, raw):
        with pytest.raises(FileNotFoundError):
            exported.read(each.id)

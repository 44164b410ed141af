"""A closed study stays as it is, whoever writes and however; the others go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, delete, select, update

from data.adding import add_once
from data.closed import ClosedError, letting
from data.history import record
from data.tables import (
    Assignment,
    Consent,
    Draft,
    Membership,
    Person,
    Questionnaire,
    Response,
    Study,
    Team,
)
from data.tables.base import now
from survey import entering
from survey.closing import close
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study


@pytest.fixture
def studies(session: Session) -> tuple[Study, Study]:
    """Give a closed study and an open one."""
    closed, open_ = a_study(session, slug="closed"), a_study(session, slug="open")
    close(closed, session=session)
    session.commit()
    return closed, open_


def person_of(study: Study, session: Session) -> Person:
    return session.exec(select(Person).where(Person.study_id == study.id)).one()


def questionnaire_of(study: Study, session: Session) -> Questionnaire:
    return session.exec(select(Questionnaire).where(Questionnaire.study_id == study.id)).one()


def adding_a_team(study: Study, session: Session) -> None:
    session.add(Team(study_id=study.id, code="Z"))
    session.flush()


def agreeing(study: Study, session: Session) -> None:
    session.add(Consent(person_id=person_of(study, session).id, version="1"))
    session.flush()


def drafting(study: Study, session: Session) -> None:
    person = person_of(study, session)
    member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    questionnaire = questionnaire_of(study, session)
    session.add(
        Draft(
            account_id=member.account_id, questionnaire_id=questionnaire.id,
            instance_id=study.id, path="/data/mood", value=3,
        )
    )  # fmt: skip
    session.flush()


def sending(study: Study, session: Session) -> None:
    row = Response(
        study_id=study.id, questionnaire_id=questionnaire_of(study, session).id,
        person_id=person_of(study, session).id, day=study.start, sha256="0" * 64,
    )  # fmt: skip
    add_once(row, session=session)


def changing(study: Study, session: Session) -> None:
    person = person_of(study, session)
    person.role = "other"
    session.add(person)
    session.flush()


def changing_many(study: Study, session: Session) -> None:
    session.exec(update(Assignment).where(col(Assignment.study_id) == study.id).values(minutes=9))


def deleting_what_hangs_on_it(study: Study, session: Session) -> None:
    theirs = select(Questionnaire.id).where(Questionnaire.study_id == study.id)
    drafting_free(study, session)
    session.exec(delete(Draft).where(col(Draft.questionnaire_id).in_(theirs)))


def drafting_free(study: Study, session: Session) -> None:
    with letting(session):
        drafting(study, session)


def renaming(study: Study, session: Session) -> None:
    study.texts = {"title": {"en": "Other"}}
    session.add(study)
    session.flush()


WAYS = [
    adding_a_team, agreeing, drafting, sending, changing, changing_many, deleting_what_hangs_on_it,
    renaming,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nothing_in_a_closed_study_is_written(
    way: Callable[[Study, Session], None], session: Session, studies: tuple[Study, Study]
) -> None:
    closed, open_ = studies
    with pytest.raises(ClosedError):
        way(closed, session)
    session.rollback()
    way(open_, session)
    session.commit()


def test_coming_in_reading_and_withdrawing_go_on(
    session: Session, studies: tuple[Study, Study]
) -> None:
    closed, _ = studies
    person = person_of(closed, session)
    member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    token = entering.invite(session=session, membership=member)
    cookie = entering.enter(session=session, token=token)
    assert entering.identify(session=session, cookie=cookie)
    record("names.read", session=session, study_id=closed.id)
    session.commit()
    withdraw(session=session, person=person)
    session.commit()
    assert person.withdrawn_at is not None


def test_it_is_noticed_in_the_next_transaction(
    session: Session, studies: tuple[Study, Study]
) -> None:
    _, open_ = studies
    adding_a_team(open_, session)
    session.commit()
    with letting(session):
        open_.closed_at = now()
        session.add(open_)
    session.commit()
    with pytest.raises(ClosedError):
        changing(open_, session)

"""What goes wrong around coming in: an invite used twice, one account in two studies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session, select

from data.database import open_session
from data.tables import Membership, Person, SignIn
from survey import consent, entering, pins
from survey.entering import EnteringError, Identity
from survey.people import membership_of
from survey.responses import days_done
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study


def come_in(session: Session, membership: Membership) -> Identity:
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token)
    session.flush()
    found = entering.identify(session=session, cookie=cookie)
    assert found
    return found


def test_of_two_who_use_a_code_at_the_same_moment_one_comes_in(session: Session) -> None:
    a_study(session)
    membership = session.exec(select(Membership)).one()
    token = entering.invite(session=session, membership=membership, once=True)
    session.commit()
    together = Barrier(2)

    def use(_: int) -> bool:
        with open_session() as own:
            together.wait()
            try:
                entering.enter(session=own, token=token)
            except EnteringError:
                return False
            own.commit()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == [False, True]
    assert len(session.exec(select(SignIn)).all()) == 1


@pytest.fixture
def twice(session: Session) -> tuple[Person, Person]:
    """One account that takes part in two studies."""
    one, two = a_study(session), a_study(session, slug="other")
    here = session.exec(select(Person).where(Person.study_id == one.id)).one()
    there = session.exec(select(Person).where(Person.study_id == two.id)).one()
    second = membership_of(session=session, person_id=there.id)
    second.account_id = membership_of(session=session, person_id=here.id).account_id
    session.add(second)
    session.commit()
    return here, there


def test_each_link_of_a_participant_in_two_studies_opens_its_own(
    session: Session, twice: tuple[Person, Person]
) -> None:
    here, there = (
        come_in(session, membership_of(session=session, person_id=each.id)) for each in twice
    )
    assert here.account_id == there.account_id
    assert [each.person_id for each in (here, there)] == [person.id for person in twice]
    assert [each.study_id for each in (here, there)] == [person.study_id for person in twice]


def test_a_pin_and_a_withdrawal_are_for_one_of_two_studies(
    session: Session, twice: tuple[Person, Person]
) -> None:
    one, two = twice
    here = come_in(session, membership_of(session=session, person_id=one.id))
    there = come_in(session, membership_of(session=session, person_id=two.id))
    pins.choose("4827", session=session, identity=here)
    assert not pins.has_pin(there, session=session)
    assert pins.sight_of(there, session=session) is pins.Sight.OPEN
    consent.give(session=session, person=two, version="1", language="en")
    withdraw(session=session, person=one)
    session.commit()
    gone = session.get_one(SignIn, here.sign_in_id)
    kept = session.get_one(SignIn, there.sign_in_id)
    assert (gone.revoked_at is None, kept.revoked_at is None) == (False, True)
    assert len(consent.history(session=session, person=two)) == 1
    assert days_done(session=session, person_id=two.id, questionnaire="daily") == set()


def test_a_device_whose_person_withdrew_is_known_and_a_strangers_is_not(
    session: Session,
) -> None:
    a_study(session)
    person = session.exec(select(Person)).one()
    token = entering.invite(
        session=session, membership=membership_of(session=session, person_id=person.id)
    )
    cookie = entering.enter(session=session, token=token)
    session.flush()
    assert entering.withdrawn_account(session=session, cookie=cookie) is None
    withdraw(session=session, person=person)
    session.flush()
    assert entering.identify(session=session, cookie=cookie) is None
    assert entering.withdrawn_account(session=session, cookie=cookie)
    assert entering.withdrawn_account(session=session, cookie="nonsense") is None
    assert entering.withdrawn_account(session=session, cookie=None) is None

"""Past entries on a new device: after the PIN, and nobody guesses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session, select

from data.tables import AuditEvent, Membership, Person, Pin, SignIn, Study
from data.tables.base import now
from survey import entering, pins
from survey.entering import Identity
from survey.pins import PinError, Sight, choose, enter, reset, sight_of
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study

Device = Callable[[], Identity]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly: how long it takes is argon2's affair."""
    monkeypatch.setattr(pins, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    session.commit()
    return made


def a_link(session: Session) -> str:
    return entering.invite(session=session, membership=session.exec(select(Membership)).one())


def opened(session: Session, token: str) -> Identity:
    """Come in through a link on another device."""
    cookie = entering.enter(session=session, token=token)
    session.flush()
    found = entering.identify(session=session, cookie=cookie)
    assert found
    return found


@pytest.fixture
def device(session: Session, study: Study) -> Device:
    assert study
    token = a_link(session)
    return lambda: opened(session, token)


def sights(session: Session, *devices: Identity) -> list[Sight]:
    return [sight_of(each, session=session) for each in devices]


def test_without_a_pin_the_first_device_of_a_link_shows_what_was_written(
    session: Session, device: Device
) -> None:
    first, second = device(), device()
    assert sights(session, first, second) == [Sight.OPEN, Sight.ELSEWHERE]
    replaced = opened(session, a_link(session))
    assert sights(session, replaced, first) == [Sight.OPEN, Sight.OPEN]


def test_with_a_pin_every_other_device_asks_for_it(session: Session, device: Device) -> None:
    first, second = device(), device()
    choose("４８２７", session=session, identity=first)
    third = opened(session, a_link(session))
    assert sights(session, first, second, third) == [Sight.OPEN, Sight.ASK, Sight.ASK]
    assert not enter("4828", session=session, identity=second)
    assert enter(" 4827 ", session=session, identity=second)
    assert sights(session, first, second, third) == [Sight.OPEN, Sight.OPEN, Sight.ASK]
    choose("99120", session=session, identity=second)
    assert sights(session, first, second, third) == [Sight.ASK, Sight.OPEN, Sight.ASK]


def test_only_the_digest_is_kept(session: Session, device: Device) -> None:
    choose("482713", session=session, identity=device())
    kept = session.exec(select(Pin)).one()
    assert kept.digest.startswith("$argon2id$")
    assert "482713" not in kept.digest
    events = session.exec(select(AuditEvent)).all()
    assert "482713" not in str([event.model_dump() for event in events])


@pytest.mark.parametrize("typed", ["", "123", "1234", "9876", "0000", "12a4", "1" * 13, "²³⁴⁵x"])
def test_what_is_no_good_as_a_pin_is_refused(session: Session, device: Device, typed: str) -> None:
    first = device()
    with pytest.raises(PinError):
        choose(typed, session=session, identity=first)
    assert not pins.has_pin(first, session=session)


def test_a_device_that_is_not_known_cannot_choose_one(session: Session, device: Device) -> None:
    first, second = device(), device()
    with pytest.raises(PinError, match="on this device"):
        choose("4827", session=session, identity=second)
    choose("4827", session=session, identity=first)
    with pytest.raises(PinError, match="on this device"):
        choose("1357", session=session, identity=second)


def test_guessing_is_locked_out_for_longer_and_longer(session: Session, device: Device) -> None:
    first, second = device(), device()
    choose("4827", session=session, identity=first)
    at = now()

    def guess(typed: str, moment: datetime) -> bool:
        return enter(typed, session=session, identity=second, at=moment)

    assert [guess(f"100{n}", at) for n in range(pins.FREE_TRIES)] == [False] * pins.FREE_TRIES
    with pytest.raises(PinError, match="15 minutes"):
        guess("4827", at)
    later = at + pins.FIRST_WAIT
    assert not guess("1009", later)
    with pytest.raises(PinError, match="30 minutes"):
        guess("4827", later)
    moment = later
    for _ in range(6):
        moment += pins.LONGEST_WAIT
        assert not guess("1009", moment)
    kept = session.exec(select(Pin)).one()
    session.refresh(kept)
    assert kept.locked_until == moment + pins.LONGEST_WAIT
    assert guess("4827", moment + pins.LONGEST_WAIT)
    session.expire_all()
    kept = session.exec(select(Pin)).one()
    assert (kept.failures, kept.locked_until) == (0, None)
    locks = session.exec(select(AuditEvent).where(AuditEvent.action == "pin.locked")).all()
    assert len(locks) == 8


def test_a_try_costs_one_even_if_another_came_in_between(session: Session, device: Device) -> None:
    first, second = device(), device()
    choose("4827", session=session, identity=first)
    kept = session.exec(select(Pin)).one()
    kept.failures = 3
    session.add(kept)
    session.flush()
    assert not enter("1111", session=session, identity=second)
    session.refresh(kept)
    assert (kept.failures, kept.locked_until) == (4, None)


def test_the_coordinator_resets_it_without_ever_seeing_it(session: Session, device: Device) -> None:
    first, second = device(), device()
    choose("4827", session=session, identity=first)
    person = session.exec(select(Person)).one()
    assert pins.people_with_pin(session=session, study_id=person.study_id) == {person.id}
    reset(session=session, person=person)
    assert sights(session, first, second) == [Sight.OPEN, Sight.ELSEWHERE]
    with pytest.raises(PinError, match="no PIN any more"):
        enter("4827", session=session, identity=second)
    session.exec(select(AuditEvent).where(AuditEvent.action == "pin.reset")).one()


def test_a_pin_goes_with_its_person(session: Session, device: Device) -> None:
    choose("4827", session=session, identity=device())
    withdraw(session=session, person=session.exec(select(Person)).one())
    assert session.exec(select(Pin)).all() == []


def test_a_device_without_its_link_shows_nothing(session: Session, device: Device) -> None:
    first = device()
    kept = session.get_one(SignIn, first.sign_in_id)
    kept.invite_id = None
    kept.created_at = now() - timedelta(days=9)
    session.add(kept)
    session.flush()
    assert sights(session, first) == [Sight.ELSEWHERE]

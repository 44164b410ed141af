from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from data.tables import Account, Application, Invite, Letter, Membership, Person
from survey import entering
from survey.applying import addresses, starting
from survey.applying.links import link_of, replace_link
from survey.applying.managing import begin_by_hand
from survey.applying.starting import ask_for_link, opened, tidy
from survey.withdrawal import withdraw
from tests.applying_for_tests import a_call, begun, study_of
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_the_same_address_continues_the_same_application(session: Session) -> None:
    study = study_of(session, a_call(session, a_study(session)))
    for typed in ("Ana@Film.example", "ana@film.example ", "ANA+2@film.example"):
        ask_for_link(session=session, study=study, address=typed, language="de")
    (application,) = session.exec(select(Application)).all()
    assert [each.kind for each in session.exec(select(Letter)).all()] == ["link"] * 3
    person = session.get_one(Person, application.person_id)
    assert (person.code, person.email, person.time_zone) == (
        "A0001",
        "Ana@film.example",
        "Asia/Shanghai",
    )


def test_an_address_gets_few_letters_an_hour_and_nobody_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(session, a_call(session, a_study(session)))
    for _ in range(starting.LINKS_AN_ADDRESS + 2):
        ask_for_link(session=session, study=study, address="ana@film.example", language="en")
    assert len(session.exec(select(Letter)).all()) == starting.LINKS_AN_ADDRESS
    session.exec(
        update(Letter).values(created_at=col(Letter.created_at), number=col(Letter.number))
    )
    for letter in session.exec(select(Letter)).all():
        letter.created_at -= starting.LATELY
        session.add(letter)
    ask_for_link(session=session, study=study, address="ana@film.example", language="en")
    assert len(session.exec(select(Letter)).all()) == starting.LINKS_AN_ADDRESS + 1
    monkeypatch.setattr(starting, "LINKS_FOR_ALL", 1)
    with pytest.raises(starting.BusyError):
        ask_for_link(session=session, study=study, address="bo@film.example", language="en")


def test_codes_go_on_past_four_digits_and_leave_no_gap_to_reuse(session: Session) -> None:
    call = a_call(session, a_study(session))
    first = begun(session, call, 1)
    person = session.get_one(Person, first.person_id)
    person.code = "A9999"
    session.add(person)
    session.flush()
    codes = [
        session.get_one(Person, begun(session, call, number).person_id).code for number in (2, 3)
    ]
    assert codes == ["A10000", "A10001"]


def test_the_link_is_the_same_in_every_letter_and_opens_the_application(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = begun(session, call, 1)
    link = link_of(application, session=session)
    assert link == link_of(application, session=session)
    token = link.rpartition("/")[2]
    cookie = entering.enter(session=session, token=token)
    identity = entering.identify(session=session, cookie=cookie)
    assert identity
    assert identity.person_id == application.person_id
    assert set(identity.roles) == {"participant"}
    assert all(token not in each.token_hash for each in session.exec(select(Invite)).all())


def test_another_link_closes_the_one_before_and_signs_its_devices_out(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = begun(session, call, 1)
    old = link_of(application, session=session).rpartition("/")[2]
    cookie = entering.enter(session=session, token=old)
    new = replace_link(application, session=session).rpartition("/")[2]
    assert entering.find(session=session, token=old) is None
    assert entering.identify(session=session, cookie=cookie) is None
    assert entering.find(session=session, token=new)
    assert link_of(application, session=session).endswith(new)


def test_what_nobody_opened_goes_after_a_week_and_what_was_opened_stays(session: Session) -> None:
    study = study_of(session, a_call(session, a_study(session)))
    for name in ("ana", "bo", "cy"):
        ask_for_link(session=session, study=study, address=f"{name}@film.example", language="en")
    by_hand = begin_by_hand(session=session, study=study, address="", language="en")
    ana, bo, _, _ = session.exec(select(Application).order_by(col(Application.created_at))).all()
    opened(session.get_one(Person, ana.person_id), session=session)
    for each in session.exec(select(Application)).all():
        each.created_at -= starting.UNOPENED + timedelta(minutes=1)
        session.add(each)
    bo.created_at += timedelta(hours=1)
    session.flush()
    assert tidy(session=session) == 1
    session.flush()
    codes = {each.code for each in session.exec(select(Person).where(Person.study_id == study.id))}
    assert codes == {"A0001", "A0002", "A0004"}
    assert entering.find(session=session, token=by_hand.rpartition("/")[2])
    accounts = select(Account.id).where(col(Account.id).not_in(select(Membership.account_id)))
    assert session.exec(accounts).all() == []
    assert tidy(session=session) == 0


def test_whoever_withdrew_may_begin_anew_with_the_same_address(session: Session) -> None:
    study = study_of(session, a_call(session, a_study(session)))
    ask_for_link(session=session, study=study, address="ana@film.example", language="en")
    (application,) = session.exec(select(Application)).all()
    old = link_of(application, session=session).rpartition("/")[2]
    withdraw(session=session, person=session.get_one(Person, application.person_id))
    assert session.exec(select(Application)).all() == []
    assert session.exec(select(Letter)).all() == []
    assert entering.has_withdrawn(session=session, token=old)
    ask_for_link(session=session, study=study, address="ana@film.example", language="en")
    (again,) = session.exec(select(Application)).all()
    assert session.get_one(Person, again.person_id).code == "A0002"


def test_the_address_itself_is_not_in_what_it_is_found_by(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = begun(session, call, 1)
    assert "robin" not in application.address_hash
    other = a_call(session, a_study(session, slug="other"))
    assert addresses.digest(other.study_id, "robin1@people.example") != application.address_hash

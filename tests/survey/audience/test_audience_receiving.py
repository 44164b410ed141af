"""Taking answers: once, from whom it may be, and gone when their giver wishes so."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import Session, select

from data import closed
from data.database import open_session
from data.tables import Person, PublicLink, Response, Study, Visit, WallText
from data.tables.base import now
from survey.audience import moderating
from survey.audience.deleting import delete_answer
from survey.audience.receipts import ReceiptError, spell
from survey.audience.receiving import (
    AnsweredError,
    NotOpenError,
    UnnamedError,
    Upload,
    receive,
)
from survey.belongings import belongings
from survey.entering import open_account
from survey.entry_files import EntryFileError
from survey.holdings import gathered
from survey.responses import ConflictError, ResponseError
from tests.audiences_for_tests import GIVEN, a_link, a_public_study, answer, publish, sending


@pytest.fixture
def study(session: Session) -> Study:
    return a_public_study(session)


@pytest.fixture
def link(session: Session, study: Study) -> PublicLink:
    return a_link(session, study)


def test_visitors_have_codes_and_no_account(session: Session, link: PublicLink) -> None:
    answer(session, link)
    answer(session, link)
    people = session.exec(select(Person).where(Person.study_id == link.study_id)).all()
    assert sorted(person.code for person in people) == ["V0001", "V0002"]
    assert {person.name for person in people} == {""}
    assert not belongings(session=session, person=people[0]).memberships


def test_the_same_answer_is_kept_once(session: Session, link: PublicLink) -> None:
    sent = sending()
    first = receive(link.id, sent, session=session)
    session.commit()
    assert receive(link.id, sent, session=session).id == first.id
    assert len(session.exec(select(Visit)).all()) == 1


def test_somebody_elses_instance_is_not_overwritten(session: Session, link: PublicLink) -> None:
    first = sending()
    receive(link.id, first, session=session)
    session.commit()
    other = sending({**GIVEN, "sincere": 0}, instance_id=first.instance_id)
    with pytest.raises(ConflictError):
        receive(link.id, other, session=session)
    session.rollback()
    assert session.get_one(Response, first.instance_id).answers["sincere"] == 8


def test_a_device_answers_once_where_one_answer_is_asked_for(
    session: Session, study: Study, link: PublicLink
) -> None:
    receive(link.id, sending(device="phone"), session=session)
    with pytest.raises(AnsweredError):
        receive(link.id, sending(device="phone"), session=session)
    many = a_link(session, study, many=True)
    for _ in range(2):
        receive(many.id, sending(device="phone"), session=session)


def test_many_at_once_each_get_a_code(session: Session, link: PublicLink) -> None:
    session.commit()
    failed: list[BaseException] = []

    def one() -> None:
        try:
            with open_session() as own:
                receive(link.id, sending(), session=own)
                own.commit()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    codes = session.exec(select(Person.code).where(Person.study_id == link.study_id)).all()
    assert sorted(codes) == [f"V{number:04}" for number in range(1, 13)]


def test_one_that_is_sent_twice_at_once_is_kept_once(session: Session, link: PublicLink) -> None:
    session.commit()
    sent, failed = sending(), list[BaseException]()

    def one() -> None:
        try:
            with open_session() as own:
                receive(link.id, sent, session=own)
                own.commit()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(session.exec(select(Visit)).all()) == 1


def test_a_kiosk_brings_what_it_was_given_while_the_link_was_open(
    session: Session, study: Study
) -> None:
    yesterday = now().date() - timedelta(days=1)
    kiosk = a_link(session, study, kind="kiosk", opens=yesterday, closes=yesterday)
    zone_ahead = timedelta(hours=20)
    with pytest.raises(NotOpenError):
        receive(kiosk.id, sending(device=""), session=session)
    kept = receive(kiosk.id, sending(device="", age=zone_ahead), session=session)
    assert now() - kept.submitted_at > timedelta(hours=19)
    phone = a_link(session, study, opens=yesterday, closes=yesterday)
    with pytest.raises(NotOpenError):
        receive(phone.id, sending(age=zone_ahead), session=session)


def test_a_name_is_kept_only_where_it_is_asked(session: Session, study: Study) -> None:
    def named(naming: str, name: str) -> str:
        link = a_link(session, study, naming=naming)
        kept = receive(link.id, sending(name=name), session=session)
        return session.get_one(Person, kept.person_id).name

    assert named("none", "Xiao Ming") == ""
    assert named("optional", " Xiao  Ming ") == "Xiao Ming"
    with pytest.raises(UnnamedError):
        named("required", "  ")


def test_what_is_missing_is_said_and_nothing_is_kept(session: Session, link: PublicLink) -> None:
    session.commit()
    with pytest.raises(ResponseError, match="One number"):
        receive(link.id, sending({"noticed": "no"}), session=session)
    session.rollback()
    assert not session.exec(select(Visit)).all()
    answer(session, link)
    assert session.exec(select(Person.code).where(Person.study_id == link.study_id)).all() == [
        "V0001"
    ]


def test_a_receipt_deletes_everything(session: Session, link: PublicLink) -> None:
    sent = sending()
    kept = receive(link.id, sent, session=session)
    coordinator = open_account(session=session, study_id=link.study_id, role="coordinator")
    link.wall = True
    (text,) = moderating.answers_written(
        session=session, study_id=link.study_id, questionnaire="audience"
    )
    moderating.decide(
        text, session=session, study_id=link.study_id, shown=True,
        account_id=coordinator.account_id,
    )  # fmt: skip
    session.commit()
    with pytest.raises(ReceiptError):
        delete_answer("abcdefghjkmn", session=session)
    person_id = delete_answer(spell(sent.receipt).upper(), session=session)
    session.commit()
    session.expire_all()
    assert person_id == kept.person_id
    assert session.get(Response, sent.instance_id) is None
    assert not session.exec(select(Visit)).all()
    assert not session.exec(select(WallText)).all()
    with pytest.raises(ReceiptError):
        delete_answer(sent.receipt, session=session)


def test_a_receipt_is_worth_nothing_in_the_database(session: Session, link: PublicLink) -> None:
    sent = sending()
    receive(link.id, sent, session=session)
    visit = session.exec(select(Visit)).one()
    assert sent.receipt not in str(visit.model_dump())
    assert sent.device not in str(visit.model_dump())


def test_what_is_held_names_the_visit(session: Session, link: PublicLink) -> None:
    kept = answer(session, link)
    given = belongings(session=session, person=session.get_one(Person, kept.person_id))
    assert gathered(given, session=session)["visit"]["questionnaire"] == "audience"


def test_nothing_is_taken_into_a_closed_study(session: Session, link: PublicLink) -> None:
    audience = session.get_one(Study, link.study_id)
    with closed.letting(session):
        audience.closed_at = now()
        session.add(audience)
    session.commit()
    with pytest.raises((NotOpenError, closed.ClosedError)):
        answer(session, link)


def test_files_belong_to_the_visitor_and_go_with_them(session: Session, study: Study) -> None:
    asked = "| survey |\n| | type | name | label |\n| | image | shot | Your picture |\n"
    publish(study, "picture", asked, session=session)
    link = a_link(session, study, name="picture")
    session.commit()
    broken = Upload("/data/shot", "image", "x.png", b"<svg onload=alert(1)>")
    with pytest.raises(EntryFileError):
        receive(link.id, sending({"shot": "x.png"}, uploads=[broken]), session=session)
    session.rollback()
    target = BytesIO()
    Image.new("RGB", (8, 8)).save(target, "png")
    whole = Upload("/data/shot", "image", "../my shot.png", target.getvalue())
    sent = sending({"shot": "../my shot.png"}, uploads=[whole])
    kept = receive(link.id, sent, session=session)
    assert kept.answers == {"shot": "my_shot.png"}
    person = session.get_one(Person, kept.person_id)
    assert len(belongings(session=session, person=person).files) == 1
    delete_answer(sent.receipt, session=session)
    assert not belongings(session=session, person=person).files

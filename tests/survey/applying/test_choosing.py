from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, col, select

from data.tables import (
    Application,
    Call,
    Conflict,
    Letter,
    Membership,
    Person,
    Response,
    Review,
    Study,
)
from survey.applying import choosing, joining, reviewing, sending
from survey.applying.doubles import doubles
from survey.applying.funnel import funnel
from survey.applying.joining import JoiningError
from survey.applying.letter import wording
from survey.applying.reviewing import ReviewError
from survey.applying.starting import opened
from survey.applying.states import State, StateError
from survey.belongings import belongings
from survey.entering import open_account
from survey.holdings import gathered
from survey.people import enrol
from survey.studies import teams_of
from survey.withdrawal import withdraw
from tests.applying_for_tests import (
    a_call,
    a_reviewer,
    account_of,
    answers,
    applied,
    begun,
    reviewed,
    study_of,
    text,
)
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def invite(session: Session, application: Application) -> None:
    choosing.answer(
        application, State.INVITED, session=session, subject="Come", text="Hello {name} {link}"
    )


def come(session: Session, application: Application) -> None:
    invite(session, application)
    sending.reply(application, comes=True, session=session, account_id=None)


def test_sending_brings_a_receipt_and_what_is_known_of_the_person(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    person = session.get_one(Person, application.person_id)
    assert (application.state, application.sent_at is not None) == ("sent", True)
    assert (person.name, person.nationalities, person.role) == (
        "Robin Example1",
        ["DE"],
        "AI creator",
    )
    assert [each.kind for each in session.exec(select(Letter)).all()] == ["receipt"]
    sending.arrived(person, session=session)
    assert len(session.exec(select(Letter)).all()) == 1


def test_a_pile_holds_what_was_sent_in_an_order_of_ones_own(session: Session) -> None:
    call = a_call(session, a_study(session))
    sent = [applied(session, call, number) for number in range(12)]
    begun(session, call, 90)
    withdraw(session=session, person=session.get_one(Person, sent[0].person_id))
    one, other = a_reviewer(session, call), a_reviewer(session, call)

    def codes(who: Membership) -> list[str]:
        pile = reviewing.pile_of(session=session, study_id=call.study_id, account_id=who.account_id)
        return [each.person.code for each in pile]

    assert sorted(codes(one)) == [f"A{number:04}" for number in range(2, 13)]
    assert codes(one) == codes(one)
    assert codes(one) != codes(other)


def test_nobody_sees_others_scores_before_they_are_done(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    one, other = a_reviewer(session, call), a_reviewer(session, call)
    reviewed(session, call, application, other, 1, 2, 3)

    def seen() -> int:
        found = reviewing.to_read(
            session=session,
            study_id=call.study_id,
            account_id=one.account_id,
            application_id=application.id,
        )
        assert found
        return len(reviewing.others(found, session=session, account_id=one.account_id))

    assert seen() == 0
    reviewed(session, call, application, one, 5, 5, 5)
    assert seen() == 1
    found = reviewing.pile_of(session=session, study_id=call.study_id, account_id=one.account_id)[0]
    reviewing.go_on(found, session=session, account_id=one.account_id)
    assert seen() == 0


@pytest.mark.parametrize("scores", [{"craft": 0}, {"craft": 6}, {"other": 3}])
def test_a_score_that_is_none_is_refused(session: Session, scores: dict[str, int]) -> None:
    call = a_call(session, a_study(session))
    applied(session, call, 1)
    who = a_reviewer(session, call)
    (found,) = reviewing.pile_of(session=session, study_id=call.study_id, account_id=who.account_id)
    with pytest.raises(ReviewError):
        reviewing.judge(
            found,
            session=session,
            call=call,
            account_id=who.account_id,
            scores=scores,
        )
    with pytest.raises(ReviewError):
        reviewing.finish(found, session=session, call=call, account_id=who.account_id)


def test_a_conflict_takes_the_application_and_what_was_thought_of_it_away(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    who = a_reviewer(session, call)
    reviewed(session, call, application, who, 5, 5, 5)
    for _ in range(2):
        reviewing.declare_conflict(application.id, session=session, account_id=who.account_id)
        session.flush()
    assert session.exec(select(Review)).all() == []
    assert len(session.exec(select(Conflict)).all()) == 1
    pile = {"session": session, "study_id": call.study_id, "account_id": who.account_id}
    assert reviewing.pile_of(**pile) == []  # type: ignore[arg-type] # as above
    assert reviewing.to_read(**pile, application_id=application.id) is None  # type: ignore[arg-type] # as above
    reviewing.take_back_conflict(
        application.id, session=session, study_id=uuid4(), account_id=who.account_id
    )
    assert reviewing.pile_of(**pile) == []  # type: ignore[arg-type] # as above
    reviewing.take_back_conflict(
        application.id, session=session, study_id=call.study_id, account_id=who.account_id
    )
    assert len(reviewing.pile_of(**pile)) == 1  # type: ignore[arg-type] # as above


def test_the_best_come_first_by_weighted_mean(session: Session) -> None:
    call = a_call(session, a_study(session))
    weak, strong, unread = (applied(session, call, number) for number in (1, 2, 3))
    one, other = a_reviewer(session, call), a_reviewer(session, call)
    reviewed(session, call, weak, one, 1, 1, 5)  # openness weighs half
    reviewed(session, call, strong, one, 5, 5, 1)
    reviewed(session, call, strong, other, 3, 3, 3)
    listed = choosing.standings(session=session, call=call)
    assert [each.application.id for each in listed] == [strong.id, weak.id, unread.id]
    assert [round(mark, 3) for mark in listed[0].marks] == [0.8, 0.5]
    assert listed[0].mean == pytest.approx(0.65)
    assert listed[0].spread == pytest.approx(0.15)
    assert listed[1].mean == pytest.approx(0.2)
    assert listed[1].spread is None
    assert listed[2].mean is None


def test_somebody_who_was_refused_can_be_invited_later_but_not_the_other_way(
    session: Session,
) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    choosing.answer(application, State.REFUSED, session=session, subject="No", text="Sorry")
    with pytest.raises(StateError):
        choosing.shortlist(application, on=True, session=session)
    invite(session, application)
    with pytest.raises(StateError):
        choosing.answer(application, State.REFUSED, session=session, subject="No", text="Sorry")
    letters = session.exec(
        select(Letter).where(Letter.kind == "answer").order_by(col(Letter.number))
    ).all()
    assert [each.what for each in letters] == ["refused", "invited"]


@pytest.mark.parametrize(("subject", "words"), [("", "{link}"), ("Come", " "), ("Come", "Hello")])
def test_a_letter_that_would_not_do_is_not_sent(session: Session, subject: str, words: str) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    with pytest.raises(choosing.LetterError):
        choosing.answer(application, State.INVITED, session=session, subject=subject, text=words)
    assert application.state == "sent"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "de"])
def test_shipped_letters_know_only_places_that_are_filled(session: Session, language: str) -> None:
    import re

    call = a_call(session, a_study(session))
    for what in (State.INVITED, State.REFUSED):
        subject, words = wording(call, what, language)
        assert set(re.findall(r"\{(\w+)\}", subject + words)) <= {
            "name", "study", "link", "contact",
        }  # fmt: skip
        assert "{link}" in words


def test_only_the_invited_say_whether_they_come_and_may_change_their_mind(
    session: Session,
) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    with pytest.raises(StateError):
        sending.reply(application, comes=True, session=session, account_id=None)
    come(session, application)
    sending.reply(application, comes=False, session=session, account_id=None)
    sending.reply(application, comes=True, session=session, account_id=None)
    assert application.state == "accepted"


def joined(session: Session, number: int = 1) -> tuple[Study, Application, Person]:
    parent = a_study(session)
    call = a_call(session, parent)
    application = applied(session, call, number)
    come(session, application)
    (team,) = teams_of(session=session, study_id=parent.id).values()
    joining.place(application, session=session, parent=parent, team_id=team.id, role="editor")
    ready = joining.ready(joining.on_the_board(session=session, call=call))
    (person,) = joining.join(ready, session=session, parent=parent)
    session.refresh(application)
    return parent, application, person


def test_one_step_makes_a_participant_for_the_same_account(session: Session) -> None:
    parent, application, person = joined(session)
    assert (person.code, person.role, person.name) == ("P02", "editor", "Robin Example1")
    assert application.participant_id == person.id
    call = session.exec(select(Call)).one()
    assert joining.became(session=session, call=call) == {application.id: "P02"}
    theirs = session.exec(
        select(Membership).where(
            Membership.account_id == account_of(session, application).account_id
        )
    ).all()
    assert {each.study_id for each in theirs} == {parent.id, application.study_id}
    assert {each.role for each in theirs} == {"participant"}


def test_nobody_joins_twice_and_a_participant_is_not_moved_on_the_board(session: Session) -> None:
    parent, application, _ = joined(session)
    board = joining.on_the_board(session=session, call=session.exec(select(Call)).one())
    assert joining.ready(board) == []
    with pytest.raises(JoiningError):
        joining.join(board, session=session, parent=parent)
    with pytest.raises(JoiningError):
        joining.place(application, session=session, parent=parent, team_id=None, role="")


def test_a_team_of_another_study_is_refused(session: Session) -> None:
    parent = a_study(session)
    other = a_study(session, slug="other")
    call = a_call(session, parent)
    application = applied(session, call, 1)
    (team,) = teams_of(session=session, study_id=other.id).values()
    with pytest.raises(JoiningError):
        joining.place(application, session=session, parent=parent, team_id=team.id, role="")


def test_withdrawing_the_application_leaves_the_participant_and_the_other_way_round(
    session: Session,
) -> None:
    _, application, person = joined(session)
    applicant = session.get_one(Person, application.person_id)
    withdraw(session=session, person=applicant)
    session.refresh(person)
    assert person.withdrawn_at is None
    assert session.exec(select(Application)).all() == []


def test_a_participant_who_withdraws_is_no_longer_tied_to_their_application(
    session: Session,
) -> None:
    _, application, person = joined(session)
    withdraw(session=session, person=person)
    session.refresh(application)
    assert (application.participant_id, application.state) == (None, "declined")
    assert session.exec(select(Response)).one().person_id == application.person_id


def test_withdrawing_takes_reviews_letters_and_conflicts_along(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    reviewed(session, call, application, a_reviewer(session, call), 1, 2, 3)
    reviewing.declare_conflict(
        application.id, session=session, account_id=a_reviewer(session, call).account_id
    )
    withdraw(session=session, person=session.get_one(Person, application.person_id))
    for table in (Application, Review, Letter, Conflict, Response):
        assert session.exec(select(table)).all() == []
    numbers = funnel(session=session, call=call)
    assert (numbers.applied, numbers.withdrawn) == (0, 1)


def test_what_is_held_shows_reviews_once_it_is_answered(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1)
    reviewed(session, call, application, a_reviewer(session, call, "Kim"), 1, 2, 3)
    person = session.get_one(Person, application.person_id)

    def held() -> dict[str, object]:
        facts = gathered(belongings(session=session, person=person), session=session)
        found: dict[str, object] = facts["application"]
        return found

    assert held()["reviews"] == []
    invite(session, application)
    assert held()["reviews"] == [
        {
            "scores": {"craft": 1, "sincerity": 2, "openness": 3},
            "comment": "Clear and their own.",
        }
    ]
    assert "Kim" not in str(held())


def test_the_funnel_counts_each_step(session: Session) -> None:
    call = a_call(session, a_study(session))
    sent = [applied(session, call, number) for number in range(9)]
    begun(session, call, 90)
    who = a_reviewer(session, call)
    for each in sent[:5]:
        reviewed(session, call, each, who, 3, 3, 3)
    for each in sent[:4]:
        choosing.shortlist(each, on=True, session=session)
    for each in sent[:3]:
        invite(session, each)
    sending.reply(sent[0], comes=True, session=session, account_id=None)
    sending.reply(sent[1], comes=False, session=session, account_id=None)
    found = funnel(session=session, call=call)
    assert (found.begun, found.applied, found.reviewed) == (0, 9, 5)
    assert (found.shortlisted, found.invited, found.accepted, found.joined) == (4, 3, 1, 0)
    assert found.countries == {"CN": 2, "DE": 2, "BR": 1, "FR": 1, "GB": 1, "IN": 1, "KR": 1}
    assert sum(found.languages.values()) == 9


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": "example1 ROBIN"}, "the same name"),
        ({"phone": "0049 (30) 5550-0001"}, "the same phone number"),
        ({"motivation": text(101) + " and some more"}, "nearly the same texts"),
    ],
)
def test_the_same_person_with_two_addresses_is_shown(
    session: Session, changed: dict[str, str], reason: str
) -> None:
    call = a_call(session, a_study(session))
    first = applied(session, call, 1)
    for number in range(2, 12):
        applied(session, call, number)
    second = applied(session, call, 30, **changed)
    (pair,) = doubles(session=session, call=call)
    assert {pair.one, pair.other} == {first.id, second.id}
    assert [str(each) for each in pair.reasons] == [reason]
    assert {first.state, second.state} == {"sent"}


def test_different_people_are_no_doubles(session: Session) -> None:
    call = a_call(session, a_study(session))
    for number in range(30):
        applied(session, call, number)
    assert doubles(session=session, call=call) == []
    assert answers(1) != answers(2)


def test_whoever_coordinates_the_call_alone_cannot_add_to_the_study(session: Session) -> None:
    parent = a_study(session)
    call = a_call(session, parent)

    def may(study_id: UUID) -> bool:
        member = open_account(session=session, study_id=study_id, role="coordinator")
        return joining.may_join(session=session, parent=parent, account_id=member.account_id)

    assert may(parent.id)
    assert not may(call.study_id)


def test_a_call_can_have_its_own_wording(session: Session) -> None:
    call = a_call(session, a_study(session))
    before = wording(call, State.INVITED, "de")
    choosing.keep_wording(call, State.INVITED, {"de": ("Komm", "{link}")}, session=session)
    choosing.keep_wording(call, State.INVITED, {"de": (" ", "")}, session=session)
    session.commit()
    assert wording(call, State.INVITED, "de") == ("Komm", "{link}") != before
    assert wording(call, State.REFUSED, "de")[0] != "Komm"


def test_somebody_added_among_the_people_of_a_call_can_apply(session: Session) -> None:
    call = a_call(session, a_study(session))
    person = enrol(session=session, study=study_of(session, call), code="X1")
    application = opened(person, session=session)
    session.flush()
    assert (application.state, opened(person, session=session).id) == ("draft", application.id)

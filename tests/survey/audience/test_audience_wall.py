"""A wall says nothing about anybody, and shows no words that nobody approved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from data.tables import Membership, PublicLink, Response, Study
from survey import questionnaires
from survey.audience import moderating
from survey.audience.figures import held_back
from survey.audience.moderating import ModeratingError
from survey.audience.wall import Wall, wall_of
from survey.entering import open_account
from tests.audiences_for_tests import a_link, a_public_study, answer

UGLY = "You are all idiots <script>alert(1)</script>"


@pytest.fixture
def study(session: Session) -> Study:
    return a_public_study(session)


@pytest.fixture
def link(session: Session, study: Study) -> PublicLink:
    return a_link(session, study, wall=True)


@pytest.fixture
def coordinator(session: Session, study: Study) -> Membership:
    return open_account(session=session, study_id=study.id, role="coordinator")


def wall(session: Session, link: PublicLink) -> Wall:
    asked = questionnaires.latest(session=session, study_id=link.study_id, name="audience")
    assert asked
    form = questionnaires.form_of(asked)
    return wall_of(link, form, session=session, language="en", threshold=3)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30)), st.integers(2, 6))
def test_nobody_can_be_worked_out_from_what_is_left(cells: dict[str, int], threshold: int) -> None:
    away = held_back(cells, threshold)
    assert all(cells[name] == 0 or cells[name] >= threshold for name in cells if name not in away)
    hidden = sum(cells[name] for name in away)
    others = [name for name in cells if name not in away and cells[name]]
    assert not away or hidden >= threshold or not others


def test_nothing_is_said_of_two_people(session: Session, link: PublicLink) -> None:
    answer(session, link)
    answer(session, link)
    assert wall(session, link) == Wall(0, [], [], [])
    answer(session, link)
    assert wall(session, link).people == 3


def test_figures_move_on_in_steps(session: Session, link: PublicLink) -> None:
    for _ in range(3):
        answer(session, link)
    before = wall(session, link)
    answer(session, link, sincere=0)
    after = wall(session, link)
    assert (before.people, after.people) == (3, 4)
    assert before.charts == after.charts


def test_an_ugly_text_is_never_shown_unread(
    session: Session, link: PublicLink, coordinator: Membership
) -> None:
    for text in (UGLY, "The window.", "The boat."):
        answer(session, link, moment=text)
    assert wall(session, link).words == []
    waiting = moderating.answers_written(session=session, study_id=link.study_id)
    assert {each.text for each in waiting} == {UGLY, "The window.", "The boat."}
    for each in waiting:
        moderating.decide(
            each,
            session=session,
            study_id=link.study_id,
            shown=each.text != UGLY,
            account_id=coordinator.account_id,
        )
    session.flush()
    assert {text for text, _ in wall(session, link).words} == {"The window.", "The boat."}


def test_a_text_that_changed_is_read_again(
    session: Session, link: PublicLink, coordinator: Membership
) -> None:
    kept = [answer(session, link, moment="The window.") for _ in range(3)]
    for each in moderating.answers_written(session=session, study_id=link.study_id):
        moderating.decide(
            each,
            session=session,
            study_id=link.study_id,
            shown=True,
            account_id=coordinator.account_id,
        )
    session.flush()
    row = session.get_one(Response, kept[0].id)
    row.answers = {**row.answers, "moment": UGLY}
    session.add(row)
    session.flush()
    assert {text for text, _ in wall(session, link).words} == {"The window."}


def test_nobody_decides_about_the_words_of_another_study(
    session: Session, link: PublicLink, coordinator: Membership
) -> None:
    answer(session, link)
    other = a_public_study(session, slug="other")
    elsewhere = a_link(session, other, wall=True)
    (text,) = moderating.answers_written(session=session, study_id=link.study_id)
    with pytest.raises(ModeratingError):
        moderating.decide(
            text,
            session=session,
            study_id=elsewhere.study_id,
            shown=True,
            account_id=coordinator.account_id,
        )
    assert moderating.answers_written(session=session, study_id=elsewhere.study_id) == []

"""From the sample to what stands on the card: two coders, blind, with everything that happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest
from sqlmodel import Session, col, select

from data.tables import (
    Account,
    CheckAnswer,
    CheckQuestion,
    Passage,
    Person,
    Study,
    ThemeCheck,
    ThemeRun,
)
from i18n import Refusal
from nlp.checking import (
    CheckError,
    answer,
    asked,
    begin,
    carry_checks,
    checks_of,
    draw,
    failing,
    finished,
    progress,
    state,
    take_back,
)
from nlp.deciding import Desk, carry, decisions_of, describe, log_of, merge, rename, split
from nlp.results import Found, read_run
from survey.withdrawal import withdraw
from tests.runs_for_tests import a_run, a_written_study, passages_of

ABOUT = {"en": "What things cost."}
PEOPLE, EACH = 8, 6


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session, people=PEOPLE, each=EACH)


@pytest.fixture
def run(session: Session, study: Study) -> ThemeRun:
    made = a_run(session, study)
    describe(desk(session, made), 0, ABOUT["en"], language="en")
    return made


@pytest.fixture
def coders(session: Session) -> list[Account]:
    made = [Account(label=name) for name in ("Ada", "Bo")]
    session.add_all(made)
    session.flush()
    return made


def desk(session: Session, run: ThemeRun) -> Desk:
    return Desk(session=session, run_id=run.id, account_id=None, seen=99)


def read(session: Session, run: ThemeRun) -> Found:
    session.commit()
    return read_run(session=session, run=run)


def begun(session: Session, run: ThemeRun) -> ThemeCheck:
    return begin(read(session, run), 0, ABOUT, session=session, account_id=None)


def say_all(
    session: Session, check: ThemeCheck, coder: Account, found: Found, *, language: str = ""
) -> None:
    """Answer as the computer computed it."""
    for each in asked(check.id, session=session, account_id=coder.id):
        if language in ("", each.question.language):
            right = found.main[str(each.question.passage_id)] == 0
            answer(
                each.question.id,
                "yes" if right else "no",
                session=session,
                study_id=check.study_id,
                account_id=coder.id,
            )
    session.flush()


def test_the_sample_stands_for_everything(session: Session, run: ThemeRun) -> None:
    found = read(session, run)
    sample = draw(found, 0, each=4, seed=3)
    for tag, part in sample.groupby("language"):
        everything = found.passages[found.passages["language"] == tag]
        assert part["weight"].sum() == pytest.approx(len(everything))
        inside = found.main[part.index] == 0
        assert (part["stratum"] == "in").tolist() == inside.tolist()
        assert len(part) == 8
    assert sorted(sample["position"]) == list(range(16))
    pd.testing.assert_frame_equal(draw(found, 0, each=4, seed=3), sample)
    assert set(draw(found, 0, each=4, seed=4).index) != set(sample.index)


def test_passages_that_mix_languages_are_asked_about_and_unknown_ones_are_not(
    session: Session, run: ThemeRun
) -> None:
    found = read(session, run)
    english = found.passages.index[found.passages["language"] == "en"]
    found.passages.loc[english[:6], "language"] = "mul"
    found.passages.loc[english[6:8], "language"] = "und"
    sample = draw(found, 0, each=4, seed=3)
    assert set(sample["language"]) == {"en", "mul", "zh-Hans"}
    assert sample.loc[sample["language"] == "mul", "weight"].sum() == pytest.approx(6)


def test_traces_of_a_theme_are_looked_at_first(session: Session, run: ThemeRun) -> None:
    found = read(session, run)
    elsewhere = found.main[(found.main != 0) & (found.passages["language"] == "en")].index
    found.shares.loc[elsewhere[:3], 0] = 0.2
    sample = draw(found, 0, each=8, seed=1)
    near = sample[sample["stratum"] == "near"]
    assert (sorted(near.index), near["weight"].tolist()) == (sorted(elsewhere[:3]), [1.0] * 3)
    assert (sample["stratum"] == "far").sum() == 5 + 8


def test_two_coders_from_question_to_verdict(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    say_all(session, check, coders[0], found)
    assert checks_of(found, session=session)[0].verdicts == {}
    say_all(session, check, coders[1], found, language="en")
    checked = checks_of(found, session=session)[0]
    assert checked.languages == {"en": 2, "zh-Hans": 1}
    assert list(checked.verdicts) == ["en"]
    assert not checked.complete
    say_all(session, check, coders[1], found, language="zh-Hans")
    checked = checks_of(found, session=session)[0]
    assert {tag: each.standing for tag, each in checked.verdicts.items()} == {
        "en": "holds",
        "zh-Hans": "holds",
    }
    assert checked.complete
    assert checked.fit == "fits"
    assert failing({0: checked}) == {}
    assert checked.said.shape == (len(checked.weights), 2)


def test_a_coder_sees_their_own_answers_only(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    say_all(session, check, coders[0], found)
    other = asked(check.id, session=session, account_id=coders[1].id, languages={"en"})
    assert {each.answer for each in other} == {None}
    assert {each.question.language for each in other} == {"en"}
    done = progress(check.id, session=session, account_id=coders[0].id)
    assert all(count == of for count, of in done.values())


def test_the_last_answer_can_be_taken_back_until_two_have_finished(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    who: dict[str, Any] = {
        "session": session,
        "study_id": check.study_id,
        "account_id": coders[0].id,
    }
    assert take_back(check.id, **who) is None
    first, second, *_ = asked(check.id, session=session, account_id=coders[0].id)
    answer(first.question.id, "no", **who)
    answer(second.question.id, "unsure", **who)
    answer(first.question.id, "yes", **who)
    back = take_back(check.id, **who)
    assert back is not None
    assert back.id == first.question.id
    for coder in coders:
        say_all(session, check, coder, found)
    with pytest.raises(CheckError, match="stays as it is"):
        take_back(check.id, **who)
    mine = asked(check.id, session=session, account_id=coders[0].id)[0]
    with pytest.raises(CheckError, match="stays as it is"):
        answer(mine.question.id, "no" if mine.answer == "yes" else "yes", **who)


def test_what_does_not_belong_is_refused(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check = begun(session, run)
    question = asked(check.id, session=session, account_id=coders[0].id)[0].question
    who: dict[str, Any] = {"session": session, "account_id": coders[0].id}
    for key, said, study_id in (
        (uuid4(), "yes", check.study_id),
        (question.id, "yes", uuid4()),
        (question.id, "perhaps", check.study_id),
    ):
        with pytest.raises(CheckError):
            answer(key, said, study_id=study_id, **who)
    with pytest.raises(CheckError):
        take_back(check.id, study_id=uuid4(), **who)
    found = read(session, run)
    for number, description in ((99, ABOUT), (0, {}), (0, {"en": "  "})):
        with pytest.raises(Refusal):
            begin(found, number, description, session=session, account_id=None)
    assert session.exec(select(CheckAnswer)).all() == []


def test_a_theme_that_changed_is_not_the_one_that_was_checked(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    for coder in coders:
        say_all(session, check, coder, found)

    def fit() -> str:
        return checks_of(read(session, run), session=session)[0].fit

    describe(desk(session, run), 0, "Was es kostet.", language="de")
    assert fit() == "fits"
    rename(desk(session, run), 0, "Money", language="en")
    assert fit() == "renamed"
    merge(desk(session, run), 1, into=0)
    assert fit() == "changed"
    assert not checks_of(read(session, run), session=session)[0].counts


def test_a_new_description_asks_for_a_new_check(session: Session, run: ThemeRun) -> None:
    begun(session, run)
    describe(desk(session, run), 0, "How it rains.", language="en")
    old = checks_of(read(session, run), session=session)[0]
    assert old.fit == "changed"
    again = begin(read(session, run), 0, {"en": "How it rains."}, session=session, account_id=None)
    assert checks_of(read(session, run), session=session)[0].check.id == again.id


def test_many_passages_after_a_check_outgrow_it(
    session: Session, study: Study, run: ThemeRun
) -> None:
    check = begun(session, run)
    for place, passage in enumerate(passages_of(session, study)[:12]):
        copy = passage.model_dump(exclude={"id", "created_at", "text_hash"})
        late = check.created_at + timedelta(minutes=1)
        session.add(Passage(**copy, text_hash=f"later-{place}", created_at=late))
    assert checks_of(read(session, run), session=session)[0].fit == "grown"


def test_a_newer_run_takes_the_check_along(
    session: Session, study: Study, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    for coder in coders:
        say_all(session, check, coder, found)
    turned = [(int(passage.text_hash[-1]) + 1) % 3 for passage in passages_of(session, study)]
    new = a_run(session, study, themes=turned)
    carry(run, new, session=session)
    checked = checks_of(read(session, new), session=session)
    assert list(checked) == [1]
    assert (checked[1].check.id, checked[1].carried, checked[1].fit) == (check.id, True, "fits")
    assert {each.standing for each in checked[1].verdicts.values()} == {"holds"}


def test_what_the_newer_run_computes_is_what_is_judged(
    session: Session, study: Study, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    for coder in coders:
        say_all(session, check, coder, found)
    passages = passages_of(session, study)
    missed = [
        -1 if passage.language == "en" and number == 0 else number
        for passage in passages
        for number in [int(passage.text_hash[-1]) % 3]
    ]
    new = a_run(session, study, themes=missed)
    describe(desk(session, new), 0, ABOUT["en"], language="en")
    carry_only(session, run, new)
    checked = checks_of(read(session, new), session=session)
    assert failing(checked) == {0: frozenset({"en"})}


def carry_only(session: Session, old: ThemeRun, new: ThemeRun) -> None:
    """Take checks along to a run that people decided about already."""
    then, now = (decisions_of(log_of(session=session, run_id=each.id)) for each in (old, new))
    carry_checks(old, new, then, now, lambda number: number, session=session)


def test_a_check_of_a_split_theme_stays_behind(
    session: Session, study: Study, run: ThemeRun
) -> None:
    begun(session, run)
    split(desk(session, run), 0, parts=[1, 2])
    new = a_run(session, study)
    carry_only(session, run, new)
    assert checks_of(read(session, new), session=session) == {}


def test_whoever_withdraws_is_in_no_check_any_more(
    session: Session, run: ThemeRun, coders: list[Account]
) -> None:
    check, found = begun(session, run), read(session, run)
    for coder in coders:
        say_all(session, check, coder, found)
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    before = state(read(session, run), session=session)
    withdraw(session=session, person=person)
    session.expire_all()
    found = read(session, run)
    left = session.exec(
        select(Passage.person_id)
        .join(CheckQuestion, col(CheckQuestion.passage_id) == col(Passage.id))
        .where(CheckQuestion.check_id == check.id)
    ).all()
    assert person.id not in left
    assert state(found, session=session) != before
    assert checks_of(found, session=session)[0].complete
    assert {len(who) for who in finished(check.id, session=session).values()} == {2}

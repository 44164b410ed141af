"""Passages follow corrections and decisions, and keep who they are where nothing changed."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from data.tables import (
    Embedding,
    Interview,
    Passage,
    PassageTheme,
    Person,
    Study,
    Team,
    Theme,
    ThemeRun,
    Turn,
)
from nlp.gathering import covers, gather
from nlp.masking_review import hide, known, review
from nlp.passages import cut
from survey import interviews
from survey.interviews import turns
from survey.interviews.decisions import decide, decisions_of, take_back
from survey.interviews.facts import assign
from survey.transcripts import read
from tests.studies_for_tests import a_study

LONG = (
    "今天我们和陈立新一起拍了整整一天的戏，大家都觉得非常累但是也很开心。"
    "灯光师一直在调整那盏灯的位置，因为导演觉得光线还不够温暖也不够真实。"
    "最后我们决定用第三条，因为演员的眼神在那一条里最真诚也最打动人。"
    "王小明说他明天还会再来，因为他想看看机器会不会学会等待。"
)


def a_conversation(session: Session) -> tuple[Study, Interview, Turn]:
    study = a_study(session)
    person = session.exec(select(Person)).one()
    interview = interviews.keep(
        session=session,
        study_id=study.id,
        key="evening",
        transcript=read("evening.txt", f"问：怎么样？\n答：{LONG}\n".encode()),
        speakers={"问": {"role": "interviewer"}, "答": {"person": str(person.id)}},
    )
    session.flush()
    turn = interviews.turns_of(session=session, interview_id=interview.id)[1]
    return study, interview, turn


def by_text(session: Session, turn: Turn) -> dict[str, UUID]:
    session.flush()
    found = session.exec(
        select(Passage).where(Passage.turn_id == turn.id).order_by(col(Passage.start))
    )
    return {turn.text[each.start : each.end]: each.id for each in found}


def test_only_what_changed_is_cut_again(session: Session) -> None:
    study, _, turn = a_conversation(session)
    gather(session=session, study_id=study.id)
    before = by_text(session, turn)
    assert len(before) >= 3
    text = turn.text.replace("灯光师一直", "摄影师一直")
    turns.correct(turn, text, seen=turn.text, session=session, account_id=None)
    session.flush()
    left = by_text(session, turn)
    assert set(left.items()) < set(before.items())
    gather(session=session, study_id=study.id)
    after = by_text(session, turn)
    assert "".join(after) == turn.text
    assert {key: after[key] for key in left} == left
    assert len(set(after.values()) - set(before.values())) <= 1
    gather(session=session, study_id=study.id)
    assert by_text(session, turn) == after


@settings(deadline=None)  # languages are loaded once
@given(st.text(max_size=200))
def test_what_was_just_cut_is_not_cut_again(text: str) -> None:
    assert covers(cut(text), text)


def test_turns_without_an_assignment_stay_out_until_somebody_says_who_it_is(
    session: Session,
) -> None:
    study, interview, turn = a_conversation(session)
    speakers = dict(interview.speakers)
    assign(interview, {}, session=session, account_id=None)
    assert gather(session=session, study_id=study.id) == 0
    assign(interview, speakers, session=session, account_id=None)
    assert gather(session=session, study_id=study.id) > 0
    assign(interview, {"答": {"role": "other"}}, session=session, account_id=None)
    assert by_text(session, turn) == {}


def masked_words(session: Session) -> str:
    session.flush()
    session.expire_all()
    return " ".join(session.exec(select(Passage.masked).order_by(col(Passage.start))).all())


def test_a_decided_name_is_masked_at_once_and_stays_so(session: Session) -> None:
    study, _, turn = a_conversation(session)
    gather(session=session, study_id=study.id)
    assert "陈立新" in masked_words(session)
    assert "[P01]" in masked_words(session)
    decision = decide("陈立新", "name", session=session, study_id=study.id, account_id=None)
    names = known(session=session, study_id=study.id, account_id=None, purpose="test")
    assert hide(decision, names, session=session) == 1
    assert "[name]" in masked_words(session)
    assert "陈立新" not in masked_words(session)
    gather(session=session, study_id=study.id)
    assert "[name]" in masked_words(session)
    take_back(decision, session=session, account_id=None)
    assert decisions_of(session=session, study_id=study.id) == []
    gather(session=session, study_id=study.id)
    assert "陈立新" in masked_words(session)
    assert by_text(session, turn)


def test_a_name_may_be_somebodys_or_nobodys(session: Session) -> None:
    study, _, _ = a_conversation(session)
    person = session.exec(select(Person)).one()
    decide(
        "陈立新",
        "person",
        session=session,
        study_id=study.id,
        account_id=None,
        person_id=person.id,
    )
    decide("王小明", "none", session=session, study_id=study.id, account_id=None)
    gather(session=session, study_id=study.id)
    assert "和[P01]一起" in masked_words(session)
    assert "王小明说" in masked_words(session)


def test_the_review_groups_what_is_masked_and_what_may_be_a_name(session: Session) -> None:
    study, _, turn = a_conversation(session)
    names = known(session=session, study_id=study.id, account_id=None, purpose="test")
    found = review([(turn.text, "zh-Hans"), (turn.text, "zh-Hans")], names)
    assert [(each.spelling, each.code, each.count) for each in found.masked] == [
        ("王小明", "P01", 2)
    ]
    assert ("陈立新", 2) in [(each.spelling, each.count) for each in found.suspects]
    before, after = found.suspects[0].examples[0]
    assert before + found.suspects[0].spelling + after.rstrip("…") in turn.text
    decide("陈立新", "none", session=session, study_id=study.id, account_id=None)
    again = known(session=session, study_id=study.id, account_id=None, purpose="test")
    left = review([(turn.text, "zh-Hans")], again).suspects
    assert "陈立新" not in [each.spelling for each in left]


def test_the_vector_of_a_name_goes_when_it_is_masked(session: Session) -> None:
    study, _, _ = a_conversation(session)
    gather(session=session, study_id=study.id)
    hashes = session.exec(select(Passage.text_hash).where(col(Passage.masked).contains("陈立新")))
    (digest,) = hashes.all()
    session.add(Embedding(text_hash=digest, encoder="any", vector=b""))
    decision = decide("陈立新", "name", session=session, study_id=study.id, account_id=None)
    names = known(session=session, study_id=study.id, account_id=None, purpose="test")
    hide(decision, names, session=session)
    assert session.exec(select(Embedding)).all() == []


def test_names_of_teams_are_masked_too(session: Session) -> None:
    study, _, turn = a_conversation(session)
    team = session.exec(select(Team)).one()
    team.name = {"en": "The Last Ferry", "zh-Hans": "末班渡船"}
    session.add(team)
    text = LONG.replace("机器", "末班渡船组")
    turns.correct(turn, text, seen=turn.text, session=session, account_id=None)
    gather(session=session, study_id=study.id)
    assert "[team]会不会学会等待" in masked_words(session)
    team.name = {"en": "Day Crew"}
    gather(session=session, study_id=study.id)
    assert "末班渡船组会不会" in masked_words(session)


@pytest.mark.parametrize("seed", range(6))
def test_corrections_leave_unchanged_passages_their_identity_and_themes(
    session: Session, seed: int
) -> None:
    rng = random.Random(seed)
    study, _, turn = a_conversation(session)
    sentences = [f"{each}。" for each in LONG.split("。") if each] + [
        "Then the director asked all of us to wait for the rain, and nobody knew why.",
        "我们等了很久👩\u200d🎤, and then it really rained, 真的太好了, so we shot it again.",
        "最后大家都累得说不出话来，只有那盏灯还亮着，照着空空的院子和地上的雨水。𠮷",
    ]
    run = ThemeRun(study_id=study.id, encoder="e")
    session.add(run)
    session.flush()
    theme = Theme(run_id=run.id, number=0)
    session.add(theme)
    for _ in range(4):
        text = "".join(rng.sample(sentences, rng.randint(4, len(sentences))))
        turns.correct(turn, text, seen=turn.text, session=session, account_id=None)
        gather(session=session, study_id=study.id)
        before = by_text(session, turn)
        marked = set(session.exec(select(PassageTheme.passage_id)).all())
        session.add_all(
            PassageTheme(passage_id=key, theme_id=theme.id, weight=1.0)
            for key in before.values()
            if key not in marked
        )
        session.flush()
        at = rng.randrange(len(text))
        changed = text[:at] + rng.choice(["", "雨", " and more ", "。"]) + text[at + 1 :]
        turns.correct(turn, changed, seen=text, session=session, account_id=None)
        gather(session=session, study_id=study.id)
        after = by_text(session, turn)
        assert "".join("".join(after).split()) == "".join(changed.split())
        known = set(session.exec(select(PassageTheme.passage_id)).all())
        kept = [words for words in after if after[words] in set(before.values())]
        assert all(before[words] == after[words] for words in kept)
        assert len(before) - len(kept) <= 3
        assert known == {after[words] for words in kept}


@pytest.mark.parametrize(
    "text",
    [
        "今天很累, but I loved every minute.",
        "The director said 再来一条, 我们就再来一条, and again.",
        "Das Licht war schön, 但是太暗了，我们什么都看不见。",
    ],
)
def test_a_mixed_passage_is_marked(session: Session, text: str) -> None:
    study, _, turn = a_conversation(session)
    turns.correct(turn, text, seen=turn.text, session=session, account_id=None)
    gather(session=session, study_id=study.id)
    session.flush()
    assert session.exec(select(Passage.language).where(Passage.turn_id == turn.id)).all() == ["mul"]

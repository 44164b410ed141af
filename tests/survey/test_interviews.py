"""Interviews are kept, corrected with their history, and their passages follow."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from data.tables import Interview, Membership, Passage, Person, Study, Turn, TurnRevision
from data.tables.base import now
from survey import anchoring, interviews
from survey.interviews import InterviewError, following, own, reading, replacing, turns
from survey.interviews.decisions import decide
from survey.interviews.facts import (
    Facts,
    assign,
    change,
    forget_original,
    missing,
    rename,
    still_readable,
)
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study

SPOKEN = """I: What did the machine take from you?
小林: 等待。以前我们坐在一起。现在没有什么可等的了。
Anna: I miss it. We talked then. Now nobody talks.
I: And now?
小林: 现在我一个人看片子。
"""


def an_interview(session: Session, *, assigned: bool = True) -> tuple[Study, Interview]:
    study = a_study(session)
    second = a_person(session, study, "P02")
    first = session.exec(select(Person).where(Person.code == "P01")).one()
    speakers = {
        "I": {"role": "interviewer"},
        "小林": {"person": str(first.id)},
        "Anna": {"person": str(second.id)},
    }
    interview = interviews.keep(
        session=session,
        study_id=study.id,
        key="evening",
        transcript=read("evening.txt", SPOKEN.encode()),
        speakers=speakers if assigned else {},
        original=("evening.txt", SPOKEN.encode()),
        day=date(2026, 6, 2),
    )
    session.flush()
    return study, interview


def passages(session: Session, turn: Turn, *spans: tuple[int, int]) -> list[UUID]:
    """Put passages into a turn without cutting it."""
    interview = session.get_one(Interview, turn.interview_id)
    person = interviews.who(interview, turn.speaker)["person"]
    made = [
        Passage(
            study_id=interview.study_id,
            person_id=UUID(person),
            turn_id=turn.id,
            start=start,
            end=end,
            masked=turn.text[start:end],
            text_hash="0",
        )
        for start, end in spans
    ]
    session.add_all(made)
    session.flush()
    return [passage.id for passage in made]


def texts(session: Session, turn: Turn) -> dict[UUID, str]:
    session.flush()
    return {
        passage.id: turn.text[passage.start : passage.end]
        for passage in following.passages_of(session=session, turn_id=turn.id)
    }


def an_account(session: Session) -> UUID:
    """Return the account of P01."""
    return session.exec(
        select(Membership.account_id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(Person.code == "P01")
    ).one()


def test_a_correction_keeps_what_was_there_and_the_passages_around_it(session: Session) -> None:
    _, interview = an_interview(session)
    turn = reading.turns_of(session=session, interview_id=interview.id)[1]
    before = turn.text
    ids = passages(session, turn, (0, 3), (3, 12), (12, len(before)))
    after = before.replace("坐在一起", "总坐在一起聊天")
    account = an_account(session)
    turns.correct(
        turn, after, seen=before, session=session, account_id=account, reason="heard again"
    )
    kept = texts(session, turn)
    assert kept == {ids[0]: "等待。", ids[2]: "现在没有什么可等的了。"}
    ((revision, who),) = turns.revisions_of(session=session, turn_id=turn.id)
    assert (revision.before["text"], revision.after["text"]) == (before, after)
    assert (revision.reason, who) == ("heard again", "P01")


def test_corrections_of_one_sitting_are_one_revision(session: Session) -> None:
    _, interview = an_interview(session)
    turn = reading.turns_of(session=session, interview_id=interview.id)[2]
    first = turn.text
    account = an_account(session)
    for text in ("I missed it.", "I miss it so.", first):
        turns.correct(turn, text, seen=turn.text, session=session, account_id=account)
        session.flush()
        found = turns.revisions_of(session=session, turn_id=turn.id)
        assert [revision.before["text"] for revision, _ in found] == [first] * (text != first)


def test_a_stale_or_empty_correction_is_refused(session: Session) -> None:
    _, interview = an_interview(session)
    turn = reading.turns_of(session=session, interview_id=interview.id)[2]
    with pytest.raises(interviews.InterviewError, match="in the meantime"):
        turns.correct(turn, "New.", seen="Something else.", session=session, account_id=None)
    with pytest.raises(interviews.InterviewError, match="cannot be empty"):
        turns.correct(turn, " \x00 ", seen=turn.text, session=session, account_id=None)


def test_splitting_and_merging_are_each_others_opposite(session: Session) -> None:
    _, interview = an_interview(session)
    spoken = reading.turns_of(session=session, interview_id=interview.id)
    turn, whole = spoken[2], spoken[2].text
    ids = passages(session, turn, (0, 10), (11, 26), (27, len(whole)))
    made = turns.split(turn, 11, session=session, account_id=None)
    assert (turn.text, made.text) == ("I miss it.", "We talked then. Now nobody talks.")
    assert list(texts(session, turn)) == ids[:1]
    assert texts(session, made) == {ids[1]: "We talked then.", ids[2]: "Now nobody talks."}
    session.expire_all()
    order = reading.turns_of(session=session, interview_id=interview.id)
    assert [each.text for each in order[2:4]] == [turn.text, made.text]
    assert len(order) == 6
    turns.merge(turn, session=session, account_id=None)
    assert turn.text == "I miss it.\nWe talked then. Now nobody talks."
    assert set(texts(session, turn)) == set(ids)
    actions = [each.action for each, _ in turns.revisions_of(session=session, turn_id=turn.id)]
    assert actions == ["merged", "split"]


def test_a_passage_across_a_split_goes(session: Session) -> None:
    _, interview = an_interview(session)
    turn = reading.turns_of(session=session, interview_id=interview.id)[2]
    passages(session, turn, (0, len(turn.text)))
    made = turns.split(turn, 11, session=session, account_id=None, speaker="I")
    assert texts(session, turn) == {}
    assert made.speaker == "I"


def test_the_last_turn_cannot_be_merged_and_words_stand_on_both_sides(session: Session) -> None:
    _, interview = an_interview(session)
    spoken = reading.turns_of(session=session, interview_id=interview.id)
    with pytest.raises(interviews.InterviewError, match="last turn"):
        turns.merge(spoken[-1], session=session, account_id=None)
    with pytest.raises(interviews.InterviewError, match="both sides"):
        turns.split(spoken[0], 0, session=session, account_id=None)


def test_who_speaks_decides_whose_passages_they_are(session: Session) -> None:
    _, interview = an_interview(session)
    spoken = reading.turns_of(session=session, interview_id=interview.id)
    (one,) = passages(session, spoken[2], (0, 10))
    (two,) = passages(session, spoken[1], (0, 3))
    turns.relabel(spoken[2], "小林", session=session, account_id=None)
    person = interviews.who(interview, "小林")["person"]
    assert session.get_one(Passage, one).person_id == UUID(person)
    speakers = interview.speakers | {"小林": {"role": "interpreter"}}
    assign(interview, speakers, session=session, account_id=None)
    session.flush()
    assert session.exec(select(Passage).where(Passage.id == two)).first() is None
    assert session.exec(select(Passage).where(Passage.id == one)).first() is None


def test_a_speaker_is_relabelled_everywhere_and_stays_who_they_are(session: Session) -> None:
    _, interview = an_interview(session)
    person = interviews.who(interview, "小林")
    count = turns.relabel_everywhere(interview, "小林", "林 导演", session=session, account_id=None)
    assert count == 2
    assert reading.labels_in(session=session, interview_id=interview.id) == ["I", "林 导演", "Anna"]
    assert interviews.who(interview, "林 导演") == person
    assert "小林" not in interview.speakers


def test_replacing_shows_every_hit_before_it_changes_anything(session: Session) -> None:
    _, interview = an_interview(session)
    spoken = reading.turns_of(session=session, interview_id=interview.id)
    hits = replacing.find(spoken, "现在")
    assert [(hit.before, hit.found) for hit in hits] == [
        ("等待。以前我们坐在一起。", "现在"),
        ("", "现在"),
    ]
    assert replacing.replace(hits, "如今", session=session, account_id=None) == 2
    session.flush()
    assert spoken[1].text.endswith("如今没有什么可等的了。")
    assert len(session.exec(select(TurnRevision)).all()) == 2
    assert replacing.find(spoken, "TALK", exact=True) == []
    assert len(replacing.find(spoken, "TALK")) == 2
    assert len(replacing.find(spoken, "talks", exact=True)) == 1
    assert len(replacing.find(spoken, "talk", exact=True)) == 0


def test_removed_words_are_gone_from_the_history_too(session: Session) -> None:
    _, interview = an_interview(session)
    turn = reading.turns_of(session=session, interview_id=interview.id)[2]
    passages(session, turn, (0, 10))
    turns.correct(turn, "I miss Petra.", seen=turn.text, session=session, account_id=None)
    assert not still_readable(interview, session=session)
    turns.remove(turn, session=session, account_id=an_account(session))
    session.flush()
    assert turn.text == ""
    assert texts(session, turn) == {}
    ((revision, _),) = turns.revisions_of(session=session, turn_id=turn.id)
    assert (revision.action, revision.before, revision.after) == ("removed", {}, {})
    assert still_readable(interview, session=session)
    forget_original(interview, session=session, account_id=None)
    session.flush()
    assert not still_readable(interview, session=session)


def test_an_interview_without_assignment_is_kept_as_a_task(session: Session) -> None:
    _, interview = an_interview(session, assigned=False)
    labels = reading.labels_in(session=session, interview_id=interview.id)
    tasks = [str(task) for task in missing(interview, labels)]
    assert tasks[0] == "Say who is who: I, 小林, Anna"
    assert "Say when it was" not in tasks


def test_facts_are_edited_later_and_tasks_vanish(session: Session) -> None:
    _, interview = an_interview(session)
    facts = Facts(date(2026, 6, 3), "Stage 2", "Mei", ("zh-CN",), 3600.0, "v2", "a friend", True)
    changed = change(interview, facts, session=session, account_id=None)
    assert "day" in changed
    assert interview.languages == ["zh-Hans"]
    assert missing(interview, reading.labels_in(session=session, interview_id=interview.id)) == []
    assert change(interview, facts, session=session, account_id=None) == []
    rename(interview, "night", session=session, account_id=None)
    assert interview.key == "night"


def test_a_transcript_in_which_nobody_of_the_study_speaks_is_refused(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(interviews.InterviewError, match="person of the study"):
        interviews.keep(
            session=session,
            study_id=study.id,
            key="alone",
            transcript=read("alone.txt", b"I: Hello?\nI: Anybody?"),
            speakers={"I": {"role": "interviewer"}},
        )


def test_people_see_their_own_turns_only(session: Session) -> None:
    _, interview = an_interview(session)
    anna = session.exec(select(Person).where(Person.code == "P02")).one()
    assert own.spoken_by(anna, session=session) == [interview]
    (mine,) = own.own_turns(interview, anna, session=session)
    assert mine.text.startswith("I miss it.")
    other = reading.turns_of(session=session, interview_id=interview.id)[1]
    with pytest.raises(interviews.InterviewError):
        own.own_turn(other.id, anna, session=session)


WORDS = st.text(alphabet="ab 。.\n", max_size=40)


@given(old=WORDS, new=WORDS, cut=st.integers(0, 40))
def test_what_moved_reads_the_same_where_it_now_lies(old: str, new: str, cut: int) -> None:
    at = min(cut, len(old))
    spans = [(0, at), (at, len(old))]
    shifts = following.moved(spans, old, new)
    for (start, end), shift in zip(spans, shifts, strict=True):
        if shift is not None:
            assert new[start + shift : end + shift] == old[start:end]


@given(text=WORDS)
def test_nothing_moves_in_a_text_that_stays(text: str) -> None:
    spans = [(piece.start, piece.end) for piece in anchoring.pieces(text)]
    assert following.moved(spans, text, text) == [0] * len(spans)


def test_nothing_more_is_kept_of_somebody_who_withdrew(session: Session) -> None:
    study, interview = an_interview(session, assigned=False)
    person = session.exec(select(Person).where(Person.code == "P02")).one()
    person.withdrawn_at = now()
    session.add(person)
    session.flush()
    with pytest.raises(InterviewError, match="left the study"):
        assign(
            interview,
            {"Anna": {"person": str(person.id)}},
            session=session,
            account_id=None,
        )
    with pytest.raises(InterviewError):
        decide(
            "Anna",
            "person",
            session=session,
            study_id=study.id,
            account_id=None,
            person_id=person.id,
        )
    assert interviews.suggest_speakers(["P02"], [person]) == {}


def test_an_interview_without_a_day_is_where_it_was_entered(session: Session) -> None:
    study, interview = an_interview(session)
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    undated = interviews.keep(
        session=session,
        study_id=study.id,
        key="morning",
        transcript=read("morning.txt", SPOKEN.encode()),
        speakers=interview.speakers,
    )
    session.flush()
    assert own.spoken_by(person, session=session) == [undated, interview]

"""Corrections: nothing is lost, unless its author wants it gone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from data.tables import (
    AuditEvent,
    Embedding,
    Membership,
    Passage,
    PassageTheme,
    Person,
    Questionnaire,
    Response,
    ResponseRevision,
    Study,
    Theme,
    ThemeRun,
)
from survey import corrections, drafts, questionnaires, responses
from survey.corrections import CorrectionError, correct
from survey.readable import earlier
from tests.studies_for_tests import DAILY, a_person, a_study

DAY = date(2026, 6, 3)
OLD = "他笑了。海棠开了。"
NEW = "他笑了。灯灭了。"


@pytest.fixture
def person(session: Session) -> Person:
    a_study(session)
    session.commit()
    return session.exec(select(Person)).one()


@pytest.fixture
def entry(session: Session, person: Person) -> Response:
    questionnaire = questionnaires.latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    sent = responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=uuid4(),
        answers={"mood": 3, "moment": OLD, "take": [{"kept": 1, "why": "a"}]},
        day=DAY,
        language="zh-Hans",
    )
    session.commit()
    return sent


def change(
    session: Session, person: Person, entry: Response, **options: Any
) -> ResponseRevision | None:
    values = {"based_on": entry.sha256, "answers": {**entry.answers, "moment": NEW}}
    return correct(
        session=session, person=person, instance_id=entry.id, **(values | options)
    )  # fmt: skip


def test_a_correction_keeps_what_was_who_when_and_why(
    session: Session, person: Person, entry: Response
) -> None:
    account = session.exec(select(Membership.account_id)).one()
    change(session, person, entry, reason="Wrong flower", account_id=account)
    session.commit()
    revision = corrections.corrections_of(session=session, response_id=entry.id)[0]
    assert (revision.before, revision.after) == ({"/data/moment": OLD}, {"/data/moment": NEW})
    assert (revision.account_id, revision.reason) == (account, "Wrong flower")
    assert entry.corrected_at
    assert entry.corrected_at >= entry.submitted_at
    assert entry.answers["moment"] == NEW
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "response.corrected")).one()
    assert event.details == {"answers": 1}


def test_the_day_the_team_and_the_moment_of_sending_stay(
    session: Session, person: Person, entry: Response
) -> None:
    before = (entry.day, entry.team_id, entry.submitted_at, entry.questionnaire_id)
    person.team_id = None
    questionnaires.publish(
        session=session, study_id=person.study_id, filename="daily.md",
        content=DAILY.replace("mood |", "feeling |").replace("${mood}", "${feeling}").encode(),
    )  # fmt: skip
    change(session, person, entry)
    session.commit()
    session.refresh(entry)
    assert (entry.day, entry.team_id, entry.submitted_at, entry.questionnaire_id) == before


def test_the_same_answers_again_are_no_correction(
    session: Session, person: Person, entry: Response
) -> None:
    assert change(session, person, entry, answers=dict(entry.answers)) is None
    assert entry.corrected_at is None
    assert session.exec(select(ResponseRevision)).all() == []


def test_what_is_not_possible_is_refused_and_nothing_changes(
    session: Session, person: Person, entry: Response
) -> None:
    with pytest.raises(responses.ResponseError):
        change(session, person, entry, answers={"moment": NEW})
    assert entry.answers["moment"] == OLD


def test_of_two_corrections_at_once_the_second_is_told(
    session: Session, person: Person, entry: Response
) -> None:
    seen = entry.sha256
    change(session, person, entry)
    with pytest.raises(CorrectionError, match="meantime"):
        change(session, person, entry, based_on=seen, answers={"mood": 9})


def test_nobody_corrects_somebody_elses_entry(
    session: Session, person: Person, entry: Response
) -> None:
    other = a_person(session, session.get_one(Study, person.study_id), "P02")
    with pytest.raises(CorrectionError):
        change(session, other, entry)


def test_the_old_answers_sent_once_more_are_a_conflict_and_do_not_come_back(
    session: Session, person: Person, entry: Response
) -> None:
    questionnaire = session.get_one(Questionnaire, entry.questionnaire_id)
    old = dict(entry.answers)
    change(session, person, entry)
    with pytest.raises(responses.ConflictError):
        responses.submit(
            session=session, person=person, questionnaire=questionnaire, instance_id=entry.id,
            answers=old, day=DAY, language="zh-Hans",
        )  # fmt: skip


def test_a_turn_that_was_taken_out_is_seen_in_the_revision(
    session: Session, person: Person, entry: Response
) -> None:
    revision = change(session, person, entry, answers={"mood": 3, "moment": OLD})
    assert revision
    assert revision.before == {"/data/take[1]/kept": 1, "/data/take[1]/why": "a"}
    assert revision.after == {"/data/take[1]/kept": None, "/data/take[1]/why": None}


def test_what_was_said_before_is_read_in_the_words_of_the_form(
    session: Session, person: Person, entry: Response
) -> None:
    questionnaire = session.get_one(Questionnaire, entry.questionnaire_id)
    revision = change(session, person, entry, answers={"mood": 9, "moment": OLD, "again": "no"})
    assert revision
    read = list(earlier(revision, entry, questionnaire, language="en"))
    assert [(line.label, line.value) for line in read] == [
        ("Would you do it again?", ""),
        ("How are you tonight?", "3"),
        ("/data/take[1]/kept", "1"),
        ("/data/take[1]/why", "a"),
    ]


@pytest.fixture
def understood(session: Session, person: Person, entry: Response) -> Theme:
    """Cut the entry into its two sentences, each with a vector and a theme."""
    run = ThemeRun(study_id=person.study_id, encoder="e")
    session.add(run)
    session.flush()
    theme = Theme(run_id=run.id, number=0, keywords={"zh-Hans": ["海棠", "笑"]})
    session.add(theme)
    for start, end, digest in ((0, 4, "a" * 64), (4, 9, "b" * 64)):
        passage = Passage(
            study_id=person.study_id, person_id=person.id, response_id=entry.id,
            path="/data/moment", start=start, end=end, language="zh-Hans",
            masked=OLD[start:end], text_hash=digest,
        )  # fmt: skip
        session.add(passage)
        session.flush()
        session.add(PassageTheme(passage_id=passage.id, theme_id=theme.id, weight=1.0))
        session.add(Embedding(text_hash=digest, encoder="e", vector=b"1234"))
    session.commit()
    return theme


@pytest.mark.usefixtures("understood")
def test_sentences_that_stayed_keep_their_passage_and_the_others_lose_everything(
    session: Session, person: Person, entry: Response
) -> None:
    change(session, person, entry, answers={**entry.answers, "moment": f"后来。{NEW}"})
    session.commit()
    passage = session.exec(select(Passage)).one()
    assert (passage.start, passage.end, passage.masked) == (3, 7, "他笑了。")
    assert session.exec(select(Embedding.text_hash)).all() == ["a" * 64]
    assert session.exec(select(Theme)).one().keywords == {"zh-Hans": ["笑"]}


@pytest.mark.usefixtures("understood")
def test_the_old_wording_can_be_removed_everywhere(
    session: Session, person: Person, entry: Response
) -> None:
    change(session, person, entry)
    change(session, person, entry, answers={**entry.answers, "mood": 4}, erase=True)
    session.commit()
    tables = (Response, ResponseRevision, Passage, Theme, AuditEvent)
    left = str([row.model_dump() for table in tables for row in session.exec(select(table)).all()])
    assert "海棠" not in left
    revisions = corrections.corrections_of(session=session, response_id=entry.id)
    assert [sorted(revision.before) for revision in revisions] == [["/data/mood"], ["/data/moment"]]
    assert all(revision.erased and revision.created_at for revision in revisions)


def test_a_correction_has_drafts_of_its_own_that_end_with_it(
    session: Session, person: Person, entry: Response
) -> None:
    account = session.exec(select(Membership.account_id)).one()
    drafted = corrections.draft_id(entry)
    drafts.keep(
        session=session, account_id=account, questionnaire_id=entry.questionnaire_id,
        instance_id=drafted, path="/data/moment", value=NEW, revision=0,
    )  # fmt: skip

    def is_drafted(instance_id: UUID) -> bool:
        return corrections.is_drafted(
            session=session, person=person, day=DAY, instance_id=instance_id
        )

    assert is_drafted(drafted)
    assert not is_drafted(entry.id)
    change(session, person, entry)
    assert corrections.draft_id(entry) != drafted
    assert drafts.drafts_of(session=session, account_id=account, instance_id=drafted) == {}


names = st.sampled_from(["a", "b", "c"])
answers = st.recursive(
    st.integers() | st.text(max_size=3) | st.lists(st.sampled_from("xy"), min_size=1),
    lambda inner: (
        st.dictionaries(names, inner, min_size=1)
        | st.lists(st.dictionaries(names, inner, min_size=1), min_size=1)
    ),
    max_leaves=8,
)


@given(st.dictionaries(names, answers))
def test_different_answers_are_flat_differently(nested: dict[str, Any]) -> None:
    paths = [path for path, _ in corrections.flat("/data", nested)]
    assert len(paths) == len(set(paths))
    assert bool(paths) == bool(nested)

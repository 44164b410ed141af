"""Many transcripts at once: files of a folder, or a table with one interview a row."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import Person
from survey import interviews
from survey.bringing import BringingError, bring
from tests.studies_for_tests import a_study

TALK = b"Interviewer: How was it?\nMei: Quiet. Nobody waited for anybody.\nInterviewer: Why?\nMei: The machine was faster.\n"
TABLE = (
    "id,transcript\n"
    + """first,"AI: How was it?

User: Quiet, and a little sad in the end.

AI: Why?

User: The machine was faster than all of us."
second,"AI: How was it?

User: Loud, but I liked the noise of it.

AI: Why?

User: It meant that people were there."
"""
).encode()


def test_files_become_interviews_and_strangers_people(session: Session) -> None:
    study = a_study(session)
    assert bring([("mei.txt", TALK)], session=session, study_id=study.id) == 1
    ((interview, count),) = interviews.interviews_of(session=session, study_id=study.id)
    assert (interview.key, count) == ("mei", 4)
    assert interviews.who(interview, "Interviewer") == {"role": "interviewer"}
    stranger = session.exec(select(Person).where(Person.code == "mei")).one()
    assert interviews.who(interview, "Mei") == {"person": str(stranger.id)}


def test_a_table_holds_one_interview_a_row(session: Session) -> None:
    study = a_study(session)
    assert bring([("all.csv", TABLE)], session=session, study_id=study.id) == 2
    kept = interviews.interviews_of(session=session, study_id=study.id)
    assert {interview.key for interview, _ in kept} == {"first", "second"}
    assert {count for _, count in kept} == {4}


def test_what_cannot_be_read_is_said_and_nothing_is_kept(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(BringingError, match=r"broken\.docx"):
        bring(
            [("mei.txt", TALK), ("broken.docx", b"PK\x03\x04 nonsense")],
            session=session,
            study_id=study.id,
        )
    assert interviews.interviews_of(session=session, study_id=study.id) == []


def test_interviewers_alone_are_refused(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(BringingError, match="nobody but interviewers"):
        bring([("i.txt", b"I: Hello?\nQ: Hello?\n")], session=session, study_id=study.id)

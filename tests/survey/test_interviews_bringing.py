"""Many transcripts at once: files of a folder, or a table with one interview a row."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import Membership, Person
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


def codes(session: Session) -> list[str]:
    return sorted(session.exec(select(Person.code)).all())


def test_new_people_can_be_let_in(session: Session) -> None:
    study = a_study(session)
    bring([("mei.txt", TALK)], session=session, study_id=study.id)
    for person in session.exec(select(Person)).all():
        assert session.exec(select(Membership).where(Membership.person_id == person.id)).one()


def test_a_code_that_somebody_has_is_given_to_nobody_else(session: Session) -> None:
    study = a_study(session)
    long = "a conversation on the roof of the studio, part "
    files = [("P01.txt", TALK), (f"{long}1.txt", TALK), (f"{long}2.txt", TALK)]
    assert bring(files, session=session, study_id=study.id) == 3
    assert codes(session) == ["P01", "P01-2", f"{long[:38]}-2", long[:40]]


def test_names_of_files_are_no_names_of_speakers(session: Session) -> None:
    study = a_study(session)
    other = TALK.replace(b"Mei", b"Anna")
    bring([("mei.txt", other), ("anna.txt", TALK)], session=session, study_id=study.id)
    kept = {
        each.key: each for each, _ in interviews.interviews_of(session=session, study_id=study.id)
    }
    assert interviews.who(kept["mei"], "Anna") != interviews.who(kept["anna"], "Mei")
    assert codes(session) == ["P01", "anna", "mei"]


def test_people_of_the_study_are_recognised(session: Session) -> None:
    study = a_study(session)
    bring([("talk.txt", TALK.replace(b"Mei", b"P01"))], session=session, study_id=study.id)
    assert codes(session) == ["P01"]


TURNS = b"Speaker,Text\nInterviewer,How was it?\nP01,Quiet.\nInterviewer,Why?\nP01,Nobody waited.\n"


def test_a_table_of_turns_is_one_interview(session: Session) -> None:
    study = a_study(session)
    files = [("all.csv", TABLE), ("turns.csv", TURNS)]
    assert bring(files, session=session, study_id=study.id) == 3
    counts = {
        each.key: count
        for each, count in interviews.interviews_of(session=session, study_id=study.id)
    }
    assert counts == {"first": 4, "second": 4, "turns": 4}


def test_files_called_alike_are_told_apart_by_their_folders(session: Session) -> None:
    study = a_study(session)
    talk = TALK.replace(b"Mei", b"P01")
    files = [("june/p01.txt", talk), ("july/p01.docx.txt", talk), ("july/p01.txt", talk)]
    assert bring(files, session=session, study_id=study.id) == 3
    kept = interviews.interviews_of(session=session, study_id=study.id)
    assert {each.key for each, _ in kept} == {"june/p01", "july/p01", "p01.docx"}

"""A study whose people wrote entries and spoke in an interview, cut into passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from data.tables import Account, Interview, Passage, Person, Response, Study
from nlp.encoders import text_hash
from survey import interviews, responses
from survey.interviews.own import own_turns
from survey.questionnaires import latest
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study

FIRST = "今天很累。灯还没关，[P02]就又开机了。"
HOSTILE = '=HYPERLINK("http://x","<b>hi</b>") <script>alert(1)</script>'
SPOKEN = "I never lit a single shot, and still it is mine."


@dataclass
class Set:
    """What these tests work with."""

    study: Study
    researcher: UUID
    one: Person
    two: Person
    written: Passage
    hostile: Passage
    spoken: Passage


def a_quotable_study(session: Session) -> Set:
    """Make P01, who wrote Chinese and something hostile, and P02, who spoke English."""
    study = a_study(session)
    study.threshold = 2
    one = session.exec(select(Person).where(Person.code == "P01")).one()
    one.name = "顾闻笛"
    two = a_person(session, study, "P02")
    two.name, two.languages = "Mia Berger", ["en"]
    account = Account(label="Researcher")
    session.add(account)
    session.flush()
    written = _passage(
        session, one, FIRST, response=an_entry(session, one, FIRST), language="zh-Hans"
    )
    hostile = _passage(
        session, one, HOSTILE, response=an_entry(session, one, HOSTILE, day=4), language="en"
    )
    talk = read("talk.txt", f"I: Whose is it?\nP02: {SPOKEN}\nI: Why?".encode())
    kept = interviews.keep(
        session=session,
        study_id=study.id,
        key="talk",
        transcript=talk,
        speakers={"I": {"role": "interviewer"}, "P02": {"person": str(two.id)}},
    )
    session.flush()
    (turn,) = own_turns(kept, two, session=session)
    spoken = _passage(session, two, SPOKEN, turn=turn.id, language="en")
    session.commit()
    return Set(study, account.id, one, two, written, hostile, spoken)


def an_entry(session: Session, person: Person, text: str, *, day: int = 3) -> Response:
    """Send an entry."""
    questionnaire = latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    return responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=uuid4(),
        answers={"mood": 7, "moment": text},
        day=date(2026, 6, day),
        language="zh-Hans",
    )


def _passage(
    session: Session,
    person: Person,
    text: str,
    *,
    language: str,
    response: Response | None = None,
    turn: UUID | None = None,
) -> Passage:
    made = Passage(
        study_id=person.study_id,
        person_id=person.id,
        response_id=response.id if response else None,
        turn_id=turn,
        path="/data/moment" if response else "",
        start=0,
        end=len(text),
        language=language,
        masked=text,
        text_hash=text_hash(text),
        day=date(2026, 6, 3),
    )
    session.add(made)
    session.flush()
    return made


def interview_of(session: Session, study: Study) -> Interview:
    """Return the interview of the study."""
    return session.exec(select(Interview).where(col(Interview.study_id) == study.id)).one()

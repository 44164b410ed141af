"""A study with an interview, reflections, names, rare characters and codings of two people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Person, Questionnaire, Response, Study, Team, Turn
from nlp.coding.editing import Codebook
from nlp.coding.marking import mark, note
from nlp.coding.places import Place
from survey import interviews
from survey.entering import open_account
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study

TALK = """Interviewer: How was it, 王小明?

P01: 😀 I asked P02 and 王小明 about the 𠮷野家 scene. It was good.
Then we waited.

Interviewer: And then?

P01: 𪚥𪚥 trusted the machine, call me at +49 170 1234567.
"""
REFLECTION = "今天王小明先看门，再看人。😀 真情𠮷！\r\nSecond line by P02."


@dataclass
class Coded:
    """The study and who coded."""

    study: Study
    anna: UUID
    ben: UUID
    codes: dict[str, UUID]


def people_of_test(session: Session, slug: str = "test") -> Study:
    """Make a study with people and nothing else."""
    study = a_study(session, slug=slug)
    team = session.exec(select(Team).where(Team.study_id == study.id)).one()
    a_person(session, study, "P02", team=team)
    a_person(session, study, "P03", team=team)
    return study


def a_coded_study(session: Session, slug: str = "test") -> Coded:
    """Make a study that two people coded."""
    study = people_of_test(session, slug)
    people = {p.code: p for p in session.exec(select(Person).where(Person.study_id == study.id))}
    interviews.keep(
        session=session,
        study_id=study.id,
        key="Talk with 王小明",
        transcript=read("talk.txt", TALK.encode()),
        speakers={"P01": {"person": str(people["P01"].id)}, "Interviewer": {"role": "interviewer"}},
        day=dt.date(2026, 6, 2),
    )
    questionnaire = session.exec(
        select(Questionnaire).where(Questionnaire.study_id == study.id)
    ).one()
    for code in ("P01", "P02"):
        session.add(
            Response(
                study_id=study.id,
                person_id=people[code].id,
                team_id=people[code].team_id,
                questionnaire_id=questionnaire.id,
                day=dt.date(2026, 6, 3),
                language="zh-Hans",
                answers={
                    "mood": 5,
                    "moment": REFLECTION,
                    "take": [{"why": "Light."}, {"why": "Luck 😀."}],
                },
                sha256="0" * 64,
            )
        )
    session.flush()
    anna = open_account(session=session, study_id=study.id, role="researcher").account_id
    ben = open_account(session=session, study_id=study.id, role="researcher").account_id
    codes = _codebook(session, study, anna)
    _mark(session, study, anna, ben, codes)
    session.commit()
    return Coded(study, anna, ben, codes)


def _codebook(session: Session, study: Study, anna: UUID) -> dict[str, UUID]:
    book = Codebook(session=session, study_id=study.id, account_id=anna)
    trust = book.make("Trust", description="Trust in people.", includes="Machines too.\nInclude:\nall", excludes="Hope.",
                      examples=["I trusted it.", "两行\n例子"], memo="Look again.")  # fmt: skip
    machine = book.make("Machine <&> 机器 😀", parent_id=trust.id)
    waiting = book.make("Waiting")
    return {"trust": trust.id, "machine": machine.id, "waiting": waiting.id}


def _mark(session: Session, study: Study, anna: UUID, ben: UUID, codes: dict[str, UUID]) -> None:
    put = partial(mark, session=session, study_id=study.id)
    for turn in session.exec(select(Turn).where(Turn.speaker == "P01")):
        place = Place(turn_id=turn.id)
        for account, word in ((anna, "trusted"), (ben, "𠮷野家"), (anna, "王小明"), (ben, "good")):
            if word in turn.text:
                at = turn.text.index(word)
                [made] = put(place, at, at + len(word), [codes["trust"]], account_id=account)
                note(
                    made.id,
                    f"“{word}” & 😀",
                    session=session,
                    study_id=study.id,
                    account_id=account,
                )
    for response in session.exec(select(Response).where(Response.study_id == study.id)):
        place = Place(response_id=response.id, path="/data/moment")
        at, end = REFLECTION.index("真情"), len(REFLECTION)
        put(place, at, at + 4, [codes["machine"], codes["waiting"]], account_id=ben)
        put(place, at, end, [codes["waiting"]], account_id=anna, version="decided")

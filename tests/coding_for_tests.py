"""Two coders, a codebook and texts that tests mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from data.tables import Code, Person, Response, Study
from nlp.coding.editing import Codebook
from nlp.coding.places import Place
from survey.entering import open_account
from tests.quoting_for_tests import an_entry
from tests.studies_for_tests import a_person, a_study

WRITTEN = "Anna 💡 said: we wait. 王小明等了三个小时𠀀。Then Mia Berger left."
"""Holds a character above U+FFFF before and after names that are masked."""


class Caller(TypedDict):
    """Who calls a function, and where."""

    session: Session
    study_id: UUID
    account_id: UUID


@dataclass
class Room:
    """What these tests work with."""

    study: Study
    one: UUID
    two: UUID
    writer: Person
    entry: Response
    waiting: Code
    light: Code

    @property
    def place(self) -> Place:
        """The answer that is coded."""
        return Place(response_id=self.entry.id, path="/data/moment")

    def book(self, session: Session) -> Codebook:
        """Return the codebook in the hands of the first coder."""
        return Codebook(session=session, study_id=self.study.id, account_id=self.one)

    def as_one(self, session: Session) -> Caller:
        """Return what the functions ask that the first coder calls."""
        return {"session": session, "study_id": self.study.id, "account_id": self.one}

    def as_two(self, session: Session) -> Caller:
        """Return the same for the second coder."""
        return {"session": session, "study_id": self.study.id, "account_id": self.two}


def a_room(session: Session, *, slug: str = "test") -> Room:
    """Make a study with an entry of P01, two coders and two codes."""
    study = a_study(session, slug=slug)
    mia = a_person(session, study, "P02")
    mia.name = "Mia Berger"
    coders = [
        open_account(session=session, study_id=study.id, role="researcher", label=label).account_id
        for label in ("Ada", "")
    ]
    writer = a_person(session, study, "P03")
    writer.name = "Anna Novak"
    session.flush()
    entry = an_entry(session, writer, WRITTEN)
    book = Codebook(session=session, study_id=study.id, account_id=coders[0])
    waiting, light = book.make("Waiting"), book.make("Light")
    session.commit()
    return Room(study, coders[0], coders[1], writer, entry, waiting, light)

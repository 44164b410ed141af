"""A study of interviews in several languages, and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from sqlmodel import Session, select

from data.tables import Person, Study, Team
from nlp.encoders import Encoder, Vectors
from nlp.neutral.reference import reference
from survey import interviews
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study

LANGUAGES = ("en", "de", "hi")
EACH = 12


class Letters(Encoder):
    """Counts pairs of letters; remembers what it read."""

    name = "letters"
    dim = 48

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self.read(text)
            for one, other in pairwise(text):
                row[(ord(one) * 31 + ord(other)) % self.dim] += 1
        return rows

    def read(self, text: str) -> None:
        """Take a text in; tests stop here."""
        self.seen.append(text)


def an_interviewed_study(session: Session) -> Study:
    """Make a study of three people in two teams, each interviewed in a language of their own."""
    study = a_study(session)
    other = Team(study_id=study.id, code="B", name={"en": "Team B"})
    session.add(other)
    session.flush()
    people = [session.exec(select(Person).where(Person.code == "P01")).one()]
    people += [a_person(session, study, f"P0{number}", team=other) for number in (2, 3)]
    for person, tag in zip(people, LANGUAGES, strict=True):
        # Not the sentences themselves: those are encoded again whenever vectors are made neutral.
        said = [f"{text.rstrip('.?।')}!" for text in reference().sentences[tag][:EACH]]
        lines = [f"A: {text}\nQ: ?\n" for text in said]
        interviews.keep(
            session=session,
            study_id=study.id,
            key=f"of {person.code}",
            transcript=read("talk.txt", "".join(lines).encode()),
            speakers={"Q": {"role": "interviewer"}, "A": {"person": str(person.id)}},
        )
    return study

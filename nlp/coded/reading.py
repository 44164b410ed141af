"""Reading what was coded: the passages that were read, and the stretches marked in them.

A passage carries a code where a stretch covers at least half of the passage, or half of the stretch
lies in it: a mark that runs over by a word does not code the next thought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import or_
from sqlmodel import Session, col, select

from data.tables import (
    CodedText,
    Coding,
    Interview,
    Passage,
    Person,
    Questionnaire,
    Response,
    Study,
    Turn,
)
from nlp.coded.choosing import choose
from nlp.coding.codebook import Branch, branches
from nlp.coding.places import Place, place_of
from nlp.passage_rows import teams_then
from nlp.sources import REPEAT
from survey.studies import teams_of

ABOUT = ["person", "team", "nationality", "role", "source", "question", "day", "language"]
"""What is known of every passage and every stretch, as in `nlp.results.Found.passages`."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Coded:
    """What was coded in a study, as far as somebody may see it.

    Attributes:
        branches: The codes that stand, in the order of the codebook.
        passages: The passages of texts that were read, by key: `ABOUT`, and the `place` (a `Place`)
            with `start` and `end` in it. A text that is not cut yet is one passage.
        stretches: The marks, by key: `code`, `place`, `start`, `end`, `passage` (the one it lies
            in most), and `ABOUT`.
        kept_back: How many marks are left out so that a coder stays blind.
    """

    branches: Sequence[Branch]
    passages: pd.DataFrame
    stretches: pd.DataFrame
    kept_back: int

    @cached_property
    def family(self) -> dict[UUID, frozenset[UUID]]:
        """Each code with those below it: what is marked with one of these is about it."""
        return {
            branch.code.id: frozenset(each.code.id for each in branch.walk())
            for branch in self.branches
        }

    @cached_property
    def used(self) -> list[UUID]:
        """The codes that something is marked with, or with one below them, in order."""
        marked = set(self.stretches["code"])
        return [key for key, family in self.family.items() if family & marked]

    @cached_property
    def carries(self) -> pd.DataFrame:
        """Passage x code in use: whether the passage carries the code or one below it."""
        rows = {key: place for place, key in enumerate(self.passages.index)}
        found = np.zeros((len(rows), len(self.used)), dtype=bool)
        above = {
            code: [at for at, key in enumerate(self.used) if code in self.family[key]]
            for code in set(self.stretches["code"])
        }
        by_place = self.passages.groupby("place", sort=False).indices
        starts, ends = (self.passages[end].to_numpy() for end in ("start", "end"))
        mark: Any
        for mark in self.stretches.itertuples():
            for row in by_place[mark.place]:
                if _inside(mark.start, mark.end, starts[row], ends[row]):
                    found[row, above[mark.code]] = True
        return pd.DataFrame(found, index=self.passages.index, columns=self.used)

    def names(self) -> dict[UUID, str]:
        """Return what the codes are called."""
        return {branch.code.id: branch.code.name for branch in self.branches}


def _inside(start: int, end: int, first: int, last: int) -> bool:
    shared = min(end, last) - max(start, first)
    return shared > 0 and 2 * shared >= min(end - start, last - first)


def read_coded(*, session: Session, study: Study, account_id: UUID | None) -> Coded:
    """Read what was coded in a study.

    Args:
        session: Where to read.
        study: The study.
        account_id: Who looks, so that a coder stays blind; None for the chapter and the worker.
    """
    found = branches(session=session, study_id=study.id)
    here = {branch.code.id for branch in found}
    chosen = choose(session=session, study=study, account_id=account_id)
    codings = [each for each in chosen.codings if each.code_id in here]
    describe = _Describe(session=session, study=study)
    passages = {
        key: row
        for key, row in _passages(describe, session=session, study_id=study.id)
        if row["place"] in chosen.read
    }
    _add_uncut(codings, passages, describe, session=session)
    by_place: dict[Place, list[str]] = {}
    for key, row in passages.items():
        by_place.setdefault(row["place"], []).append(key)
    stretches = {
        str(each.id): _stretch(each, {key: passages[key] for key in by_place[place_of(each)]})
        for each in codings
    }
    columns = [*ABOUT, "place", "start", "end"]
    return Coded(
        found,
        _frame(passages, columns),
        _frame(stretches, [*columns, "code", "passage"]),
        chosen.kept_back,
    )


def _frame(rows: Mapping[str, Row], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        list(rows.values()), index=pd.Index(list(rows), dtype=object), columns=columns
    )


class _Describe:
    """Says of a person's words on a day what is known besides."""

    def __init__(self, *, session: Session, study: Study) -> None:
        people = session.exec(select(Person).where(Person.study_id == study.id)).all()
        self.people = {person.id: person for person in people}
        self.teams = {
            key: team.code for key, team in teams_of(session=session, study_id=study.id).items()
        }
        self.then = teams_then(session=session, study_id=study.id)

    def __call__(
        self,
        person_id: UUID,
        day: dt.date | None,
        team_id: UUID | None,
        name: str | None,
        path: str,
    ) -> Row:
        person = self.people[person_id]
        key = team_id or person.team_id
        team = self.teams.get(key) if key else None
        return {
            "person": person.code,
            "team": self.then(person.code, day, team) or "",
            "nationality": next(iter(person.nationalities), ""),
            "role": person.role,
            "source": "reflection" if name else "interview",
            "question": f"{name}:{REPEAT.sub('', path)}" if name else "",
            "day": day,
        }


def _passages(
    describe: _Describe, *, session: Session, study_id: UUID
) -> Iterator[tuple[str, Row]]:
    """Yield the passages of the texts that somebody coded or finished."""

    def any_of(column: str) -> Any:  # noqa: ANN401 - an expression of SQLAlchemy
        found = [
            col(getattr(Passage, column)).in_(
                select(getattr(table, column)).where(
                    table.study_id == study_id, col(getattr(table, column)).is_not(None)
                )
            )
            for table in (Coding, CodedText)
        ]
        return or_(*found)

    for column in ("turn_id", "response_id"):
        rows = session.exec(
            select(Passage, Response.team_id, Questionnaire.name)
            .outerjoin(Response, col(Response.id) == col(Passage.response_id))
            .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
            .where(Passage.study_id == study_id, any_of(column))
            .order_by(col(Passage.start), col(Passage.id))
        )
        for passage, team_id, name in rows:
            yield (
                str(passage.id),
                describe(passage.person_id, passage.day, team_id, name, passage.path)
                | {
                    "language": passage.language,
                    "place": place_of(passage),
                    "start": passage.start,
                    "end": passage.end,
                },
            )


def _add_uncut(
    codings: Sequence[Coding], passages: dict[str, Row], describe: _Describe, *, session: Session
) -> None:
    """Let a marked text that was not cut into passages yet be one passage."""
    cut = {row["place"] for row in passages.values()}
    reach: dict[Place, tuple[UUID, int]] = {}
    for coding in codings:
        place = place_of(coding)
        if place not in cut and coding.person_id is not None:
            _, end = reach.get(place, (coding.person_id, 0))
            reach[place] = (coding.person_id, max(end, coding.end))
    for place, (person_id, end) in reach.items():
        row = _uncut(place, person_id, describe, session=session)
        passages[place.key] = row | {"start": 0, "end": end}


def _uncut(place: Place, person_id: UUID, describe: _Describe, *, session: Session) -> Row:
    languages = describe.people[person_id].languages
    language = next(iter(languages), "und")
    if place.turn_id:
        interview = session.exec(
            select(Interview)
            .join(Turn, col(Turn.interview_id) == col(Interview.id))
            .where(Turn.id == place.turn_id)
        ).one()
        about = describe(person_id, interview.day, None, None, "")
    else:
        response, name = session.exec(
            select(Response, Questionnaire.name)
            .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
            .where(Response.id == place.response_id)
        ).one()
        about = describe(person_id, response.day, response.team_id, name, place.path)
    return about | {"language": language, "place": place}


def _stretch(coding: Coding, passages: Mapping[str, Row]) -> Row:
    """Say of a mark what is known of the passage it lies in most."""
    most = max(
        passages,
        key=lambda key: (
            min(coding.end, passages[key]["end"]) - max(coding.start, passages[key]["start"])
        ),
    )
    about = {name: passages[most][name] for name in (*ABOUT, "place")}
    return about | {
        "start": coding.start,
        "end": coding.end,
        "code": coding.code_id,
        "passage": most,
    }

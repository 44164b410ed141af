"""Which texts there are to code, and how far they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.tables import Coding, Interview, Response, Turn
from nlp.coding.blind import finished
from nlp.coding.places import Place
from nlp.sources import free_texts, texts_at
from survey.interviews.speakers import who
from survey.questionnaires import form_of, versions


@dataclass(frozen=True)
class Listed:
    """An entry or an interview that can be coded.

    Attributes:
        kind: `entry` or `interview`.
        id: The response or the interview.
        day: The day it belongs to.
        questionnaire: What the questionnaire of an entry is called; empty for interviews.
        people: Whose words it holds.
        length: How long they are, in code points.
        places: The texts it consists of.
        marks: How many marks the coder has made in it.
        lost: How many of their marks a correction has made homeless.
        finished: Whether the coder has finished all of it.
        others: How many others have.
    """

    kind: str
    id: UUID
    day: dt.date | None
    questionnaire: str
    people: frozenset[UUID]
    length: int
    places: tuple[Place, ...]
    marks: int = 0
    lost: int = 0
    finished: bool = False
    others: int = 0

    @property
    def state(self) -> str:
        """How far the coder is: `begun`, `unread` or `finished`."""
        return "finished" if self.finished else "begun" if self.marks else "unread"


def listed(*, session: Session, study_id: UUID, account_id: UUID) -> list[Listed]:
    """Return the texts of a study that can be coded: interviews first, then entries by day."""
    done = finished(session=session, study_id=study_id)
    marks, lost = _marks(session=session, study_id=study_id, account_id=account_id)
    found = [
        *_interviews(session=session, study_id=study_id),
        *_entries(session=session, study_id=study_id),
    ]
    return [_with_progress(each, done, marks, lost, account_id) for each in found]


def _with_progress(
    each: Listed,
    done: dict[Place, set[UUID]],
    marks: Counter[Place],
    lost: Counter[Place],
    account_id: UUID,
) -> Listed:
    by_all = set.intersection(*(done.get(place, set()) for place in each.places))
    return Listed(
        each.kind,
        each.id,
        each.day,
        each.questionnaire,
        each.people,
        each.length,
        each.places,
        marks=sum(marks[place] for place in each.places),
        lost=sum(lost[place] for place in each.places),
        finished=account_id in by_all,
        others=len(by_all - {account_id}),
    )


def _marks(
    *, session: Session, study_id: UUID, account_id: UUID
) -> tuple[Counter[Place], Counter[Place]]:
    """Count a coder's marks in each text: those that stand, and those that are lost."""
    rows = session.exec(
        select(Coding.turn_id, Coding.response_id, Coding.path, Coding.lost_at).where(
            Coding.study_id == study_id,
            Coding.account_id == account_id,
            Coding.version == "own",
            col(Coding.removed_at).is_(None),
        )
    ).all()
    standing: Counter[Place] = Counter()
    lost: Counter[Place] = Counter()
    for turn_id, response_id, path, lost_at in rows:
        (lost if lost_at else standing)[Place(turn_id, response_id, path)] += 1
    return standing, lost


def _interviews(*, session: Session, study_id: UUID) -> Iterator[Listed]:
    interviews = session.exec(
        select(Interview)
        .where(Interview.study_id == study_id)
        .order_by(col(Interview.day), col(Interview.key))
    ).all()
    turns: dict[UUID, list[tuple[UUID, str, int]]] = {}
    rows = session.exec(
        select(Turn.interview_id, Turn.id, Turn.speaker, func.length(col(Turn.text)))
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .where(Interview.study_id == study_id, func.length(func.trim(col(Turn.text))) > 0)
    )
    for interview_id, turn_id, speaker, length in rows:
        turns.setdefault(interview_id, []).append((turn_id, speaker, length))
    for interview in interviews:
        spoken = [
            (turn_id, UUID(person), length)
            for turn_id, speaker, length in turns.get(interview.id, ())
            if (person := who(interview, speaker).get("person"))
        ]
        if spoken:
            yield Listed(
                "interview",
                interview.id,
                interview.day,
                "",
                frozenset(person for _, person, _ in spoken),
                sum(length for *_, length in spoken),
                tuple(Place(turn_id=turn_id) for turn_id, *_ in spoken),
            )


def _entries(*, session: Session, study_id: UUID) -> Iterator[Listed]:
    known = versions(session=session, study_id=study_id)
    paths = {key: free_texts(form_of(each)) for key, each in known.items()}
    rows = session.exec(
        select(Response)
        .where(Response.study_id == study_id)
        .order_by(col(Response.day), col(Response.submitted_at), col(Response.id))
    )
    for response in rows:
        texts = [
            found
            for path in paths[response.questionnaire_id]
            for found in texts_at(response.answers, path)
        ]
        if texts:
            yield Listed(
                "entry",
                response.id,
                response.day,
                known[response.questionnaire_id].name,
                frozenset({response.person_id}),
                sum(len(text) for _, text in texts),
                tuple(Place(response_id=response.id, path=path) for path, _ in texts),
            )

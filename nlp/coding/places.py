"""Which text a stretch lies in: a turn, or the answer to one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from data.tables import CodedText, Coding, CodingTalk, Interview, Response, Turn
from i18n import say
from nlp.coding.refusal import CodingError
from nlp.sources import texts_at
from survey.interviews.speakers import who

LONGEST_PATH = 500
InTexts = type[Coding] | type[CodedText] | type[CodingTalk]


class Placed(Protocol):
    """A row that lies in a text."""

    turn_id: UUID | None
    response_id: UUID | None
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A text that can be coded: `turn_id`, or `response_id` with the `path` of the answer."""

    turn_id: UUID | None = None
    response_id: UUID | None = None
    path: str = ""

    @property
    def key(self) -> str:
        """The place as text: `turn:` and its key, or `answer:`, the key and the path."""
        return f"turn:{self.turn_id}" if self.turn_id else f"answer:{self.response_id}:{self.path}"

    @property
    def columns(self) -> dict[str, Any]:
        """The place as columns of a row."""
        return {"turn_id": self.turn_id, "response_id": self.response_id, "path": self.path}

    def of(self, table: InTexts) -> ColumnElement[bool]:
        """Return the condition under which a row of a table lies in this text."""
        if self.turn_id:
            return col(table.turn_id) == self.turn_id
        return and_(col(table.response_id) == self.response_id, col(table.path) == self.path)


def place_of(row: Placed) -> Place:
    """Return the text in which a row lies."""
    return Place(row.turn_id, row.response_id, row.path)


def place_from(key: str) -> Place:
    """Read a place that was written as text.

    Raises:
        CodingError: It is none.
    """
    kind, _, rest = key.partition(":")
    name, _, path = rest.partition(":")
    try:
        if kind == "turn" and not path:
            return Place(turn_id=UUID(name))
        if kind == "answer" and path.startswith("/") and len(path) <= LONGEST_PATH:
            return Place(response_id=UUID(name), path=path)
    except ValueError:
        pass
    raise gone()


def gone() -> CodingError:
    """Return what is told where a text is not, or not in this study."""
    return CodingError(say("This text is not here any more. Choose another one."))


def within(table: InTexts, places: list[Place]) -> ColumnElement[bool]:
    """Return the condition under which a row lies in one of several texts."""
    turns = [place.turn_id for place in places if place.turn_id]
    answers = {(place.response_id, place.path) for place in places if place.response_id}
    paths: dict[UUID | None, list[str]] = {}
    for response_id, path in answers:
        paths.setdefault(response_id, []).append(path)
    return or_(
        col(table.turn_id).in_(turns),
        *(
            and_(col(table.response_id) == response_id, col(table.path).in_(found))
            for response_id, found in paths.items()
        ),
    )


@dataclass(frozen=True)
class Original:
    """A text as it stands, unmasked: for finding places in it, never to be shown.

    Attributes:
        place: Where it is.
        text: The text.
        person_id: Whose words they are.
    """

    place: Place
    text: str
    person_id: UUID


def original(place: Place, *, session: Session, study_id: UUID) -> Original:
    """Return a text of a study's person.

    Raises:
        CodingError: It is not there, not in this study, or nobody's of the study.
    """
    if place.turn_id:
        turn = session.get(Turn, place.turn_id)
        interview = session.get(Interview, turn.interview_id) if turn else None
        if turn is None or interview is None or interview.study_id != study_id:
            raise gone()
        person = who(interview, turn.speaker).get("person")
        if not person:
            raise gone()
        return Original(place, turn.text, UUID(person))
    response = session.get(Response, place.response_id)
    if response is None or response.study_id != study_id:
        raise gone()
    text = answer_at(response.answers, place.path)
    if text is None:
        raise gone()
    return Original(place, text, response.person_id)


def answer_at(answers: dict[str, Any], path: str) -> str | None:
    """Return the text at a path such as `/data/take[2]/why`; None where there is none."""
    names = tuple(part.partition("[")[0] for part in path.strip("/").split("/"))
    return next((text for place, text in texts_at(answers, names) if place == path), None)


def turns_of(interview_id: UUID, *, session: Session) -> list[Turn]:
    """Return the turns of an interview in order."""
    return list(
        session.exec(
            select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))
        )
    )

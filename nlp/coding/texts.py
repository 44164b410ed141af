"""An entry or an interview as coders read it, from its first word to its last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.tables import Coding, Interview, Passage, Person, Questionnaire, Response, Turn
from nlp.coding.masking import Shown, shown
from nlp.coding.places import Place, gone, original, place_of, turns_of
from nlp.coding.refusal import CodingError
from nlp.masking_review import Known, known
from nlp.sources import REPEAT, free_texts, texts_at
from survey.interviews.speakers import who
from survey.questionnaires import form_of

Texts = dict[str, str]


@dataclass(frozen=True)
class Part:
    """A turn, or the answer to one question.

    Attributes:
        place: Which text it is; None where it is read and not coded, such as an interviewer's turn.
        shown: The text, masked.
        person_id: Whose words they are; None for those of roles.
        role: What somebody is who is no person of the study: interviewer, interpreter, other.
        question: The question it answers, by language; empty for turns.
    """

    place: Place | None
    shown: Shown
    person_id: UUID | None
    role: str = ""
    question: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """An entry or an interview.

    Attributes:
        kind: `entry` or `interview`.
        id: The response or the interview.
        day: The day it belongs to.
        title: What an interview is called, masked; empty for entries.
        parts: What it consists of, in order.
    """

    kind: str
    id: UUID
    day: dt.date | None
    title: str
    parts: tuple[Part, ...]

    @property
    def places(self) -> list[Place]:
        """The texts that can be coded."""
        return [part.place for part in self.parts if part.place]


def document(
    kind: str, key: UUID, *, session: Session, study_id: UUID, account_id: UUID | None
) -> Document:
    """Return an entry or an interview of a study, masked.

    Args:
        kind: `entry` or `interview`.
        key: The response or the interview.
        session: The caller's transaction: that names were read for masking is recorded in it.
        study_id: The study.
        account_id: Who reads.

    Raises:
        CodingError: There is none in this study.
    """
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="reading texts to code"
    )
    if kind == "interview":
        return _interview(key, names, session=session, study_id=study_id)
    return _entry(key, names, session=session, study_id=study_id)


def _interview(key: UUID, names: Known, *, session: Session, study_id: UUID) -> Document:
    interview = session.get(Interview, key)
    if interview is None or interview.study_id != study_id:
        raise gone()
    turns = turns_of(key, session=session)
    passages = _passages(
        col(Passage.turn_id).in_(select(Turn.id).where(Turn.interview_id == key)), session=session
    )
    people = _people(interview, session=session)
    parts = [
        _turn(turn, interview, people, passages.get(Place(turn_id=turn.id), ()), names)
        for turn in turns
        if turn.text.strip()
    ]
    title = names.mask(interview.key, language="und").text
    return Document("interview", key, interview.day, title, tuple(parts))


def _turn(
    turn: Turn,
    interview: Interview,
    people: dict[UUID, Person],
    passages: Sequence[Passage],
    names: Known,
) -> Part:
    found = who(interview, turn.speaker)
    person = people.get(UUID(found["person"])) if "person" in found else None
    languages = person.languages if person else interview.languages
    return Part(
        Place(turn_id=turn.id) if person else None,
        shown(turn.text, passages, names, languages=languages),
        person.id if person else None,
        role="" if person else found.get("role", "other"),
    )


def _people(interview: Interview, *, session: Session) -> dict[UUID, Person]:
    keys = {UUID(found["person"]) for found in interview.speakers.values() if "person" in found}
    found = session.exec(
        select(Person).where(Person.study_id == interview.study_id, col(Person.id).in_(keys))
    )
    return {person.id: person for person in found}


def _entry(key: UUID, names: Known, *, session: Session, study_id: UUID) -> Document:
    row = session.exec(
        select(Response, Questionnaire, Person)
        .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .join(Person, col(Person.id) == col(Response.person_id))
        .where(Response.id == key, Response.study_id == study_id)
    ).first()
    if row is None:
        raise gone()
    response, questionnaire, person = row
    passages = _passages(col(Passage.response_id) == key, session=session)
    form = form_of(questionnaire)
    parts = [
        Part(
            here := Place(response_id=key, path=path),
            shown(text, passages.get(here, ()), names, languages=person.languages),
            person.id,
            question=tuple(element.label.items()),
        )
        for names_of_path in free_texts(form)
        for path, text in texts_at(response.answers, names_of_path)
        if (element := form.elements.get(tuple(REPEAT.sub("", path).strip("/").split("/"))))
    ]
    return Document("entry", key, response.day, "", tuple(parts))


def _passages(condition: ColumnElement[bool], *, session: Session) -> dict[Place, list[Passage]]:
    """Return the passages under a condition by the text they lie in, in order."""
    found: dict[Place, list[Passage]] = {}
    for passage in session.exec(select(Passage).where(condition).order_by(col(Passage.start))):
        found.setdefault(place_of(passage), []).append(passage)
    return found


def text_at(place: Place, *, session: Session, study_id: UUID, account_id: UUID | None) -> Shown:
    """Return one text, masked as `document` shows it.

    Raises:
        CodingError: It is not there, not in this study, or nobody's of the study.
    """
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="reading texts to code"
    )
    return _masked(place, names, session=session, study_id=study_id)


def texts_of(
    places: Iterable[Place], *, session: Session, study_id: UUID, account_id: UUID | None
) -> dict[Place, Shown]:
    """Return several texts, masked; those that are gone are left out."""
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="reading texts to code"
    )
    found: dict[Place, Shown] = {}
    for place in dict.fromkeys(places):
        try:
            found[place] = _masked(place, names, session=session, study_id=study_id)
        except CodingError:
            continue
    return found


def addresses(
    places: Collection[Place], *, session: Session, study_id: UUID
) -> dict[Place, dict[str, str]]:
    """Return for texts which entry or interview they lie in, as the coding screen is asked for it.

    Args:
        places: The texts.
        session: Where to read.
        study_id: Their study; turns of others are left out.
    """
    found = {
        place: {"entry": str(place.response_id)}
        for place in places
        if place.response_id is not None
    }
    turns = [place.turn_id for place in places if place.turn_id]
    rows = session.exec(
        select(Turn.id, Turn.interview_id)
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .where(Interview.study_id == study_id, col(Turn.id).in_(turns))
    )
    return found | {Place(turn_id=key): {"interview": str(within)} for key, within in rows}


def masked_words(
    codings: Sequence[Coding], *, session: Session, study_id: UUID, account_id: UUID | None
) -> dict[UUID, str]:
    """Return the words of codings, masked, by the key of the coding; those gone are left out."""
    texts = texts_of(
        (place_of(coding) for coding in codings),
        session=session,
        study_id=study_id,
        account_id=account_id,
    )
    words: dict[UUID, str] = {}
    for coding in codings:
        if text := texts.get(place_of(coding)):
            start, end = text.to_masked(coding.start, coding.end)
            words[coding.id] = text.text[start:end]
    return words


def _masked(place: Place, names: Known, *, session: Session, study_id: UUID) -> Shown:
    source = original(place, session=session, study_id=study_id)
    condition = (
        col(Passage.turn_id) == place.turn_id
        if place.turn_id
        else (col(Passage.response_id) == place.response_id) & (col(Passage.path) == place.path)
    )
    person = session.get_one(Person, source.person_id)
    passages = _passages(condition, session=session).get(place, ())
    return shown(source.text, passages, names, languages=person.languages)

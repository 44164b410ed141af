"""The texts of a study as other programs get them: interviews and reflections, masked.

An interview is one text, a line for each turn with who speaks before it; where only one person
speaks nothing stands before their words. A reflection, the answer to one open question, is a text
of its own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Interview, Passage, Person, Response, Study, Turn
from nlp.coding.masking import Shown, shown
from nlp.coding.places import Place
from nlp.exchange.guids import guid_of
from nlp.exchange.leaving import Leaving
from nlp.masking_review import Known
from nlp.sources import free_texts, texts_at
from survey.interviews.speakers import who
from survey.questionnaires import form_of, versions

APART = "\n\n"
LONGEST_NAME = 200
SPOKEN = {"interviewer": "Interviewer", "interpreter": "Interpreter", "other": "Other"}
"""What stands before the words of those who are none of the study's people."""


@dataclass(frozen=True)
class Part:
    """One turn or answer in a text.

    Attributes:
        place: Which.
        person_id: Whose words; None where nobody of the study speaks.
        begin: Where its words begin in the text.
        masked: Its words masked; leads to the original.
        leaving: What leaves of it; leads to the masked words.
    """

    place: Place
    person_id: UUID | None
    begin: int
    masked: Shown
    leaving: Shown

    @property
    def end(self) -> int:
        """Where its words end in the text."""
        return self.begin + len(self.leaving.text)


@dataclass(frozen=True)
class Here:
    """A text of the study as it leaves."""

    guid: str
    name: str
    text: str
    parts: Sequence[Part]
    day: dt.date | None = None
    people: frozenset[UUID] = field(default_factory=frozenset)

    def there(self, place: Place, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of an original lies in the text; None where nowhere."""
        for part in self.parts:
            if part.place == place and 0 <= start < end <= part.masked.length:
                found = part.leaving.to_masked(*part.masked.to_masked(start, end))
                if found[0] < found[1]:
                    return part.begin + found[0], part.begin + found[1]
        return None

    def here(self, start: int, end: int) -> list[tuple[Part, int, int]]:
        """Return the stretches of originals that a stretch of the text shows.

        One for each turn it touches; who speaks belongs to none.
        """
        begins = [part.begin for part in self.parts]
        found = []
        for part in self.parts[max(0, bisect_right(begins, start) - 1) :]:
            if part.begin >= end:
                break
            first, last = max(start, part.begin), min(end, part.end)
            if first < last and self.text[first:last].strip():
                span = part.leaving.to_original(first - part.begin, last - part.begin)
                found.append((part, *part.masked.to_original(*span)))
        return found


class Texts:
    """Reads the texts of a study."""

    def __init__(self, *, session: Session, study: Study, names: Known) -> None:
        self._session, self._study, self._names = session, study, names
        people = session.exec(select(Person).where(Person.study_id == study.id)).all()
        self.people = {person.id: person for person in people}
        self._leaving = Leaving([*(person.code for person in people), *names.names])
        self._passages: dict[tuple[UUID | None, str], list[Passage]] = {}
        for passage in session.exec(
            select(Passage).where(Passage.study_id == study.id).order_by(col(Passage.start))
        ):
            key = (passage.turn_id or passage.response_id, passage.path)
            self._passages.setdefault(key, []).append(passage)

    def read(self) -> list[Here]:
        """Return every text, each called otherwise, in the order of their names."""
        return _called_apart([*self._interviews(), *self._reflections()])

    def _interviews(self) -> Iterator[Here]:
        interviews = self._session.exec(
            select(Interview)
            .where(Interview.study_id == self._study.id)
            .order_by(col(Interview.key), col(Interview.id))
        ).all()
        turns: dict[UUID, list[Turn]] = {}
        for turn in self._session.exec(
            select(Turn)
            .join(Interview, col(Interview.id) == col(Turn.interview_id))
            .where(Interview.study_id == self._study.id)
            .order_by(col(Turn.position))
        ):
            turns.setdefault(turn.interview_id, []).append(turn)
        for interview in interviews:
            yield self._interview(interview, turns.get(interview.id, []))

    def _interview(self, interview: Interview, turns: Sequence[Turn]) -> Here:
        several = len({turn.speaker for turn in turns}) > 1
        texts: list[str] = []
        parts: list[Part] = []
        length = 0
        for turn in turns:
            person = self._speaker(interview, turn.speaker)
            label = self._label(interview, turn.speaker, person) + ": " if several else ""
            begin = length + len(label)
            part = self._part(Place(turn_id=turn.id), turn.text, person, begin)
            parts.append(part)
            texts.append(label + part.leaving.text)
            length = part.end + len(APART)
        return Here(
            guid=str(interview.id),
            name=self._hidden(interview.key),
            text=APART.join(texts),
            parts=parts,
            day=interview.day,
            people=frozenset(part.person_id for part in parts if part.person_id),
        )

    def _speaker(self, interview: Interview, label: str) -> Person | None:
        found = who(interview, label).get("person")
        return self.people.get(UUID(found)) if found else None

    def _label(self, interview: Interview, label: str, person: Person | None) -> str:
        if person is not None:
            return person.code
        role = who(interview, label).get("role")
        return SPOKEN[role] if role in SPOKEN else self._hidden(label) or "?"

    def _reflections(self) -> Iterator[Here]:
        paths = {
            key: free_texts(form_of(questionnaire))
            for key, questionnaire in versions(
                session=self._session, study_id=self._study.id
            ).items()
        }
        for response in self._session.exec(
            select(Response)
            .where(Response.study_id == self._study.id)
            .order_by(col(Response.day), col(Response.id))
        ):
            for path in paths[response.questionnaire_id]:
                for place, words in texts_at(response.answers, path):
                    yield self._reflection(response, place, words)

    def _reflection(self, response: Response, path: str, words: str) -> Here:
        person = self.people[response.person_id]
        part = self._part(Place(response_id=response.id, path=path), words, person, 0)
        question = path.partition("/")[2].partition("/")[2]
        return Here(
            guid=guid_of("answer", response.id, path),
            name=f"{person.code} {response.day} {self._hidden(question)}",
            text=part.leaving.text,
            parts=[part],
            day=response.day,
            people=frozenset({person.id}),
        )

    def _part(self, place: Place, words: str, person: Person | None, begin: int) -> Part:
        passages = self._passages.get((place.turn_id or place.response_id, place.path), [])
        languages = person.languages if person else []
        masked = shown(words, passages, self._names, languages=languages)
        language = next((each.language for each in passages), next(iter(languages), "und"))
        leaving = self._leaving.text(masked.text, language)
        return Part(place, person.id if person else None, begin, masked, leaving)

    def _hidden(self, name: str) -> str:
        """Return what something is called, without names of people."""
        return " ".join(self._names.mask(name, language="und").text.split())


def _called_apart(texts: Iterable[Here]) -> list[Here]:
    """Number what would be called like another, and put texts in the order of their names.

    What comes in from elsewhere is an interview, also what was a reflection there: the order must
    not tell them apart.
    """
    taken: dict[str, int] = {}
    found = []
    for here in sorted(texts, key=lambda each: (each.name, each.guid)):
        name = here.name[: LONGEST_NAME - 8] or "?"
        taken[name] = taken.get(name, 0) + 1
        called = name if taken[name] == 1 else f"{name} ({taken[name]})"
        found.append(replace(here, name=called))
    return sorted(found, key=lambda each: (each.name, each.guid))


def by_place(texts: Sequence[Here]) -> Mapping[Place, Here]:
    """Return the text in which each place lies."""
    return {part.place: here for here in texts for part in here.parts}

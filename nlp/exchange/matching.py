"""The texts of a file as texts of the study: those that are here already, and new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Interview, Person
from i18n import say
from nlp.exchange.carrying import ALIKE, Carrying
from nlp.exchange.findings import Findings
from nlp.exchange.here import LONGEST_NAME, Here, Part
from nlp.exchange.keys import free_key, own_key
from nlp.exchange.model import Project, Source
from nlp.exchange.new_texts import NewText, new_text


@dataclass(frozen=True)
class Match:
    """A text of a file and what it is here.

    Attributes:
        here: The text of the study.
        carrying: The way to it.
    """

    here: Here
    carrying: Carrying

    def stretches(self, start: int, end: int) -> list[tuple[Part, int, int]]:
        """Return the stretches of originals that a stretch of the file's text is; none: gone."""
        found = self.carrying.carry(start, end)
        return self.here.here(*found) if found else []


class Matching:
    """Finds for every text of a file the one it is here.

    A text is the same by its key; or by its words; or by its name, if at least half of its words
    are here too. Others become interviews.

    Attributes:
        new: Texts that are not here yet.
        found: What each text is here, by GUID.
    """

    def __init__(
        self,
        project: Project,
        texts: Sequence[Here],
        people: Sequence[Person],
        *,
        session: Session,
        study_id: UUID,
        remarks: Findings,
    ) -> None:
        self._session, self._study_id, self._remarks = session, study_id, remarks
        self._by_guid = {here.guid: here for here in texts}
        self._by_words = {_words(here.text): here for here in reversed(texts)}
        self._by_name = {here.name.casefold(): here for here in texts}
        self._people = {person.code: person for person in people if person.withdrawn_at is None}
        self._speakers = _speakers(project, self._people)
        keys = session.exec(select(Interview.key).where(Interview.study_id == study_id)).all()
        self._names = {name.casefold() for name in (*keys, *(here.name for here in texts))}
        self.new: list[NewText] = []
        self.found: dict[str, Match] = {}

    def take(self, source: Source) -> None:
        """Take a text."""
        match = self._here(source)
        if match is None:
            made = new_text(
                source,
                study_id=self._study_id,
                key=free_key(
                    Interview, source.guid, session=self._session, study_id=self._study_id
                ),
                name=self._free_name(source.name),
                people=self._people,
                speaker=self._speakers.get(source.guid, ""),
            )
            self.new.append(made)
            match = Match(made.here, Carrying(source.text, source.text))
        self.found[source.guid] = match

    def _here(self, source: Source) -> Match | None:
        own = str(own_key(UUID(source.guid), study_id=self._study_id))
        same = (
            self._by_guid.get(source.guid)
            or self._by_guid.get(own)
            or self._by_words.get(_words(source.text))
        )
        if same is not None:
            carrying = Carrying(source.text, same.text)
            if carrying.share < 1:
                self._remarks.note(
                    say("“{name}” reads otherwise here than in the file.", name=same.name)
                )
            return Match(same, carrying)
        named = self._by_name.get(source.name.casefold())
        if named is None:
            return None
        carrying = Carrying(source.text, named.text)
        return Match(named, carrying) if carrying.share >= ALIKE else None

    def _free_name(self, name: str) -> str:
        """Return a name that no other text has."""
        wanted = " ".join(name.split())[: LONGEST_NAME - 8] or "?"
        numbers = count(2)
        free = wanted
        while free.casefold() in self._names:
            free = f"{wanted} ({next(numbers)})"
        self._names.add(free.casefold())
        return free


def _words(text: str) -> str:
    """Return a text so that those that differ in line ends and space only are the same."""
    return "".join(text.split())


def _speakers(project: Project, people: Mapping[str, Person]) -> dict[str, str]:
    """Return whose a text is, where just one case says that it is theirs, by GUID."""
    cases: dict[str, set[str]] = {}
    for case in project.cases:
        for guid in case.sources:
            cases.setdefault(guid, set()).add(case.name)
    return {
        guid: next(iter(names))
        for guid, names in cases.items()
        if len(names) == 1 and names <= people.keys()
    }

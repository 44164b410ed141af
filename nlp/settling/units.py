"""The passages that several coders have finished, and what each of them marked there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, or_, select

from data.tables import Coding, Passage
from nlp.coding.blind import finished
from nlp.coding.marking import codings
from nlp.coding.places import Place, original, place_of
from nlp.coding.refusal import CodingError
from nlp.passages.sentences import split

SEVERAL = 2
"""Coders who must have finished a text before it is compared."""


@dataclass(frozen=True)
class Unit:
    """A passage that several coders have finished.

    Attributes:
        place: The text.
        start: Where it begins, in code points of the original.
        end: Where it ends, exclusive.
        person_id: Whose words they are.
        coders: Who has finished the text.
        marks: For each code what the coders marked here with it by themselves.
    """

    place: Place
    start: int
    end: int
    person_id: UUID
    coders: frozenset[UUID]
    marks: dict[UUID, list[Coding]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The passage as text."""
        return f"{self.start}-{self.end}@{self.place.key}"

    def marked_by(self, code_id: UUID) -> frozenset[UUID]:
        """Return who marked anything here with a code."""
        return frozenset(mark.account_id for mark in self.marks.get(code_id, ()) if mark.account_id)


def units(
    *, session: Session, study_id: UUID, places: Collection[Place] | None = None
) -> list[Unit]:
    """Return the passages of texts that at least two coders have finished, in order.

    A mark counts for the passage that holds most of it and for every passage half of which it
    covers. Marks that came from another program without a coder do not count.

    Args:
        session: The caller's transaction.
        study_id: The study.
        places: Only of these texts; all by default.
    """
    wanted = list(places) if places is not None else None
    done = finished(session=session, study_id=study_id, places=wanted)
    done = {place: who for place, who in done.items() if len(who) >= SEVERAL}
    cut = _cut(done, session=session, study_id=study_id)
    marks: dict[Place, list[Coding]] = {}
    for coding in codings(session=session, study_id=study_id, version="own"):
        place = place_of(coding)
        if coding.account_id in done.get(place, ()):
            marks.setdefault(place, []).append(coding)
    for place, here in cut.items():
        for mark in marks.get(place, ()):
            for unit in held(mark.start, mark.end, here):
                unit.marks.setdefault(mark.code_id, []).append(mark)
    return [unit for here in cut.values() for unit in here]


def held(start: int, end: int, here: Iterable[Unit]) -> list[Unit]:
    """Return the passages for which a stretch counts."""
    shared = [(min(end, unit.end) - max(start, unit.start), unit) for unit in here]
    touched = [(overlap, unit) for overlap, unit in shared if overlap > 0]
    if not touched:
        return []
    most = max(touched, key=lambda each: each[0])[1]
    return [
        unit for overlap, unit in touched if unit is most or 2 * overlap >= unit.end - unit.start
    ]


def _cut(
    done: Mapping[Place, set[UUID]], *, session: Session, study_id: UUID
) -> dict[Place, list[Unit]]:
    """Return the passages of texts; sentences where a text has none yet."""
    turns = [place.turn_id for place in done if place.turn_id]
    responses = [place.response_id for place in done if place.response_id]
    found: dict[Place, list[Unit]] = {place: [] for place in done}
    for row in session.exec(
        select(Passage)
        .where(
            Passage.study_id == study_id,
            or_(col(Passage.turn_id).in_(turns), col(Passage.response_id).in_(responses)),
        )
        .order_by(col(Passage.start))
    ):
        place = place_of(row)
        if place in found:
            coders = frozenset(done[place])
            found[place].append(Unit(place, row.start, row.end, row.person_id, coders))
    for place, here in found.items():
        if not here:
            here.extend(
                _sentences(place, frozenset(done[place]), session=session, study_id=study_id)
            )
    return {place: here for place, here in found.items() if here}


def _sentences(
    place: Place, coders: frozenset[UUID], *, session: Session, study_id: UUID
) -> list[Unit]:
    try:
        source = original(place, session=session, study_id=study_id)
    except CodingError:  # nobody of the study speaks there any more
        return []
    return [Unit(place, start, end, source.person_id, coders) for start, end in split(source.text)]

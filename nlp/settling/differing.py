"""Where coders differ: one marked a passage with a code, another left it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Code, Coding, CodingTalk
from nlp.coding.codebook import codes
from nlp.coding.places import Place, place_of
from nlp.settling.units import Unit, units

State = Literal["open", "holds", "not"]


@dataclass(frozen=True)
class Difference:
    """A passage that coders marked differently with a code.

    Attributes:
        unit: The passage, with what each marked there.
        code: The code.
        marked_by: Who marked it.
        left_by: Who finished it and did not.
        state: What they settled on: `holds`, `not`, or `open` as long as nothing.
        talk: What they said to each other about it, the oldest first.
    """

    unit: Unit
    code: Code
    marked_by: frozenset[UUID]
    left_by: frozenset[UUID]
    state: State
    talk: Sequence[CodingTalk]


def differences(
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
    places: list[Place] | None = None,
) -> list[Difference]:
    """Return where coders differ, in texts that whoever looks has finished themselves.

    Args:
        session: The caller's transaction.
        study_id: The study.
        account_id: Who looks: whoever still codes a text by themselves must not see the others.
        places: Only in these texts; in all by default.
    """
    known = codes(session=session, study_id=study_id)
    seen = [
        unit
        for unit in units(session=session, study_id=study_id, places=places)
        if account_id in unit.coders
    ]
    decided = settled(seen, session=session, study_id=study_id)
    said = _talk(session=session, study_id=study_id)
    return [
        Difference(
            unit=unit,
            code=known[code_id],
            marked_by=who,
            left_by=unit.coders - who,
            state=decided.get((unit.key, code_id), "open"),
            talk=[each for each in said.get((unit.place, code_id), ()) if about(each, unit)],
        )
        for unit in seen
        for code_id in unit.marks
        if code_id in known
        for who in [unit.marked_by(code_id)]
        if who != unit.coders
    ]


def unsettled(found: Iterable[Difference]) -> int:
    """Count the differences that nobody settled yet."""
    return sum(each.state == "open" for each in found)


def settled(
    seen: Iterable[Unit], *, session: Session, study_id: UUID
) -> dict[tuple[str, UUID], State]:
    """Return for each passage and code what was settled on.

    A decided mark that was taken away says that the passage is not about the code.
    """
    rows: dict[Place, list[Coding]] = {}
    for row in session.exec(
        select(Coding).where(
            Coding.study_id == study_id,
            Coding.version == "decided",
            col(Coding.lost_at).is_(None),
        )
    ):
        rows.setdefault(place_of(row), []).append(row)
    found: dict[tuple[str, UUID], State] = {}
    for unit in seen:
        for row in rows.get(unit.place, ()):
            if unit.start <= row.start < unit.end:
                key = (unit.key, row.code_id)
                if row.removed_at is None or key not in found:
                    found[key] = "not" if row.removed_at else "holds"
    return found


def about(row: CodingTalk, unit: Unit) -> bool:
    """Whether something was said about a passage."""
    return unit.start <= row.start < unit.end


def _talk(*, session: Session, study_id: UUID) -> dict[tuple[Place, UUID | None], list[CodingTalk]]:
    found: dict[tuple[Place, UUID | None], list[CodingTalk]] = {}
    for row in session.exec(
        select(CodingTalk)
        .where(CodingTalk.study_id == study_id)
        .order_by(col(CodingTalk.created_at))
    ):
        found.setdefault((place_of(row), row.code_id), []).append(row)
    return found

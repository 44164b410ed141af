"""A text on a coder's desk: what they see of it, and marking what they see.

Whoever marks sends where they chose in the masked text, and the `mark` of what they read
(`Shown.mark`): where the text was corrected or is masked otherwise by now, nothing is marked.
"""

from __future__ import annotations

import hmac
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Coding, Person, Study
from i18n import say
from nlp.coding import marking
from nlp.coding.blind import finished, hides_groups, visible
from nlp.coding.codebook import branches
from nlp.coding.coders import Coder, coders
from nlp.coding.masking import Shown, sealed
from nlp.coding.places import Place, original, place_of
from nlp.coding.refusal import CodingError
from nlp.coding.texts import Document, document, text_at
from survey.studies import teams_of

MOST_KEPT = 5_000


class ChangedError(CodingError):
    """The text reads differently by now; nothing was marked."""

    def __init__(self) -> None:
        super().__init__(
            say("This text was corrected in the meantime. It is loaded again; please mark it anew.")
        )


class _Recent:
    """What was read last, so that marking it need not mask it again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Shown] = OrderedDict()
        self._lock = Lock()

    def keep(self, shown: Shown) -> None:
        with self._lock:
            self._kept[shown.mark] = shown
            self._kept.move_to_end(shown.mark)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def get(self, mark: str) -> Shown | None:
        with self._lock:
            return self._kept.get(mark)


_recent = _Recent()


@dataclass(frozen=True)
class Chosen:
    """A stretch that was chosen: in which text, as it was read under `mark`, in masked places."""

    place: Place
    mark: str
    start: int
    end: int


def opened(
    kind: str, key: UUID, *, session: Session, study: Study, account_id: UUID
) -> dict[str, Any]:
    """Return everything a coder sees of an entry or an interview, as plain data.

    Raises:
        CodingError: There is none in this study.
    """
    found = document(kind, key, session=session, study_id=study.id, account_id=account_id)
    places = found.places
    done = finished(session=session, study_id=study.id, places=places)
    standing = visible(
        marking.codings(session=session, study_id=study.id, places=places),
        done,
        account_id=account_id,
    )
    lost = [
        coding
        for coding in marking.lost(session=session, study_id=study.id, places=places)
        if coding.account_id == account_id
    ]
    shown = {part.place: part.shown for part in found.parts if part.place}
    for text in shown.values():
        _recent.keep(text)
    who = coders(session=session, study_id=study.id)
    return {
        "title": "" if hides_groups(study) else found.title,
        "parts": _parts(found),
        "people": _people(found, study, session=session),
        "codes": codebook(session=session, study_id=study.id),
        "marks": [
            plain(each, shown[place_of(each)], who, account_id=account_id) for each in standing
        ],
        "lost": [plain(each, shown[place_of(each)], who, account_id=account_id) for each in lost],
        "finished": all(account_id in done.get(place, ()) for place in places),
        "stands": any(account_id in ids and len(ids) > 1 for ids in done.values()),
    }


def codebook(*, session: Session, study_id: UUID) -> list[dict[str, Any]]:
    """Return the codes that stand, in order, as plain data."""
    return [
        {
            "id": str(branch.code.id),
            "name": branch.code.name,
            "depth": branch.depth,
            "colour": branch.code.colour,
            "description": branch.code.description,
        }
        for branch in branches(session=session, study_id=study_id)
    ]


def _parts(found: Document) -> list[dict[str, Any]]:
    numbers = _numbers(found)
    return [
        {
            "key": part.place.key if part.place else None,
            "mark": part.shown.mark,
            "text": part.shown.text,
            "person": numbers.get(part.person_id),
            "role": part.role,
            "question": dict(part.question),
        }
        for part in found.parts
    ]


def _numbers(found: Document) -> dict[UUID | None, int]:
    """Number the people of a text in the order in which they speak."""
    people = dict.fromkeys(part.person_id for part in found.parts if part.person_id)
    return {key: number for number, key in enumerate(people, start=1)}


def _people(found: Document, study: Study, *, session: Session) -> dict[int, dict[str, Any]]:
    """Say who speaks, where the study does not hide it from coders."""
    if hides_groups(study):
        return {}
    numbers = _numbers(found)
    teams = teams_of(session=session, study_id=study.id)
    people = session.exec(
        select(Person).where(Person.study_id == study.id, col(Person.id).in_(list(numbers)))
    )
    return {
        numbers[person.id]: {
            "code": person.code,
            "team": teams[person.team_id].name if person.team_id in teams else {},
            "role": person.role,
            "nationalities": person.nationalities,
        }
        for person in people
    }


def plain(
    coding: Coding, shown: Shown, who: dict[UUID, Coder], *, account_id: UUID
) -> dict[str, Any]:
    """Return a coding as plain data, in places of the masked text."""
    start, end = shown.to_masked(coding.start, coding.end)
    coder = who.get(coding.account_id) if coding.account_id else None
    return {
        "id": str(coding.id),
        "text": place_of(coding).key,
        "start": start,
        "end": end,
        "code": str(coding.code_id),
        "memo": coding.memo,
        "mine": coding.account_id == account_id and coding.version == "own",
        "decided": coding.version == "decided",
        "coder": coder.label if coder else "",
        "number": coder.number if coder else 0,
    }


def mark(
    chosen: Sequence[Chosen],
    code_ids: Sequence[UUID],
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
) -> list[dict[str, Any]]:
    """Mark what was chosen with codes, and return the marks as plain data.

    Raises:
        ChangedError: A text reads differently by now.
        CodingError: A text or a code is gone, nothing was chosen, or the text is finished.
    """
    made: list[dict[str, Any]] = []
    who = coders(session=session, study_id=study_id)
    for each in chosen:
        shown = _read(each, session=session, study_id=study_id, account_id=account_id)
        start, end = shown.to_original(*shown.whole(each.start, each.end))
        made += [
            plain(coding, shown, who, account_id=account_id)
            for coding in marking.mark(
                each.place,
                start,
                end,
                code_ids,
                session=session,
                study_id=study_id,
                account_id=account_id,
            )
        ]
    return made


def undo(
    kind: str, key: UUID, *, session: Session, study_id: UUID, account_id: UUID
) -> dict[str, Any]:
    """Take back a coder's last step in a text: the keys of what went, and what is back.

    Raises:
        CodingError: There is nothing to take back, or the text is finished.
    """
    found = document(kind, key, session=session, study_id=study_id, account_id=account_id)
    step = marking.undo(found.places, session=session, study_id=study_id, account_id=account_id)
    shown = {part.place: part.shown for part in found.parts if part.place}
    who = coders(session=session, study_id=study_id)
    back = [each for each in step if each in session]
    return {
        "gone": [str(each.id) for each in step if each not in session],
        "back": [plain(each, shown[place_of(each)], who, account_id=account_id) for each in back],
    }


def _read(chosen: Chosen, *, session: Session, study_id: UUID, account_id: UUID) -> Shown:
    """Return the text that a coder had before their eyes.

    Raises:
        ChangedError: It reads differently by now.
    """
    source = original(chosen.place, session=session, study_id=study_id)
    kept = _recent.get(chosen.mark)
    if kept and hmac.compare_digest(sealed(source.text, kept.text), chosen.mark):
        return kept
    now = text_at(chosen.place, session=session, study_id=study_id, account_id=account_id)
    if now.mark != chosen.mark:
        raise ChangedError
    _recent.keep(now)
    return now

"""Find and replace in a whole interview, with a look at every hit first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from data.tables import Turn
from survey.interviews.turns import correct

AROUND = 24


@dataclass(frozen=True)
class Hit:
    """A place where something was found: its turn, and the words around it."""

    turn: Turn
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before it, a few words."""
        cut = max(0, self.start - AROUND)
        return ("…" if cut else "") + self.turn.text[cut : self.start].replace("\n", " ")

    @property
    def found(self) -> str:
        """What was found, as it stands there."""
        return self.turn.text[self.start : self.end]

    @property
    def after(self) -> str:
        """What stands behind it, a few words."""
        cut = self.end + AROUND
        more = "…" if cut < len(self.turn.text) else ""
        return self.turn.text[self.end : cut].replace("\n", " ") + more


def _pattern(wanted: str, *, exact: bool) -> re.Pattern[str]:
    """Match a text literally; an exact one not inside a longer word, and with its capitals."""
    literal = re.escape(wanted)
    if not exact:
        return re.compile(literal, re.IGNORECASE)
    left = r"(?<![^\W_])" if _spaced(wanted[0]) else ""
    right = r"(?![^\W_])" if _spaced(wanted[-1]) else ""
    return re.compile(left + literal + right)


def _spaced(letter: str) -> bool:
    """Whether a letter belongs to a script that puts spaces between words."""
    return letter.isalnum() and ord(letter) < 0x0E00


def find(turns: Iterable[Turn], wanted: str, *, exact: bool = False) -> list[Hit]:
    """Find a text in turns.

    Args:
        turns: Where to look.
        wanted: What to look for, taken literally.
        exact: Whether capitals count and whole words only are found.
    """
    if not wanted:
        return []
    pattern = _pattern(wanted, exact=exact)
    return [
        Hit(turn, match.start(), match.end())
        for turn in turns
        for match in pattern.finditer(turn.text)
    ]


def replace(
    hits: Collection[Hit],
    by: str,
    *,
    session: Session,
    account_id: UUID | None,
    reason: str = "",
) -> int:
    """Replace hits that somebody has looked at, and return in how many turns.

    Raises:
        InterviewError: A turn changed in the meantime, or nothing would be left of it.
    """
    by_turn: dict[UUID, list[Hit]] = {}
    for hit in hits:
        by_turn.setdefault(hit.turn.id, []).append(hit)
    for found in by_turn.values():
        seen = found[0].turn.text
        parts: list[str] = []
        place = 0
        for hit in found:
            parts += [seen[place : hit.start], by]
            place = hit.end
        text = "".join([*parts, seen[place:]])
        correct(
            session.get_one(Turn, found[0].turn.id),
            text,
            seen=seen,
            session=session,
            account_id=account_id,
            reason=reason,
            action="replaced",
        )
    return len(by_turn)

"""Names of people who withdrew, as far as colleagues still mention them.

A withdrawal deletes the name, but colleagues' texts may hold it, and whoever reads them must not.
So nothing is kept for this: the spellings are read back from those very texts, out of the places
where they were masked before.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, or_, select

from data.tables import Passage, Person
from nlp.sources import sources

PLACEHOLDER = re.compile(r"\[([^\[\]]+)\]")
SHORTEST, LONGEST = 2, 60
"""Of a spelling, in code points; what is shorter would hide half the language."""


def gone_names(*, session: Session, study_id: UUID) -> dict[str, list[str]]:
    """Return the spellings of the names of people who withdrew, by code, in order."""
    codes = session.exec(
        select(Person.code).where(
            Person.study_id == study_id, col(Person.withdrawn_at).is_not(None)
        )
    ).all()
    if not codes:
        return {}
    mentioned = session.exec(
        select(Passage).where(
            Passage.study_id == study_id,
            or_(*(col(Passage.masked).contains(f"[{code}]", autoescape=True) for code in codes)),
        )
    ).all()
    if not mentioned:
        return {}
    texts = {
        (source.turn_id or source.response_id, source.path): source.text
        for source in sources(session=session, study_id=study_id)
    }
    found: dict[str, set[str]] = {}
    for passage in mentioned:
        text = texts.get((passage.turn_id or passage.response_id, passage.path), "")
        original = text[passage.start : passage.end]
        for code, spelling in spellings(passage.masked, original, codes=codes):
            found.setdefault(code, set()).add(spelling)
    return {code: sorted(those) for code, those in sorted(found.items())}


def spellings(masked: str, original: str, *, codes: Collection[str]) -> list[tuple[str, str]]:
    """Read from a text what stands behind the placeholders of these codes.

    Args:
        masked: The text with placeholders.
        original: The same text without.
        codes: Whose placeholders are meant.

    Returns:
        Code and spelling; nothing where the two do not fit together, or where placeholders touch
        and it cannot be told which is which.

    Example:
        >>> spellings("Then [P07] and [phone].", "Then Mia and 555 0199.", codes=["P07"])
        [('P07', 'Mia')]
    """
    literals = PLACEHOLDER.split(masked)[::2]
    behind = PLACEHOLDER.findall(masked)
    if any(not between for between in literals[1:-1]):
        return []
    match = re.fullmatch("(.+?)".join(map(re.escape, literals)), original, re.DOTALL)
    if match is None:
        return []
    return [
        (code, spelling.strip())
        for code, spelling in zip(behind, match.groups(), strict=True)
        if code in codes and SHORTEST <= len(spelling.strip()) <= LONGEST
    ]

"""What a quotation says: its words as they are kept, and as they are printed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Passage, Person, Quotation
from nlp.encoders import text_hash
from nlp.privacy.leaving import codes_pattern

PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,60}\]")
"""What masking puts where a name stood; it is quoted whole or not at all."""


def words_of(quotation: Quotation, passage: Passage | None) -> str | None:
    """Return the quoted words as they are masked now; None where they read differently by now."""
    if passage is None:
        return None
    words = passage.masked[quotation.start : quotation.end]
    return words if text_hash(words) == quotation.text_hash else None


def codes_of(*, session: Session, study_id: UUID) -> re.Pattern[str]:
    """Return what finds the codes of a study's people in masked text."""
    codes = session.exec(select(Person.code).where(Person.study_id == study_id)).all()
    return codes_pattern(codes)


def digest(content: Mapping[str, Any] | str) -> str:
    """Return the sha256 of what a person is shown."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without outer white space that cuts no placeholder in two.

    Example:
        >>> whole("ask [P07] first", 3, 6)
        (4, 9)
    """
    for match in PLACEHOLDER.finditer(text):
        if match.start() < start < match.end():
            start = match.start()
        if match.start() < end < match.end():
            end = match.end()
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end

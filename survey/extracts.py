"""Taking somebody's words out of what others noted: stretches repeated word for word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import (
    ChapterText,
    Code,
    CodeEdit,
    Coding,
    CodingTalk,
    Memo,
    Passage,
    ThemeCheck,
    ThemeEdit,
    ThemeRun,
)

GONE = "[…]"
"""What stands where an extract was."""
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
SHORTEST, SHORTEST_EAST_ASIAN = 20, 6
"""Code points from which on the same words in the same order are an extract, not chance."""


def without_extracts(text: str, originals: Iterable[str]) -> str:
    """Return a text with `[…]` for every stretch that stands in one of the originals.

    Args:
        text: What somebody noted.
        originals: Texts that are to be forgotten.

    Example:
        >>> without_extracts("They say: we slept on the floor.", ["And we slept on the floor!"])
        'They say: […].'
    """
    return _without(text, _beginnings(originals))


Beginnings = dict[str, list[tuple[str, int]]]
"""For each shortest extract the originals it stands in, and where."""


def _beginnings(originals: Iterable[str]) -> Beginnings:
    known: Beginnings = {}
    for original in set(originals):
        for place in range(len(original)):
            if beginning := _beginning(original, place):
                known.setdefault(beginning, []).append((original, place))
    return known


def _beginning(text: str, place: int) -> str:
    """Return the shortest extract that could begin at a place; empty where none can."""
    if text[place].isspace():
        return ""
    shortest = SHORTEST_EAST_ASIAN if EAST_ASIAN.match(text[place]) else SHORTEST
    beginning = text[place : place + shortest]
    return beginning if len(beginning) == shortest else ""


def _without(text: str, known: Beginnings) -> str:
    parts: list[str] = []
    place = 0
    while place < len(text):
        found = known.get(_beginning(text, place), ())
        length = max((_alike(text, place, *where) for where in found), default=0)
        if length:
            gone = text[place : place + length]
            parts += [GONE, gone[len(gone.rstrip()) :]]
        else:
            parts.append(text[place])
        place += length or 1
    return "".join(parts)


def _alike(text: str, place: int, original: str, start: int) -> int:
    """Return how many code points are the same from two places on."""
    pairs = zip(text[place:], original[start:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def forget_extracts(passages: Sequence[Passage], *, session: Session) -> None:
    """Take the words of passages out of what researchers of their studies noted.

    Memos on the passages themselves go with them.
    """
    studies = {passage.study_id for passage in passages}
    forget_words([passage.masked for passage in passages], studies=studies, session=session)


def forget_words(texts: Iterable[str], *, studies: Collection[UUID], session: Session) -> None:
    """Take the words of texts out of everything that researchers wrote themselves.

    That is memos, names and descriptions of themes, the authors' paragraphs of the chapter, the
    codebook with its history, and coders' talk. Which rows it touched is recorded as `TAKEN_OUT`,
    so that whoever wrote them can be asked to read them again (`nlp.rereading`).

    Args:
        texts: What is to be forgotten.
        studies: Where it may have been noted.
        session: The caller's transaction.
    """
    said = [text for text in texts if text.strip()]
    notes = list(_notes(studies, session=session)) if said else []
    known = _beginnings(said) if notes else {}
    for study_id, row, names in notes:
        kept = {name: _cleaned(getattr(row, name), known) for name in names}
        if all(kept[name] == getattr(row, name) for name in names):
            continue
        if isinstance(row, Memo | Code | ChapterText):
            row.revision += 1
        row.sqlmodel_update(kept)
        session.add(row)
        record(
            TAKEN_OUT,
            session=session,
            study_id=study_id,
            subject=str(row.__tablename__),
            subject_id=row.id,
        )
    session.flush()


TAKEN_OUT = "words.taken_out"
"""In the history: words that were taken back went out of a text of researchers."""
Note = Memo | Code | CodeEdit | Coding | CodingTalk | ChapterText | ThemeCheck | ThemeEdit
CODEBOOK = ("name", "description", "includes", "excludes", "examples", "memo")
WORDED = ("renamed", "described")
"""The decisions about themes that hold words of people."""
KEYS = frozenset({"codings", "removed", "children"})
"""Of a change of the codebook: keys of rows, no words."""


def _notes(
    studies: Collection[UUID], *, session: Session
) -> Iterator[tuple[UUID, Note, tuple[str, ...]]]:
    """Yield what researchers wrote: the study, the row, and the columns that hold it."""
    columns: dict[type[Any], tuple[str, ...]] = {
        Memo: ("text",),
        Code: CODEBOOK,
        CodeEdit: ("before", "after"),
        CodingTalk: ("text",),
        ChapterText: ("text",),
        ThemeCheck: ("title", "description"),
    }
    for table, names in columns.items():
        for row in session.exec(select(table).where(col(table.study_id).in_(studies))):
            yield row.study_id, row, names
    noted = select(Coding).where(col(Coding.study_id).in_(studies), Coding.memo != "")
    for coding in session.exec(noted):
        yield coding.study_id, coding, ("memo",)
    decided = (
        select(ThemeRun.study_id, ThemeEdit)
        .join(ThemeEdit, col(ThemeEdit.run_id) == col(ThemeRun.id))
        .where(col(ThemeRun.study_id).in_(studies), col(ThemeEdit.action).in_(WORDED))
    )
    for study_id, edit in session.exec(decided):
        yield study_id, edit, ("before", "after")


def _cleaned(value: Any, known: Beginnings) -> Any:  # noqa: ANN401 - a text, or JSON that holds some
    if isinstance(value, str):
        return _without(value, known)
    if isinstance(value, list):
        return [_cleaned(each, known) for each in value]
    if isinstance(value, dict):
        return {
            name: inner if name in KEYS else _cleaned(inner, known) for name, inner in value.items()
        }
    return value

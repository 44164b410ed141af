"""The codebook: codes below codes, every change of which is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.tables import Code, CodeEdit, Coding
from i18n import Refusal, say

COLOURS = ("jade", "indigo", "ochre", "plum", "slate")
"""The colours of the look's series, by name."""
DEEPEST = 6


class CodebookError(Refusal):
    """The codebook cannot be changed so; nothing was changed."""


@dataclass(frozen=True)
class Branch:
    """A code with those below it; `depth` is 0 for codes that stand below none."""

    code: Code
    depth: int
    children: tuple[Branch, ...]

    def walk(self) -> Iterator[Branch]:
        """Yield this branch and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(*, session: Session, study_id: UUID) -> list[Branch]:
    """Return the codes of a study that stand, each with those below it, in order."""
    rows = session.exec(
        select(Code)
        .where(
            Code.study_id == study_id,
            col(Code.removed_at).is_(None),
            col(Code.merged_into).is_(None),
        )
        .order_by(col(Code.position), func.lower(col(Code.name)), col(Code.id))
    ).all()
    keys = {row.id for row in rows}
    below: dict[UUID | None, list[Code]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in keys else None, []).append(row)
    return [_branch(row, 0, below) for row in below.get(None, ())]


def _branch(code: Code, depth: int, below: Mapping[UUID | None, list[Code]]) -> Branch:
    children = tuple(_branch(child, depth + 1, below) for child in below.get(code.id, ()))
    return Branch(code, depth, children)


def branches(*, session: Session, study_id: UUID) -> list[Branch]:
    """Return the codes that stand as one list, each before those below it."""
    return [branch for root in tree(session=session, study_id=study_id) for branch in root.walk()]


def codes(*, session: Session, study_id: UUID) -> dict[UUID, Code]:
    """Return the codes that stand, by key, in the order of the codebook."""
    found = branches(session=session, study_id=study_id)
    return {branch.code.id: branch.code for branch in found}


def uses(*, session: Session, study_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Return for each code how many marks it has and of how many coders; lost ones count."""
    rows = session.exec(
        select(Coding.code_id, func.count(), func.count(func.distinct(col(Coding.account_id))))
        .where(Coding.study_id == study_id, col(Coding.removed_at).is_(None))
        .group_by(col(Coding.code_id))
    )
    return {key: (marks, coders) for key, marks, coders in rows}


def history(*, session: Session, study_id: UUID, code_id: UUID | None = None) -> list[CodeEdit]:
    """Return what was done to the codebook or to one code, the oldest first."""
    wanted = select(CodeEdit).where(CodeEdit.study_id == study_id)
    if code_id is not None:
        wanted = wanted.where(CodeEdit.code_id == code_id)
    return list(session.exec(wanted.order_by(col(CodeEdit.position))))


def code_of(code_id: UUID, *, session: Session, study_id: UUID) -> Code:
    """Return a code of a study that stands.

    Raises:
        CodebookError: There is none.
    """
    code = session.get(Code, code_id)
    if code is None or code.study_id != study_id or code.removed_at or code.merged_into:
        raise CodebookError(
            say("This code is not in the codebook any more. Load the page again to see what is.")
        )
    return code


def fields_of(code: Code) -> dict[str, Any]:
    """Return what can be said about a code, by column."""
    return {name: getattr(code, name) for name in FIELDS}


FIELDS = ("name", "description", "includes", "excludes", "examples", "colour", "memo")

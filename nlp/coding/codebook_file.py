"""A codebook as a table: CSV or Excel, one row a code, out and in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session

from data.history import record
from data.tables import Code
from i18n import Message, say
from nlp.coding.codebook import COLOURS, CodebookError, branches
from nlp.coding.editing import Codebook
from nlp.exporting import comma, excel
from survey.answers import Column, Sheet
from survey.tables import Row, TableError, read_table

Format = Literal["csv", "xlsx"]
JOINT = " > "
"""Stands between the names of the codes that a code stands below."""
COLUMNS = ("code", "below", "description", "includes", "excludes", "examples", "colour", "memo")
TEXTS = ("description", "includes", "excludes", "memo")
MOST_MISTAKES = 20


@dataclass(frozen=True)
class Taken:
    """What was taken from a file: how many codes were made, and how many changed."""

    made: int
    changed: int


def written(
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID | None,
    format: Format,  # noqa: A002 - as asked
) -> bytes:
    """Return a study's codebook as a file, and record that it was taken out."""
    sheet = Sheet(
        name="codebook",
        columns=tuple(Column(name, "text", name) for name in COLUMNS),
        rows=[_row(code, above) for code, above in _with_paths(session, study_id)],
    )
    record("codebook.exported", session=session, study_id=study_id, account_id=account_id)
    if format == "csv":
        return comma.table(sheet)
    return excel.write([sheet]).contents[excel.BOOK]


def _with_paths(session: Session, study_id: UUID) -> list[tuple[Code, list[str]]]:
    """Return the codes in order, each with the names of those above it."""
    above: list[str] = []
    found = []
    for branch in branches(session=session, study_id=study_id):
        above = above[: branch.depth]
        found.append((branch.code, list(above)))
        above = [*above, branch.code.name]
    return found


def _row(code: Code, above: Sequence[str]) -> tuple[str | None, ...]:
    cells = (
        code.name,
        JOINT.join(above),
        code.description,
        code.includes,
        code.excludes,
        "\n".join(example.replace("\n", " ") for example in code.examples),
        code.colour,
        code.memo,
    )
    return tuple(cell or None for cell in cells)


def take(filename: str, content: bytes, book: Codebook) -> Taken:
    """Add the codes of a file to a codebook, and change those that stand at the same place.

    What a cell leaves empty stays as it is; codes that the file does not name stay too.

    Args:
        filename: What the file is called; its ending says what it is.
        content: What is in it.
        book: The codebook in the hands of whoever brings the file.

    Raises:
        CodebookError: Something in it cannot be taken, with the row; nothing is to be kept then.
    """
    try:
        rows = read_table(filename, content)
    except TableError as error:
        raise CodebookError(*error.messages) from error
    known: dict[tuple[str, ...], Code] = {
        tuple(name.casefold() for name in [*above, code.name]): code
        for code, above in _with_paths(book.session, book.study_id)
    }
    guarded = filename.lower().endswith(".csv")
    mistakes: list[Message] = []
    made = changed = 0
    if rows and "code" not in rows[0].cells:
        raise CodebookError(say("The table needs a column called “code”."))
    for row in rows:
        try:
            fresh, different = _take_row(row, known, book, guarded=guarded)
        except CodebookError as error:
            mistakes += [
                say("Row {row}: {problem}", row=row.number, problem=message)
                for message in error.messages
            ]
            continue
        made, changed = made + fresh, changed + different
    if mistakes:
        raise CodebookError(*mistakes[:MOST_MISTAKES])
    return Taken(made, changed)


def _take_row(
    row: Row, known: dict[tuple[str, ...], Code], book: Codebook, *, guarded: bool
) -> tuple[bool, bool]:
    """Take one row; say whether a code was made, and whether one was changed."""

    def cell(name: str) -> str:
        text = row.get(name)
        return _unguarded(text) if guarded else text

    above = [part.strip() for part in cell("below").split(JOINT.strip()) if part.strip()]
    place = tuple(name.casefold() for name in above)
    if above and place not in known:
        raise CodebookError(
            say("There is no code {name} to stand below. Put its row first.", name=cell("below"))
        )
    fields: dict[str, Any] = {name: cell(name) for name in TEXTS if cell(name)}
    if examples := [line.strip() for line in cell("examples").splitlines() if line.strip()]:
        fields["examples"] = examples
    if (colour := cell("colour").lower()) in COLOURS:
        fields["colour"] = colour
    name = " ".join(cell("code").split())
    there = known.get((*place, name.casefold()))
    if there is None:
        parent = known[place].id if above else None
        known[(*place, name.casefold())] = book.make(name, parent_id=parent, **fields)
        return True, False
    revision = there.revision
    return False, book.change(there.id, seen=revision, **fields).revision != revision


def _unguarded(text: str) -> str:
    """Return what we wrote before we guarded it; what others wrote stays as it is."""
    plain = comma.unguarded(text)
    return plain if comma.guarded(plain) == text else text

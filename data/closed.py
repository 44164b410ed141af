"""Keeping a closed study as it is: no row that belongs to it is written any more.

Every session asks before it writes, so that no screen, route or job can forget to. What people may
still do in a closed study is not about what it holds: come in and sign out, be given a role, choose
a PIN, read, take an export out. Withdrawing, reopening, deleting and bringing back are let through
by name (`letting`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from sqlalchemy import event, inspect, literal, select
from sqlalchemy.orm import ORMExecuteState, SessionTransaction
from sqlmodel import Session, SQLModel

from data.study_rows import way, within
from data.tables import Study
from i18n import Refusal, say

FREE = frozenset(
    {
        *("account", "membership", "invite", "sign_in", "pin", "reminding"),
        *("audit_event", "job", "export", "export_request"),
        *("reminder", "letter"),  # what became of those that were on their way
        "quotation_release",  # whether one's words are printed stays one's own to say
    }
)
"""Tables that go on in a closed study."""
LETTING, KNOWN = "letting a closed study change", "closed studies"


class ClosedError(Refusal):
    """The study is closed; nothing was changed."""


def refusal() -> ClosedError:
    """Return what whoever would change a closed study is told."""
    return ClosedError(say("This study is closed. It can be read, and nothing in it changes."))


@contextmanager
def letting(session: Session) -> Iterator[None]:
    """Let what happens in here change closed studies too; it is flushed at the end."""
    before = session.info.get(LETTING, False)
    session.info[LETTING] = True
    try:
        yield
        session.flush()
    finally:
        session.info[LETTING] = before


def check_row(row: SQLModel, *, session: Session) -> None:
    """Make sure that a row may be written.

    Raises:
        ClosedError: It belongs to a closed study.
    """
    if _table(row) in FREE or session.info.get(LETTING):
        return
    closed = _closed(session)
    if closed and _study_of(row, session) in closed:
        raise refusal()


def _closed(session: Session) -> frozenset[UUID]:
    """Return the closed studies, asked once a transaction."""
    if KNOWN not in session.info:
        with session.no_autoflush:
            found = session.connection().execute(
                select(Study.__table__.c.id).where(Study.__table__.c.closed_at.is_not(None))  # type: ignore[attr-defined] # SQLModel hides it
            )
            session.info[KNOWN] = frozenset(found.scalars())
    return cast("frozenset[UUID]", session.info[KNOWN])


def _table(row: object) -> str:
    return str(cast("Any", inspect(type(row))).local_table.name)


def _study_of(row: object, session: Session) -> UUID | None:
    """Return the study a row belongs to, through the rows it cannot be without."""
    while True:
        table = _table(row)
        if table == "study":
            return cast("UUID", row.id)  # type: ignore[attr-defined] # every study has one
        try:
            column, target = way(table)
        except LookupError:
            return None
        key = getattr(row, column)
        if target == "study" or key is None:
            return cast("UUID | None", key)
        found = _row(target, key, session)
        if found is None:
            return None
        row = found


def _row(table: str, key: UUID, session: Session) -> object | None:
    for new in session.new:
        if _table(new) == table and getattr(new, "id", None) == key:
            return cast("object", new)
    model = next(
        mapper.class_
        for mapper in inspect(Study).registry.mappers
        if cast("Any", mapper.local_table).name == table
    )
    with session.no_autoflush:
        return session.get(model, key)


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    if session.info.get(LETTING):
        return
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *changed, *session.deleted):
        check_row(row, session=session)


def _before_bulk(state: ORMExecuteState) -> None:
    """Ask about rows that a statement changes or deletes without loading them."""
    if not (state.is_update or state.is_delete) or state.session.info.get(LETTING):
        return
    statement = cast("Any", state.statement)
    table = statement.table
    session = cast("Session", state.session)
    if table.name in FREE or not (closed := _closed(session)):
        return
    try:
        theirs = within(table, closed)
    except LookupError:
        return
    wanted = select(literal(1)).select_from(table).where(theirs).limit(1)
    if statement.whereclause is not None:
        wanted = wanted.where(statement.whereclause)
    if session.connection().execute(wanted).first() is not None:
        raise refusal()


def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(KNOWN, None)


def watch() -> None:
    """Have every session of this process ask before it writes."""
    event.listen(Session, "before_flush", _before_flush)
    event.listen(Session, "do_orm_execute", _before_bulk)
    event.listen(Session, "after_transaction_end", _ended)

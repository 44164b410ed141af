"""Adding a row unless it is there, in one statement, however many do it at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session

from data.closed import check_row
from data.tables.base import Table

_INSERTS: dict[str, Callable[[Any], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@cache
def _insert(kind: type[Table], dialect: str) -> Executable:
    """Return the statement, made once: making it takes longer than carrying it out."""
    table = inspect(kind).local_table
    insert = _INSERTS[dialect](table).on_conflict_do_nothing(index_elements=["id"])
    return cast("Executable", insert.returning(table.c.id))


def add_once(row: Table, *, session: Session) -> bool:
    """Add a row unless one with its key is there.

    Args:
        row: The row; from now on one of the session's when it was added.
        session: The caller's transaction.

    Returns:
        Whether it was added; else the row of that key stays as it is. A row of that key that
        somebody else is adding is waited for.

    Raises:
        ClosedError: The row belongs to a closed study.
    """
    check_row(row, session=session)
    insert = _insert(type(row), session.get_bind().dialect.name)
    values = {column: getattr(row, column) for column in type(row).model_fields}
    if session.connection().execute(insert, values).first() is None:
        return False
    make_transient_to_detached(row)
    session.add(row)
    return True

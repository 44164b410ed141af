"""Adding a row unless it is there, in one statement, however many do it at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session

from data.tables.base import Table

_INSERTS: dict[str, Callable[[type[Table]], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def add_once(row: Table, *, session: Session) -> bool:
    """Add a row unless one with its key is there.

    Args:
        row: The row; from now on one of the session's when it was added.
        session: The caller's transaction.

    Returns:
        Whether it was added; else the row of that key stays as it is. A row of that key that
        somebody else is adding is waited for.
    """
    kind = type(row)
    values = {column: getattr(row, column) for column in kind.model_fields}
    insert = _INSERTS[session.get_bind().dialect.name](kind)
    insert = insert.values(values).on_conflict_do_nothing(index_elements=["id"])
    if session.exec(insert.returning(kind.id)).first() is None:
        return False
    make_transient_to_detached(row)
    session.add(row)
    return True

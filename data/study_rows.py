"""Which rows of the database belong to a study, whatever table they are in.

A row belongs to a study through its column `study_id` or through the row it cannot be without: a
turn through its interview, a consent through its person. Two tables are shared between studies: an
account belongs to every study in which it is named, a vector to every study in which a passage
reads like the text it was made from.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy import Table as AnyTable

from data.tables import metadata

SHARED = ("account", "embedding", "audit_event")
"""Tables whose rows may belong to several studies, or outlive the one they speak of."""


@cache
def way(table: str) -> tuple[str, str]:
    """Return the column through which a row belongs to a study, and the table it refers to.

    Raises:
        LookupError: The rows of this table belong to no study.
    """
    known = metadata.tables[table]
    if "study_id" in known.columns:
        return "study_id", "study"
    for column in known.columns:
        for key in column.foreign_keys:
            target = key.column.table.name
            if not column.nullable and target != "account":
                return column.name, target
    raise LookupError(table)


def within(table: AnyTable, studies: Collection[UUID]) -> ColumnElement[bool]:
    """Return the condition that a row of a table belongs to one of these studies."""
    if table.name == "study":
        return table.c.id.in_(studies)
    if table.name == "account":
        return _named_in(table, studies)
    if table.name == "embedding":
        passage = metadata.tables["passage"]
        read = select(passage.c.text_hash).where(within(passage, studies))
        return table.c.text_hash.in_(read)
    column, target = way(table.name)
    if target == "study":
        return table.c[column].in_(studies)
    parent = metadata.tables[target]
    return table.c[column].in_(select(parent.c.id).where(within(parent, studies)))


def _named_in(account: AnyTable, studies: Collection[UUID]) -> ColumnElement[bool]:
    """Return the condition that an account is named in a row of one of these studies."""
    named = [
        account.c.id.in_(select(column).where(column.is_not(None), within(table, studies)))
        for table, column in naming_accounts()
    ]
    return or_(false(), *named)


def naming_accounts() -> list[tuple[AnyTable, ColumnElement[UUID]]]:
    """Return every column that names an account, with its table."""
    return [
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "account" for key in column.foreign_keys)
    ]

"""The order in which the rows of one table are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data.backups.archive import Row
from data.tables import metadata


def parents_first(table: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows so that each comes after those of the same table that it refers to.

    Only tables that refer to themselves are read whole for that.
    """
    own = _to_itself(table)
    if not own:
        yield from rows
        return
    waiting = list(rows)
    keys = {row["id"] for row in waiting}
    written: set[object] = {None}
    while waiting:
        ready = [
            row
            for row in waiting
            if all(row.get(name) in written or row.get(name) not in keys for name in own)
        ]
        # Rows that refer to each other in a circle go as they are; the database has the last word.
        yield from ready or waiting
        written.update(row["id"] for row in ready or waiting)
        waiting = [row for row in waiting if row["id"] not in written]


def _to_itself(table: str) -> list[str]:
    known = metadata.tables.get(table)
    if known is None:
        return []
    return [
        str(column.name)
        for column in known.columns
        if any(key.column.table is known for key in column.foreign_keys)
    ]

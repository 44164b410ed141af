"""Making sure that what was deleted is no longer in the files of the database."""

from __future__ import annotations

from sqlalchemy import text

from data.database import engine

PATIENCE = 2000
"""Milliseconds to wait for readers; a later call, or the database itself, does the rest."""


def scrub(url: str | None = None) -> None:
    """Take what was deleted and committed out of the database's files.

    SQLite overwrites deleted content (`secure_delete`), but its write-ahead log still holds the
    pages from before until they are written back and the log is emptied. PostgreSQL keeps deleted
    rows until they are vacuumed; their room is then given to new rows.
    """
    made = engine(url)
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if made.dialect.name != "sqlite":
            connection.execute(text("VACUUM"))
            return
        usual = connection.execute(text("PRAGMA busy_timeout")).scalar_one()
        connection.execute(text(f"PRAGMA busy_timeout = {PATIENCE}"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        connection.execute(text(f"PRAGMA busy_timeout = {usual}"))

"""Putting a backup into a database: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, column, inspect, table, text
from sqlalchemy.engine import make_url

from data.backups.archive import Backup, BackupError, Row, Table
from data.backups.order import parents_first
from data.backups.values import type_of
from data.database import MIGRATIONS, engine
from data.files import place
from i18n import say
from settings import settings

AT_ONCE = 500
ENTRIES = ("response", "draft", "interview", "person", "study")
"""Tables with rows that somebody would miss."""

Finish = Callable[[Connection], None]


def has_entries(url: str | None = None) -> bool:
    """Whether there is anything in a database that a restored backup would overwrite."""
    with engine(url).connect() as connection:
        there = set(inspect(connection).get_table_names())
        return any(
            connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()  # noqa: S608 - ours
            for name in ENTRIES
            if name in there
        )


def load(backup: Backup, *, finish: Finish, url: str | None = None) -> None:
    """Replace everything in a database by what a backup holds, and put its files in their place.

    The new rows are there at once or, if anything goes wrong, not at all. A backup of an earlier
    schema is brought to the present one.

    Args:
        backup: The backup.
        finish: What is to be done with the rows before anybody sees them.
        url: The database; the operator's by default.

    Raises:
        BackupError: The backup is of a schema that this version does not know.
    """
    check_revision(backup)
    for digest in backup.files:
        place(digest, backup.file(digest))
    with _emptied(url or settings().database_url) as connection:
        fill(backup, connection)
        finish(connection)


def fill(backup: Backup, connection: Connection) -> None:
    """Write the rows of a backup into an empty database, brought to the present schema.

    Raises:
        RuntimeError: Rows refer to others that are not in the backup.
    """
    configuration = _configuration(connection)
    command.upgrade(configuration, backup.revision)
    for each in backup.tables:
        _fill(each, backup, connection)
    if connection.dialect.name == "sqlite":
        # Within a transaction it cannot be told to leave foreign keys alone (`env.py`); nobody
        # sees this file before it is whole.
        connection.commit()
    command.upgrade(configuration, "head")
    if connection.dialect.name == "sqlite":
        connection.commit()
        # What is deleted from here on takes along what refers to it.
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def check_revision(backup: Backup) -> None:
    """Make sure that a backup is of a schema that this version knows.

    Raises:
        BackupError: It is of a later one.
    """
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        ScriptDirectory.from_config(configuration).get_revision(backup.revision)
    except CommandError as error:
        raise BackupError(
            say(
                "This backup is of a later version of Zhenqing (schema {revision}). Update first.",
                revision=backup.revision,
            )
        ) from error


def _configuration(connection: Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


@contextmanager
def _emptied(url: str) -> Iterator[Connection]:
    """Open a connection to an empty database that takes the place of the old one in the end."""
    if make_url(url).get_backend_name() == "sqlite":
        with _new_file(url) as connection:
            yield connection
        return
    with engine(url).begin() as connection:
        _drop_everything(connection)
        yield connection


@contextmanager
def _new_file(url: str) -> Iterator[Connection]:
    """Fill a new file beside that of a SQLite database, and exchange them."""
    database = make_url(url).database
    assert database  # noqa: S101 - settings refuse a SQLite database without a file
    path = Path(database)
    fresh = path.with_name(f"{path.name}.restoring")
    _remove(fresh)
    made = engine(f"sqlite:///{fresh}")
    try:
        with made.connect() as connection:
            yield connection
            connection.commit()
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        made.dispose()
        engine(url).dispose()
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        fresh.replace(path)
    finally:
        made.dispose()
        _remove(fresh)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _drop_everything(connection: Connection) -> None:
    """Drop the tables and functions of the schema; not the schema, which may be somebody else's."""
    quote = connection.dialect.identifier_preparer.quote
    for name in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE {quote(name)} CASCADE"))
    functions = connection.execute(
        text(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS "
            "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
    )
    for signature in functions.scalars().all():
        connection.execute(text(f"DROP FUNCTION {signature} CASCADE"))


def _fill(each: Table, backup: Backup, connection: Connection) -> None:
    target = table(each.name, *(column(name, type_of(kind)) for name, kind in each.columns.items()))
    rows: Iterator[Row] = parents_first(each.name, backup.rows(each))
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(target.insert(), some)

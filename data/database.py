"""Opening the database: SQLite that keeps its word, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, create_engine

from data import closed
from i18n import Message, Refusal, say
from settings import settings

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
closed.watch()

# Acknowledged means on disk (FULL), deleted means gone (secure_delete).
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "secure_delete": "ON",
    "foreign_keys": "ON",
    "busy_timeout": "15000",
}


class DatabaseError(Refusal):
    """The database cannot be used as it is."""


def engine(url: str | None = None) -> Engine:
    """Return the one engine of this process for a database; by default the operator's."""
    return _engine(url or settings().database_url)


@cache
def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            hide_parameters=True,  # they are answers and names
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(parsed, hide_parameters=True)
    event.listen(made, "connect", _set_pragmas)
    event.listen(made, "savepoint", _begin)
    return made


def _set_pragmas(connection: Connection, _record: object) -> None:
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _begin(connection: SqlConnection, _name: str) -> None:
    """Begin a transaction before its first savepoint, as Python's driver does before a change.

    Otherwise SQLite would take the savepoint for the transaction, and releasing it would commit.
    """
    if not connection.connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def open_session(url: str | None = None) -> Iterator[Session]:
    """Open a session that rolls back unless the caller commits.

    Args:
        url: The database; the operator's by default.
    """
    # Closing rolls back, and leaves what was read readable.
    with Session(engine(url), expire_on_commit=False) as session:
        yield session


# Alembic is loaded where it is needed: a server that starts has other things to load first.


def _configuration(url: str | None) -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.attributes["engine"] = engine(url)
    return configuration


def migrate(url: str | None = None) -> None:
    """Bring the database to the schema of this code."""
    from alembic import command

    command.upgrade(_configuration(url), "head")


def check_schema(url: str | None = None) -> None:
    """Make sure that the database has the schema of this code.

    Raises:
        DatabaseError: It has not; the sentence says what to run.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    wanted = ScriptDirectory.from_config(_configuration(url)).get_current_head()
    with engine(url).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        raise DatabaseError(
            say("The database is not up to date. Run “python manage.py migrate” and start again.")
        )


def trouble(error: SQLAlchemyError) -> Message:
    """Say for a person what is the matter with the database."""
    text = str(getattr(error, "orig", error)).lower()
    if "full" in text or "no space" in text:
        return say("The server’s disk is full, so this could not be saved. It is still here.")
    if "locked" in text or "busy" in text or "timeout" in text:
        return say("The database was busy, so this could not be saved. Please try again.")
    return say("The database cannot be reached right now. What you wrote is still here.")

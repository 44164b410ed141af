"""Migrations: what was kept is still there afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from data import database
from data.database import engine, migrate

FIRST = "0001"


KINDS: list[tuple[str, Any]] = [
    ("TIME", "2026-06-01 12:00:00"),
    ("DATE", "2026-06-01"),
    ("JSON", "{}"),
    ("BOOL", False),
    ("INT", 1),
    ("FLOAT", 1.0),
    ("BLOB", b"x"),
]
KEY = "0" * 31 + "1"


def a_value(name: str, kind: str) -> Any:
    """Return a value that a column takes; every key is the same, so that rows refer to rows."""
    if name == "id" or name.endswith("_id") or name in {"entered_by", "runner"}:
        return KEY
    return next((value for part, value in KINDS if part in kind.upper()), "x")


def fill(connection: Connection) -> None:
    """Put one row into every table, whatever its columns are."""
    inspector = inspect(connection)
    for table, _ in inspector.get_sorted_table_and_fkc_names():
        if table and table != "alembic_version":
            columns = inspector.get_columns(table)
            row = {each["name"]: a_value(each["name"], str(each["type"])) for each in columns}
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), row)


def counts(connection: Connection) -> dict[str, int]:
    return {
        table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
        for table in inspect(connection).get_table_names()
        if table != "alembic_version"
    }


@pytest.fixture
def old(tmp_path: Path) -> str:
    """Give a database as the first version left it, with a row in every table."""
    url = f"sqlite:///{tmp_path}/old.db"
    command.upgrade(database._configuration(url), FIRST)
    with engine(url).begin() as connection:
        fill(connection)
    return url


def test_every_row_survives_every_migration(old: str) -> None:
    with engine(old).connect() as connection:
        before = counts(connection)
    assert set(before.values()) == {1}
    migrate(old)
    with engine(old).connect() as connection:
        after = counts(connection)
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    engine(old).dispose()
    assert {table: after[table] for table in before} == before


def test_the_migrations_are_one_line() -> None:
    script = ScriptDirectory.from_config(database._configuration("sqlite://"))
    assert len(script.get_heads()) == 1

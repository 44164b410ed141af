"""A backup of an earlier schema is brought to the present one, and loses nothing on the way."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic import command
from sqlalchemy import column, inspect, select, table, text
from sqlmodel import Session

from data import database
from data.backups.archive import FORM, MANIFEST, ROWS, WHAT
from data.backups.values import kind_of, type_of, written
from data.database import engine
from data.tables import metadata
from survey import restoring
from tests.data.test_migrations import counts, fill

REVISION = "0005"


def an_old_backup(path: Path) -> dict[str, int]:
    """Write a backup as it was made when the schema was older, with a row in every table."""
    url = f"sqlite:///{path}.db"
    command.upgrade(database._configuration(url), REVISION)
    with engine(url).begin() as connection:
        fill(connection)
        before = counts(connection)
        tables = []
        with ZipFile(path, "w") as archive:
            for each in metadata.sorted_tables:
                if each.name not in before:
                    continue
                there = {str(c["name"]) for c in inspect(connection).get_columns(each.name)}
                kinds = {c.name: kind_of(c.type) for c in each.columns if c.name in there}
                old = table(each.name, *(column(name, type_of(k)) for name, k in kinds.items()))
                lines = b"".join(
                    json.dumps({name: written(row[name], k) for name, k in kinds.items()}).encode()
                    + b"\n"
                    for row in connection.execute(select(old)).mappings()
                )
                archive.writestr(ROWS.format(each.name), lines)
                tables.append(
                    {
                        "name": each.name, "columns": kinds, "rows": lines.count(b"\n"),
                        "sha256": sha256(lines).hexdigest(),
                    }
                )  # fmt: skip
            manifest = {
                "what": WHAT, "form": FORM, "made_at": "2026-01-01", "revision": REVISION,
                "tables": tables, "files": {}, "missing": [],
            }  # fmt: skip
            archive.writestr(MANIFEST, json.dumps(manifest))
    engine(url).dispose()
    return before


def test_it_is_migrated_and_nothing_is_lost(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()
    if engine().dialect.name != "sqlite":
        pytest.skip("rows that fill every column at random are taken by SQLite alone")
    before = an_old_backup(tmp_path / "old.zip")
    # Every column is filled, so the person has withdrawn; here it is about the rows.
    monkeypatch.setattr(restoring, "apply_withdrawals", lambda session: 0)  # noqa: ARG005 - as it is called
    restoring.restore(tmp_path / "old.zip", overwrite=True)
    with engine().connect() as connection:
        after = counts(connection)
        assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
    assert {name: after[name] for name in before} == before | {"audit_event": 2}


def test_who_had_withdrawn_is_taken_out_with_all_that_refers_to_them(
    session: Session, tmp_path: Path
) -> None:
    session.close()
    if engine().dialect.name != "sqlite":
        pytest.skip("rows that fill every column at random are taken by SQLite alone")
    an_old_backup(tmp_path / "old.zip")
    restoring.restore(tmp_path / "old.zip", overwrite=True)
    with engine().connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
        after = counts(connection)
    assert {after[name] for name in ("response", "response_revision", "passage")} == {0}

"""Writing a backup while the installation goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy import Table as AnyTable

from data.backups.archive import FILES, FORM, MANIFEST, ROWS, STUDY, WHAT, BackupError
from data.backups.values import kind_of, written
from data.database import check_schema, engine
from data.files import content_of
from data.study_rows import within
from data.tables import metadata
from data.tables.base import now
from i18n import say

AT_ONCE = 500
"""Rows that are read together."""


def dump(
    path: Path,
    *,
    url: str | None = None,
    studies: Collection[UUID] | None = None,
    about: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Write everything into one file: all rows as they were at one moment, and all kept files.

    The file appears whole or not at all, and only its owner may read it: it holds names and
    answers. Archives of exports and the notes of withdrawals are not in it.

    Args:
        path: Where to.
        url: The database; the operator's by default.
        studies: What belongs to these only; everything by default.
        about: What is said of it besides.

    Returns:
        The manifest.

    Raises:
        BackupError: It cannot be written there, or a kept file is damaged.
    """
    check_schema(url)
    part = path.with_name(f"{path.name}.part")
    try:
        with _private(part) as target, ZipFile(target, "w", ZIP_DEFLATED) as archive:
            with moment(url) as connection:
                tables = [
                    _rows(table, connection, archive, studies) for table in metadata.sorted_tables
                ]
                revision = MigrationContext.configure(connection).get_current_revision()
                digests = _digests(connection, studies)
            files, missing = _files(digests, archive)
            manifest = {
                "what": WHAT if studies is None else STUDY,
                "form": FORM,
                "made_at": now().isoformat(timespec="seconds"),
                "revision": revision,
                "database": engine(url).dialect.name,
                "tables": tables,
                "files": files,
                "missing": missing,
                "about": dict(about or {}),
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        part.replace(path)
    except OSError as error:
        raise BackupError(say("{file} cannot be written.", file=str(path))) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    """Open a file for writing that nobody else may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())


@contextmanager
def moment(url: str | None = None) -> Iterator[Connection]:
    """Open a connection that sees the database as it is now, whatever is written meanwhile."""
    made = engine(url)
    if made.dialect.name == "sqlite":
        with made.connect() as connection:
            # Python's driver begins a transaction before a change only; a reading one is what
            # keeps SQLite (in WAL mode) at one moment.
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            yield connection
        return
    isolated = made.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with isolated as connection:
        yield connection


def _rows(
    table: AnyTable, connection: Connection, archive: ZipFile, studies: Collection[UUID] | None
) -> dict[str, Any]:
    """Write the rows of a table in the order of their keys, and describe them."""
    kinds = {column.name: kind_of(column.type) for column in table.columns}
    digest, count = sha256(), 0
    wanted = select(table).order_by(*table.primary_key.columns)
    if studies is not None:
        wanted = wanted.where(within(table, studies))
    found = connection.execution_options(yield_per=AT_ONCE).execute(wanted)
    with archive.open(ROWS.format(table.name), "w", force_zip64=True) as target:
        for row in found.mappings():
            values = {name: written(row[name], kind) for name, kind in kinds.items()}
            line = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
            digest.update(line)
            target.write(line)
            count += 1
    return {"name": table.name, "columns": kinds, "rows": count, "sha256": digest.hexdigest()}


def _digests(connection: Connection, studies: Collection[UUID] | None) -> list[str]:
    kept = metadata.tables["attachment"]
    wanted = select(kept.c.sha256).distinct().order_by(kept.c.sha256)
    found = connection.execute(wanted if studies is None else wanted.where(within(kept, studies)))
    return [str(digest) for digest in found.scalars()]


def _files(digests: list[str], archive: ZipFile) -> tuple[dict[str, int], list[str]]:
    """Write the kept files, and say how large they are and which were not there."""
    files: dict[str, int] = {}
    missing = []
    damaged = []
    for digest in digests:
        try:
            content = content_of(digest)
        except FileNotFoundError:
            missing.append(digest)
            continue
        if sha256(content).hexdigest() != digest:
            damaged.append(digest)
            continue
        with archive.open(FILES.format(digest), "w", force_zip64=True) as target:
            target.write(content)
        files[digest] = len(content)
    if damaged:
        raise BackupError(
            *(say("The kept file {file} is damaged on disk.", file=digest) for digest in damaged)
        )
    return files, missing

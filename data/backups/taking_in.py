"""Taking one archived study into a database where others are: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy import Table as AnyTable
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from data import files
from data.backups.archive import Backup, BackupError, Row
from data.backups.loading import check_revision, fill
from data.backups.order import parents_first
from data.study_rows import SHARED, within
from data.tables import metadata
from i18n import say
from settings import settings

AT_ONCE = 500


def take_in(backup: Backup, *, session: Session) -> list[UUID]:
    """Add the rows of an archived study to this database, and put its files in their place.

    The archive is laid out in a database of its own first, so that one of an earlier schema is
    brought to the present one and one that holds more than its study is refused. Accounts, vectors
    and events that are here already stay as they are.

    Args:
        backup: The archive.
        session: The caller's transaction; rolled back when this raises.

    Returns:
        The keys of the studies: the study and what belongs to it.

    Raises:
        BackupError: The archive holds what is not of its study, or rows that others here have.
    """
    check_revision(backup)
    folder = settings().data_folder
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix="bringing-back-") as place:
        made = create_engine(f"sqlite:///{Path(place) / 'study.db'}", hide_parameters=True)
        try:
            with made.connect() as source:
                keys = _laid_out(backup, source)
                for digest in backup.files:
                    files.place(digest, backup.file(digest))
                for table in metadata.sorted_tables:
                    _copy(table, source, session.connection())
        except IntegrityError as error:
            raise BackupError(
                say("Rows of this archive are those of another study here. Nothing was changed.")
            ) from error
        finally:
            made.dispose()
    return keys


def _laid_out(backup: Backup, source: Connection) -> list[UUID]:
    """Fill the empty database with an archive and return the studies in it.

    Raises:
        BackupError: It holds less or more than one study with what belongs to it.
    """
    damaged = BackupError(say("{file} is no archive of one study.", file=str(backup.path)))
    try:
        fill(backup, source)
    except (RuntimeError, ValueError, KeyError, TypeError, SQLAlchemyError) as error:
        raise damaged from error
    study = metadata.tables["study"]
    found = source.execute(select(study.c.id, study.c.parent_id, study.c.kind)).all()
    roots = [key for key, parent, kind in found if kind == "study" and parent is None]
    belonging = [key for key, parent, kind in found if kind != "study" and [parent] == roots]
    keys = [*roots, *belonging]
    if len(roots) != 1 or len(keys) != len(found) or str(roots[0]) != backup.about.get("study"):
        raise damaged
    for table in metadata.sorted_tables:
        count = select(func.count()).select_from(table)
        if source.scalar(count) != source.scalar(count.where(within(table, keys))):
            raise damaged
    return keys


def _copy(table: AnyTable, source: Connection, target: Connection) -> None:
    found = source.execute(select(table).order_by(*table.primary_key.columns))
    rows = parents_first(table.name, (dict(row) for row in found.mappings()))
    while some := list(islice(rows, AT_ONCE)):
        new = _unknown(table, some, target) if table.name in SHARED else some
        if new:
            target.execute(table.insert(), new)


def _unknown(table: AnyTable, rows: Sequence[Row], target: Connection) -> list[Row]:
    """Return those rows whose key is not in the database yet."""
    names = [column.name for column in table.primary_key.columns]
    first = table.c[names[0]]
    asked = select(*table.primary_key.columns).where(first.in_([row[names[0]] for row in rows]))
    there = {tuple(found) for found in target.execute(asked)}
    return [row for row in rows if tuple(row[name] for name in names) not in there]

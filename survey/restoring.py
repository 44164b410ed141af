"""Restoring a backup: everything back, and whoever withdrew since stays gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection
from sqlmodel import Session, select

from data import files
from data.backups import BackupError, dump, has_entries, load, open_backup
from data.database import engine, open_session
from data.history import record
from data.tables import Attachment, Export
from data.tables.base import now
from i18n import say
from settings import settings
from survey.withdrawal import apply_withdrawals


@dataclass(frozen=True)
class Restored:
    """What was restored.

    Attributes:
        made_at: When the backup was made.
        rows: How many rows came back.
        files: How many files.
        missing: Files that were missing when the backup was made.
        withdrawn: People who had withdrawn since, and were taken out again.
    """

    made_at: str
    rows: int
    files: int
    missing: int
    withdrawn: int


def back_up(path: Path) -> tuple[int, int, int]:
    """Write a backup of the whole installation, which may go on meanwhile, and record it.

    Returns:
        How many rows and files are in it, and how many files were not there to be taken.

    Raises:
        BackupError: It cannot be written.
    """
    if not path.parent.is_dir():
        raise BackupError(say("There is no folder {folder}.", folder=str(path.parent)))
    manifest = dump(path)
    rows = sum(int(table["rows"]) for table in manifest["tables"])
    with open_session() as session:
        record("installation.backed_up", session=session, rows=rows, files=len(manifest["files"]))
        session.commit()
    return rows, len(manifest["files"]), len(manifest["missing"])


def restore(path: Path, *, overwrite: bool = False) -> Restored:
    """Replace this installation by what a backup holds.

    Whoever withdrew after the backup was made is taken out again before anybody can see the rows.

    Args:
        path: The backup.
        overwrite: Whether what is here may go.

    Raises:
        BackupError: The backup is damaged, something is here already, or the server is running.
            Nothing was changed.
    """
    backup = open_backup(path)
    with _alone():
        if has_entries() and not overwrite:
            raise BackupError(
                say(
                    "There is a study here already. It was not changed. Back it up first, then "
                    "say --overwrite to put the backup in its place."
                )
            )
        again: list[int] = []
        load(backup, finish=lambda connection: again.append(_finish(connection)))
        with open_session() as session:
            known = set(session.exec(select(Attachment.sha256)).all())
        files.clear_unknown(known)
    return Restored(
        made_at=backup.made_at,
        rows=sum(table.rows for table in backup.tables),
        files=len(backup.files),
        missing=len(backup.missing),
        withdrawn=again[0],
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Make sure that no server of this machine runs; it holds this lock while it has a worker."""
    engine().dispose()
    settings().data_folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings().data_folder / "worker.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise BackupError(
            say("The server is running. Stop it first: what is written now would be lost.")
        ) from error


def _finish(connection: Connection) -> int:
    """Take out who withdrew since, forget archives that no backup holds, and record it."""
    with Session(connection, expire_on_commit=False) as session:
        again = apply_withdrawals(session=session)
        for export in session.exec(select(Export).where(Export.removed_at == None)):  # noqa: E711 - SQL
            export.removed_at = now()
            session.add(export)
        record("installation.restored", session=session, withdrawn=again)
        session.commit()
    return again

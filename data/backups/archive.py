"""The file that a backup is: rows as lines of JSON, kept files, and a manifest of checksums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from data.backups.values import KINDS, Kind, read
from i18n import Message, Refusal, say

MANIFEST = "manifest.json"
WHAT = "zhenqing backup"
STUDY = "zhenqing study"
FORM = 1
ROWS = "rows/{}.jsonl"
FILES = "files/{}"
PIECE = 1 << 20

Row = dict[str, Any]


class BackupError(Refusal):
    """This cannot be backed up, or not be restored."""


@dataclass(frozen=True)
class Table:
    """What a backup holds of a table: what its columns hold, how many rows, their checksum."""

    name: str
    columns: Mapping[str, Kind]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """A backup that was read through: everything in it is as it was written.

    Attributes:
        path: Where it lies.
        made_at: When it was made.
        revision: The schema of its rows.
        tables: In an order in which rows come after those they refer to.
        files: The sha256 of every kept file in it.
        missing: Those that a row named and that were not there: whoever brought them had just
            withdrawn, or the file was lost before.
        about: What else is said of it: of which study it is, where it is of one.
    """

    path: Path
    made_at: str
    revision: str
    tables: tuple[Table, ...]
    files: tuple[str, ...]
    missing: tuple[str, ...]
    about: Mapping[str, str]

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table as the database takes them."""
        with ZipFile(self.path) as archive, archive.open(ROWS.format(table.name)) as lines:
            for line in lines:
                found = json.loads(line)
                yield {name: read(found[name], kind) for name, kind in table.columns.items()}

    def file(self, digest: str) -> bytes:
        """Return a kept file."""
        with ZipFile(self.path) as archive:
            return archive.read(FILES.format(digest))


def open_backup(path: Path, *, what: str = WHAT) -> Backup:
    """Read a backup through and compare everything in it with its manifest.

    Args:
        path: Where it lies.
        what: Of what it must be: `WHAT`, the whole installation, or `STUDY`.

    Raises:
        BackupError: It is none, or damaged; what is wrong is named.
    """
    try:
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            _check_kind(manifest["what"], what, path)
            backup = _described(path, manifest)
            wrong = list(_wrong(archive, backup))
    except (BadZipFile, KeyError, ValueError, TypeError, NotImplementedError) as error:
        raise BackupError(say("{file} is no backup, or it is damaged.", file=str(path))) from error
    except OSError as error:
        raise BackupError(say("{file} cannot be read.", file=str(path))) from error
    if wrong:
        raise BackupError(*wrong)
    return backup


def _check_kind(found: str, wanted: str, path: Path) -> None:
    if found == wanted:
        return
    if found == STUDY:
        raise BackupError(
            say("{file} is the archive of one study. Bring it back as one.", file=str(path))
        )
    if found == WHAT:
        raise BackupError(
            say("{file} is a backup of a whole installation, not of one study.", file=str(path))
        )
    raise ValueError("none of ours")


def _described(path: Path, manifest: Mapping[str, Any]) -> Backup:
    if manifest["form"] != FORM:
        raise ValueError("none of ours")
    tables = tuple(
        Table(each["name"], _kinds(each["columns"]), int(each["rows"]), str(each["sha256"]))
        for each in manifest["tables"]
    )
    return Backup(
        path=path,
        made_at=manifest["made_at"],
        revision=manifest["revision"],
        tables=tables,
        files=tuple(manifest["files"]),
        missing=tuple(manifest["missing"]),
        about={str(name): str(value) for name, value in manifest.get("about", {}).items()},
    )


def _kinds(columns: Mapping[str, str]) -> dict[str, Kind]:
    known: dict[str, Kind] = {kind: kind for kind in KINDS}
    return {name: known[kind] for name, kind in columns.items()}


def _wrong(archive: ZipFile, backup: Backup) -> Iterator[Message]:
    for table in backup.tables:
        if _digest(archive, ROWS.format(table.name)) != table.sha256:
            yield say("The rows of {table} are not what was written.", table=table.name)
    for digest in backup.files:
        if _digest(archive, FILES.format(digest)) != digest:
            yield say("The file {file} is not what was kept.", file=digest)


def _digest(archive: ZipFile, name: str) -> str:
    """Return the sha256 of a member; that of nothing where it is missing or damaged."""
    found = sha256()
    try:
        with archive.open(name) as member:
            while piece := member.read(PIECE):
                found.update(piece)
    except (KeyError, BadZipFile, OSError, EOFError):
        return ""
    return found.hexdigest()

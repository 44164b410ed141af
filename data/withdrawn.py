"""The list of withdrawals that no restored backup undoes.

One small file for each person beside the kept files, in a folder that a backup does not hold and a
restore does not touch. Without it a database restored from before a withdrawal would not know that
the person has gone. It says who only by the key of their row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import fsspec

from settings import settings

FOLDER = "withdrawals"
"""Its name below the place of the kept files; `data.files` never uses it."""


@dataclass(frozen=True)
class Note:
    """That a person withdrew, and when."""

    person_id: UUID
    at: datetime


def _folder() -> str:
    return f"{settings().files_url.rstrip('/')}/{FOLDER}"


def note(*, person_id: UUID, at: datetime) -> None:
    """Write down that a person withdrew.

    It is written before the caller commits: a crash in between leaves the note of somebody who had
    already said that they withdraw, never a withdrawal that a restored backup would undo.
    """
    with fsspec.open(f"{_folder()}/{person_id}.json", "w", auto_mkdir=True) as target:
        json.dump({"at": at.isoformat()}, target)


def noted() -> list[Note]:
    """Return every withdrawal that was ever noted, by person."""
    system, folder = fsspec.core.url_to_fs(_folder())
    if not system.exists(folder):
        return []
    found = []
    for path in sorted(system.glob(f"{folder}/*.json")):
        with system.open(path, "r") as source:
            at = datetime.fromisoformat(json.load(source)["at"])
        found.append(Note(UUID(str(path).rpartition("/")[2].removesuffix(".json")), at))
    return found

"""The archives of exports: kept for a few days beside the files people brought.

They are in a folder of their own, which no backup holds: an archive repeats what is in the
database, and whoever withdraws must not come back with it.
"""

from __future__ import annotations

from uuid import UUID

import fsspec

from settings import settings

FOLDER = "exports"
"""Its name below the place of the kept files; `data.files` never uses it."""


def _address(export_id: UUID) -> str:
    return f"{settings().files_url.rstrip('/')}/{FOLDER}/{export_id}.zip"


def keep(export_id: UUID, content: bytes) -> None:
    """Keep the archive of an export until it is removed."""
    with fsspec.open(_address(export_id), "wb", auto_mkdir=True) as target:
        target.write(content)


def read(export_id: UUID) -> bytes:
    """Return the archive of an export.

    Raises:
        FileNotFoundError: It was removed.
    """
    with fsspec.open(_address(export_id), "rb") as source:
        content = source.read()
    assert isinstance(content, bytes)  # noqa: S101 - fsspec is untyped
    return content


def remove(export_id: UUID) -> None:
    """Remove the archive of an export, if it is still there."""
    system, path = fsspec.core.url_to_fs(_address(export_id))
    if system.exists(path):
        system.rm(path)

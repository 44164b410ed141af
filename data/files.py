"""Files people brought, kept by content hash in a folder or wherever fsspec reaches."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

import fsspec
from sqlalchemy import event
from sqlmodel import Session, select

from data.tables import Attachment
from settings import settings

AT_ONCE = 256 * 1024
"""Bytes of a large file that are in memory at a time."""


def _address(digest: str) -> str:
    return f"{settings().files_url.rstrip('/')}/{digest[:2]}/{digest}"


def keep(
    *, session: Session, study_id: UUID, filename: str, content: bytes, media_type: str = ""
) -> Attachment:
    """Store a file and return its row.

    The file is written before the caller commits the row: a crash in between leaves a file nobody
    refers to, never a row without its file.
    """
    digest = sha256(content).hexdigest()
    place(digest, content)
    guessed = media_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    attachment = Attachment(
        study_id=study_id,
        sha256=digest,
        filename=PurePath(filename).name,
        media_type=guessed,
        size=len(content),
    )
    session.add(attachment)
    return attachment


def place(digest: str, content: bytes) -> None:
    """Write a content where its sha256 says.

    What is there whole is not written again, for a disk that fills up in the middle would destroy
    what somebody else kept.
    """
    system, path = fsspec.core.url_to_fs(_address(digest))
    if not system.exists(path) or system.size(path) != len(content):
        with fsspec.open(_address(digest), "wb", auto_mkdir=True) as target:
            target.write(content)


def read(attachment: Attachment) -> bytes:
    """Return the content of a kept file."""
    return content_of(attachment.sha256)


def content_of(digest: str) -> bytes:
    """Return what is kept under a sha256.

    Raises:
        FileNotFoundError: Nothing is.
    """
    with fsspec.open(_address(digest), "rb") as source:
        content = source.read()
    assert isinstance(content, bytes)  # noqa: S101 - fsspec is untyped
    return content


def exists(attachment: Attachment) -> bool:
    """Whether the content of a kept file is where it should be, whole."""
    system, path = fsspec.core.url_to_fs(_address(attachment.sha256))
    return bool(system.exists(path)) and system.size(path) == attachment.size


def pieces(attachment: Attachment, *, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of a kept file from `start` to `end`, exclusive, a piece at a time."""
    with fsspec.open(_address(attachment.sha256), "rb") as source:
        source.seek(start)
        left = end - start
        while left > 0 and (piece := source.read(min(left, AT_ONCE))):
            left -= len(piece)
            yield piece


def remove(attachment: Attachment, *, session: Session) -> None:
    """Remove a file for good: its row now, its content once the caller commits.

    The content stays while another row has the same. A crash in between leaves a file nobody
    refers to, never a row without its file.
    """
    others = session.exec(
        select(Attachment.id).where(
            Attachment.sha256 == attachment.sha256, Attachment.id != attachment.id
        )
    ).first()
    address = _address(attachment.sha256)
    session.delete(attachment)
    if others is None:
        event.listen(session, "after_commit", lambda _: _delete(address), once=True)


def _delete(address: str) -> None:
    system, path = fsspec.core.url_to_fs(address)
    if system.exists(path):
        system.rm(path)


def discard(digests: Collection[str], *, session: Session) -> int:
    """Delete those of these contents that no row names any more, and count them."""
    gone = 0
    for digest in digests:
        named = session.exec(select(Attachment.id).where(Attachment.sha256 == digest)).first()
        if named is None:
            _delete(_address(digest))
            gone += 1
    return gone


def clear_unknown(known: Collection[str]) -> int:
    """Delete the kept contents that are not among these, and count them."""
    system, root = fsspec.core.url_to_fs(settings().files_url.rstrip("/"))
    gone = 0
    for path in system.glob(f"{root}/??/*"):
        digest = str(path).rpartition("/")[2]
        if len(digest) == 64 and digest not in known:
            system.rm(path)
            gone += 1
    return gone

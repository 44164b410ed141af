"""Files that answer questions: photographs, recordings, documents; each belongs to one entry."""

from __future__ import annotations

import errno
import re
from pathlib import PurePath
from uuid import UUID

from sqlmodel import Session, select

from data import files
from data.tables import Attachment, EntryFile
from i18n import Message, Refusal, say
from survey.file_types import MAX_MEGABYTES, keeps_promise, media_type_for
from survey.traces import TooManyPixelsError, UnreadableError, without_traces
from survey.traces.pictures import MOST_PIXELS

MOST = 100
"""An entry has at most so many files."""
LONGEST = 120


class EntryFileError(Refusal):
    """The file cannot be taken."""


def keep(
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
    instance_id: UUID,
    path: str,
    filename: str,
    content: bytes,
    kind: str,
    longest: int | None = None,
) -> EntryFile:
    """Keep a file as the answer to a question, without where and with what it was made.

    Args:
        session: The caller's transaction.
        study_id: The study.
        account_id: Who brings it.
        instance_id: The entry.
        path: The question.
        filename: What the person calls it; the answer is this name, numbered where it is taken.
        content: What is in it.
        kind: What the question asks for: `image`, `audio`, `video` or `file`.
        longest: How many pixels the longer side of a picture may have.

    Raises:
        EntryFileError: It is too large, of another kind by its content, broken, or one too many;
            or there is no room for it.
    """
    limit = MAX_MEGABYTES[kind]
    if len(content) > limit * 1_000_000:
        raise EntryFileError(say("{name} is larger than {limit} MB.", name=filename, limit=limit))
    found = media_type_for(kind, content)
    if found is None:
        raise EntryFileError(_unfit(filename, kind))
    if kind == "file" and not keeps_promise(filename, content):
        raise EntryFileError(
            say(
                "{name} is not what its name says, or a program. Please choose another file.",
                name=filename,
            )
        )
    content = _untraced(filename, content, found, longest)
    taken = {each.name for each in of_entry(session=session, instance_id=instance_id)}
    if len(taken) >= MOST:
        raise EntryFileError(say("An entry has room for {limit} files.", limit=MOST))
    name = free_name(filename, taken)
    try:
        attachment = files.keep(
            session=session, study_id=study_id, filename=name, content=content, media_type=found
        )
    except OSError as error:
        raise EntryFileError(_no_room(filename, error)) from error
    session.flush()
    entry_file = EntryFile(
        account_id=account_id,
        attachment_id=attachment.id,
        instance_id=instance_id,
        path=path,
        name=name,
    )
    session.add(entry_file)
    return entry_file


def _untraced(filename: str, content: bytes, media_type: str, longest: int | None) -> bytes:
    """Return what is kept of a file.

    Raises:
        EntryFileError: It is broken, or a picture too large to be looked into.
    """
    try:
        return without_traces(content, media_type, longest=longest)
    except TooManyPixelsError as error:
        raise EntryFileError(
            say(
                "{name} has more than {limit} million pixels. Please choose a smaller copy.",
                name=filename,
                limit=MOST_PIXELS // 1_000_000,
            )
        ) from error
    except UnreadableError as error:
        raise EntryFileError(_unfit(filename, media_type.partition("/")[0])) from error


def _no_room(filename: str, error: OSError) -> Message:
    """Say why a file could not be kept; the person still has it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say(
            "The server’s disk is full, so {name} could not be kept. What you wrote is safe.",
            name=filename,
        )
    return say("{name} could not be kept right now. Please try again later.", name=filename)


def _unfit(filename: str, kind: str) -> Message:
    wanted = {
        "image": say("{name} is no picture that can be read here.", name=filename),
        "audio": say("{name} is no recording that can be read here.", name=filename),
        "video": say("{name} is no film that can be read here.", name=filename),
    }
    return wanted.get(kind, say("{name} is empty.", name=filename))


def free_name(filename: str, taken: set[str]) -> str:
    """Return a plain file name that is not taken: `take.jpg`, `take-2.jpg`, ...

    Example:
        >>> free_name("../../Take 3.JPG", {"Take_3.jpg"})
        'Take_3-2.jpg'
    """
    plain = PurePath(filename.replace("\\", "/"))
    stem = re.sub(r"[^\w-]+", "_", plain.stem).strip("_")[:LONGEST] or "file"
    ending = re.sub(r"\W", "", plain.suffix).lower()[:10]
    ending = f".{ending}" if ending else ""
    name, number = f"{stem}{ending}", 2
    while name in taken:
        name, number = f"{stem}-{number}{ending}", number + 1
    return name


def of_entry(*, session: Session, instance_id: UUID) -> list[EntryFile]:
    """Return the files of an entry."""
    return list(session.exec(select(EntryFile).where(EntryFile.instance_id == instance_id)).all())


def read(
    *, session: Session, account_id: UUID, instance_id: UUID, name: str
) -> tuple[str, bytes] | None:
    """Return the media type and content of a file of an author's own entry; None without one."""
    found = _find(session=session, account_id=account_id, instance_id=instance_id, name=name)
    if found is None:
        return None
    attachment = session.get_one(Attachment, found.attachment_id)
    try:
        return attachment.media_type, files.read(attachment)
    except FileNotFoundError:
        return None


def remove(*, session: Session, account_id: UUID, instance_id: UUID, name: str) -> None:
    """Remove a file of an author's own entry for good; one that is not there is no error."""
    found = _find(session=session, account_id=account_id, instance_id=instance_id, name=name)
    if found is None:
        return
    attachment = session.get_one(Attachment, found.attachment_id)
    session.delete(found)
    session.flush()
    files.remove(attachment, session=session)


def _find(*, session: Session, account_id: UUID, instance_id: UUID, name: str) -> EntryFile | None:
    return session.exec(
        select(EntryFile).where(
            EntryFile.account_id == account_id,
            EntryFile.instance_id == instance_id,
            EntryFile.name == name,
        )
    ).first()

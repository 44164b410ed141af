"""Files that people sent with their entries: pictures, sound, film, whatever was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data import files
from data.tables import Attachment, EntryFile, Person, Response, Study
from i18n import say
from nlp.exporting.columns import columns_of
from survey.answers import Sheet

FOLDER = "files"
LARGEST = 256 * 2**20
"""Bytes of all files together; an archive is made in memory."""
UNWRITABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""What no file system takes, or takes for a folder."""


@dataclass(frozen=True)
class Attached:
    """The files of a study.

    Attributes:
        sheet: One row a file; `file` is blank where it is not in the archive.
        contents: The files by their path in the archive.
        people: The keys of those who sent them.
    """

    sheet: Sheet
    contents: Mapping[str, bytes]
    people: set[UUID]


def attached(*, session: Session, study: Study, language: str, largest: int = LARGEST) -> Attached:
    """Return the files that belong to entries that were sent, the oldest entry first.

    What a picture shows cannot be masked: they are for exports in which nothing is.

    Args:
        session: Where to read.
        study: The study.
        language: Of labels.
        largest: Bytes that all files together may have; what is more is listed, not included.
    """
    columns = columns_of(
        language,
        ("entry", "text", say("The entry")),
        ("person", "text", say("Code of the person")),
        ("day", "date", say("Day that the entry is about")),
        ("question", "text", say("Path of the question it answers")),
        ("answer", "text", say("The answer that stands in the entry")),
        ("file", "text", say("The file in this archive; blank where it is too large or missing")),
        ("type", "text", say("Type of the file")),
        ("bytes", "integer", say("Size of the file in bytes")),
        ("sha256", "text", say("Checksum of the file")),
    )
    rows = []
    contents: dict[str, bytes] = {}
    people: set[UUID] = set()
    room = largest
    for kept, attachment, response, code in session.exec(
        select(EntryFile, Attachment, Response, Person.code)
        .join(Attachment, col(Attachment.id) == col(EntryFile.attachment_id))
        .join(Response, col(Response.id) == col(EntryFile.instance_id))
        .join(Person, col(Person.id) == col(Response.person_id))
        .where(Response.study_id == study.id)
        .order_by(col(Response.day), col(Response.id), col(EntryFile.name))
    ):
        path: str | None = f"{FOLDER}/{response.id}/{UNWRITABLE.sub('_', kept.name)}"
        if attachment.size <= room and path not in contents and files.exists(attachment):
            contents[str(path)] = files.read(attachment)
            room -= attachment.size
            people.add(response.person_id)
        else:
            path = None
        rows.append(
            (
                str(response.id),
                code,
                response.day,
                kept.path,
                kept.name,
                path,
                attachment.media_type,
                attachment.size,
                attachment.sha256,
            )
        )
    return Attached(Sheet("attached_files", columns, rows), contents, people)

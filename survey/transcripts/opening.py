"""The first look at a file: its size, whether it is a text or a workbook, what it is not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from data.incidents import note
from i18n import say
from survey.transcripts import limits
from survey.transcripts.cleaning import clean
from survey.transcripts.encodings import Decoded, decode
from survey.transcripts.isolated import open_apart
from survey.transcripts.model import TranscriptError

logger = logging.getLogger(__name__)

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le")
_FOREIGN = (
    # What people upload by mistake: recordings, pictures, archives, pages.
    *(b"ID3", b"RIFF", b"OggS", b"fLaC", b"\xff\xfb", b"\x1aE\xdf\xa3", b"\x00\x00\x00"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ"),
)


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Turn an error that no reader foresaw into a refusal: a file never ends in a traceback."""
    try:
        yield
    except TranscriptError:
        raise
    except Exception as error:
        note(logger, "a transcript could not be read", error)
        raise TranscriptError(say("{file} cannot be read as a transcript.", file=name)) from error


def shown_name(filename: str) -> str:
    """Return a file name fit for a sentence: no folders, no control characters, not endless."""
    return (
        clean(str(filename)).replace("\\", "/").rpartition("/")[2].replace("\n", " ")[:120] or "?"
    )


def check_size(name: str, content: bytes) -> None:
    """Refuse a file that is empty or larger than allowed."""
    if not content.strip(b"\x00 \t\r\n"):
        raise TranscriptError(say("{file} is empty.", file=name))
    if len(content) > limits.FILE_BYTES:
        raise TranscriptError(
            say("{file} is larger than {size} MB.", file=name, size=limits.FILE_BYTES >> 20)
        )


def text_of(name: str, content: bytes) -> Decoded:
    """Return the text of a text file; what is certainly none is refused by its name."""
    start = content[:64].lstrip().lower()
    if start.startswith(b"{\\rtf"):
        raise TranscriptError(
            say("{file} is in Rich Text Format; save it as .docx or .txt.", file=name)
        )
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<tt ", b"<tt>")):
        raise TranscriptError(
            say("{file} is a web page or XML; save it as .docx or .txt.", file=name)
        )
    # A text may begin with ID3 or MZ, if these are somebody's initials; it has no null bytes.
    if b"\x00" in content[:4096] and (content.startswith(_FOREIGN) or content[4:8] == b"ftyp"):
        raise TranscriptError(
            say("{file} is not a text: a recording or picture cannot be read.", file=name)
        )
    decoded = decode(name, content)
    odd = sum(1 for char in decoded.text[:20_000] if char == "\ufffd")
    if odd > len(decoded.text[:20_000]) * 0.1 or not decoded.text.strip():
        raise TranscriptError(say("{file} is not a text.", file=name))
    return decoded


def old_workbook(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of an .xls file; other old Office files are refused."""
    if _WORKBOOK not in content and "Book".encode("utf-16-le") not in content:
        raise TranscriptError(
            say(
                "{file} is in an old or protected Office format; save it as .docx or .xlsx.",
                file=name,
            )
        )
    return workbook_cells(open_apart(name, "xls", content))


def workbook_cells(answer: dict[str, object]) -> list[list[str]]:
    """Return the rows that `open_apart` found, cleaned."""
    rows = answer["rows"]
    return [[clean(cell) for cell in row] for row in rows] if isinstance(rows, list) else []

"""Taking in a questionnaire file: its bytes, its kind, and bounds on what is read."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Literal

from i18n import say
from survey.xlsform.problems import whole_file

Kind = Literal["xlsx", "xls", "csv", "md"]
Source = str | PathLike[str] | bytes | BinaryIO

MAX_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 64_000_000
MAX_PARTS = 1_000
MAX_FILLED_CELLS = 500_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: dict[str, Kind] = {
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xls",
    "csv": "csv",
    "md": "md",
    "markdown": "md",
}
_CELL = re.compile(rb"<(?:v|is)>")
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormFile:
    """A questionnaire file taken into memory.

    Attributes:
        content: The bytes.
        kind: How they are to be read.
        name: The file's name without its ending, None when only bytes were given.
    """

    content: bytes
    kind: Kind
    name: str | None


def take(source: Source, file_type: str | None = None) -> FormFile:
    """Read a questionnaire file into memory, refusing what is too large or of no known kind.

    Args:
        source: A path, the bytes, or a stream of bytes.
        file_type: The ending (`.md`, `xlsx`); found from the content when None.

    Raises:
        FormError: The file is missing, too large, empty, or of a kind that is not read.
    """
    name, ending = None, file_type
    if isinstance(source, str | PathLike):
        path = Path(source)
        name, ending = path.stem, file_type or path.suffix
        content = _read_path(path)
    elif isinstance(source, bytes | bytearray | memoryview):
        content = bytes(source)
    else:
        content = source.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise whole_file(
            say(
                "The file is larger than {limit} megabytes. Remove pictures and sheets that "
                "do not belong to the questionnaire.",
                limit=MAX_BYTES // 1_000_000,
            )
        )
    if not content.strip():
        raise whole_file(say("The file is empty."))
    return FormFile(content, _kind(content, ending), name)


def _read_path(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise whole_file(
            say("The file {name} cannot be opened: {reason}", name=path.name, reason=error.strerror)
        ) from error


def _kind(content: bytes, ending: str | None) -> Kind:
    """Tell the kind: what the bytes say of themselves counts more than the name."""
    if content.startswith(_ZIP):
        return "xlsx"
    if content.startswith(_OLE):
        return "xls"
    named = _KINDS.get((ending or "").lower().lstrip("."))
    if named in ("md", "csv"):
        return named
    if ending and named is None and ending not in (".txt", "txt"):
        raise whole_file(
            say(
                "A questionnaire is a file ending in .xlsx, .xls, .csv or .md; this one ends "
                "in {ending}.",
                ending=ending,
            )
        )
    if named in ("xlsx", "xls"):
        raise whole_file(say("The file is damaged or is not a spreadsheet."))
    table_rows = re.findall(rb"^[ \t]*\|.*\|[ \t]*\r?$", content[:50_000], re.MULTILINE)
    return "md" if len(table_rows) >= 2 else "csv"


def check_archive(content: bytes) -> None:
    """Refuse an .xlsx that unpacks to too much or that declares XML entities.

    Nothing is unpacked further than its allowance, so a zip bomb costs no more than a large file.

    Raises:
        FormError: It is not a readable archive, too large inside, or declares entities.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise _too_much_inside()
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise whole_file(say("The file is damaged or is not a spreadsheet.")) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        # Declarations can only stand before the first element.
        head = stream.read(65_536)
        cells, tail = len(_CELL.findall(head)), head[-8:]
        while part.filename.startswith("xl/worksheets/") and cells <= MAX_FILLED_CELLS:
            block = stream.read(1_000_000)
            if not block:
                break
            cells += len(_CELL.findall(tail + block))
            tail = block[-8:]
    if cells > MAX_FILLED_CELLS:
        raise whole_file(
            say(
                "A sheet has more than {limit} filled cells. Keep long lists in a file of their "
                "own and use select_one_from_file.",
                limit=MAX_FILLED_CELLS,
            )
        )
    if b"\x00" in head:
        head = head.replace(b"\x00", b"")  # UTF-16 and UTF-32 are read as if they were ASCII
    if _DECLARATION.search(head):
        raise whole_file(
            say("The spreadsheet declares XML entities, which is not allowed. Save it again.")
        )


def _too_much_inside() -> Exception:
    return whole_file(
        say(
            "The spreadsheet unpacks to more than {limit} megabytes. Remove what does not "
            "belong to the questionnaire.",
            limit=MAX_UNPACKED_BYTES // 1_000_000,
        )
    )

"""Opens a PDF or Excel file in a process of its own; see `isolated`.

Run as a script: `python -I opener.py KIND BYTES SECONDS`, the file on standard input. It prints
one JSON object: `pages` (lists of lines), `rows` (lists of cells) or `problem` (`encrypted`,
`large`, `damaged`). It imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

MOST_PAGES = 1_000
MOST_CHARACTERS = 16_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_SHEETS = 20


class TooLarge(Exception):  # noqa: N818 - a message within this script
    """The file holds more than an interview."""


class Encrypted(Exception):  # noqa: N818 - a message within this script
    """The file asks for a password."""


def limit(memory: int, seconds: int) -> None:
    """Bound this process's memory (bytes) and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows; the parent's clock still ends us
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def remember_fonts() -> None:
    """Let pypdf read each font of a file once; it does so again for every page.

    Most of the time for a long interview goes there. Should a later version have another inside,
    nothing is changed and files open as slowly as before.
    """
    try:
        from pypdf.generic._font import Font

        font: Any = Font
        read = font.from_font_resource.__func__
    except (ImportError, AttributeError):
        return
    known: dict[int, tuple[Any, Any]] = {}

    def once(cls: type[Any], resource: Any) -> Any:  # noqa: ANN401 - pypdf's own
        # The resource is kept too, so that its id stays its own.
        if id(resource) not in known:
            known[id(resource)] = (resource, read(cls, resource))
        return known[id(resource)][1]

    font.from_font_resource = classmethod(once)


def pages(content: bytes) -> Iterator[list[str]]:
    """Yield the lines of each page of a PDF."""
    import logging

    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    remember_fonts()
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Encrypted
    size = 0
    for number, page in enumerate(reader.pages):
        text = page.extract_text() or ""
        size += len(text)
        if number >= MOST_PAGES or size > MOST_CHARACTERS:
            raise TooLarge
        yield text.split("\n")


def workbook(content: bytes) -> list[list[str]]:
    """Return the rows of the fullest sheet of an .xlsx file."""
    # openpyxl uses numpy where it is installed, which takes longer to start than the file to read.
    modules: dict[str, Any] = sys.modules
    modules["numpy"] = None
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = (sheet.iter_rows(values_only=True) for sheet in book.worksheets[:MOST_SHEETS])
    return fullest(sheets)


def old_workbook(content: bytes) -> list[list[str]]:
    """Return the rows of the fullest sheet of an .xls file."""
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=BytesIO(), on_demand=True)
    return fullest(
        ([_dated(cell, book.datemode) for cell in sheet.row(at)] for at in range(sheet.nrows))
        for sheet in (book.sheet_by_index(at) for at in range(min(book.nsheets, MOST_SHEETS)))
    )


def fullest(sheets: Iterable[Iterable[Iterable[Any]]]) -> list[list[str]]:
    """Return the rows of the sheet with the most text."""
    best: list[list[str]] = []
    most = -1
    total = 0
    for sheet in sheets:
        rows: list[list[str]] = []
        size = 0
        for row in sheet:
            cells = [as_text(value) for _, value in zip(range(MOST_COLUMNS), row, strict=False)]
            while cells and not cells[-1]:
                cells.pop()
            rows.append(cells)
            size += sum(map(len, cells))
            total += 1
            if total > MOST_ROWS or size > MOST_CHARACTERS:
                raise TooLarge
        if size > most:
            best, most = rows, size
    return best


def as_text(value: object) -> str:
    """Write a cell as a person sees it; durations and times of day as time codes."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.year < 1901:  # a duration of over a day
        value = value - dt.datetime(1899, 12, 30, tzinfo=value.tzinfo)
    if isinstance(value, dt.timedelta):
        whole, rest = divmod(round(value.total_seconds() * 1000), 1000)
        clock = f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
        return f"{clock}.{rest:03}" if rest else clock
    if isinstance(value, dt.time):
        return value.isoformat("milliseconds" if value.microsecond else "seconds")
    return str(value)


def _dated(cell: Any, datemode: int) -> object:  # noqa: ANN401 - xlrd has no types
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE and 0 <= cell.value < 1000:
        return dt.timedelta(days=cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return cell.value


def main(kind: str, memory: str, seconds: str) -> None:
    """Open the file on standard input and print what is in it."""
    limit(int(memory), int(seconds))
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        if kind == "pdf":
            answer = {"pages": list(pages(content))}
        else:
            answer = {"rows": workbook(content) if kind == "xlsx" else old_workbook(content)}
        text = json.dumps(answer)
    except Encrypted:
        text = json.dumps({"problem": "encrypted"})
    except (TooLarge, MemoryError):
        text = json.dumps({"problem": "large"})
    except Exception:  # whatever a library says to a broken file, the answer is the same
        text = json.dumps({"problem": "damaged"})
    sys.stdout.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:4])

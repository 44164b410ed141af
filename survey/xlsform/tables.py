"""Reading Markdown tables and CSV files into raw sheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from i18n import say
from survey.xlsform.problems import whole_file
from survey.xlsform.workbook import SHEETS, Allowance, Sheet, Workbook, read_sheet

Line = tuple[int, list[str]]
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"^\s*:?-{2,}:?\s*$")
_COMMENT_AT_END = re.compile(r"^(.*)(#[^|]+)$")


def read_markdown(content: bytes) -> Workbook:
    r"""Read tables as pyxform writes them: the first cell names a sheet, `\|` is a bar.

    Raises:
        FormError: It is not UTF-8 text or holds no table.
    """
    return _workbook(_markdown_lines(_decode(content)))


def read_csv(content: bytes) -> Workbook:
    """Read the CSV form of an XLSForm: the first cell names a sheet, the headings follow.

    Raises:
        FormError: It is not UTF-8 text, not CSV, or holds no sheet.
    """
    text = _decode(content)
    reader = csv.reader(StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise whole_file(
            say(
                "Line {line} of the CSV file cannot be read: {reason}",
                line=reader.line_num,
                reason=error,
            )
        ) from error
    return _workbook(iter(lines))


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise whole_file(
            say("The file is not UTF-8 text (line {line}). Save it as UTF-8.", line=line)
        ) from error


def _markdown_lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), 1):
        kept = line.strip()
        if kept.startswith("#"):
            continue
        if comment := _COMMENT_AT_END.match(kept):
            kept = comment.group(1).rstrip()
        if len(kept) < 2 or not (kept.startswith("|") and kept.endswith("|")):
            continue
        cells = _PIPE.split(kept[1:-1])
        filled = [cell for cell in cells if cell.strip()]
        if filled and all(map(_SEPARATOR.match, filled)):
            continue
        yield number, [cell.strip().replace("\\|", "|") for cell in cells]


def _workbook(lines: Iterator[Line]) -> Workbook:
    """Cut the lines into sheets at the lines whose first cell is filled."""
    blocks: dict[str, list[Line]] = {}
    names: list[str] = []
    block: list[Line] | None = None
    for number, cells in lines:
        if cells and cells[0].strip():
            name = cells[0].strip()
            if name.lower() not in blocks:
                names.append(name)
            block = blocks.setdefault(name.lower(), [])
            if any(cell.strip() for cell in cells[1:]):
                block.append((number, cells[1:]))
        elif block is not None:
            block.append((number, cells[1:]))
    if not blocks:
        raise whole_file(
            say("The file holds no table of a questionnaire: a sheet named survey is needed.")
        )
    allowance = Allowance()
    sheets: dict[str, Sheet] = {}
    for name, block_lines in blocks.items():
        known = name if name in SHEETS else "survey" if len(blocks) == 1 else None
        if known:
            sheets[known] = read_sheet(known, _numbered(block_lines), allowance, _text)
    return Workbook(sheets, names)


def _text(cell: str | None) -> str | None:
    return cell


def _numbered(lines: list[Line]) -> Iterator[tuple[int, int | None, Sequence[str | None]]]:
    """Number the rows of a sheet; blank lines above the headings do not count."""
    number = 0
    for line, cells in lines:
        texts = [cell.strip() or None for cell in cells]
        if number or any(texts):
            number += 1
            yield number, line, texts

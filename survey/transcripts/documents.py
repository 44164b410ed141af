"""A word processor's document: paragraphs and tables, whatever the file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from survey.transcripts import columns, limits
from survey.transcripts.cleaning import clean
from survey.transcripts.detection import Script
from survey.transcripts.labels import read_script
from survey.transcripts.model import Reading


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as stretches of text, each with whether it is bold."""

    runs: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The paragraph's text; line breaks as newlines."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is its paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    def cells(self) -> list[list[str]]:
        """The texts of the cells."""
        return [
            ["\n".join(clean(paragraph.text) for paragraph in cell) for cell in row]
            for row in self.rows
        ]


def read_blocks(
    filename: str, blocks: Sequence[Paragraph | Table], choice: str | None = None
) -> Reading:
    """Read paragraphs and tables as turns.

    A table that holds most of the words and has a column of speakers is the transcript; any
    other table is layout, and its cells are read like paragraphs.

    Raises:
        TranscriptError: If nothing is said in it.
    """
    rows = _main_table(blocks)
    wanted = choice is not None and choice.startswith("columns:")
    if rows and (wanted or (choice is None and _is_transcript(rows, blocks))):
        return columns.read_rows(filename, rows, choice)
    return read_script(filename, _script(flattened(blocks)), choice)


def _main_table(blocks: Iterable[Paragraph | Table]) -> list[list[str]]:
    """Return the rows of all tables as wide as the one with the most cells."""
    tables = [block.cells() for block in blocks if isinstance(block, Table)]
    tables = [table for table in tables if table]
    if not tables:
        return []
    widest = max(tables, key=lambda table: sum(len(row) for row in table))
    width = max(len(row) for row in widest)
    return [row for table in tables if max(map(len, table)) == width for row in table]


def _is_transcript(rows: list[list[str]], blocks: Iterable[Paragraph | Table]) -> bool:
    found = columns.detect(rows)
    if found is None or found.speaker is None:
        return False
    inside = sum(len(cell) for row in rows for cell in row)
    outside = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    return inside > outside


def flattened(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph]:
    """Yield paragraphs, those of a table's row one below the other."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell)


def _script(paragraphs: Iterable[Paragraph]) -> Script:
    lines: list[str] = []
    bold: dict[int, int] = {}
    for paragraph in islice(paragraphs, limits.LINES + 1):
        for line, lead in _lines(paragraph):
            if lead:
                bold[len(lines)] = lead
            lines.append(line)
    return Script(lines, bold)


def _lines(paragraph: Paragraph) -> list[tuple[str, int]]:
    """Return the lines of a paragraph, each with the number of bold characters it begins with."""
    lines: list[tuple[str, int]] = []
    text, lead, leading = "", 0, True
    for run, bold in paragraph.runs:
        pieces = clean(run).split("\n")
        for at, piece in enumerate(pieces):
            if at:
                lines.append((text, lead))
                text, lead, leading = "", 0, True
            leading = leading and (bold or not piece.strip())
            text += piece
            if leading and bold:
                lead = len(text)
    lines.append((text, lead))
    return lines

"""OpenDocument texts (.odt) and spreadsheets (.ods).

odfpy builds a tree of Python objects, slowly, and keeps deleted text; the content part is read
directly (OpenDocument 1.3, part 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from survey.transcripts import limits
from survey.transcripts.cleaning import clean
from survey.transcripts.documents import Paragraph, Table, flattened, read_blocks
from survey.transcripts.model import Reading
from survey.transcripts.packages import Package, attribute, local, nearest

CONTENT = "content.xml"
_NOT_SAID = frozenset(
    {"tracked-changes", "annotation", "note", "sequence-decls", "forms", "ruby-text", "bookmark"}
)


def kind(package: Package) -> str | None:
    """Return `odt` or `ods`, None if this is neither."""
    if CONTENT not in package.names or "mimetype" not in package.names:
        return None
    mimetype = package.part("mimetype")[:200].decode("ascii", errors="replace").strip()
    if mimetype.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    return None


def read_opendocument(package: Package, choice: str | None = None) -> Reading:
    """Read an OpenDocument text as turns."""
    root = package.xml(CONTENT)
    bold = frozenset(_bold_styles(root))
    body = next((one for one in root if local(one) == "body"), root)
    return read_blocks(package.filename, list(_blocks(body, bold)), choice)


def rows(package: Package) -> list[list[str]]:
    """Return the rows of the spreadsheet's fullest table."""
    root = package.xml(CONTENT)
    tables = [_cells(table) for table in root.iter("{*}table") if local(table) == "table"]
    return max(tables, key=lambda table: sum(map(len, table)), default=[])


def _cells(table: etree._Element) -> list[list[str]]:
    """Return cell texts; a count repeats empty cells only, no transcript repeats words that way."""
    found: list[list[str]] = []
    for row in islice(table.iter("{*}table-row"), limits.ROWS):
        cells: list[str] = []
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            times = _count(attribute(cell, "number-columns-repeated"))
            text = "\n".join(clean(block.text) for block in _paragraphs(cell))
            cells.extend([text] * min(times if not text else 1, limits.COLUMNS - len(cells)))
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    return found


def _count(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 1


def _bold_styles(root: etree._Element) -> Iterator[str]:
    for style in root.iter("{*}style"):
        for properties in style:
            if local(properties) == "text-properties":
                weight = attribute(properties, "font-weight") or ""
                name = attribute(style, "name")
                if name and (weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600)):
                    yield name


def _blocks(element: etree._Element, bold: frozenset[str]) -> Iterator[Paragraph | Table]:
    for child in element:
        name = local(child)
        if name in {"p", "h"}:
            yield Paragraph(tuple(_runs(child, bold, attribute(child, "style-name") in bold)))
        elif name == "table":
            rows = (row for row in child.iter("{*}table-row") if nearest(row, "table") is child)
            yield Table(tuple(_row(row, bold) for row in rows))
        elif name not in _NOT_SAID:
            yield from _blocks(child, bold)


def _row(row: etree._Element, bold: frozenset[str]) -> tuple[tuple[Paragraph, ...], ...]:
    cells = (cell for cell in row if local(cell) == "table-cell")
    return tuple(tuple(flattened(_blocks(cell, bold))) for cell in cells)


def _paragraphs(cell: etree._Element) -> Iterator[Paragraph]:
    return flattened(_blocks(cell, frozenset()))


def _runs(
    element: etree._Element, bold: frozenset[str], is_bold: bool
) -> Iterator[tuple[str, bool]]:
    if element.text:
        yield _collapsed(element.text), is_bold
    for child in element:
        name = local(child)
        if name == "tab":
            yield "\t", is_bold
        elif name == "line-break":
            yield "\n", is_bold
        elif name == "s":
            yield " " * min(_count(attribute(child, "c")), 1_000), is_bold
        elif name and name not in _NOT_SAID:
            inner = is_bold or (name == "span" and attribute(child, "style-name") in bold)
            yield from _runs(child, bold, inner)
        if child.tail:
            yield _collapsed(child.tail), is_bold


def _collapsed(text: str) -> str:
    """Collapse white space as OpenDocument prescribes; real spaces and breaks are elements."""
    if not text.strip():
        return " "
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    return left + " ".join(text.split()) + right

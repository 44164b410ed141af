"""Word documents (.docx, .docm): what their paragraphs and tables say; macros are never looked at.

python-docx leaves out what stands in insertions under review and in content controls, which is
spoken text all the same; so the main part is read directly (ECMA-376, part 1, 17.3).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from survey.transcripts.documents import Paragraph, Table, flattened, read_blocks
from survey.transcripts.model import Reading
from survey.transcripts.packages import Package, attribute, local, nearest

MAIN_PART = "word/document.xml"
_NOT_SAID = frozenset(
    # Properties, deleted and moved-away text, the second copy of a text box, ruby, field codes.
    {"pPr", "rPr", "del", "moveFrom", "Fallback", "rt", "sectPr", "instrText", "delText"}
)
_OFF = frozenset({"0", "false", "off", "none"})


def main_part(package: Package) -> str | None:
    """Return the name of the part with the text, None if this is no Word document."""
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = (attribute(relation, "Target") or "").lstrip("/")
                if target in package.names:
                    return target if target.startswith("word/") else None
    return MAIN_PART if MAIN_PART in package.names else None


def read_word(package: Package, part: str, choice: str | None = None) -> Reading:
    """Read a Word document as turns."""
    return read_blocks(package.filename, list(_blocks(package.xml(part))), choice)


def _blocks(element: etree._Element) -> Iterator[Paragraph | Table]:
    for child in element:
        name = local(child)
        if name == "p":
            yield _paragraph(child)
        elif name == "tbl":
            rows = (row for row in child.iter("{*}tr") if nearest(row, "tbl") is child)
            yield Table(tuple(_row(row) for row in rows))
        elif name not in _NOT_SAID:
            yield from _blocks(child)


def _row(row: etree._Element) -> tuple[tuple[Paragraph, ...], ...]:
    cells = (cell for cell in row.iter("{*}tc") if nearest(cell, "tr") is row)
    return tuple(tuple(flattened(_blocks(cell))) for cell in cells)


def _paragraph(element: etree._Element) -> Paragraph:
    return Paragraph(tuple(_runs(element, bold=False)))


def _runs(element: etree._Element, *, bold: bool) -> Iterator[tuple[str, bool]]:
    for child in element:
        name = local(child)
        if name in _NOT_SAID:
            continue
        if name == "t":
            yield child.text or "", bold
        elif name in {"tab", "ptab"}:
            yield "\t", bold
        elif name in {"br", "cr"}:
            yield "\n", bold
        elif name == "noBreakHyphen":
            yield "-", bold
        elif name == "p":  # a text box inside a paragraph
            yield "\n", bold
            yield from _runs(child, bold=False)
        elif name == "r":
            yield from _runs(child, bold=_is_bold(child))
        else:
            yield from _runs(child, bold=bold)


def _is_bold(run: etree._Element) -> bool:
    for properties in run:
        if local(properties) == "rPr":
            for one in properties:
                if local(one) == "b":
                    return (attribute(one, "val") or "1") not in _OFF
                if local(one) == "rStyle" and attribute(one, "val") == "Strong":
                    return True
    return False

"""The chapter as a Word document with real styles."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from nlp.chapter.document import Block, Document, Figure, Heading, Paragraph, Quotation, Table

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

EAST_ASIAN_FONT = "Noto Sans CJK SC"


def _clean(text: str) -> str:
    return CONTROL.sub("", text)


def render(document: Document) -> bytes:
    """Write a document as .docx: headings, captions, quotations and tables in their styles."""
    import docx

    word = docx.Document()
    _prepare(word, document)
    word.add_heading(_clean(document.title), level=1)
    for block in document.blocks:
        _add(word, block)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _prepare(word: Any, document: Document) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt

    word.core_properties.title = _clean(document.title)
    word.core_properties.author = ""
    word.core_properties.language = document.language
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption"):
        fonts = word.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
    normal = word.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.25
    # The notice stands on every page.
    word.sections[0].header.paragraphs[0].text = _clean(document.notice)


def _add(word: Any, block: Block) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.shared import Cm

    match block:
        case Heading(text, level):
            word.add_heading(_clean(text), level=level)
        case Paragraph(text, quiet):
            run = word.add_paragraph().add_run(_clean(text))
            run.italic = quiet
        case Quotation(text, note):
            word.add_paragraph(_clean(text), style="Quote")
            word.add_paragraph(_clean(note), style="Caption")
        case Table(caption, head, rows):
            word.add_paragraph(_clean(caption), style="Caption")
            table = word.add_table(rows=0, cols=len(head), style="Light Grid")
            for cells in (head, *rows):
                for cell, text in zip(table.add_row().cells, cells, strict=True):
                    cell.text = _clean(text)
        case Figure(caption, alternative, _, png):
            picture = word.add_picture(BytesIO(png), width=Cm(16))
            picture._inline.docPr.set("descr", _clean(alternative))  # noqa: SLF001 - python-docx has no other way to give an alt text
            word.add_paragraph(_clean(caption), style="Caption")

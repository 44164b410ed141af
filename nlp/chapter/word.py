"""The chapter as a Word document with real styles."""

from __future__ import annotations

import re
from io import BytesIO
from struct import unpack
from typing import Any

from nlp.chapter.document import Block, Document, Figure, Heading, Paragraph, Quotation, Table
from nlp.chapter.word_fields import add_caption, add_contents, keep_rows, mark

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

LATIN_FONT, EAST_ASIAN_FONT = "Georgia", "Noto Serif CJK SC"
PAGE, MARGIN, TEXT_WIDTH, TALLEST = (21.0, 29.7), 2.5, 15.5, 19.0
"""In cm: an A4 page, the margin above and below, how wide the text is, and how tall a picture
may be so that its caption stands on the same page."""
WIDE = 6
"""Columns from which a table is set smaller, so that its words stay whole."""
INK, QUIET = "1F1B16", "525D65"
SIZES = {"Heading 1": 22, "Heading 2": 15, "Heading 3": 12.5, "Quote": 11.5, "Caption": 9}
QUOTE_LANGUAGE = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ja": "ja-JP", "ko": "ko-KR"}
"""Tags that word processors know the East Asian languages by."""


def _clean(text: str) -> str:
    return CONTROL.sub("", text)


def render(document: Document) -> bytes:
    """Write a document as .docx: headings, captions, quotations and tables in their styles."""
    import docx

    word = docx.Document()
    _prepare(word, document)
    word.add_heading(_clean(document.title), level=1)
    if document.contents:
        add_contents(word, document)
    after = [*document.blocks[1:], None]
    for place, (block, following) in enumerate(zip(document.blocks, after, strict=False)):
        _add(word, block, place)
        if isinstance(block, Paragraph) and isinstance(following, Figure):
            word.paragraphs[-1].paragraph_format.keep_with_next = True
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _prepare(word: Any, document: Document) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = map(Cm, PAGE)
    section.left_margin = section.right_margin = Cm((PAGE[0] - TEXT_WIDTH) / 2)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    word.core_properties.title = _clean(document.title)
    word.core_properties.author = ""
    word.core_properties.language = document.language
    for name in ("Normal", *SIZES):
        style = word.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.name = LATIN_FONT
        fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
        style.font.size = Pt(SIZES.get(name, 11))
        style.font.color.rgb = RGBColor.from_string(QUIET if name == "Caption" else INK)
        style.font.bold = name.startswith("Heading")
        if name in {"Heading 2", "Heading 3"}:
            style.paragraph_format.space_before = Pt(16)
            style.paragraph_format.space_after = Pt(4)
    word.styles["Normal"].paragraph_format.line_spacing = 1.3
    for name in ("List", "List 2"):
        word.styles[name].paragraph_format.space_after = Pt(2)
    word.styles["Quote"].font.italic = False
    word.styles["Quote"].paragraph_format.left_indent = Pt(18)
    word.styles["Quote"].paragraph_format.keep_with_next = True
    # The notice stands on every page.
    header = word.sections[0].header.paragraphs[0]
    header.text = _clean(document.notice)
    header.style = word.styles["Caption"]


def _add(word: Any, block: Block, place: int) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.shared import Cm, Pt

    match block:
        case Heading(text, level):
            mark(word.add_heading(_clean(text), level=level), place)
        case Paragraph(text, quiet):
            word.add_paragraph(_clean(text), style="Caption" if quiet else None)
        case Quotation(text, note, language, translation):
            said = word.add_paragraph(style="Quote").add_run(_clean(text))
            _speak(said, language)
            if translation:
                word.add_paragraph(_clean(translation), style="Quote")
            below = word.add_paragraph(_clean(note), style="Caption")
            below.paragraph_format.left_indent = Pt(18)
        case Table():
            _add_table(word, block)
        case Figure(_, alternative, _, png):
            picture = word.add_picture(BytesIO(png), width=Cm(_width(png)))
            word.paragraphs[-1].paragraph_format.keep_with_next = True
            picture._inline.docPr.set("descr", _clean(alternative))  # noqa: SLF001 - python-docx has no other way to give an alt text
            add_caption(word, block.label, _clean(block.caption))


def _width(png: bytes) -> float:
    """Return how wide a picture stands, in cm: as the text, less where it would pass the page."""
    width, height = unpack(">II", png[16:24])  # where every PNG has its size
    return min(TEXT_WIDTH, TALLEST * float(width) / float(height))


def _speak(run: Any, language: str) -> None:  # noqa: ANN401 - python-docx is untyped
    """Tell the word processor a quotation's language, for its spelling checker and its fonts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if language in {"und", "mul", ""}:
        return
    element = OxmlElement("w:lang")
    if language in QUOTE_LANGUAGE:
        element.set(qn("w:eastAsia"), QUOTE_LANGUAGE[language])
    else:
        element.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(element)  # noqa: SLF001 - as above


def _add_table(word: Any, block: Table) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.shared import Pt

    caption = add_caption(word, block.label, _clean(block.caption))
    caption.paragraph_format.keep_with_next = True
    table = word.add_table(rows=len(block.rows) + 1, cols=len(block.head), style="Table Grid")
    # Asking a table for a cell reads all of it again; its rows' own elements do not.
    for number, (row, cells) in enumerate(zip(table.rows, (block.head, *block.rows), strict=True)):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].paragraph_format.line_spacing = 1.1
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            run = cell.paragraphs[0].add_run(_clean(text))
            run.font.size = Pt(9.5 if len(block.head) < WIDE else 8.5)
            run.font.bold = number == 0
    keep_rows(table)
    word.add_paragraph()

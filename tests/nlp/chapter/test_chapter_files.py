"""The chapter as files: nothing is lost, nothing becomes markup."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from PIL import Image

from nlp.chapter import html, markdown, word
from nlp.chapter.document import Document, Figure, Heading, Paragraph, Quotation, Table

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)
NASTY = "=HYPERLINK(1) <script>alert(1)</script> *stars* | pipe \x00\x0b 真情 🎬"


def a_document(text: str) -> Document:
    document = Document(title="Title", language="zh-Hans", notice="draft")
    document.add(
        Heading(text),
        Paragraph(text),
        Quotation(text, "not released", "zh-Hans"),
        Table("caption", ("a", "b"), ((text, "1"),)),
        Figure("caption", text, "<svg xmlns='http://www.w3.org/2000/svg'></svg>", PIXEL),
    )
    return document


def test_nothing_somebody_wrote_becomes_markup() -> None:
    page = html.render(a_document(NASTY)).decode()
    assert "<script>" not in page
    tree = lxml_html.fromstring(page.replace("\x00", ""))
    assert "<script>alert(1)</script>" in tree.xpath("string(//blockquote/p)")
    assert "<script>" not in markdown.render(a_document(NASTY)).decode()


def test_word_opens_and_holds_every_part() -> None:
    written = docx.Document(BytesIO(word.render(a_document(NASTY))))
    said = [paragraph.text for paragraph in written.paragraphs]
    assert sum("真情 🎬" in text for text in said) == 3
    assert written.tables[0].cell(1, 0).text.endswith("真情 🎬")
    assert written.sections[0].header.paragraphs[0].text == "draft"
    assert {p.style.name for p in written.paragraphs if p.style} >= {
        "Heading 1",
        "Quote",
        "Caption",
    }


@pytest.mark.parametrize(("wide", "tall"), [(1000, 400), (1000, 4000)])
def test_a_picture_stands_within_the_text_of_a_page(wide: int, tall: int) -> None:
    png = BytesIO()
    Image.new("L", (wide, tall)).save(png, "png")
    document = Document(title="Title", language="en", notice="")
    document.add(Figure("caption", "text", "<svg></svg>", png.getvalue()))
    written = docx.Document(BytesIO(word.render(document)))
    section: Any = written.sections[0]
    picture = written.inline_shapes[0]
    assert picture.width <= section.page_width - section.left_margin - section.right_margin
    assert picture.height < section.page_height - section.top_margin - section.bottom_margin
    assert picture.width / picture.height == pytest.approx(wide / tall, rel=0.01)


def test_a_picture_says_what_it_shows() -> None:
    package = zipfile.ZipFile(BytesIO(word.render(a_document("who talks about money"))))
    assert 'descr="who talks about money"' in package.read("word/document.xml").decode()


def test_a_quotation_keeps_its_language() -> None:
    page = html.render(a_document("x")).decode()
    assert '<p lang="zh-Hans">x</p>' in page


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    package = zipfile.ZipFile(BytesIO(word.render(a_document(text))))
    ET.fromstring(package.read("word/document.xml"))
    assert html.render(a_document(text))
    assert markdown.render(a_document(text))


@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_the_notice_is_there(render: object) -> None:
    assert b"draft" in render(a_document("x"))  # type: ignore[operator] # one of the two

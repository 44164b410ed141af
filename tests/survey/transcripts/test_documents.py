"""Word, OpenDocument and PDF files, written by other libraries."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.text import P, Span

from bench.transcript_files import pdf_of
from survey.transcripts import TranscriptError, read


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read_pairs(name: str, content: bytes) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in read(name, content).turns]


def test_word_paragraphs_in_chinese_with_four_speakers() -> None:
    document = Document()
    said = [
        ("主持人", "请介绍一下。"),
        ("陈导", "我是导演。"),
        ("李想", "我写剧本。"),
        ("王小梅", "我演。"),
    ] * 2
    for speaker, words in said:
        document.add_paragraph(f"{speaker}：{words}")
    assert read_pairs("访谈.docx", saved(document)) == said


def test_bold_names_without_a_colon() -> None:
    document = Document()
    for speaker, words in [("Anna", "Hello."), ("Ben", "Hi."), ("Anna", "So?"), ("Ben", "Well.")]:
        paragraph = document.add_paragraph()
        paragraph.add_run(speaker).bold = True
        paragraph.add_run(f" {words}")
    transcript = read("a.docx", saved(document))
    assert [(turn.speaker, turn.text) for turn in transcript.turns][:2] == [
        ("Anna", "Hello."),
        ("Ben", "Hi."),
    ]
    assert transcript.convention == "bold"


def test_a_table_with_headings_and_times() -> None:
    document = Document()
    document.add_paragraph("Interview 7")
    table = document.add_table(rows=0, cols=3)
    for row in [
        ("Time", "Speaker", "Content"),
        ("00:00:05", "Anna", "Hello."),
        ("00:00:09", "Ben", "Hi."),
    ]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    transcript = read("a.docx", saved(document))
    assert [(turn.speaker, turn.start, turn.text) for turn in transcript.turns] == [
        ("Anna", 5.0, "Hello."),
        ("Ben", 9.0, "Hi."),
    ]
    assert transcript.columns == ("Time", "Speaker", "Content")


def test_insertions_under_review_count_and_deletions_do_not() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    document.add_paragraph("Anna: Hello.")
    paragraph = document.add_paragraph("Ben: I ")
    for xml in (
        "<w:ins {}><w:r><w:t>really </w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>never </w:delText></w:r></w:del>",
        "<w:moveFrom {}><w:r><w:t>moved </w:t></w:r></w:moveFrom>",
        "<w:sdt {}><w:sdtContent><w:r><w:t>do.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert read_pairs("a.docx", saved(document)) == [("Anna", "Hello."), ("Ben", "I really do.")]


def test_opendocument_paragraphs_and_bold_names() -> None:
    document = OpenDocumentText()
    bold = Style(name="Strong", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    for speaker, words in [("Anna", "Hello."), ("Ben", "Hi."), ("Anna", "So?"), ("Ben", "Well.")]:
        paragraph = P()
        paragraph.addElement(Span(stylename=bold, text=speaker))
        paragraph.addText(f" {words}")
        document.text.addElement(paragraph)
    assert read_pairs("a.odt", saved(document))[:2] == [("Anna", "Hello."), ("Ben", "Hi.")]


def test_the_content_decides_not_the_name() -> None:
    document = Document()
    document.add_paragraph("Anna: Hello.")
    document.add_paragraph("Ben: Hi.")
    assert read("a.txt", saved(document)).format == "docx"
    assert read("a.docx", b"Anna: Hello.\nBen: Hi.").format == "text"


def test_pdf_lines_become_paragraphs_again() -> None:
    lines = [
        "Anna: We shot the same corridor nine times before lunch and then the light",
        "was gone for the day.",
        "Ben: I kept the take.",
        "Anna: Why?",
        "Ben: Her hand.",
    ]
    content = pdf_of(lines, height=3)
    assert read_pairs("a.pdf", content) == [
        (
            "Anna",
            "We shot the same corridor nine times before lunch and then the light "
            "was gone for the day.",
        ),
        ("Ben", "I kept the take."),
        ("Anna", "Why?"),
        ("Ben", "Her hand."),
    ]


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(TranscriptError, match="only pictures"):
        read("scan.pdf", pdf_of([" "]))

"""Parts of a Word document that the word processor keeps up to date: contents, captions, heads."""

from __future__ import annotations

import re
from typing import Any

from nlp.chapter.document import Document

NUMBERED = re.compile(r"^(?P<word>.*?)(?P<number>\d+)$")


def add_contents(word: Any, document: Document) -> None:  # noqa: ANN401 - python-docx is untyped
    """Add a table of contents: a field that is filled in, so that it can be read at once."""
    word.add_paragraph(document.contents, style="TOC Heading")
    headings = document.headings
    for number, (place, heading) in enumerate(headings):
        line = word.add_paragraph(style="List" if heading.level == 2 else "List 2")
        if number == 0:
            _field(line, "begin", r'TOC \o "2-3" \h \z \u')
        _link(line, place, heading.text)
        if number == len(headings) - 1:
            _end(line)


def add_caption(word: Any, label: str, caption: str) -> Any:  # noqa: ANN401 - as above
    """Add a caption whose number is a field, so that lists of figures and tables can be made.

    Args:
        word: The document.
        label: Such as `Figure 2`; empty for none.
        caption: What it says.

    Returns:
        The paragraph.
    """
    line = word.add_paragraph(style="Caption")
    found = NUMBERED.match(label)
    if found:
        line.add_run(found["word"])
        kind = found["word"].strip() or "Figure"
        _field(line, "begin", rf"SEQ {kind} \* ARABIC")
        line.add_run(found["number"])
        _end(line)
        line.add_run(". ")
    line.add_run(caption)
    return line


def mark(paragraph: Any, place: int) -> None:  # noqa: ANN401 - as above
    """Make a heading something that the contents can lead to."""
    start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    for element in (start, end):
        element.set(_name("w:id"), str(place))
    start.set(_name("w:name"), f"_Toc{place:06}")
    paragraph._p.insert(1, start)  # noqa: SLF001 - python-docx has no other way to bookmark
    paragraph._p.append(end)  # noqa: SLF001 - as above


def keep_rows(table: Any) -> None:  # noqa: ANN401 - as above
    """Let a table say its head again on every page, and break no row between two."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
        properties.append(_element("w:cantSplit"))
        if number == 0:
            properties.append(_element("w:tblHeader"))


def _link(line: Any, place: int, text: str) -> None:  # noqa: ANN401 - as above
    link = _element("w:hyperlink")
    link.set(_name("w:anchor"), f"_Toc{place:06}")
    link.append(line.add_run(text)._r)  # noqa: SLF001 - as above
    line._p.append(link)  # noqa: SLF001 - as above


def _field(line: Any, kind: str, instruction: str) -> None:  # noqa: ANN401 - as above
    begin = _element("w:fldChar")
    begin.set(_name("w:fldCharType"), kind)
    line.add_run()._r.append(begin)  # noqa: SLF001 - as above
    told = _element("w:instrText")
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    told.text = instruction
    line.add_run()._r.append(told)  # noqa: SLF001 - as above
    separate = _element("w:fldChar")
    separate.set(_name("w:fldCharType"), "separate")
    line.add_run()._r.append(separate)  # noqa: SLF001 - as above


def _end(line: Any) -> None:  # noqa: ANN401 - as above
    end = _element("w:fldChar")
    end.set(_name("w:fldCharType"), "end")
    line.add_run()._r.append(end)  # noqa: SLF001 - as above


def _element(name: str) -> Any:  # noqa: ANN401 - as above
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))

"""Composing a chapter: its sections in order, its figures and tables numbered."""

from __future__ import annotations

from dataclasses import replace

from i18n import Message
from nlp.chapter import sections
from nlp.chapter.document import Block, Document, Figure, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice

SECTIONS = (
    sections.opening,
    sections.basis,
    sections.answers,
    sections.cases,
    sections.themes,
    sections.coded,
    sections.comparisons,
    sections.closing,
    sections.limits,
    sections.method,
    sections.facts,
    sections.appendix,
)


def compose(material: Material, *, missing: list[Message]) -> Document:
    """Write the chapter's text from its material.

    Args:
        material: Counts and findings.
        missing: What stands between this and a final version; every page says that it is a draft
            unless there is nothing.
    """
    t = Voice(material.language)
    title = t.of(material.study.texts.get("title", {}), material.study.slug)
    document = Document(
        title=t("{study}: what people wrote and said", study=title),
        language=material.language,
        notice=t("Draft. Not to be quoted or passed on.") if missing else "",
        contents=t("Contents"),
    )
    if material.study.invented:
        document.add(
            Paragraph(t("This study is invented: no person, no word in it is real."), quiet=True)
        )
    if missing:
        document.add(
            Paragraph(t("What a final version still needs is listed at the end."), quiet=True)
        )
    for section in SECTIONS:
        document.add(*section(material, t))
    document.add(*_missing(missing, t))
    document.blocks = _numbered(document.blocks, t)
    return document


def _missing(missing: list[Message], t: Voice) -> list[Block]:
    if not missing:
        return []
    return [
        Table(
            t("What a final version still needs."),
            (t("What"),),
            tuple((t.tell(message),) for message in missing),
        )
    ]


def _numbered(blocks: list[Block], t: Voice) -> list[Block]:
    """Give every figure and every table its number."""
    figures = tables = 0
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure):
            figures += 1
            made.append(replace(block, label=t("Figure {number}", number=figures)))
        elif isinstance(block, Table):
            tables += 1
            made.append(replace(block, label=t("Table {number}", number=tables)))
        else:
            made.append(block)
    return made

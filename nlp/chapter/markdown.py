"""The chapter as Markdown."""

from __future__ import annotations

import re

from nlp.chapter.document import Block, Document, Figure, Heading, Paragraph, Quotation, Table

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def plain(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    return SPECIAL.sub(r"\\\1", text)


def _block(block: Block, before: str) -> str:
    """Write a block; `before` is what the paragraph before it says."""
    match block:
        case Heading(text, level):
            return f"{'#' * level} {plain(text)}"
        case Paragraph(text, quiet):
            return f"*{plain(text)}*" if quiet else plain(text)
        case Quotation(text, note, _, translation):
            parts = [part for part in (text, translation) if part]
            said = "\n>\n".join(
                "\n".join(f"> {plain(line)}" for line in part.splitlines()) for part in parts
            )
            return f"{said}\n>\n> — {plain(note)}"
        case Table(_, head, rows):
            lines = [head, tuple("---" for _ in head), *rows]
            table = "\n".join(
                f"| {' | '.join(cell if cell == '---' else plain(cell) for cell in line)} |"
                for line in lines
            )
            return f"*{plain(block.said)}*\n\n{table}"
        case Figure(_, alternative):
            said = f"*{plain(block.said)}*"
            return said if alternative in before else f"{said}\n\n{plain(alternative)}"


def render(document: Document) -> bytes:
    """Write a document as Markdown (UTF-8); figures are given in words."""
    parts = [f"# {plain(document.title)}"]
    if document.notice:
        parts.append(f"**{plain(document.notice)}**")
    before = ""
    for block in document.blocks:
        parts.append(_block(block, before))
        before = block.text if isinstance(block, Paragraph) else ""
    return ("\n\n".join(parts) + "\n").encode()

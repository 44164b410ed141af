"""What a chapter is made of, before it is a file: headings, paragraphs, quotations, tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the chapter's own."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `quiet` ones are remarks about the text rather than part of it."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Quotation:
    """Somebody's words, and what must be said with them."""

    text: str
    note: str
    language: str = "und"


@dataclass(frozen=True)
class Table:
    """Rows below a head, with a caption."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A picture in two forms (SVG text and PNG bytes), its caption and what it shows in words."""

    caption: str
    alternative: str
    svg: str
    png: bytes


Block = Heading | Paragraph | Quotation | Table | Figure


@dataclass
class Document:
    """A chapter: its title, its language, the notice on every page, its blocks in order."""

    title: str
    language: str
    notice: str
    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks.extend(blocks)

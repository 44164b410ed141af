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
    """Somebody's words, their translation where there is one, and what must be said with them."""

    text: str
    note: str
    language: str = "und"
    translation: str = ""


@dataclass(frozen=True)
class Table:
    """Rows below a head, with a label (`Table 2`) and a caption."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    label: str = ""

    @property
    def said(self) -> str:
        """The label and the caption."""
        return _captioned(self.label, self.caption)


@dataclass(frozen=True)
class Figure:
    """A picture in two forms (SVG text and PNG bytes), with label, caption and what it shows."""

    caption: str
    alternative: str
    svg: str
    png: bytes
    label: str = ""

    @property
    def said(self) -> str:
        """The label and the caption."""
        return _captioned(self.label, self.caption)


def _captioned(label: str, caption: str) -> str:
    return f"{label}. {caption}" if label else caption


Block = Heading | Paragraph | Quotation | Table | Figure


@dataclass
class Document:
    """A chapter: its title, its language, the notice on every page, its blocks in order.

    `contents` is the heading of its table of contents; without it there is none.
    """

    title: str
    language: str
    notice: str
    contents: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def headings(self) -> list[tuple[int, Heading]]:
        """The sections and what is below them, each with its place among the blocks."""
        return [
            (place, block) for place, block in enumerate(self.blocks) if isinstance(block, Heading)
        ]

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks.extend(blocks)

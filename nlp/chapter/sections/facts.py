"""What only the authors can say: their opening, their conclusion, and the facts about the study."""

from __future__ import annotations

from nlp.chapter.authors import CLOSING, FACTS, OPENING, Slot
from nlp.chapter.document import Block, Heading, Paragraph
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice


def opening(material: Material, _t: Voice) -> list[Block]:
    """Return the authors' opening."""
    return own_words(OPENING, material)


def closing(material: Material, t: Voice) -> list[Block]:
    """Return the authors' conclusion."""
    words = own_words(CLOSING, material)
    return [Heading(t("Conclusion")), *words] if words else []


def facts(material: Material, t: Voice) -> list[Block]:
    """Return what a reader must know of how the study came about; gaps are said to be gaps."""
    blocks: list[Block] = [Heading(t("About this study"))]
    for slot in FACTS:
        blocks.append(Heading(t.tell(slot.title), level=3))
        blocks += own_words(slot, material) or [Paragraph(t("Left for the authors."), quiet=True)]
    return blocks


def own_words(slot: Slot, material: Material) -> list[Block]:
    """Return what the authors wrote in a place, paragraph by paragraph."""
    written = material.text(slot.key)
    return [Paragraph(part.strip()) for part in written.split("\n\n") if part.strip()]

"""What people answered in numbers and choices: the figures that the study defines."""

from __future__ import annotations

from nlp.chapter.document import Block, Heading, Paragraph
from nlp.chapter.material import Material
from nlp.chapter.sections.themes import figure
from nlp.chapter.voice import Voice


def answers(material: Material, t: Voice) -> list[Block]:
    """Write each figure: what it says in words, its chart, what has to be known to read it."""
    blocks: list[Block] = []
    for each in material.figures:
        if not each.parts:
            continue
        blocks.append(Heading(each.title, level=3))
        for part in each.parts:
            blocks += [Paragraph(t.tell(sentence)) for sentence in part.sentences]
            blocks.append(figure(part.draw("light"), part.title, t))
        blocks += [Paragraph(t.tell(note), quiet=True) for note in each.notes]
    return [Heading(t("Jobs, money, takes and feelings in numbers")), *blocks] if blocks else []

"""What people answered in numbers and choices: the figures that the study defines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from i18n import Message, say
from nlp.answers.scales import EVENT
from nlp.chapter.document import Block, Heading, Paragraph
from nlp.chapter.material import Material
from nlp.chapter.sections.themes import figure
from nlp.chapter.voice import Voice


def answers(material: Material, t: Voice) -> list[Block]:
    """Write each figure: what it says in words, its chart, what has to be known to read it."""
    blocks: list[Block] = []
    told: list[Message] = []
    for each in material.figures:
        if not each.parts:
            continue
        blocks.append(Heading(each.title, level=3))
        for part in each.parts:
            said = t.space.join(map(t.tell, _new(part.sentences, told)))
            drawn = figure(part.draw("light"), part.title, t)
            blocks += [Paragraph(said), replace(drawn, alternative=said)]
        # What every figure of a kind has to be read with stands below the first of them.
        blocks += [Paragraph(t.tell(note), quiet=True) for note in each.notes if note not in told]
        told += each.notes
    return [Heading(t("Jobs, money, takes and feelings in numbers")), *blocks] if blocks else []


def _new(sentences: Sequence[Message], told: list[Message]) -> list[Message]:
    """Return sentences; what happened on the set is listed once, later figures refer to it."""
    events = [each for each in sentences if each.text == EVENT.text]
    if not events:
        return list(sentences)
    if all(each in told for each in events):
        kept = [each for each in sentences if each.text != EVENT.text]
        return [*kept, say("The numbered days are those named above.")]
    told += events
    return list(sentences)

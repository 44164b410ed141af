"""Interviews as documents of word processors."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import partial
from typing import Any

from docx import Document
from odf.opendocument import OpenDocumentText
from odf.text import P

from bench.transcript_files.truth import Made, Said, clock, interview


def word(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as Word files: labels, bold names, exports of programs, tables."""
    made = []
    for kind, (write, timed) in WORD.items():
        turns = interview(language, rng)
        document = Document()
        document.add_heading("Interview 7", 1)
        for turn in turns:
            first, *rest = turn.paragraphs
            write(document, turn, first)
            for words in rest:
                document.add_paragraph(words)
        made.append(Made(f"docx: {kind}", f"{language}.docx", saved(document), turns, timed=timed))
    for kind in ("table", "table, headings and times"):
        turns = interview(language, rng)
        wide = kind != "table"
        rows = [[clock(t.start)] * wide + [t.speaker, t.text] for t in turns]
        document = Document()
        document.add_paragraph("Interview 7")
        table = document.add_table(rows=0, cols=3 if wide else 2)
        for values in [["Time", "Speaker", "Content"]] * wide + rows:
            for cell, value in zip(table.add_row().cells, values, strict=True):
                cell.text = value
        made.append(Made(f"docx: {kind}", f"{language}.docx", saved(document), turns, timed=wide))
    return made


def saved(document: Any) -> bytes:  # noqa: ANN401 - python-docx and odfpy have no types
    """Return a document's file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_colon(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(f"{turn.speaker}: {first}")


def _word_bold(document: Any, turn: Said, first: str, *, colon: str = ":") -> None:  # noqa: ANN401 - as above
    paragraph = document.add_paragraph()
    paragraph.add_run(turn.speaker + colon).bold = True
    paragraph.add_run(" " + first)


def _word_name_above(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(turn.speaker)
    document.add_paragraph(first)


def _word_teams(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    paragraph = document.add_paragraph()
    paragraph.add_run(turn.speaker).bold = True
    paragraph.add_run(f"   {clock(turn.start, hours=False)}")
    paragraph.add_run().add_break()
    paragraph.add_run(first)


def _word_otter(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(f"{turn.speaker}  {clock(turn.start, hours=False)}")
    document.add_paragraph(first)


WORD: dict[str, tuple[Callable[[Any, Said, str], None], bool]] = {
    "colon": (_word_colon, False),
    "bold": (_word_bold, False),
    "bold, no colon": (partial(_word_bold, colon=""), False),
    "name above": (_word_name_above, False),
    "Teams": (_word_teams, True),
    "Otter": (_word_otter, True),
}


def opendocument(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as an OpenDocument text."""
    turns = interview(language, rng)
    document = OpenDocumentText()
    for turn in turns:
        first, *rest = turn.paragraphs
        for words in (f"{turn.speaker}: {first}", *rest):
            document.text.addElement(P(text=words))
    return [Made("odt: colon", f"{language}.odt", saved(document), turns)]

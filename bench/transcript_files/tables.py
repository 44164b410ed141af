"""Interviews as tables."""

from __future__ import annotations

import csv
import io
import random

from openpyxl import Workbook

from bench.transcript_files.documents import saved
from bench.transcript_files.encodings import encoded
from bench.transcript_files.truth import Made, clock, interview


def tables(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as CSV, TSV and Excel, with and without headings."""
    made = []
    heads = ["Speaker", "Start", "End", "Text"]
    for name, suffix, separator in (("", "csv", ","), ("semicolon", "csv", ";"), ("", "tsv", "\t")):
        turns = interview(language, rng)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(heads)
        writer.writerows([t.speaker, clock(t.start), clock(t.end), t.text] for t in turns)
        content = encoded(out.getvalue(), language, rng)
        made.append(
            Made(
                f"{suffix}: {name or 'headings'}",
                f"{language}.{suffix}",
                content,
                turns,
                timed=True,
            )
        )
    turns = interview(language, rng)
    out = io.StringIO()
    csv.writer(out).writerows([turn.speaker, turn.text] for turn in turns)
    made.append(Made("csv: no headings", f"{language}.csv", out.getvalue().encode(), turns))
    return made


def excel(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as an Excel file."""
    turns = interview(language, rng)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nr", "Name", "Transcript", "Timecode"])
    for number, turn in enumerate(turns):
        sheet.append([number + 1, turn.speaker, turn.text, clock(turn.start)])
    return [Made("xlsx", f"{language}.xlsx", saved(book), turns, timed=True)]

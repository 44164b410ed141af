"""Interviews made up in nine languages, in every format and convention, with their truth."""

from __future__ import annotations

import random

from bench.transcript_files.captions import captions
from bench.transcript_files.documents import opendocument, word
from bench.transcript_files.pdfs import pdf, pdf_of, wrapped
from bench.transcript_files.recognisers import recognisers
from bench.transcript_files.tables import excel, tables
from bench.transcript_files.texts import texts
from bench.transcript_files.truth import NAMES, SENTENCES, Made, Said

__all__ = ["FORMATS", "NAMES", "SENTENCES", "Made", "Said", "all_files", "pdf_of", "wrapped"]

FORMATS = (texts, captions, tables, excel, word, opendocument, pdf, recognisers)


def all_files(language: str, seed: int) -> list[Made]:
    """Make one file of every format and convention in a language."""
    rng = random.Random(f"{language} {seed}")
    return [made for write in FORMATS for made in write(language, rng)]

"""PDF files with text in them: lines of pages, joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from i18n import say
from survey.transcripts.cleaning import clean
from survey.transcripts.cues import join
from survey.transcripts.detection import Script
from survey.transcripts.isolated import open_apart
from survey.transcripts.labels import read_script
from survey.transcripts.model import Reading, TranscriptError
from survey.transcripts.timecodes import CLOCK

_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad]$")
_CLOCK = re.compile(CLOCK)
_DIGITS = re.compile(r"\d+")
_ENDS = tuple('.?!:。？！：…)”"»')
FULL_LINE = 0.7
"""A line this much of the longest is taken to go on in the next one."""


def read_pdf(filename: str, content: bytes, choice: str | None = None) -> Reading:
    """Read a PDF's text as turns.

    Raises:
        TranscriptError: If it cannot be opened or holds pictures of text only.
    """
    pages = [
        [clean(line).rstrip() for line in page]
        for page in open_apart(filename, "pdf", content)["pages"]
    ]
    lines = [line for page in _without_margins(pages) for line in page]
    if not any(lines):
        raise TranscriptError(
            say(
                "{file} holds no text, only pictures; a scan must be recognised first.",
                file=filename,
            )
        )
    lengths = sorted(len(line) for line in lines if line.strip())
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 4 else max(lengths)

    def paragraphs(block: Sequence[str]) -> str:
        return unwrap(block, width)

    return read_script(filename, Script(lines), choice, join=paragraphs)


def unwrap(block: Sequence[str], width: int) -> str:
    """Join the lines of a page to paragraphs.

    A paragraph ends at an empty line, or with a sentence on a line much shorter than `width`.
    """
    done: list[str] = []
    running: list[str] = []
    for line in block:
        piece = line.strip()
        if not piece:
            _close(done, running)
            continue
        if running and _HYPHENATED.search(running[-1]) and piece[0].islower():
            running[-1] = running[-1][:-1] + piece
        else:
            running.append(piece)
        if len(line) < width * FULL_LINE and piece.endswith(_ENDS):
            _close(done, running)
    _close(done, running)
    return "\n".join(done)


def _close(done: list[str], running: list[str]) -> None:
    if running:
        done.append(join(running))
        running.clear()


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers and lines that head or foot most of the pages."""
    shapes = Counter(
        shape for page in pages for shape in {_shape(line) for line in _margin(page)} if shape
    )
    often = {
        shape for shape, count in shapes.items() if len(pages) > 2 and count > len(pages) * 0.6
    }
    kept = []
    for page in pages:
        edge = {id(line) for line in _margin(page) if _shape(line) in often or _is_number(line)}
        kept.append([line for line in page if id(line) not in edge])
    return kept


def _margin(page: list[str]) -> list[str]:
    # A time code varies from page to page as page numbers do, but opens a turn.
    filled = [line for line in page if line.strip() and not _CLOCK.search(line)]
    return filled[:1] + filled[-1:]


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _is_number(line: str) -> bool:
    return _shape(line) in {"#", "- # -", "– # –", "#/#", "# / #"}

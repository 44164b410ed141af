"""The sections of the chapter, each a function from its material to blocks."""

from nlp.chapter.sections.answers import answers
from nlp.chapter.sections.appendix import appendix
from nlp.chapter.sections.basis import basis
from nlp.chapter.sections.cases import cases
from nlp.chapter.sections.coded import coded
from nlp.chapter.sections.comparisons import comparisons
from nlp.chapter.sections.facts import closing, facts, opening
from nlp.chapter.sections.limits import limits
from nlp.chapter.sections.method import method
from nlp.chapter.sections.themes import themes

__all__ = [
    "answers",
    "appendix",
    "basis",
    "cases",
    "closing",
    "coded",
    "comparisons",
    "facts",
    "limits",
    "method",
    "opening",
    "themes",
]

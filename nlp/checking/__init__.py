"""Checking the computer: people read a sample of passages without seeing what it said of them.

For each theme and language passages are drawn from those that the computer put into the theme and
from those that it did not; coders say of each whether it is about what the theme's description
says. From that: how far people agree with each other, how much of what the computer put there is
right (precision), how much of what belongs there it found (recall), and whether the theme may be
compared across that language.
"""

from nlp.checking.answering import (
    ANSWERS,
    Asked,
    CheckError,
    answer,
    asked,
    finished,
    progress,
    take_back,
)
from nlp.checking.beginning import begin
from nlp.checking.carrying import carry_checks
from nlp.checking.judging import Verdict, judge
from nlp.checking.reading import Checked, Failing, checks_of, failing, state
from nlp.checking.sampling import draw
from nlp.checking.telling import left_out

__all__ = [
    "ANSWERS",
    "Asked",
    "CheckError",
    "Checked",
    "Failing",
    "Verdict",
    "answer",
    "asked",
    "begin",
    "carry_checks",
    "checks_of",
    "draw",
    "failing",
    "finished",
    "judge",
    "left_out",
    "progress",
    "state",
    "take_back",
]

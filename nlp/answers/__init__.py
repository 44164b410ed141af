"""The structured answers: figures derived from questionnaires, and those that a study defines.

What a screen shows and what the chapter prints comes from `figure_of`: the same numbers.
"""

from nlp.answers.accounts import Account, Spoken, accounts, decisions_told
from nlp.answers.answers import Answers, Asked, read_answers
from nlp.answers.behind import Behind, behind
from nlp.answers.cells import Cell, Figure, Part
from nlp.answers.figures import figure_of, figures_of, topics

__all__ = [
    "Account",
    "Answers",
    "Asked",
    "Behind",
    "Cell",
    "Figure",
    "Part",
    "Spoken",
    "accounts",
    "behind",
    "decisions_told",
    "figure_of",
    "figures_of",
    "read_answers",
    "topics",
]

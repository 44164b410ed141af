"""Answers as tables: all versions of a questionnaire joined, one column a question."""

from survey.answers.entries import Entry, entries_of
from survey.answers.flattening import turns_of, values_of
from survey.answers.joining import Difference, Joined, join, joined_of
from survey.answers.sheets import Column, Sheet, sheets_of
from survey.answers.variables import Kind, Variable

__all__ = [
    "Column",
    "Difference",
    "Entry",
    "Joined",
    "Kind",
    "Sheet",
    "Variable",
    "entries_of",
    "join",
    "joined_of",
    "sheets_of",
    "turns_of",
    "values_of",
]

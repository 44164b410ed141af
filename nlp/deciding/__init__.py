"""What people decide about themes, kept apart from what the computer proposed.

A run's themes are never changed. Each decision is a row that says who decided what and when, and
from what to what; reading a run applies the rows that nobody undid.
"""

from nlp.deciding.applying import Parts, apply, is_begun, is_part
from nlp.deciding.carrying import carry
from nlp.deciding.decisions import Decisions, decisions_of, log_of, standing
from nlp.deciding.making import (
    DecisionError,
    Desk,
    OvertakenError,
    ask,
    begin,
    describe,
    hide,
    merge,
    move,
    rename,
    show,
    split,
    undo,
)
from nlp.deciding.telling import sentence

__all__ = [
    "DecisionError",
    "Decisions",
    "Desk",
    "OvertakenError",
    "Parts",
    "apply",
    "ask",
    "begin",
    "carry",
    "decisions_of",
    "describe",
    "hide",
    "is_begun",
    "is_part",
    "log_of",
    "merge",
    "move",
    "rename",
    "sentence",
    "show",
    "split",
    "standing",
    "undo",
]

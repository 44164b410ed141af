"""What is wrong with the answers of a filling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from i18n import Message

Kind = Literal["required", "constraint", "type", "choice", "range", "formula", "unknown"]


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing wrong with an answer.

    Attributes:
        path: The question, such as `/data/take[2]/kept`.
        message: What is wrong: a sentence of ours to translate, or the form's own text as it
            stands in the language shown.
        kind: `required` and `constraint` are the form's own rules; `type`, `choice` and `range`
            say that the answer does not fit the question; `formula` that a formula of the form
            could not be worked out; `unknown` that there is no such question.
    """

    path: str
    message: Message | str
    kind: Kind

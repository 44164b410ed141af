"""What drawing a question needs to know about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.filling import Filling
from survey.xlsform import Question


@dataclass(frozen=True)
class Asking:
    """A question that is on the screen now.

    Attributes:
        filling: The answers it belongs to.
        question: The question of the form.
        path: Its path, repeats counted.
        key: What its widget is called in this session.
        suggestions: Answers to choose from that others gave before, for free ones.
    """

    filling: Filling
    question: Question
    path: str
    key: str
    suggestions: Sequence[str] = ()

    @property
    def label(self) -> str:
        """What is asked, in the language shown."""
        return self.filling.label(self.path).text or self.question.name

    @property
    def value(self) -> Any:  # noqa: ANN401 - an answer in its JSON form
        """The answer as it stands."""
        return self.filling.value(self.path)

    @property
    def disabled(self) -> bool:
        """Whether it can only be looked at."""
        return self.filling.readonly(self.path)

    def wants(self, *appearances: str) -> bool:
        """Tell whether the form wishes one of these appearances."""
        return not self.question.appearance.isdisjoint(appearances)

    def parameter(self, name: str, default: float) -> float:
        """Return a number from the parameters column."""
        try:
            return float(self.question.parameters.get(name, default))
        except ValueError:
            return default

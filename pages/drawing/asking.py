"""What drawing a question needs to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.drawing.entry import Entry
from pages.drawing.shelf import Shelf
from survey.filling import Filling
from survey.xlsform import Question

Answer = Any
"""An answer in its JSON form: text, number, list of choices; None where it is blank."""
Material = Callable[[str], bytes | None]
"""Gives the content of a file that came with the questionnaire; None when it did not."""


def no_material(name: str) -> bytes | None:
    """Know of no files that came with the questionnaire."""
    del name
    return None


@dataclass(frozen=True)
class Asking:
    """A question that is on the screen now.

    Attributes:
        filling: The answers it belongs to.
        question: The question of the form.
        path: Its path, repeats counted.
        key: What its widget is called in this session.
        draft_of: The entry it belongs to; None where nothing is kept, as in a preview.
        suggestions: Answers to choose from that others gave before, for free ones.
        shelf: Where files that people bring are kept; None where none can be brought.
        material: Gives the pictures and sounds of the questionnaire.
    """

    filling: Filling
    question: Question
    path: str
    key: str
    draft_of: Entry | None = None
    suggestions: Sequence[str] = ()
    shelf: Shelf | None = None
    material: Material = no_material

    @property
    def entry(self) -> Entry:
        """The entry it belongs to, for those who know that there is one."""
        assert self.draft_of is not None  # noqa: S101 - a preview draws texts without it
        return self.draft_of

    @property
    def label(self) -> str:
        """What is asked, in the language shown."""
        return self.filling.label(self.path).text or self.question.name

    @property
    def hint(self) -> str:
        """The note below the label, in the language shown; empty where there is none."""
        return self.filling.hint(self.path).text

    @property
    def value(self) -> Answer:
        """The answer as it stands."""
        return self.filling.value(self.path)

    @property
    def disabled(self) -> bool:
        """Whether it can only be looked at."""
        return self.filling.readonly(self.path)

    def widget(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - arguments of any widget
        """Return what every widget is told: its name for screen readers, its key, and `more`."""
        return {
            "label": self.label,
            "label_visibility": "collapsed",
            "key": self.key,
            "disabled": self.disabled,
            **more,
        }

    def taken(self, shown: object, entered: object, answer: Answer) -> Answer:
        """Return the answer after the widget was drawn.

        Args:
            shown: What the widget was given to show.
            entered: What it holds now.
            answer: What that means. An answer that a widget cannot show, such as a time with a
                zone, stays as it is until something else is entered.
        """
        return self.value if entered == shown else answer

    def wants(self, *appearances: str) -> bool:
        """Tell whether the form wishes one of these appearances."""
        return not self.question.appearance.isdisjoint(appearances)

    def parameter(self, name: str, default: float) -> float:
        """Return a number from the parameters column."""
        try:
            return float(self.question.parameters.get(name, default))
        except ValueError:
            return default

"""What a person may decide about a theme run."""

from __future__ import annotations

from dataclasses import dataclass

from i18n import Refusal, say


class ThemeError(Refusal):
    """Themes cannot be computed from what was given; the sentence says why."""


@dataclass(frozen=True)
class ThemeSettings:
    """Settings of a theme run; the defaults are meant to be left alone.

    Attributes:
        granularity: From 0 (few broad themes) to 1 (many narrow ones). 0.5 expects the number of
            themes usual for so many passages; each 0.25 up or down doubles or halves it. Within
            that expectation the most stable number is chosen.
        number: The number of themes wanted, in place of `granularity`; fewer come out where the
            passages do not carry as many.
        seed: Start of everything that is drawn; the same seed gives the same themes.
        runs: Clusterings that are drawn and then agreed upon.
        certainty: Share of the votes that the best theme of a passage needs to get the passage;
            lower leaves fewer passages without a theme, 0 none but the empty answers.
        questions: Research questions that guide themes without forcing them: the language (BCP 47)
            and the text of each.
    """

    granularity: float = 0.5
    number: int | None = None
    seed: int = 0
    runs: int = 200
    certainty: float = 0.2
    questions: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse values that mean nothing.

        Raises:
            ThemeError: A value is out of its range.
        """
        if not 0 <= self.granularity <= 1:
            raise ThemeError(
                say("Granularity is {value}; it must lie from 0 to 1.", value=self.granularity)
            )
        if self.number is not None and self.number < 1:
            raise ThemeError(
                say("The number of themes is {value}; it must be 1 or more.", value=self.number)
            )
        if self.runs < 1:
            raise ThemeError(
                say("The number of runs is {value}; it must be 1 or more.", value=self.runs)
            )
        if not 0 <= self.certainty <= 1:
            raise ThemeError(
                say("Certainty is {value}; it must lie from 0 to 1.", value=self.certainty)
            )
        # A card read back from the database has lists.
        pairs = tuple((str(language), str(text).strip()) for language, text in self.questions)
        object.__setattr__(self, "questions", tuple(pair for pair in pairs if pair[1]))

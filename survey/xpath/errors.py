"""What goes wrong with an expression, said with its place in the expression."""

from __future__ import annotations

from i18n import Message, Refusal, say


class XPathError(Refusal):
    """An expression that cannot be read or worked out.

    Attributes:
        problem: What is wrong, without the place.
        expression: The text of the expression, once it is known.
        column: The 1-based column in the expression, once it is known.
    """

    def __init__(
        self, problem: Message, *, expression: str | None = None, column: int | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expression = expression
        self.column = column
        self._place()

    def at(self, expression: str, column: int) -> XPathError:
        """Add the place where it went wrong, unless a more exact one is known, and return self."""
        if self.column is None:
            self.expression = expression
            self.column = column
            self._place()
        return self

    def _place(self) -> None:
        if self.column is not None:
            placed = say(
                "At character {column}: {problem}", column=self.column, problem=self.problem
            )
            self.messages = (placed,)

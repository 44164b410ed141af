"""Collecting what the checks find."""

from __future__ import annotations

from i18n import Message
from survey.xlsform.problems import Problem, Severity
from survey.xlsform.workbook import Row, Workbook


class Report:
    """The problems found so far, and the file they are found in."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.problems: list[Problem] = []

    def error(
        self, sheet: str | None, row: Row | int | None, column: str | None, message: Message
    ) -> None:
        """Note what stops the form."""
        self._note(Severity.ERROR, sheet, row, column, message)

    def warning(
        self, sheet: str | None, row: Row | int | None, column: str | None, message: Message
    ) -> None:
        """Note what is worth knowing."""
        self._note(Severity.WARNING, sheet, row, column, message)

    def _note(
        self,
        severity: Severity,
        sheet: str | None,
        row: Row | int | None,
        column: str | None,
        message: Message,
    ) -> None:
        number, line = (row.number, row.line) if isinstance(row, Row) else (row, None)
        self.problems.append(Problem(severity, sheet, number, column, message, line))

    def sorted(self) -> list[Problem]:
        """Return the problems in the order of the sheets and rows."""
        order = {name: place for place, name in enumerate(("settings", "survey", "choices"))}
        return sorted(
            self.problems,
            key=lambda problem: (order.get(problem.sheet or "", 9), problem.row or 0),
        )

"""What is wrong with a questionnaire file, said with the place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from i18n import Message, Refusal, say


class Severity(StrEnum):
    """Whether a problem stops the form (`ERROR`) or is only worth knowing (`WARNING`)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a questionnaire file.

    Attributes:
        severity: Whether the form is refused for it.
        sheet: The sheet, in lower case (`survey`); None when it is the file as a whole.
        row: The row in the sheet as a spreadsheet numbers it: the headings are row 1, blank rows
            count. None when no single row is at fault.
        column: The heading of the column as written in the file, None when no column is at fault.
        message: What is wrong and what to do, without the place.
        line: The line in a text file (.md, .csv), None in a spreadsheet.
    """

    severity: Severity
    sheet: str | None
    row: int | None
    column: str | None
    message: Message
    line: int | None = None

    def placed(self) -> Message:
        """Say the problem with its place in front."""
        match (self.sheet, self.row, self.column):
            case (None, _, _):
                return self.message
            case (sheet, None, None):
                return say("Sheet {sheet}: {problem}", sheet=sheet, problem=self.message)
            case (sheet, row, None):
                return say(
                    "Sheet {sheet}, row {row}: {problem}",
                    sheet=sheet,
                    row=row,
                    problem=self.message,
                )
            case (sheet, None, column):
                return say(
                    "Sheet {sheet}, column {column}: {problem}",
                    sheet=sheet,
                    column=column,
                    problem=self.message,
                )
        return say(
            "Sheet {sheet}, row {row}, column {column}: {problem}",
            sheet=self.sheet,
            row=self.row,
            column=self.column,
            problem=self.message,
        )


class FormError(Refusal):
    """A questionnaire file that cannot be used.

    Attributes:
        problems: Everything found, errors and warnings, in the order of the file.
    """

    def __init__(self, problems: list[Problem]) -> None:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        super().__init__(*(problem.placed() for problem in errors))
        self.problems = tuple(problems)


def whole_file(message: Message) -> FormError:
    """Make the error for a file that cannot be read at all."""
    return FormError([Problem(Severity.ERROR, None, None, None, message)])

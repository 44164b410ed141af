"""Our own checks over the raw sheets, before pyxform sees them: they find everything at once."""

from __future__ import annotations

from i18n import say
from survey.xlsform.checks.choices import check_choices
from survey.xlsform.checks.cycles import check_cycles
from survey.xlsform.checks.expressions import check_expressions, names_of
from survey.xlsform.checks.headings import check_headings
from survey.xlsform.checks.parameters import check_parameters
from survey.xlsform.checks.report import Report
from survey.xlsform.checks.structure import check_structure
from survey.xlsform.checks.targets import check_targets
from survey.xlsform.checks.translations import check_translations
from survey.xlsform.headings import settings_of
from survey.xlsform.outline import collapses_spaces, read_outline
from survey.xlsform.problems import Problem, whole_file
from survey.xlsform.workbook import Workbook

MAX_SURVEY_ROWS = 10_000
DEFAULT_ROOT = "data"


def check(workbook: Workbook) -> list[Problem]:
    """Check the sheets of a questionnaire.

    Returns:
        Everything found, in the order of the file.

    Raises:
        FormError: There is no survey sheet, or it is too long to be looked through.
    """
    survey = workbook.sheets.get("survey")
    if survey is None:
        raise whole_file(
            say(
                "There is no sheet named survey. The sheets are: {names}.",
                names=", ".join(workbook.names) or "-",
            )
        )
    report = Report(workbook)
    check_headings(report)
    if len(survey.rows) > MAX_SURVEY_ROWS:
        report.error(
            "survey",
            survey.rows[MAX_SURVEY_ROWS],
            None,
            say("A questionnaire may have {limit} rows.", limit=MAX_SURVEY_ROWS),
        )
        raise whole_file(report.problems[-1].message)
    outline = read_outline(survey, root=_root(workbook), collapse=collapses_spaces(workbook))
    check_structure(outline, report)
    check_parameters(outline, report)
    check_choices(outline, report)
    names = names_of(outline)
    formulas = check_expressions(outline, names, report)
    check_targets(outline, names, formulas, report)
    check_cycles(outline, formulas, report)
    check_translations(report)
    return report.sorted()


def _root(workbook: Workbook) -> str:
    return settings_of(workbook).get("name", DEFAULT_ROOT)

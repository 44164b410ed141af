"""Reading questionnaires (XLSForm) into a `Form`.

Example:
    >>> form = load('''
    ... | survey |
    ... |        | type    | name | label::English (en) | label::中文 (zh-Hans) | relevant  |
    ... |        | integer | made | How many takes?     | 拍了几条？             |           |
    ... |        | text    | why  | Why this one?       | 为什么选这一条？        | ${made}>1 |
    ... '''.encode(), file_type=".md")
    >>> form.languages, form.default_language
    (('en', 'zh-Hans'), 'en')
    >>> [(question.name, question.type) for question in form.questions()]
    [('made', 'integer'), ('why', 'text'), ('instanceID', 'instanceID')]

`load` raises `FormError`, whose `problems` are everything found, each with severity, sheet, row,
column and message; what does not stop the form is in `Form.warnings`. A form that takes choices
from files names them in `Form.files`; `attach` adds their contents.
"""

from typing import TYPE_CHECKING, Any

from survey.xlsform.model import (
    Choice,
    ChoiceSource,
    Element,
    Form,
    Group,
    Media,
    Question,
    Repeat,
    Texts,
)
from survey.xlsform.problems import FormError, Problem, Severity

__all__ = [
    "Choice",
    "ChoiceSource",
    "Element",
    "Form",
    "FormError",
    "Group",
    "Media",
    "Problem",
    "Question",
    "Repeat",
    "Severity",
    "Texts",
    "attach",
    "load",
]

if TYPE_CHECKING:
    from survey.xlsform.attaching import attach
    from survey.xlsform.loading import load


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes may be anything
    """Import what reads files when it is first used: pyxform takes a third of a second."""
    if name == "load":
        from survey.xlsform.loading import load

        return load
    if name == "attach":
        from survey.xlsform.attaching import attach

        return attach
    raise AttributeError(name)

"""Whether a questionnaire can be asked of people who pass by."""

from __future__ import annotations

from collections.abc import Iterator

from i18n import Message, Refusal, say
from survey.audience.conditions import is_foreseeable
from survey.xlsform import Form, Question, Repeat
from survey.xlsform.kinds import METADATA
from survey.xlsform.references import references

ASKED = frozenset(
    {
        *("text", "integer", "decimal", "select_one", "select_multiple", "range", "note"),
        *("date", "time", "rank", "acknowledge", "image", "audio", "file"),
    }
)
"""The types of questions that a page for the public draws."""
SILENT = METADATA | {"calculate", "hidden", "instanceID"}
FILES = frozenset({"image", "audio", "file"})


class FitError(Refusal):
    """The questionnaire asks what cannot be asked of the public; each question is named."""


def check_fit(form: Form, *, kiosk: bool = False) -> None:
    """Make sure that a questionnaire can be opened to the public.

    Args:
        form: The questionnaire.
        kiosk: Whether it is for a kiosk, which must do without a network.

    Raises:
        FitError: It cannot; one sentence for each question in the way.
    """
    mistakes = [*_unknown(form), *(_needs_a_server(form) if kiosk else ())]
    if mistakes:
        raise FitError(*mistakes)


def _unknown(form: Form) -> Iterator[Message]:
    for question in form.questions():
        if question.type not in ASKED | SILENT:
            yield say(
                "“{name}” is of the type {type}, which cannot be asked of the public.",
                name=question.name,
                type=question.type,
            )


def _needs_a_server(form: Form) -> Iterator[Message]:
    """Yield what a kiosk could not ask while it has no network."""
    for element in form.walk():
        name = element.name
        if isinstance(element, Repeat):
            yield say("“{name}” is asked several times over; a kiosk asks once.", name=name)
        elif not is_foreseeable(form, element):
            yield say(
                "When “{name}” is asked depends on more than a kiosk can know without a network.",
                name=name,
            )
        if isinstance(element, Question) and element.type not in SILENT:
            yield from _rules(element)


def _rules(question: Question) -> Iterator[Message]:
    name = question.name
    if question.type in FILES:
        yield say("“{name}” asks for a file, which a kiosk cannot take.", name=name)
    source = question.choices
    changing = source is not None and (source.filter is not None or source.answers is not None)
    if question.constraint is not None or question.calculation is not None or changing:
        yield say("“{name}” has rules that a kiosk cannot follow without a network.", name=name)
    if any(references(text) for text in (*question.label.values(), *question.hint.values())):
        yield say("“{name}” quotes an earlier answer, which a kiosk cannot do.", name=name)

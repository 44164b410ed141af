"""Every figure there is to see: those that the study defines first, then one for each question."""

from __future__ import annotations

from collections.abc import Sequence

from i18n import Message, say
from nlp.answers.answers import Answers, Asked, label_of
from nlp.answers.cells import Figure, Part
from nlp.answers.crossing import cross_parts
from nlp.answers.funnel import funnel_parts
from nlp.answers.generic import choice_parts, number_parts, repeat_parts
from nlp.answers.making import Maker
from nlp.answers.money import money_parts
from nlp.answers.scales import scale_parts
from survey.answers import Variable
from survey.figures import (
    AccountsFigure,
    CrossFigure,
    Definition,
    FunnelFigure,
    MoneyFigure,
    ScaleFigure,
)

TEAMS = say(
    "People are compared, not answers: each person’s own mean first, then the teams. Numbers from "
    "fewer than {threshold} people are not shown, and one more where it would give them away."
)
SUMS = say(
    "A sum is the production’s, not a person’s. So that no single sum can be read out of this, "
    "groups of fewer than {threshold} sums are not shown, and one more beside them."
)
LANGUAGES = say(
    "Languages are not compared by their level, because a 7 in one may be a 5 in another; only by "
    "how much the same person’s answers changed."
)


def topics(answers: Answers, language: str) -> dict[str, str]:
    """Return the key and title of every figure, those of the study itself first."""
    found = {
        definition.key: label_of(definition.title, language, definition.key)
        for definition in answers.definitions
        if not isinstance(definition, AccountsFigure) and definition.questionnaire in answers.asked
    }
    for name, asked in answers.asked.items():
        for variable in asked.joined.variables:
            if _is_shown(variable):
                found[key_of(name, variable.path)] = label_of(
                    variable.label, language, variable.name
                )
        for repeat in asked.joined.repeats:
            found[key_of(name, repeat)] = f"{asked.joined.title}: {'.'.join(repeat)}"
    return found


def key_of(questionnaire: str, path: Sequence[str]) -> str:
    """Return the key of the figure of a question."""
    return f"{questionnaire}:/{'/'.join(path)}"


def _is_shown(variable: Variable) -> bool:
    """Whether there is something to count; words are for the themes."""
    if variable.identifying:
        return False
    if variable.kind in {"integer", "decimal"}:
        return True
    return variable.kind in {"choice", "choices"} and bool(variable.choices)


def figures_of(answers: Answers, language: str) -> list[Figure]:
    """Return the figures that the study defines, for the chapter."""
    return [
        figure_of(answers, definition.key, language)
        for definition in answers.definitions
        if not isinstance(definition, AccountsFigure) and definition.questionnaire in answers.asked
    ]


def figure_of(answers: Answers, key: str, language: str) -> Figure:
    """Return a figure.

    Args:
        answers: What was answered.
        key: One of `topics`.
        language: Of everything it says.

    Raises:
        KeyError: There is no such figure.
    """
    maker = Maker(answers, language)
    title = topics(answers, language)[key]
    for definition in answers.definitions:
        if definition.key == key:
            parts, notes = _defined(maker, answers.asked[definition.questionnaire], definition)
            return Figure(key, title, parts, notes)
    name, _, path = key.partition(":/")
    asked = answers.asked[name]
    steps = tuple(path.split("/"))
    for variable in asked.joined.variables:
        if variable.path == steps:
            return Figure(key, title, _of_one(maker, asked, variable), _notes(maker, variable))
    around = next(each.repeats for each in asked.joined.variables if steps in each.repeats)
    repeats = around[: around.index(steps) + 1]
    return Figure(key, title, repeat_parts(maker, asked, repeats))


def _defined(
    maker: Maker, asked: Asked, definition: Definition
) -> tuple[list[Part], list[Message]]:
    note = _with_threshold(TEAMS, maker)
    if isinstance(definition, CrossFigure):
        return cross_parts(maker, asked, definition), [note]
    if isinstance(definition, MoneyFigure):
        parts, notes = money_parts(maker, asked, definition)
        return parts, [*notes, _with_threshold(SUMS, maker)]
    if isinstance(definition, FunnelFigure):
        return funnel_parts(maker, asked, definition), [note]
    if isinstance(definition, ScaleFigure):
        variable = asked.joined.variable(definition.path)
        if variable is not None and variable.scale is not None:
            return scale_parts(maker, asked, variable), _notes(maker, variable)
    return [], []


def _of_one(maker: Maker, asked: Asked, variable: Variable) -> list[Part]:
    if variable.scale is not None:
        return scale_parts(maker, asked, variable) + number_parts(maker, asked, variable)
    if variable.kind in {"choice", "choices"}:
        return choice_parts(maker, asked, variable)
    return number_parts(maker, asked, variable)


def _notes(maker: Maker, variable: Variable) -> list[Message]:
    notes = [_with_threshold(TEAMS, maker)]
    return [*notes, LANGUAGES] if variable.scale is not None else notes


def _with_threshold(message: Message, maker: Maker) -> Message:
    return Message(message.text, {"threshold": maker.threshold})

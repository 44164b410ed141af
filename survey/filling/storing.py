"""The tree of answers as nested JSON without the root, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from i18n import say
from survey.filling.making import make, place_of
from survey.filling.problems import AnswerProblem
from survey.filling.tree import AnswerNode
from survey.filling.turns import MAX_NODES, MAX_TURNS
from survey.filling.values import json_value, read
from survey.filling.working import Work
from survey.xlsform.model import Group, Question, Repeat

Answers = dict[str, Any]
META = "meta"


def identifier(answers: Mapping[str, Any] | None) -> str | None:
    """Return the identifier that answers carry in their `meta`, None when there is none."""
    meta = answers.get(META) if isinstance(answers, Mapping) else None
    found = meta.get("instanceID") if isinstance(meta, Mapping) else None
    return found if isinstance(found, str) and 0 < len(found) <= 200 else None


def gather(node: AnswerNode, *, irrelevant: bool = False) -> Answers:
    """Return what was answered in a section as JSON; blanks and empty groups are left out.

    Args:
        node: A group, a turn of a repeat, or the root.
        irrelevant: Whether answers that are not asked for now are included, as in a draft.
    """
    found: Answers = {}
    for child in node.children:
        if not isinstance(child, AnswerNode) or not (irrelevant or child.relevant):
            continue
        if child.name == META and len(child.element.path) == 2:
            continue
        match child.element:
            case Question():
                value = json_value(child)
                if value is not None:
                    found[child.name] = value
            case Repeat():
                found.setdefault(child.name, []).append(gather(child, irrelevant=irrelevant))
            case Group():
                if inside := gather(child, irrelevant=irrelevant):
                    found[child.name] = inside
    return found


def pour(answers: Any, node: AnswerNode, work: Work, problems: list[AnswerProblem]) -> None:  # noqa: ANN401 - whatever was sent
    """Put JSON answers into an empty section; what does not fit the form goes to the problems.

    Args:
        answers: The answers of the section.
        node: A group, a turn of a repeat, or the root.
        work: The tree.
        problems: Where unknown names and wrong shapes are noted.
    """
    if not isinstance(answers, Mapping):
        problems.append(
            AnswerProblem(node.path(), say("Answers are needed here, by name."), "unknown")
        )
        return
    element = node.element
    known = (
        {child.name: child for child in element.children}
        if isinstance(element, Group | Repeat)
        else {}
    )
    for name, value in answers.items():
        match known.get(str(name)):
            case None:
                problems.append(
                    AnswerProblem(
                        f"{node.path()}/{name}",
                        say("There is no question {name} in this questionnaire.", name=str(name)),
                        "unknown",
                    )
                )
            case Repeat() as repeat:
                _pour_turns(value, repeat, node, work, problems)
            case Group():
                pour({} if value is None else value, node.turns(str(name))[0], work, problems)
            case Question():
                put(node.turns(str(name))[0], value)


def put(node: AnswerNode, value: Any) -> None:  # noqa: ANN401 - whatever was sent
    """Set an answer without working anything out."""
    answer = read(node.question, value)
    node.text, node.numeric = answer.text, answer.numeric
    node.given = value if answer.problem else None


def _pour_turns(
    value: Any,  # noqa: ANN401 - whatever was sent
    repeat: Repeat,
    holder: AnswerNode,
    work: Work,
    problems: list[AnswerProblem],
) -> None:
    turns = value if isinstance(value, list) else [] if value is None else [value]
    if len(turns) > MAX_TURNS:
        problems.append(
            AnswerProblem(
                f"{holder.path()}/{repeat.name}",
                say("{limit} times is the most that can be answered.", limit=MAX_TURNS),
                "range",
            )
        )
        turns = turns[:MAX_TURNS]
    place = place_of(repeat, holder)
    made = []
    for answers in turns:
        turn = make(repeat, defaults=False)
        work.nodes += sum(1 for _ in turn.inside())
        if work.nodes > MAX_NODES:
            problems.append(
                AnswerProblem(
                    f"{holder.path()}/{repeat.name}", say("These are too many answers."), "range"
                )
            )
            break
        holder.insert(place, turn)
        place += 1
        made.append((turn, answers))
    for turn, answers in made:
        pour(answers, turn, work, problems)

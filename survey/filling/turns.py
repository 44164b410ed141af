"""The turns of repeats: as many as the form or a person wants."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from i18n import say
from survey.filling.making import make, place_of
from survey.filling.tree import AnswerNode, nodes_at
from survey.xlsform.formulas import Formula
from survey.xlsform.model import Repeat
from survey.xpath.values import to_number

if TYPE_CHECKING:
    from survey.filling.working import Work

MAX_TURNS = 10_000
MAX_NODES = 300_000


def count(work: Work, holder: AnswerNode, name: str, formula: Formula) -> None:
    """Make as many turns as the form's count says; turns taken away are put aside, not lost.

    Args:
        work: The answers.
        holder: The node the turns are in.
        name: The repeat.
        formula: How many turns there are to be.
    """
    repeat = repeat_of(work, holder, name)
    stand_in = AnswerNode(repeat)  # there may be no turn yet to evaluate the formula at
    stand_in.parent, stand_in.relevant = holder, holder.relevant
    value = work.evaluate(stand_in, "count", formula)
    number = 0.0 if value is None else to_number(value, None)
    wanted = int(number) if math.isfinite(number) and number > 0 else 0
    fault = (holder, f"count:{name}")
    work.faults.pop(fault, None)
    if wanted > MAX_TURNS:
        work.faults[fault] = say(
            "{name} would be asked {number} times; {limit} times is the most.",
            name=name,
            number=wanted,
            limit=MAX_TURNS,
        )
        wanted = MAX_TURNS
    turns = holder.turns(name)
    if wanted > len(turns):
        add(work, holder, name, wanted - len(turns))
    elif wanted < len(turns):
        aside = turns[wanted:]
        remove(work, holder, name, aside)
        holder.put_aside = holder.put_aside or {}
        holder.put_aside.setdefault(name, []).extend(reversed(aside))


def repeat_of(work: Work, holder: AnswerNode, name: str) -> Repeat:
    """Return the repeat of a name in a section."""
    element = work.form.elements[(*holder.element.path, name)]
    if not isinstance(element, Repeat):
        raise TypeError(name)
    return element


def add(work: Work, holder: AnswerNode, name: str, number: int) -> list[AnswerNode]:
    """Add turns at the end, those put aside first.

    Returns:
        The new turns; fewer than asked for when the tree would grow too large.
    """
    repeat = repeat_of(work, holder, name)
    aside = holder.put_aside.get(name, []) if holder.put_aside else []
    place = place_of(repeat, holder)
    added: list[AnswerNode] = []
    for _ in range(number):
        fresh = not aside
        turn = make(repeat, defaults=True) if fresh else aside.pop()
        size = sum(1 for _ in turn.inside())
        if work.nodes + size > MAX_NODES:
            work.faults[holder, f"count:{name}"] = say(
                "The answers grow too large; no more of {name} can be added.", name=name
            )
            break
        work.nodes += size
        holder.insert(place + len(added), turn)
        added.append(turn)
        if fresh:
            work.newborn.append(turn)
    for turn in added:
        work.spread(turn)
        work.mark_all(turn)
    _changed(work, holder, name)
    return added


def remove(work: Work, holder: AnswerNode, name: str, turns: Iterable[AnswerNode]) -> None:
    """Take turns out of the tree."""
    for turn in list(turns):
        work.nodes -= sum(1 for _ in turn.inside())
        holder.remove(turn)
    _changed(work, holder, name)


def _changed(work: Work, holder: AnswerNode, name: str) -> None:
    """Tell who looks at the turns of a repeat, or at anything in them, from outside."""
    plan = work.plan
    repeat = (*holder.element.path, name)
    for path in plan.below[repeat]:
        for dependent in plan.dependents[path]:
            if dependent.aspect != "trigger" and dependent.shared < len(repeat):
                for target in dependent.nodes(holder):
                    work.mark(target, dependent.aspect)
    placed = [path for path in plan.below[repeat] if path in plan.placed]
    for turn in holder.turns(name) if placed else ():
        for path in placed:
            for target in nodes_at(path, turn):
                work.mark_node(target)

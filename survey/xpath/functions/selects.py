"""Answers of questions with several choices: names with spaces between them."""

from __future__ import annotations

import math
from dataclasses import replace

from survey.xpath.registry import Place, function


@function("selected", "string", "string", result="boolean")
def selected(answer: str, choice: str) -> bool:
    """Tell whether a choice was selected; with "" whether none was."""
    return choice.strip() in (answer.split() or [""])


function("is-selected", "string", "string", result="boolean")(selected)


@function("selected-at", "string", "number", result="string")
def selected_at(answer: str, index: float) -> str:
    """Return the choice at a 0-based place of the answer, "" where there is none."""
    choices = answer.split()
    return choices[int(index)] if math.isfinite(index) and 0 <= index < len(choices) else ""


@function("count-selected", "string", result="number")
def count_selected(answer: str) -> float:
    """Return how many choices were selected."""
    return float(len(answer.split()))


@function("jr:choice-name", "string", "string", result="string", placed=True)
def choice_name(place: Place, choice: str, path: str) -> str:
    """Return the label of a choice of the question at a path, in the language shown.

    The path is a text; it is followed from the context node. Where there is no such question or
    choice the text is empty.
    """
    # Compiling needs all functions, this one among them.
    from survey.xpath.expression import compile as compiled

    label = place.context.choice_label
    if label is None or not choice:
        return ""
    here = replace(place.context, node=place.node, root=place.context.top)
    nodes = compiled(path).as_nodes(here)
    return label(nodes[0], choice) if nodes else ""

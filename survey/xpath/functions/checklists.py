"""Counting how many of several conditions hold."""

from __future__ import annotations

import math

from i18n import say
from survey.xpath.context import Value
from survey.xpath.errors import XPathError
from survey.xpath.registry import Place, function
from survey.xpath.values import text_number, to_boolean, to_number


def _flags(value: Value) -> list[bool]:
    """Return whether a value holds; of nodes whether each has a text, as in ODK Web Forms."""
    if isinstance(value, list):
        return [bool(node.string_value()) for node in value]
    return [to_boolean(value)]


def _between(total: float, least: float, most: float) -> bool:
    """Tell whether a total is in bounds; -1 stands for no bound."""
    return (least == -1 or total >= least) and (most == -1 or total <= most)


@function("checklist", "number", "number", "any*", result="boolean")
def checklist(least: float, most: float, *values: Value) -> bool:
    """Tell whether the count of values that hold is in bounds, -1 for none."""
    return _between(sum(flag for value in values for flag in _flags(value)), least, most)


@function("weighted-checklist", "number", "number", "any*", result="boolean", placed=True)
def weighted_checklist(place: Place, least: float, most: float, *values: Value) -> bool:
    """Tell whether the weights of the values that hold add up to a sum in bounds, -1 for none.

    Values and weights come in pairs; of two node-sets the nodes are paired in order.
    """
    if len(values) % 2:
        raise XPathError(say("weighted-checklist() needs a weight after each value."))
    zone = place.context.zone
    total = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=True):
        if isinstance(weight, list):
            weights = [text_number(node.string_value(), zone) for node in weight]
        else:
            weights = [to_number(weight, zone)]
        for flag, number in zip(_flags(value), weights, strict=False):
            total += number if flag else 0.0
    return not math.isnan(total) and _between(total, least, most)

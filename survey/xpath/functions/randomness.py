"""Chance: random numbers, identifiers, shuffled lists."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from uuid import UUID

from i18n import say
from survey.xpath.context import Value
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node
from survey.xpath.registry import Place, function
from survey.xpath.values import to_number, to_string

LONGEST = 10_000
_MODULUS = 2_147_483_647
_FACTOR = 16_807
_LONG = 2**63


@function("random", result="number", placed=True)
def random(place: Place) -> float:
    """Return a random number from 0 up to but not including 1."""
    return place.context.random.random()


@function("uuid", "number?", result="string", placed=True)
def uuid(place: Place, size: float | None = None) -> str:
    """Return a random UUID (RFC 4122, version 4), or as many characters of such ones as asked."""
    if size is None:
        return _uuid(place)
    if math.isnan(size) or size > LONGEST:
        raise XPathError(say("uuid() needs a length up to {limit}.", limit=LONGEST))
    text = ""
    while len(text) < size:
        text += _uuid(place)
    return text[: max(0, int(size))]


def _uuid(place: Place) -> str:
    return str(UUID(int=place.context.random.getrandbits(128), version=4))


@function("randomize", "nodes", "any?", result="nodes", placed=True)
def randomize(place: Place, nodes: list[Node], seed: Value | None = None) -> list[Node]:
    """Shuffle nodes; with a seed always in the same way, the way JavaRosa and Web Forms have it.

    It is the inside-out variant of the Fisher-Yates shuffle, with a seed over the generator of
    Park and Miller (x := 16807 x mod 2^31 - 1).
    """
    draw = place.context.random.random if seed is None else _park_miller(_seed(place, seed))
    shuffled: list[Node] = []
    for place_from, node in enumerate(nodes):
        place_to = math.floor(draw() * (place_from + 1))
        shuffled.append(node)
        if place_to != place_from:
            shuffled[place_from] = shuffled[place_to]
            shuffled[place_to] = node
    return shuffled


def _seed(place: Place, seed: Value) -> int:
    """Return the seed as Java's long: without fraction, blanks 0, other texts by their digest."""
    number = to_number(seed, place.context.zone)
    if math.isnan(number):
        text = "" if isinstance(seed, float) else to_string(seed)
        digest = hashlib.sha256(text.encode()).digest()[:8] if text else b""
        return int.from_bytes(digest, "big", signed=True)
    if math.isinf(number):
        return _LONG - 1 if number > 0 else -_LONG
    return max(-_LONG, min(_LONG - 1, math.trunc(number)))


def _park_miller(seed: int) -> Callable[[], float]:
    """Return the generator of Park and Miller as a function that draws from 0 up to 1."""
    state = seed % _MODULUS if seed >= 0 else -(-seed % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1

    def draw() -> float:
        nonlocal state
        state = state * _FACTOR % _MODULUS
        return (state - 1) / (_MODULUS - 1)

    return draw

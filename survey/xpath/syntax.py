"""The parts an expression is made of, as the parser finds them.

Operators of the same rank stand in one `Chain`, however many there are, so that a form's long sums
and lists of alternatives do not nest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

AxisName = Literal[
    "ancestor",
    "ancestor-or-self",
    "attribute",
    "child",
    "descendant",
    "descendant-or-self",
    "following",
    "following-sibling",
    "namespace",
    "parent",
    "preceding",
    "preceding-sibling",
    "self",
]
Start = Literal["context", "root"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """A string in quotes."""

    value: str
    column: int


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: `$name`."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function call."""

    name: str
    arguments: tuple[Expr, ...]
    column: int


@dataclass(frozen=True, slots=True)
class NodeTest:
    """What a step lets through.

    Attributes:
        kind: `name` for a name or `*`, otherwise the node type written with brackets.
        prefix: The prefix of a name, None for none.
        name: The local name or `*`; of a processing instruction its target or None.
    """

    kind: Literal["name", "node", "text", "comment", "processing-instruction"]
    prefix: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: an axis, a test and predicates."""

    axis: AxisName
    test: NodeTest
    predicates: tuple[Expr, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Path:
    """A path; its steps start at the context node, at the root or at another expression's nodes."""

    start: Start | Expr
    steps: tuple[Step, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression in predicates: `(a | b)[1]`."""

    base: Expr
    predicates: tuple[Expr, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one rank, worked out from the left; each with its right side and its column."""

    first: Expr
    rest: tuple[tuple[str, Expr, int], ...]
    column: int


@dataclass(frozen=True, slots=True)
class Negative:
    """One or more minus signs before an expression."""

    operand: Expr
    signs: int
    column: int


Expr = Number | Text | Variable | Call | Path | Filter | Chain | Negative


def parts(expr: Expr) -> Iterator[Expr]:
    """Yield the expressions directly inside another."""
    match expr:
        case Call():
            yield from expr.arguments
        case Chain():
            yield expr.first
            for _, right, _ in expr.rest:
                yield right
        case Negative():
            yield expr.operand
        case Filter():
            yield expr.base
            yield from expr.predicates
        case Path():
            if not isinstance(expr.start, str):
                yield expr.start
            for step in expr.steps:
                yield from step.predicates


def every_part(expr: Expr) -> Iterator[Expr]:
    """Yield an expression and everything inside it."""
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(parts(part))

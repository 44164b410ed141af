"""Formulas that could go on for ever: which they are, and when to give up.

XPath has no loops, but a predicate that goes through the whole form for every node of a list of
10,000 does 100 million steps, and another one inside it never ends. Such expressions get a moment
by which they must be done; all others are spared looking at the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from i18n import say
from survey.xpath.context import Context
from survey.xpath.errors import XPathError
from survey.xpath.syntax import Expr, Filter, Path, every_part

PATIENCE = 5.0
_NEAR = frozenset({"self", "child", "parent", "attribute"})


def is_heavy(expr: Expr) -> bool:
    """Tell whether the work may grow faster than the number of nodes."""
    for part in every_part(expr):
        if isinstance(part, Path) and any(step.axis not in _NEAR for step in part.steps):
            return True
        if any(_goes_elsewhere(predicate) for predicate in _predicates(part)):
            return True
    return False


def _predicates(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Filter):
        yield from expr.predicates
    elif isinstance(expr, Path):
        for step in expr.steps:
            yield from step.predicates


def _goes_elsewhere(predicate: Expr) -> bool:
    """Tell whether a predicate looks at more than the node itself and what is close to it."""
    return any(
        (isinstance(part, Path) and part.start != "context") or any(_predicates(part))
        for part in every_part(predicate)
    )


def check(context: Context) -> None:
    """Refuse to go on when an evaluation has taken too long."""
    if context.deadline is not None and monotonic() > context.deadline:
        raise XPathError(say("The formula takes longer than {limit} seconds.", limit=PATIENCE))

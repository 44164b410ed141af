"""How much a formula may cost: how deep its walks over repeats lie in each other."""

from __future__ import annotations

from survey.xpath.syntax import Call, Chain, Expr, Filter, Negative, Path


def depth(expr: Expr, repeats: frozenset[str]) -> int:
    """Return how deep walks over all turns of repeats nest: 0 when there is none.

    Args:
        expr: The parts of the formula.
        repeats: The names of the repeats.

    Example:
        With a repeat `take`, `sum(/data/take/made)` is 1 and
        `count(/data/take[made > sum(/data/take/made)])` is 2.
    """
    match expr:
        case Path():
            tests = [predicate for step in expr.steps for predicate in step.predicates]
            inner = _deepest(tests, repeats)
            start = 0 if isinstance(expr.start, str) else depth(expr.start, repeats)
            walks = any(
                step.test.name in repeats or step.axis.startswith(("desc", "foll", "prec"))
                for step in expr.steps
            )
            return max(start, inner + walks if walks or inner else 0)
        case Filter():
            return depth(expr.base, repeats) + _deepest(expr.predicates, repeats)
        case Call():
            return _deepest(expr.arguments, repeats)
        case Chain():
            return _deepest((expr.first, *(right for _, right, _ in expr.rest)), repeats)
        case Negative():
            return depth(expr.operand, repeats)
    return 0


def _deepest(exprs: tuple[Expr, ...] | list[Expr], repeats: frozenset[str]) -> int:
    return max((depth(expr, repeats) for expr in exprs), default=0)

"""Which answers an expression looks at, so that it is worked out again when one of them changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from survey.xpath.errors import XPathError
from survey.xpath.parser import parse
from survey.xpath.syntax import Call, Chain, Expr, Filter, Path, Step, Text, every_part, parts

Origin = Literal["root", "context", "instance"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A location an expression looks at.

    Attributes:
        origin: Where the steps start: at `root`, at the `context` node (`current()` too) or in a
            secondary `instance`.
        steps: Names of children, `..`, `*` for any child, `**` for anything below (the node
            itself included), `@name` for attributes. Predicates are left out; what they look at is
            a reference of its own.
        instance: The id of the secondary instance; "" when it is worked out at evaluation.
        column: The 1-based column where it stands in the expression.
    """

    origin: Origin
    steps: tuple[str, ...]
    instance: str | None = None
    column: int = field(default=1, compare=False)

    @property
    def absolute(self) -> bool:
        """Whether it starts at the root of the answers."""
        return self.origin == "root"

    def resolve(self, context: str = "/") -> str | None:
        """Return the path it means from a context path, None in a secondary instance.

        Positions (`take[2]`) in the context path are kept while the steps go up and down.

        Example:
            >>> Reference("context", ("..", "kept")).resolve("/data/take[2]/why")
            '/data/take[2]/kept'
        """
        if self.origin == "instance":
            return None
        parts = [] if self.absolute else [part for part in context.split("/") if part]
        for step in self.steps:
            if step != "..":
                parts.append(step)
            elif parts:
                parts.pop()
        return "/" + "/".join(parts)


@dataclass(frozen=True, slots=True)
class Use:
    """A function call: the name, how many arguments and the 1-based column."""

    name: str
    arguments: int
    column: int


@dataclass(frozen=True, slots=True)
class _Base:
    """What `.` is at some place of the expression."""

    origin: Origin
    steps: tuple[str, ...] = ()
    instance: str | None = None


_CONTEXT = _Base("context")
_ROOT = _Base("root")
_ANYWHERE = _Base("root", ("**",))


def references(expr: Expr) -> frozenset[Reference]:
    """Return every location an expression looks at, those in predicates included."""
    return frozenset(
        Reference(base.origin, base.steps, base.instance, column)
        for base, column in _looked_at(expr, _CONTEXT)
        if base.steps or base.origin != "root"
    )


def uses(expr: Expr) -> frozenset[Use]:
    """Return every function call of an expression."""
    return frozenset(_uses(expr))


def _uses(expr: Expr) -> Iterator[Use]:
    for part in every_part(expr):
        if isinstance(part, Call):
            yield Use(part.name, len(part.arguments), part.column)


def _looked_at(expr: Expr, here: _Base) -> Iterator[tuple[_Base, int]]:
    """Yield what is looked at, as places from the context node or the root."""
    match expr:
        case Path() | Filter():
            yield from _nodes(expr, here)[1]
        case Call(name="current"):
            yield _CONTEXT, expr.column
        case Call(name="jr:choice-name", arguments=(value, Text() as written)):
            yield from _looked_at(value, here)
            yield from _choice_path(written, here)
        case Call(arguments=()) if expr.name in _IMPLIED:
            yield here, expr.column
        case _:
            for part in parts(expr):
                yield from _looked_at(part, here)


_IMPLIED = frozenset({"string", "number", "string-length", "normalize-space", "name", "local-name"})


def _choice_path(written: Text, here: _Base) -> Iterator[tuple[_Base, int]]:
    """Yield the path that `jr:choice-name` takes as a text."""
    try:
        inner = parse(written.value)
    except XPathError:
        return
    for base, _ in _looked_at(inner, here):
        yield base, written.column


_Looks = list[tuple[_Base, int]]


def _nodes(expr: Expr, here: _Base) -> tuple[list[_Base], _Looks]:
    """Return where an expression that gives nodes leads, and all it looks at on the way."""
    ends: list[_Base] = []
    seen: _Looks = []
    match expr:
        case Path():
            ends, seen = _path(expr, here)
        case Filter():
            ends, seen = _nodes(expr.base, here)
            seen += _in_predicates(expr.predicates, ends)
        case Chain() if expr.rest[0][0] == "|":
            for part in parts(expr):
                inner, looks = _nodes(part, here)
                ends += inner
                seen += looks
        case Call(name="current"):
            ends = [_CONTEXT]
        case Call(name="instance"):
            ends = [_Base("instance", (), _instance(expr))]
        case Call():
            seen = [look for part in expr.arguments for look in _looked_at(part, here)]
            ends = [base for base, _ in seen]
        case _:
            seen = list(_looked_at(expr, here))
    return ends, seen


def _instance(expr: Call) -> str:
    first = expr.arguments[0] if expr.arguments else None
    return first.value if isinstance(first, Text) else ""


def _path(expr: Path, here: _Base) -> tuple[list[_Base], _Looks]:
    """Return where a path leads, and all it and its predicates look at."""
    seen: _Looks = []
    start = expr.start
    if start == "root":
        ends = [_ROOT]
    elif start == "context":
        ends = [here]
    else:
        ends, seen = _nodes(start, here)
    for step in expr.steps:
        ends = [_stepped(end, step) for end in ends]
        seen += _in_predicates(step.predicates, ends)
    return ends, [*seen, *((end, expr.column) for end in ends)]


def _in_predicates(predicates: Sequence[Expr], ends: list[_Base]) -> _Looks:
    """Return what predicates look at from the nodes they choose among.

    Predicates in predicates of a union would multiply without end: they are followed once, from
    anywhere.
    """
    seen: _Looks = []
    for predicate in predicates:
        nested = len(ends) > 1 and any(_has_predicates(part) for part in every_part(predicate))
        for here in [_ANYWHERE] if nested else ends:
            seen.extend(_looked_at(predicate, here))
    return seen


def _has_predicates(expr: Expr) -> bool:
    if isinstance(expr, Path):
        return any(step.predicates for step in expr.steps)
    return isinstance(expr, Filter)


def _stepped(base: _Base, step: Step) -> _Base:
    """Return where one step leads; axes other than the usual ones widen to all they can reach."""
    name = step.test.name if step.test.kind == "name" and step.test.name else "*"
    steps = base.steps
    origin = base.origin
    match step.axis:
        case "self":
            pass
        case "child":
            steps = steps if step.test.kind == "text" else (*steps, name)
        case "attribute":
            steps = (*steps, f"@{name}")
        case "parent":
            steps = _up(steps)
        case "descendant" | "descendant-or-self":
            steps = (*steps, "**") if name == "*" else (*steps, "**", name)
        case "following-sibling" | "preceding-sibling":
            steps = (*_up(steps), name)
        case _:
            origin, steps = ("instance" if origin == "instance" else "root"), ("**",)
    return _Base(origin, steps, base.instance)


def _up(steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps to the parent."""
    if steps and steps[-1] == "**":
        return steps
    return steps[:-1] if steps and steps[-1] != ".." else (*steps, "..")

"""Turning the parts of an expression into Python functions, once, for many evaluations.

Each part becomes a function of the context, the context node, its position and the context size.
What a part gives is mostly known beforehand, so conversions are chosen here and not at evaluation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from i18n import Message, say
from survey.xpath.arithmetic import OPERATIONS
from survey.xpath.closures import (
    PLACES,
    Booleans,
    Nodes,
    Numbers,
    Run,
    Strings,
    called,
    constant,
    equal,
    matches,
    named_path,
    near_path,
    ordered,
    ordered_nodes,
    ordered_numbers,
    truth,
)
from survey.xpath.context import Context, Value
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node, in_document_order
from survey.xpath.paths import Predicate, near_names, plain_names, relevant, walk
from survey.xpath.predicates import at_place, by_key, by_test, by_value, conjuncts, key_of
from survey.xpath.registry import REGISTRY, Function, Kind
from survey.xpath.syntax import (
    Call,
    Chain,
    Expr,
    Filter,
    Negative,
    Number,
    Path,
    Text,
    Variable,
)
from survey.xpath.values import node_string, text_number, to_number, to_string

_ONE_NODE = frozenset({"current", "instance"})
_SINGLE = frozenset({"number", "string"})
_HERE = Path("context", (), 0)


class Compiler:
    """Compiles the parts of one expression."""

    def __init__(self, source: str, namespaces: Mapping[str, str]) -> None:
        self.source = source
        self.namespaces = namespaces
        self.unknown: list[Call] = []

    def compile(self, expr: Expr) -> tuple[Run, Kind]:
        """Return the function of a part and what it gives."""
        compiled: tuple[Run, Kind]
        match expr:
            case Number(value):
                compiled = constant(value), "number"
            case Text(text):
                compiled = constant(text), "string"
            case Variable():
                compiled = self.variable(expr), "any"
            case Call():
                compiled = self.call(expr)
            case Path():
                compiled = self.path(expr), "nodes"
            case Filter():
                compiled = self.filtered(expr), "nodes"
            case Negative():
                compiled = self.negative(expr), "number"
            case Chain():
                compiled = self.chain(expr)
        return compiled

    def string(self, expr: Expr) -> Strings:
        """Return the function that gives a part as a string."""
        run, kind = self.compile(expr)
        if kind == "string":
            return cast("Strings", run)
        if kind == "nodes":
            nodes = cast("Nodes", run)
            return lambda c, n, p, s: node_string(nodes(c, n, p, s))
        return lambda c, n, p, s: to_string(run(c, n, p, s))

    def number(self, expr: Expr) -> Numbers:
        """Return the function that gives a part as a number."""
        run, kind = self.compile(expr)
        if kind == "number":
            return cast("Numbers", run)
        if kind == "nodes":
            nodes = cast("Nodes", run)
            return lambda c, n, p, s: text_number(node_string(nodes(c, n, p, s)), c.zone)
        return lambda c, n, p, s: to_number(run(c, n, p, s), c.zone)

    def boolean(self, expr: Expr) -> Booleans:
        """Return the function that gives a part as a boolean."""
        return truth(*self.compile(expr))

    def nodes(self, expr: Expr, column: int) -> Nodes:
        """Return the function that gives a part as nodes; refuse what never gives any."""
        run, kind = self.compile(expr)
        if kind == "nodes":
            return cast("Nodes", run)
        problem = say("Nodes of the form are needed here, such as /data/name.")
        if kind != "any":
            raise XPathError(problem).at(self.source, column)

        def checked(c: Context, n: Node, p: int, s: int) -> list[Node]:
            value = run(c, n, p, s)
            if not isinstance(value, list):
                raise XPathError(problem).at(self.source, column)
            return value

        return checked

    def converted(self, expr: Expr, kind: Kind, column: int) -> Run:
        """Return the function that gives a part as a kind of value."""
        match kind:
            case "string":
                return self.string(expr)
            case "number":
                return self.number(expr)
            case "boolean":
                return self.boolean(expr)
            case "nodes":
                return self.nodes(expr, column)
            case _:
                return self.compile(expr)[0]

    # Operators

    def chain(self, expr: Chain) -> tuple[Run, Kind]:
        """Compile operators of one rank."""
        operator = expr.rest[0][0]
        if operator in ("or", "and"):
            return self.logic(expr, operator), "boolean"
        if operator == "|":
            return self.union(expr), "nodes"
        if operator in OPERATIONS:
            return self.arithmetic(expr), "number"
        return self.compared(expr), "boolean"

    def logic(self, expr: Chain, operator: str) -> Booleans:
        """Compile alternatives or conditions; the later ones are left out once it is decided."""
        parts = [self.boolean(part) for part in (expr.first, *(right for _, right, _ in expr.rest))]
        decides = operator == "or"
        if len(parts) == 2:
            first, second = parts
            if decides:
                return lambda c, n, p, s: first(c, n, p, s) or second(c, n, p, s)
            return lambda c, n, p, s: first(c, n, p, s) and second(c, n, p, s)

        def decide(c: Context, n: Node, p: int, s: int) -> bool:
            for part in parts:
                if part(c, n, p, s) is decides:
                    return decides
            return not decides

        return decide

    def arithmetic(self, expr: Chain) -> Numbers:
        """Compile sums and products."""
        first = self.number(expr.first)
        rest = [(OPERATIONS[operator], self.number(right)) for operator, right, _ in expr.rest]
        if len(rest) == 1:
            ((operation, second),) = rest
            return lambda c, n, p, s: operation(first(c, n, p, s), second(c, n, p, s), c)

        def calculate(c: Context, n: Node, p: int, s: int) -> float:
            value = first(c, n, p, s)
            for operation, right in rest:
                value = operation(value, right(c, n, p, s), c)
            return value

        return calculate

    def negative(self, expr: Negative) -> Numbers:
        """Compile minus signs."""
        operand = self.number(expr.operand)
        if expr.signs % 2 == 0:
            return lambda c, n, p, s: float(operand(c, n, p, s))
        return lambda c, n, p, s: -operand(c, n, p, s)

    def union(self, expr: Chain) -> Nodes:
        """Compile a union of nodes."""
        parts = [self.nodes(expr.first, expr.first.column)]
        parts += [self.nodes(right, right.column) for _, right, _ in expr.rest]

        def unite(c: Context, n: Node, p: int, s: int) -> list[Node]:
            return in_document_order([node for part in parts for node in part(c, n, p, s)])

        return unite

    def compared(self, expr: Chain) -> Booleans:
        """Compile comparisons, each with the result of the one before it."""
        left, kind = self.compile(expr.first)
        for operator, right_expr, _ in expr.rest:
            right, right_kind = self.compile(right_expr)
            if operator in ("=", "!="):
                text = right_expr.value if isinstance(right_expr, Text) else None
                if kind == "nodes" and text is not None and not text[:4].isdecimal():
                    left = matches(cast("Nodes", left), text, wanted=operator == "=")
                else:
                    left = equal(left, right, wanted=operator == "=")
            elif kind in _SINGLE and right_kind in _SINGLE:
                left = ordered_numbers(operator, left, right)
            elif kind == "nodes" and right_kind in _SINGLE:
                left = ordered_nodes(operator, cast("Nodes", left), right)
            else:
                left = ordered(operator, left, right)
            kind = "boolean"
        return cast("Booleans", left)

    # Nodes

    def variable(self, expr: Variable) -> Run:
        """Compile a variable."""
        name = expr.name

        def look(c: Context, _n: Node, _p: int, _s: int) -> Value:
            try:
                return c.variables[name]
            except KeyError:
                problem = say("There is no variable ${name}.", name=name)
                raise XPathError(problem).at(self.source, expr.column) from None

        return look

    def path(self, expr: Path) -> Nodes:
        """Compile a location path."""
        names = plain_names(expr.steps)
        if names is not None and isinstance(expr.start, str):
            return named_path(expr.start, names)
        start = expr.start
        is_current = isinstance(start, Call) and start.name == "current" and not start.arguments
        near = near_names(expr.steps)
        if near is not None and (start == "context" or is_current):
            return near_path(*near, current=is_current)
        single = isinstance(start, str) or (isinstance(start, Call) and start.name in _ONE_NODE)
        predicates = [self.predicates(step.predicates) for step in expr.steps]
        follow = walk(expr.steps, predicates, self.namespaces, single=single)
        if start == "context":
            return lambda c, n, _p, _s: relevant(follow(c, [n]))
        if isinstance(start, str):
            return lambda c, _n, _p, _s: relevant(follow(c, [c.top]))
        base = self.nodes(start, expr.column)
        return lambda c, n, p, s: relevant(follow(c, base(c, n, p, s)))

    def filtered(self, expr: Filter) -> Nodes:
        """Compile an expression with predicates."""
        base = self.nodes(expr.base, expr.column)
        predicates = self.predicates(expr.predicates)

        def keep(c: Context, n: Node, p: int, s: int) -> list[Node]:
            nodes = base(c, n, p, s)
            for predicate in predicates:
                nodes = predicate(c, nodes)
            return nodes

        return keep

    def predicates(self, exprs: tuple[Expr, ...]) -> list[Predicate]:
        """Compile predicates."""
        return [part for expr in exprs for part in self.predicate(expr)]

    def predicate(self, expr: Expr) -> list[Predicate]:
        """Compile a predicate, into several where conditions are joined with `and`.

        A number asks for a position, anything else for a boolean.
        """
        if isinstance(expr, Number):
            return [at_place(expr.value)]
        parts = list(conjuncts(expr))
        return [self.condition(part, alone=len(parts) == 1) for part in parts]

    def condition(self, expr: Expr, *, alone: bool) -> Predicate:
        """Compile a condition on nodes; standing alone a number asks for a position."""
        keyed = key_of(expr)
        if keyed is not None:
            name, key = keyed
            return by_key(name, self.compile(key)[0])
        run, kind = self.compile(expr)
        return by_value(run) if alone and kind in ("any", "number") else by_test(truth(run, kind))

    # Functions

    def call(self, expr: Call) -> tuple[Run, Kind]:
        """Compile a function call."""
        known = REGISTRY.get(expr.name)
        if known is None:
            return self.missing(expr), "any"
        if not known.takes(len(expr.arguments)):
            raise XPathError(_wrong_count(known, len(expr.arguments))).at(self.source, expr.column)
        if expr.name == "if":
            return self.conditional(expr)
        if expr.name in PLACES and not expr.arguments:
            return PLACES[expr.name], "number"
        given = expr.arguments or ((_HERE,) if known.implied else ())
        runs = [
            self.converted(argument, known.kind(place), argument.column or expr.column)
            for place, argument in enumerate(given)
        ]
        return called(known, runs, self.source, expr.column), known.result

    def missing(self, expr: Call) -> Run:
        """Compile the call of a function there is not: it matters once it is called."""
        self.unknown.append(expr)

        def refuse(_c: Context, _n: Node, _p: int, _s: int) -> Value:
            raise no_function(expr.name).at(self.source, expr.column)

        return refuse

    def conditional(self, expr: Call) -> tuple[Run, Kind]:
        """Compile `if()`; only the branch that is needed is evaluated.

        An `if()` in the last argument is one more branch, so that long lists of cases do not nest.
        """
        branches: list[tuple[Booleans, Run]] = []
        kinds: set[Kind] = set()
        rest: Expr = expr
        while isinstance(rest, Call) and rest.name == "if" and len(rest.arguments) == 3:
            condition, then, rest = rest.arguments
            run, kind = self.compile(then)
            branches.append((self.boolean(condition), run))
            kinds.add(kind)
        otherwise, kind = self.compile(rest)
        kinds.add(kind)

        def choose(c: Context, n: Node, p: int, s: int) -> Value:
            for condition, then in branches:
                if condition(c, n, p, s):
                    return then(c, n, p, s)
            return otherwise(c, n, p, s)

        return choose, kinds.pop() if len(kinds) == 1 else "any"


def no_function(name: str) -> XPathError:
    """Say that there is no function of a name."""
    return XPathError(say("There is no function {name}().", name=name))


def _wrong_count(known: Function, count: int) -> Message:
    """Say that a function was called with too few or too many arguments."""
    counts = {"name": known.name, "least": known.minimum, "most": known.maximum, "count": count}
    if known.maximum is None:
        return say("{name}() takes at least {least} arguments, not {count}.", **counts)
    if known.minimum == known.maximum:
        return say("{name}() takes {least} arguments, not {count}.", **counts)
    return say("{name}() takes {least} to {most} arguments, not {count}.", **counts)

"""Expressions: compiled once, evaluated often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from time import monotonic

from i18n import say
from survey.xpath import functions as functions  # noqa: PLC0414 - importing it registers them all
from survey.xpath.compiler import Compiler, no_function
from survey.xpath.context import Context, Value
from survey.xpath.effort import PATIENCE, is_heavy
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node
from survey.xpath.parser import parse
from survey.xpath.paths import KNOWN_PREFIXES
from survey.xpath.references import Reference, Use, references, uses
from survey.xpath.values import to_boolean, to_number, to_string

CACHED = 8192


class Expression:
    """A compiled expression; immutable and safe to share between threads.

    Attributes:
        source: The text it was compiled from.
        syntax: Its parts.
    """

    def __init__(self, source: str, namespaces: Mapping[str, str] | None = None) -> None:
        self.source = source
        self.syntax = parse(source)
        self._heavy = is_heavy(self.syntax)
        compiler = Compiler(source, {**KNOWN_PREFIXES, **(namespaces or {})})
        try:
            self._run, self.kind = compiler.compile(self.syntax)
        except RecursionError:
            raise self._too_deep() from None
        self._unknown = tuple(compiler.unknown)

    def __repr__(self) -> str:
        return f"<Expression {self.source!r}>"

    def evaluate(self, context: Context) -> Value:
        """Return the value in a context: a string, number, boolean or list of nodes.

        The list may be the tree's own: it is to be read, not changed.

        Raises:
            XPathError: When the value cannot be worked out, with the place in the expression.
        """
        if self._heavy and context.deadline is None:
            context = replace(context, deadline=monotonic() + PATIENCE)
        try:
            return self._run(context, context.node, context.position, context.size)
        except RecursionError:
            raise self._too_deep() from None
        except XPathError as error:
            raise error.at(self.source, 1) from None

    def as_string(self, context: Context) -> str:
        """Return the value as `string()` gives it."""
        return to_string(self.evaluate(context))

    def as_number(self, context: Context) -> float:
        """Return the value as `number()` gives it."""
        return float(to_number(self.evaluate(context), context.zone))

    def as_boolean(self, context: Context) -> bool:
        """Return the value as `boolean()` gives it."""
        return to_boolean(self.evaluate(context))

    def as_nodes(self, context: Context) -> list[Node]:
        """Return the nodes; XPathError when the value is something else."""
        value = self.evaluate(context)
        if not isinstance(value, list):
            problem = say("Nodes of the form are needed here, such as /data/name.")
            raise XPathError(problem).at(self.source, 1)
        return value

    @cached_property
    def references(self) -> frozenset[Reference]:
        """Every location it looks at."""
        return references(self.syntax)

    @cached_property
    def functions(self) -> frozenset[Use]:
        """Every function it calls."""
        return uses(self.syntax)

    @cached_property
    def called(self) -> frozenset[str]:
        """The names of the functions it calls."""
        return frozenset(use.name for use in self.functions)

    def check_functions(self) -> None:
        """Refuse functions there are not.

        Raises:
            XPathError: With the column of the first one.
        """
        if self._unknown:
            first = min(self._unknown, key=lambda call: call.column)
            raise no_function(first.name).at(self.source, first.column)

    def _too_deep(self) -> XPathError:
        return XPathError(say("Brackets are nested too deep.")).at(self.source, 1)


def compile(  # noqa: A001 - the name of the seam
    expression: str,
    namespaces: Mapping[str, str] | None = None,
    *,
    unknown_functions: bool = False,
) -> Expression:
    """Compile an expression, or return it from the cache.

    Args:
        expression: The text.
        namespaces: The address of each prefix besides those forms commonly use.
        unknown_functions: Whether functions there are not are taken in, as other engines do, and
            only refused when they are called.

    Raises:
        XPathError: With the column, for wrong syntax, unknown functions and wrong numbers of
            arguments.
    """
    found = _cached(expression, tuple(sorted(namespaces.items())) if namespaces else ())
    if not unknown_functions:
        found.check_functions()
    return found


@lru_cache(maxsize=CACHED)
def _cached(expression: str, namespaces: tuple[tuple[str, str], ...]) -> Expression:
    return Expression(expression, dict(namespaces))

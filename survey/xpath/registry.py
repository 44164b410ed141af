"""Every function an expression may call, with how many arguments of which kind it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from survey.xpath.context import Context, Value
from survey.xpath.nodes import Node

Kind = Literal["string", "number", "boolean", "nodes", "any"]


class Place(NamedTuple):
    """Where a function is called: what it may ask besides its arguments."""

    context: Context
    node: Node
    position: int
    size: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function.

    Attributes:
        name: Its name as written, with the prefix `jr:` where it has one.
        kinds: What its arguments are converted to; the last one goes on for any further.
        minimum: The fewest arguments.
        maximum: The most arguments, None for any number.
        result: What it returns.
        body: What it does; takes the `Place` first where `placed` says so.
        placed: Whether the body takes the `Place`.
        implied: Whether the context node is the argument when there is none.
    """

    name: str
    kinds: tuple[Kind, ...]
    minimum: int
    maximum: int | None
    result: Kind
    body: Callable[..., Value]
    placed: bool = False
    implied: bool = False

    def kind(self, place: int) -> Kind:
        """Return what the argument at a 0-based place is converted to."""
        return self.kinds[min(place, len(self.kinds) - 1)]

    def takes(self, count: int) -> bool:
        """Tell whether it can be called with so many arguments."""
        return self.minimum <= count and (self.maximum is None or count <= self.maximum)


REGISTRY: dict[str, Function] = {}


def function(
    name: str,
    *kinds: str,
    result: Kind,
    placed: bool = False,
    implied: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of expressions.

    Args:
        name: The name.
        *kinds: The arguments in order: `string`, `number`, `boolean`, `nodes` or `any`, with `?`
            after it for one that may be left out and `*` for any number, none included.
        result: What it returns.
        placed: Whether the Python function takes a `Place` before the arguments.
        implied: Whether the context node is the argument when there is none.
    """
    plain: tuple[Any, ...] = tuple(kind.rstrip("?*") for kind in kinds)
    endless = bool(kinds) and kinds[-1].endswith("*")

    def register(body: Callable[..., Any]) -> Callable[..., Any]:
        REGISTRY[name] = Function(
            name,
            plain,
            0 if implied else sum(not kind.endswith(("?", "*")) for kind in kinds),
            None if endless else len(kinds),
            result,
            body,
            placed,
            implied,
        )
        return body

    return register


class _Arities(Mapping[str, tuple[int, int | None]]):
    """The fewest and the most arguments (None: any number) by function name."""

    def __getitem__(self, name: str) -> tuple[int, int | None]:
        known = REGISTRY[name]
        return known.minimum, known.maximum

    def __iter__(self) -> Iterator[str]:
        return iter(REGISTRY)

    def __len__(self) -> int:
        return len(REGISTRY)


FUNCTIONS: Mapping[str, tuple[int, int | None]] = _Arities()

"""Where and when an expression is evaluated, and whom it may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from random import Random, SystemRandom

from survey.xpath.nodes import Node

_CHANCE = SystemRandom()

Value = str | float | bool | list[Node]


@dataclass(slots=True)
class Context:
    """The surroundings of an evaluation; one may serve many, one after the other.

    Attributes:
        node: The node that `.` is.
        root: The document that `/` is; the top of the node's tree when None. It stays the same
            inside `instance('x')/...[...]`, as the ODK XForms specification says.
        current: The node that `current()` is; `node` when None.
        position: What `position()` is outside predicates.
        size: What `last()` is outside predicates.
        instances: The secondary instances by id: the node above the outermost element (`root`).
            A `Document` that is `fixed` is searched through indexes.
        now: The moment of evaluation with its time zone, in which dates without one are read; the
            machine's clock and zone when None.
        language: The BCP 47 tag of the language shown, for names of months and days.
        itext: Gives the text of an id in the language shown; None when there is none.
        choice_label: Gives the label of a choice of the question at a node, in the language shown.
        random: Where `random`, `uuid` and unseeded `randomize` draw from.
        variables: The values of `$name`.
        deadline: When an evaluation gives up, by the monotonic clock; set by `Expression.evaluate`
            for formulas that could go on for ever.
    """

    node: Node
    root: Node | None = None
    current: Node | None = None
    position: int = 1
    size: int = 1
    instances: Mapping[str, Node] = field(default_factory=dict)
    now: datetime | None = None
    language: str = "en"
    itext: Callable[[str], str | None] | None = None
    choice_label: Callable[[Node, str], str] | None = None
    random: Random = _CHANCE
    variables: Mapping[str, Value] = field(default_factory=dict)
    deadline: float | None = None

    @property
    def top(self) -> Node:
        """The node that `/` is."""
        return self.node.top() if self.root is None else self.root

    @property
    def moment(self) -> datetime:
        """The moment of evaluation, with a time zone."""
        now = datetime.now().astimezone() if self.now is None else self.now
        return now if now.tzinfo is not None else now.astimezone()

    @property
    def zone(self) -> tzinfo | None:
        """The time zone in which dates without one are read."""
        return None if self.now is None else self.now.tzinfo

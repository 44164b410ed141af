"""Working formulas out, each only when something it looks at has changed."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from random import Random
from time import monotonic
from typing import Any

from i18n import Message, say
from survey.filling import turns
from survey.filling.making import make
from survey.filling.plan import AT_ONCE, Plan, order, plan
from survey.filling.tree import AnswerNode
from survey.filling.values import COMPUTED, LISTS, read
from survey.xlsform.formulas import Formula
from survey.xlsform.model import Form
from survey.xpath import Context, Document, Node, XPathError
from survey.xpath.values import to_boolean, to_string

# How long working out what follows from one answer may take, and how many steps one formula may.
MAX_SECONDS = 8.0
MAX_STEPS = 5_000_000
# A formula that changes what it depends on itself, through the number of turns of a repeat, is
# worked out so often before it is left as it is.
MAX_ROUNDS = 50
_WAITS = frozenset({*AT_ONCE, "trigger"})
_RESTLESS = frozenset({"now", "today", "random", "uuid"})


class Work:
    """The tree of answers with everything worked out from them.

    Attributes:
        root: The node of the outermost element.
        faults: What went wrong with the formula of a node, by node and aspect.
        nodes: How many nodes there are in the turns of repeats.
        newborn: New turns whose questions wait for the answers they start with.
        language: The key of the language that labels of choices are quoted in.
    """

    def __init__(
        self,
        form: Form,
        *,
        clock: Callable[[], datetime],
        instances: Mapping[str, Node],
        offered: Callable[[AnswerNode], tuple[str, ...]],
        choice_label: Callable[[Node, str], str],
        seed: str,
        language: str,
    ) -> None:
        self.form = form
        self.plan: Plan = plan(form)
        self.clock = clock
        self.offered = offered
        self.seed = seed
        self.root = make(form.root, defaults=False)
        self.document = Document(self.root)
        self.faults: dict[tuple[AnswerNode, str], Message] = {}
        self.nodes = 0
        self.newborn: list[AnswerNode] = []
        self._around = Context(
            self.document,
            root=self.document,
            instances=instances,
            random=Random(seed),  # noqa: S311 - shuffles choices, keeps no secret
            choice_label=choice_label,
            language=language,
        )
        self._moment: datetime | None = None
        self._fresh = False
        self._queue: list[tuple[int, int, AnswerNode, str]] = []
        self._waiting: set[tuple[int, str]] = set()
        self._number = count()

    # Evaluating

    @property
    def language(self) -> str:
        """The key of the language shown, which formulas ask for the labels of choices in."""
        return self._around.language

    @language.setter
    def language(self, key: str) -> None:
        """Show another language."""
        self._around.language = key

    def context(self, node: Node) -> Context:
        """Return the surroundings of a node's formulas."""
        return replace(self._around, node=node, now=self._moment or self.clock())

    def evaluate(self, node: AnswerNode, aspect: str, formula: Formula) -> Any:  # noqa: ANN401 - any XPath value
        """Work a formula out; None, and a fault noted, when that is not possible."""
        if self.faults:
            self.faults.pop((node, aspect), None)
        if self.nodes ** self.plan.depth(formula) > MAX_STEPS:
            self.faults[node, aspect] = say(
                "The formula {formula} takes too long with so many answers.", formula=formula.text
            )
            return None
        around = self._around
        outer = around.node  # a formula may be asked for while another one is worked out
        around.node, around.now = node, self._moment or self.clock()
        try:
            return formula.expression.evaluate(around)
        except XPathError as error:
            self.faults[node, aspect] = say(
                "The formula {formula} cannot be worked out: {reason}",
                formula=formula.text,
                reason=error.messages[0],
            )
            return None
        finally:
            around.node = outer

    def holds(self, node: AnswerNode, aspect: str, *, without: bool) -> bool:
        """Tell whether a condition holds, from memory where nothing has changed since.

        Args:
            node: The node.
            aspect: Which condition: `readonly`, `required`, `constraint`.
            without: What holds where there is no such condition or it cannot be worked out.
        """
        formula = self.plan.formulas[node.element.path].get(aspect)
        if formula is None:
            return without
        if formula.always is not None:
            return formula.always
        if node.known is not None and aspect in node.known:
            return node.known[aspect]
        value = self.evaluate(node, aspect, formula)
        result = without if value is None else to_boolean(value)
        if formula.functions.isdisjoint(_RESTLESS):
            node.known = node.known or {}
            node.known[aspect] = result
        return result

    # Changing

    def put(self, node: AnswerNode, text: str, *, numeric: bool = False, given: Any = None) -> None:  # noqa: ANN401 - what a person gave
        """Keep an answer and note whoever looks at it."""
        same = node.text == text and node.given == given
        node.text, node.numeric, node.given = text, numeric, given
        if not same:
            self.notify(node)

    def notify(self, node: AnswerNode, *, value: bool = True) -> None:
        """Note every formula that looks at a node; `value` unless only its relevance changed."""
        plan = self.plan
        looking = plan.urgent if self._fresh else plan.dependents
        for dependent in looking[node.element.path]:
            if dependent.aspect == "trigger" and not value:
                continue
            for target in dependent.nodes(node):
                self.mark(target, dependent.aspect)

    def mark(self, node: AnswerNode, aspect: str) -> None:
        """Note that a formula must be worked out: at once, or when it is asked for."""
        if aspect.partition(":")[0] in _WAITS:
            self._await(node, aspect, order(self.plan.rank, node.element.path, aspect))
        elif node.known:
            node.known.pop(aspect, None)

    def _await(self, node: AnswerNode, aspect: str, place: int) -> None:
        key = (id(node), aspect)
        if key not in self._waiting:
            self._waiting.add(key)
            heapq.heappush(self._queue, (place, next(self._number), node, aspect))

    def mark_all(self, top: AnswerNode) -> None:
        """Note every formula at and below a node."""
        for node in top.inside():
            self.mark_node(node)

    def mark_node(self, node: AnswerNode) -> None:
        """Note every formula of one node."""
        node.known = None
        for aspect, place in self.plan.due[node.element.path]:
            self._await(node, aspect, place)

    def begin(self) -> None:
        """Work everything out for the first time.

        As all of it is due and done in order, nobody need be told of what changes on the way,
        until something earlier in the order changes once more.
        """
        self.mark_all(self.root)
        self._fresh = True
        self.settle()
        self._fresh = False

    def settle(self) -> None:
        """Work out everything that was noted, in order, until nothing changes any more."""
        self._moment = self.clock()
        self.faults.pop((self.root, "settle"), None)
        rounds: dict[tuple[int, str], int] = {}
        deadline = monotonic() + MAX_SECONDS
        furthest = 0
        try:
            while self._queue:
                if monotonic() > deadline:
                    self._give_up()
                    break
                place, _, node, aspect = heapq.heappop(self._queue)
                self._fresh = self._fresh and place >= furthest
                furthest = place
                key = (id(node), aspect)
                self._waiting.discard(key)
                rounds[key] = rounds.get(key, 0) + 1
                if rounds[key] > MAX_ROUNDS:
                    self.faults[node, aspect] = say(
                        "This formula keeps changing what it depends on."
                    )
                elif node.top() is self.document:
                    self._work(node, aspect)
        finally:
            self._moment = None

    def _give_up(self) -> None:
        """Leave what is still due as it is; the answers cannot be accepted like that."""
        self._queue.clear()
        self._waiting.clear()
        self.faults[self.root, "settle"] = say(
            "The formulas of this questionnaire take too long with so many answers."
        )

    def _work(self, node: AnswerNode, aspect: str) -> None:
        formulas = self.plan.formulas[node.element.path]
        if aspect == "relevant":
            value = self.evaluate(node, aspect, formulas[aspect])
            node.holds = True if value is None else to_boolean(value)
            self.spread(node)
        elif aspect.startswith("count:"):
            turns.count(self, node, aspect.removeprefix("count:"), formulas[aspect])
        elif aspect == "choices":
            self._narrow(node)
        elif "calculation" in formulas:
            self._calculate(node, formulas["calculation"])

    def spread(self, top: AnswerNode) -> None:
        """Pass the relevance of a node on to what is below, and tell who looks at what changed."""
        above = top.parent.relevant if isinstance(top.parent, AnswerNode) else True
        if top.relevant == (above and top.holds):
            return
        waiting = [(top, above)]
        changed = []
        while waiting:
            node, around = waiting.pop()
            relevant = around and node.holds
            if node.relevant != relevant:
                node.relevant = relevant
                changed.append(node)
                waiting.extend((child, relevant) for child in node.children)  # type: ignore[misc] # answer nodes
        for node in changed:
            self.notify(node, value=False)

    def _calculate(self, node: AnswerNode, formula: Formula) -> None:
        value = self.evaluate(node, "calculation", formula)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            self.put(node, "")
            return
        text = to_string(value)
        if node.question.type in COMPUTED:
            self.put(node, text, numeric=_numeric(value))
            return
        answer = read(node.question, text)
        if answer.problem is None:
            self.put(node, answer.text, numeric=answer.numeric)
        else:
            self.put(node, text, given=text)

    def _narrow(self, node: AnswerNode) -> None:
        """Clear choices that are no longer offered."""
        before = node.offered
        if node.text == "":
            node.offered = None
            return
        node.offered = self.offered(node)
        if before is None or node.given is not None:
            return
        gone = set(before) - set(node.offered)
        chosen = node.text.split() if node.question.type in LISTS else [node.text]
        kept = [name for name in chosen if name not in gone]
        if len(kept) < len(chosen):
            self.put(node, " ".join(kept))


def _numeric(value: Any) -> bool:  # noqa: ANN401 - any XPath value
    """Tell whether a result is a number, or the answer to a question that asks for one."""
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], AnswerNode) and value[0].numeric
    return isinstance(value, float)

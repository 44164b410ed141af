"""What must be worked out again when something changes, and in which order; once for each form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from survey.filling.cost import depth
from survey.filling.tree import AnswerNode
from survey.filling.values import read
from survey.xlsform.formulas import Formula, Reading
from survey.xlsform.kinds import NOTED
from survey.xlsform.model import Element, Form, Path, Question, Repeat
from survey.xpath.paths import descend

# Worked out at once, in this order at a node; the other formulas only when somebody asks.
AT_ONCE = ("relevant", "count", "calculation", "choices")
_ORDER = {aspect: place for place, aspect in enumerate((*AT_ONCE, "trigger"))}


@dataclass(frozen=True, slots=True)
class Dependent:
    """A formula that looks at a place of the answers.

    Attributes:
        path: The question, group or repeat it belongs to.
        aspect: Which of its formulas it is: `relevant`, `calculation`, `trigger`, ...
        shared: How many leading steps are the same node for both; see `Reading`.
        names: The steps that lead to it from there.
    """

    path: Path
    aspect: str
    shared: int
    names: Path

    def nodes(self, changed: AnswerNode) -> list[AnswerNode]:
        """Return the nodes whose formula looks at one that changed."""
        return descend([changed.above(self.shared)], self.names)  # type: ignore[return-value] # answer nodes all


@dataclass(slots=True)
class Plan:
    """How the formulas of a form hang together.

    Attributes:
        rank: The place of each element in the order of working out.
        formulas: The formulas of each element by aspect.
        due: The formulas of each element that are worked out at once, each with its place in the
            order of working out; not those that wait for a trigger.
        dependents: The formulas that look at an element, by its path.
        urgent: Those of them that working everything out in order does not come to anyhow: what
            waits for a trigger, and what comes earlier in the order, in a circle.
        noted: The paths of what a filling notes by itself, by type.
        fixed: What questions hold that are always read-only and nothing works out, by path.
        below: The paths at and below each repeat.
        placed: The paths whose formulas ask for positions, so that they change with the turns of
            a repeat.
        repeated: The names of the repeats.
    """

    rank: dict[Path, int] = field(default_factory=dict)
    formulas: dict[Path, dict[str, Formula]] = field(default_factory=dict)
    due: dict[Path, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    dependents: dict[Path, list[Dependent]] = field(default_factory=dict)
    urgent: dict[Path, list[Dependent]] = field(default_factory=dict)
    noted: dict[str, list[Path]] = field(default_factory=dict)
    fixed: dict[Path, str] = field(default_factory=dict)
    below: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    placed: frozenset[Path] = frozenset()
    repeated: frozenset[str] = frozenset()
    _depths: dict[Formula, int] = field(default_factory=dict)

    def depth(self, formula: Formula) -> int:
        """Return how deep walks over repeats nest in a formula: with n nodes it costs n^depth."""
        known = self._depths.get(formula)
        if known is None:
            known = self._depths[formula] = depth(formula.expression.syntax, self.repeated)
        return known


@lru_cache(maxsize=128)
def plan(form: Form) -> Plan:
    """Return the plan of a form."""
    made = Plan()
    elements: dict[Path, Element] = {form.root.path: form.root, **form.elements}
    for path in elements:
        made.formulas[path] = {}
        made.dependents[path] = []
    causes: dict[Path, set[Path]] = {
        path: {path[:-1]} if len(path) > 1 else set() for path in elements
    }
    for path, element in elements.items():
        for aspect, formula in formulas_of(element):
            # The count of a repeat is kept where its turns are, for there may be none yet.
            owner = path[:-1] if aspect.startswith("count:") else path
            made.formulas[owner][aspect] = formula
            if aspect == "calculation" and isinstance(element, Question) and element.trigger:
                continue
            for reading in formula.readings:
                for target, shared in _targets(reading, elements):
                    made.dependents[target].append(_dependent(owner, aspect, shared))
                    if target != path:
                        causes[path].add(target)
        _add_triggers(element, made, form)
    made.rank = _ranks(causes)
    made.urgent = {
        path: [each for each in dependents if _is_urgent(each, made.rank, path)]
        for path, dependents in made.dependents.items()
    }
    made.due = {path: tuple(_due(element, path, made)) for path, element in elements.items()}
    _add_unasked(made, form)
    made.repeated = frozenset(path[-1] for path in form.names.repeats)
    made.below = {
        repeat: tuple(path for path in elements if path[: len(repeat)] == repeat)
        for repeat in form.names.repeats
    }
    made.placed = frozenset(
        path
        for path, formulas in made.formulas.items()
        if any(
            formula.functions & {"position", "last", "indexed-repeat"}
            for formula in formulas.values()
        )
    )
    return made


def formulas_of(element: Element) -> Iterator[tuple[str, Formula]]:
    """Yield the formulas of an element with their aspects; of a count with the repeat's name."""
    named: list[tuple[str, Formula | None]] = [
        ("relevant", element.relevant),
        ("readonly", element.readonly),
    ]
    if isinstance(element, Question):
        named += [
            ("calculation", element.calculation),
            ("required", element.required),
            ("constraint", element.constraint),
        ]
        if element.choices is not None:
            named += [("choices", element.choices.filter), ("seed", element.choices.seed)]
    elif isinstance(element, Repeat):
        named.append((f"count:{element.name}", element.count))
    return ((aspect, formula) for aspect, formula in named if formula is not None)


def _add_triggers(element: Element, made: Plan, form: Form) -> None:
    if isinstance(element, Question):
        for source in element.trigger:
            shared = shared_steps(source, element.path, form.names.repeats)
            made.dependents[source].append(_dependent(element.path, "trigger", shared))
        if element.choices is not None and element.choices.answers is not None:
            made.dependents[element.choices.answers].append(_dependent(element.path, "choices", 1))


def _due(element: Element, path: Path, made: Plan) -> Iterator[tuple[str, int]]:
    triggered = isinstance(element, Question) and bool(element.trigger)
    for aspect in made.formulas[path]:
        waits = aspect == "calculation" and triggered
        if aspect.partition(":")[0] in AT_ONCE and not waits:
            yield aspect, order(made.rank, path, aspect)


def _add_unasked(made: Plan, form: Form) -> None:
    for question in form.questions():
        if question.type in NOTED:
            made.noted.setdefault(question.type, []).append(question.path)
        elif _is_fixed(question):
            made.fixed[question.path] = read(question, question.default).text


def _is_fixed(question: Question) -> bool:
    """Tell whether a question can only ever hold the answer it starts with."""
    if question.readonly is None or not question.readonly.always:
        return False
    return question.calculation is None and question.dynamic_default is None


def _dependent(path: Path, aspect: str, shared: int) -> Dependent:
    shared = min(shared, len(path))
    return Dependent(path, aspect, shared, path[shared:])


def order(rank: Mapping[Path, int], path: Path, aspect: str) -> int:
    """Return the place of a formula in the order of working out.

    Args:
        rank: The place of each element.
        path: Where the formula is kept.
        aspect: Which it is: one of `AT_ONCE` or `trigger`.
    """
    kind, _, repeat = aspect.partition(":")
    return rank[(*path, repeat) if repeat else path] * len(_ORDER) + _ORDER[kind]


def _is_urgent(dependent: Dependent, rank: Mapping[Path, int], looked_at: Path) -> bool:
    kind = dependent.aspect.partition(":")[0]
    if kind not in AT_ONCE:
        return kind == "trigger"
    first = rank[looked_at] * len(_ORDER)
    return order(rank, dependent.path, dependent.aspect) < first + len(_ORDER)


def shared_steps(one: Path, other: Path, repeats: frozenset[Path]) -> int:
    """Return how many leading steps two paths share up to their innermost common repeat."""
    shared = 1
    for length, (mine, theirs) in enumerate(zip(one, other, strict=False), 1):
        if mine != theirs:
            break
        if one[:length] in repeats:
            shared = length
    return shared


def _targets(reading: Reading, elements: dict[Path, Element]) -> Iterator[tuple[Path, int]]:
    """Yield the elements a reading means; several where it has `*` or `**` in it."""
    if "*" not in reading.path and "**" not in reading.path:
        if reading.path in elements:
            yield reading.path, min(reading.shared, len(reading.path))
        return
    for path in elements:
        if _matches(path, reading.path):
            yield path, min(reading.shared, len(path))


def _matches(path: Path, pattern: Path) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_matches(path[skip:], pattern[1:]) for skip in range(len(path) + 1))
    return bool(path) and pattern[0] in ("*", path[0]) and _matches(path[1:], pattern[1:])


def _ranks(causes: dict[Path, set[Path]]) -> dict[Path, int]:
    """Number the elements so that what is looked at comes first; circles are cut where met."""
    rank: dict[Path, int] = {}
    begun: set[Path] = set()
    for start, looked_at in causes.items():
        if start in begun:
            continue
        begun.add(start)
        work: list[tuple[Path, Iterator[Path]]] = [(start, iter(sorted(looked_at)))]
        while work:
            path, following = work[-1]
            for target in following:
                if target not in begun:
                    begun.add(target)
                    work.append((target, iter(sorted(causes[target]))))
                    break
            else:
                rank[path] = len(rank)
                work.pop()
    return rank

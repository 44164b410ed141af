"""The choices a select offers: of the form's lists, of attached files, or of earlier answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from random import Random

from survey.filling.texts import Shown, show
from survey.filling.tree import AnswerNode, nodes_at
from survey.filling.working import Work
from survey.xlsform.model import Choice, ChoiceSource, Form, Media, Path
from survey.xpath import Document, Node, XPathError
from survey.xpath.values import to_boolean, to_number


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice as it is shown.

    Attributes:
        name: What is kept as the answer.
        label: What is shown.
        media: Pictures and sounds shown with it, by kind and language.
    """

    name: str
    label: Shown
    media: Media = field(default_factory=dict)


@lru_cache(maxsize=64)
def items(form: Form, name: str) -> tuple[tuple[Choice, Node], ...]:
    """Return the choices of a list with their nodes, as `instance('name')/root/item` finds them."""
    made = []
    for number, choice in enumerate(form.choices.get(name, ())):
        item = Node("item")
        item.append(Node("itextId", f"{name}-{number}"))
        item.append(Node("name", choice.name))
        label = choice.labels.get(form.default_language) or next(iter(choice.labels.values()), "")
        item.append(Node("label", label))
        for column, value in choice.columns.items():
            item.append(Node(column, value))
        made.append((choice, item))
    return tuple(made)


class Instances(Mapping[str, Node]):
    """The lists of a form as secondary instances, made when first asked for."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __getitem__(self, name: str) -> Node:
        if name not in self.form.choices:
            raise KeyError(name)
        return _instance(self.form, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.form.choices)

    def __len__(self) -> int:
        return len(self.form.choices)


@lru_cache(maxsize=64)
def _instance(form: Form, name: str) -> Node:
    return Document(Node("root", children=[node for _, node in items(form, name)]))


def offered_names(node: AnswerNode, work: Work) -> tuple[str, ...]:
    """Return the names of the choices a select offers now, in the order of the list."""
    source = node.question.choices
    if source is None:
        return ()
    return tuple(choice.name for choice in offered(node, source, work))


def offered(node: AnswerNode, source: ChoiceSource, work: Work) -> list[Choice]:
    """Return the choices a select offers now, in the order of the list."""
    if source.answers is not None:
        return _earlier(node, source.answers, work)
    listed = items(work.form, source.name)
    if source.filter is None:
        return [choice for choice, _ in listed]
    context = work.context(node)
    found = []
    for place, (choice, item) in enumerate(listed, 1):
        here = replace(context, node=item, current=node, position=place, size=len(listed))
        try:
            value = source.filter.expression.evaluate(here)
        except XPathError as error:
            work.faults[node, "choices"] = error.messages[0]
            return [choice for choice, _ in listed]
        kept = float(place) == value if isinstance(value, float) else to_boolean(value)
        if kept:
            found.append(choice)
    return found


def _earlier(node: AnswerNode, path: Path, work: Work) -> list[Choice]:
    """Return the answers given to another question as choices (`select_one ${name}`)."""
    seen: dict[str, Choice] = {}
    for answer in nodes_at(path, work.root):
        if answer.relevant and answer.text and answer is not node:
            label = {work.form.default_language: answer.text}
            seen.setdefault(answer.text, Choice(answer.text, label))
    return list(seen.values())


def offers(node: AnswerNode, work: Work, language: str) -> list[Offer]:
    """Return the choices of a select as they are shown, shuffled where the form wants it."""
    source = node.question.choices
    if source is None:
        return []
    choices = offered(node, source, work)
    if source.randomize:
        choices = _shuffled(choices, node, source, work)
    return [
        Offer(choice.name, _label(choice, node, work, language), choice.media) for choice in choices
    ]


def _label(choice: Choice, node: AnswerNode, work: Work, language: str) -> Shown:
    shown = show(choice.labels, node, work, language)
    return shown if shown.text else Shown(choice.name, work.form.default_language)


def _shuffled(
    choices: list[Choice], node: AnswerNode, source: ChoiceSource, work: Work
) -> list[Choice]:
    """Shuffle by the seed of the form, else by the filling's own, so that the order stays."""
    seed: object = None
    if source.seed is not None:
        value = work.evaluate(node, "seed", source.seed)
        seed = to_number(value, None) if value is not None else None
    order = list(choices)
    Random(f"{seed}" if seed is not None else f"{work.seed}{node.path()}").shuffle(order)  # noqa: S311 - an order, no secret
    return order

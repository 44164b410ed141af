"""The choices a select offers: of the form's lists, of attached files, or of earlier answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from random import Random

from survey.filling.texts import Shown, show
from survey.filling.tree import AnswerNode, nodes_at
from survey.filling.working import Work
from survey.xlsform.model import Choice, ChoiceSource, Form, Media, Path, Rows
from survey.xlsform.references import LAST_SAVED
from survey.xpath import Document, Node
from survey.xpath.functions.randomness import randomize
from survey.xpath.registry import Place


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


_NOTHING = Document(Node("root"))


class Instances(Mapping[str, Node]):
    """The lists and attached files of a form as secondary instances, made when first asked for."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.files = {name.rpartition(".")[0]: rows for name, rows in form.attached.items()}
        # Empty: files that were not attached, and answers saved before, which are not kept.
        self.missing = dict.fromkeys([LAST_SAVED, *(f.rpartition(".")[0] for f in form.files)])

    def __getitem__(self, name: str) -> Node:
        if name in self.files:
            return _file(self.form, name)
        if name in self.form.choices:
            return _list(self.form, name)
        if name in self.missing:
            return _NOTHING
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({**self.form.choices, **self.files, **self.missing})

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=128)
def _list(form: Form, name: str) -> Document:
    """Return a list of the form: items as pyxform writes them, labels in the default language."""
    items = []
    for number, choice in enumerate(form.choices[name]):
        label = choice.labels.get(form.default_language) or next(iter(choice.labels.values()), "")
        cells = {"itextId": f"{name}-{number}", "name": choice.name, "label": label}
        items.append(_item({**cells, **choice.columns}))
    return Document(Node("root", children=items), fixed=True)


@lru_cache(maxsize=128)
def _file(form: Form, name: str) -> Document:
    rows: Rows = Instances(form).files[name]
    return Document(Node("root", children=[_item(row) for row in rows]), fixed=True)


def _item(cells: Mapping[str, str]) -> Node:
    return Node("item", children=[Node(name, value) for name, value in cells.items()])


@lru_cache(maxsize=512)
def _choices(form: Form, name: str, file: str | None, value: str, label: str) -> dict[Node, Choice]:
    """Return the choices of a list or file by the node of their item."""
    if file is None:
        if name not in form.choices:
            return {}
        root = _list(form, name).children[0]
        return dict(zip(root.children, form.choices[name], strict=True))
    if file not in form.attached:
        return {}
    root = _file(form, name).children[0]
    return {
        item: Choice(row.get(value, ""), {form.default_language: row.get(label, "")}, {}, row)
        for item, row in zip(root.children, form.attached[file], strict=True)
        if row.get(value)
    }


def offered(node: AnswerNode, work: Work) -> list[Choice]:
    """Return the choices a select offers now, in the order of the list."""
    source = node.question.choices
    if source is None:
        return []
    if source.answers is not None:
        return _earlier(node, source, source.answers, work)
    listed = _choices(work.form, source.name, source.file, source.value, source.label)
    if source.filter is None or not listed:
        return list(listed.values())
    kept = work.evaluate(node, "choices", source.filter)
    if not isinstance(kept, list):
        return list(listed.values())
    return [listed[item] for item in kept if item in listed]


def _earlier(node: AnswerNode, source: ChoiceSource, path: Path, work: Work) -> list[Choice]:
    """Return the answers given to another question as choices (`select_one ${name}`)."""
    answers = [answer for answer in nodes_at(path, work.root) if answer.relevant and answer.text]
    if source.filter is not None:
        kept = work.evaluate(node, "choices", source.filter)
        around = set(kept) if isinstance(kept, list) else set()
        answers = [answer for answer in answers if answer.parent in around]
    language = work.form.default_language
    found = {a.text: Choice(a.text, {language: a.text}) for a in answers if a is not node}
    return list(found.values())


def offered_names(node: AnswerNode, work: Work) -> tuple[str, ...]:
    """Return the names of the choices a select offers now, in the order of the list."""
    return tuple(choice.name for choice in offered(node, work))


def offers(node: AnswerNode, work: Work, language: str) -> list[Offer]:
    """Return the choices of a select as they are shown, shuffled where the form wants it."""
    choices = offered(node, work)
    source = node.question.choices
    if source is not None and source.randomize:
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
    seed = None if source.seed is None else work.evaluate(node, "seed", source.seed)
    own = Random(f"{work.seed}{node.path()}")  # noqa: S311 - an order of choices, no secret
    place = Place(replace(work.context(node), random=own), node, 1, 1)
    by_node = {Node("item"): choice for choice in choices}
    return [by_node[item] for item in randomize(place, list(by_node), seed)]

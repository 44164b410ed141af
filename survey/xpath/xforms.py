"""What an expression may ask of a whole XForm: its instances, its texts, the labels of choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from survey.xpath.context import Context
from survey.xpath.expression import compile as compiled
from survey.xpath.nodes import Document, Node

_POSITION = re.compile(r"\[[0-9]+\]")
_ITEXT = re.compile(r"\s*jr:itext\((.*)\)\s*", re.DOTALL)


@dataclass(frozen=True)
class XForm:
    """The parts of an XForm.

    Attributes:
        primary: The primary instance, or the whole document when it is not an XForm.
        instances: The secondary instances by id.
        texts: The translations of the default language: text by id.
        controls: The questions with choices: the control by the path it refers to.
        language: The language the texts are in, as the form names it.
    """

    primary: Document
    instances: dict[str, Node] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    controls: dict[str, Node] = field(default_factory=dict)
    language: str = "en"

    def context(self, node: Node, now: datetime | None) -> Context:
        """Return the context of an expression at a node."""
        return Context(
            node,
            root=self.primary,
            instances=self.instances,
            now=now,
            language=self.language,
            itext=self.texts.get,
            choice_label=lambda question, choice: self._label(question, choice, now),
        )

    def _label(self, question: Node, choice: str, now: datetime | None) -> str:
        control = self.controls.get(_POSITION.sub("", question.path()))
        if control is None:
            return ""
        for item in control.children:
            if item.name == "item" and _child_text(item, "value") == choice:
                return self._item_label(item)
        for itemset in control.named("itemset"):
            return self._listed(itemset, self.context(question, now), choice)
        return ""

    def _item_label(self, item: Node) -> str:
        for label in item.named("label"):
            match = _ITEXT.fullmatch(label.attributes.get("ref", ""))
            if match is None:
                return label.string_value()
            return self.texts.get(match[1].strip().strip("'\""), "")
        return ""

    @staticmethod
    def _listed(itemset: Node, context: Context, choice: str) -> str:
        """Return the label of a choice in the list an itemset takes its items from."""
        nodeset = itemset.attributes.get("nodeset", "")
        refs = {part.name: part.attributes.get("ref", "") for part in itemset.children}
        for item in compiled(nodeset).as_nodes(context) if nodeset else ():
            here = replace(context, node=item, current=context.node)
            if compiled(refs.get("value") or "name").as_string(here) == choice:
                return compiled(refs.get("label") or "label").as_string(here)
        return ""


def understand(document: Document) -> XForm:
    """Return the parts of an XForm; of another document itself and any `instance` with an id."""
    model = next((node for node in document.descendants() if _is_model(node)), None)
    instances = [] if model is None else list(model.named("instance"))
    secondary = {node.attributes["id"]: node for node in instances if node.attributes.get("id")}
    root = document.root
    wrapped = root is not None and root.name == "html" and not root.plain
    if model is None or not wrapped or not instances or instances[0].attributes.get("id"):
        return XForm(document, secondary)
    primary = Document()
    for node in list(instances[0].children):
        primary.append(node)
    language, texts = _translation(model)
    controls = {
        node.attributes["ref"]: node
        for node in document.descendants()
        if node.name in ("select", "select1", "rank") and "ref" in node.attributes
    }
    return XForm(primary, secondary, texts, controls, language)


def _is_model(node: Node) -> bool:
    return node.kind == "element" and node.name == "model" and bool(node.named("instance"))


def _translation(model: Node) -> tuple[str, dict[str, str]]:
    """Return the default language and its texts: the one marked so, otherwise the first."""
    translations = [node for itext in model.named("itext") for node in itext.named("translation")]
    if not translations:
        return "en", {}
    chosen = next((node for node in translations if "default" in node.attributes), translations[0])
    return chosen.attributes.get("lang", "en"), dict(_texts(chosen))


def _texts(translation: Node) -> Iterator[tuple[str, str]]:
    """Yield the texts of a translation: of each the first value."""
    for text in translation.named("text"):
        yield text.attributes.get("id", ""), _child_text(text, "value")


def _child_text(node: Node, name: str) -> str:
    found = node.named(name)
    return found[0].string_value() if found else ""

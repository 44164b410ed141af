"""The answers as the XML of an OpenRosa submission, and back."""

from __future__ import annotations

from html import escape

from i18n import Refusal, say
from survey.filling.storing import Answers
from survey.filling.tree import AnswerNode
from survey.filling.values import UNKEEPABLE
from survey.xlsform.model import Element, Form, Group, Question, Repeat
from survey.xpath import Node, XPathError
from survey.xpath.documents import read

JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"


class InstanceError(Refusal):
    """XML that is not a submission of this questionnaire."""


def write(root: AnswerNode, form: Form) -> str:
    """Write the answers that are asked for as instance XML.

    Blank answers are empty elements; what is not relevant is left out.
    """
    version = f' version="{escape(form.version)}"' if form.version else ""
    parts = [
        "<?xml version='1.0' encoding='UTF-8'?>\n",
        f'<{root.name} xmlns:jr="{JAVAROSA}" xmlns:orx="{OPENROSA}"',
        f' id="{escape(form.id)}"{version}>',
    ]
    waiting: list[AnswerNode | str] = [f"</{root.name}>", *reversed(_relevant(root))]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part.element, Question):
            parts.append(_leaf(part))
        else:
            parts.append(f"<{part.name}>")
            waiting.extend([f"</{part.name}>", *reversed(_relevant(part))])
    return "".join(parts)


def _relevant(node: AnswerNode) -> list[AnswerNode]:
    return [child for child in node.children if isinstance(child, AnswerNode) and child.relevant]


def _leaf(node: AnswerNode) -> str:
    text = node.text if node.given is None else UNKEEPABLE.sub("", str(node.given))
    if not text:
        return f"<{node.name}/>"
    # A parser would turn a carriage return into a line feed.
    return f"<{node.name}>{escape(text, quote=False).replace(chr(13), '&#13;')}</{node.name}>"


def answers_of(xml: str | bytes, form: Form) -> Answers:
    """Read instance XML into nested JSON answers, `meta` included.

    Raises:
        InstanceError: It is not XML, declares entities, or belongs to another questionnaire.
    """
    try:
        root = read(xml).root
    except XPathError as error:
        raise InstanceError(*error.messages) from error
    if root is None or root.name != form.root.name:
        raise InstanceError(
            say(
                "This is not a submission of {form}: it begins with {name} instead of {root}.",
                form=form.title,
                name="" if root is None else root.name,
                root=form.root.name,
            )
        )
    identifier = root.attributes.get("id")
    if identifier is not None and identifier != form.id:
        raise InstanceError(
            say("This is a submission of {other}, not of {form}.", other=identifier, form=form.id)
        )
    return _section(root, form.root)


def _section(node: Node, element: Group | Repeat) -> Answers:
    known: dict[str, Element] = {child.name: child for child in element.children}
    found: Answers = {}
    for child in node.children:
        if child.kind != "element" or "jr:template" in child.attributes:
            continue
        match known.get(child.name):
            case Repeat() as repeat:
                found.setdefault(child.name, []).append(_section(child, repeat))
            case Group() as group:
                found[child.name] = _section(child, group)
            case _:
                text = child.string_value()
                if text:
                    found[child.name] = text
    return found

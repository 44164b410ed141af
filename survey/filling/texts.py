"""The texts of a form in the language shown, with what they quote from the answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from survey.filling.tree import AnswerNode
from survey.filling.working import Work
from survey.xlsform.formulas import Formula, formula
from survey.xlsform.model import UNSAID, Form, Texts
from survey.xlsform.references import references
from survey.xpath import XPathError
from survey.xpath.values import to_string


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown.

    Attributes:
        text: The text, "" when there is none in any language.
        language: The key of the language it is in.
        missing: Whether it stands in for a text missing in the language asked for.
    """

    text: str
    language: str
    missing: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@lru_cache(maxsize=16_384)
def _quotes(text: str, here: tuple[str, ...], form: Form) -> tuple[str | Formula, ...]:
    """Cut a text into what is said and what is quoted from answers and lists."""
    parts: list[str | Formula] = []
    done = 0
    for start, end in _quoted(text):
        parts.append(text[done:start])
        try:
            parts.append(formula(text[start:end], here, form.names))
        except XPathError:
            parts.append(text[start:end])
        done = end
    parts.append(text[done:])
    return tuple(parts)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Find where a text quotes: `instance('list')/...` as a whole, and every other `${name}`."""
    spans: list[tuple[int, int]] = []
    if "instance(" in text:
        # pyxform takes longer to import than a screen may take to appear.
        from pyxform.parsing.instance_expression import find_boundaries

        spans = find_boundaries(text)
    names = [(reference.start, reference.end) for reference in references(text)]
    outside = [
        (start, end)
        for start, end in names
        if not any(first <= start < last for first, last in spans)
    ]
    return sorted([*spans, *outside])


def choose(texts: Texts, language: str, default: str) -> tuple[str, str]:
    """Return a text and the key of its language: the one asked for, the default, or any other."""
    for key in (language, default, UNSAID):
        if texts.get(key):
            return key, texts[key]
    return next(((key, text) for key, text in texts.items() if text), (language, ""))


def show(texts: Texts, node: AnswerNode, work: Work, language: str) -> Shown:
    """Return a text in a language with what it quotes from the answers.

    Args:
        texts: The text by language.
        node: Where it stands, which `${name}` in it depends on.
        work: The answers.
        language: The key of the language asked for.
    """
    form = work.form
    key, text = choose(texts, language, form.default_language)
    missing = bool(text) and key not in (language, UNSAID)
    if "${" not in text and "instance(" not in text:
        return Shown(text, key, missing)
    said = [
        part if isinstance(part, str) else to_string(work.evaluate(node, "text", part) or "")
        for part in _quotes(text, node.element.path, form)
    ]
    return Shown("".join(said), key, missing)

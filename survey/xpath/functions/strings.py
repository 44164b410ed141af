"""Texts: joining them, cutting them, looking into them."""

from __future__ import annotations

import math
import re

from i18n import say
from survey.xpath import patterns
from survey.xpath.context import Value
from survey.xpath.errors import XPathError
from survey.xpath.registry import function
from survey.xpath.values import to_string

LONGEST = 1_000_000
_WHITE = re.compile(r"[ \t\r\n]+")


def all_texts(values: tuple[Value, ...]) -> list[str]:
    """Return the values as strings, of node-sets every node."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.string_value() for node in value)
        else:
            found.append(to_string(value))
    return found


def joined(separator: str, texts: list[str]) -> str:
    """Join texts; XPathError above a million characters, so that memory stays bounded."""
    if sum(map(len, texts)) + len(separator) * len(texts) > LONGEST:
        raise XPathError(say("The text would be longer than {limit} characters.", limit=LONGEST))
    return separator.join(texts)


@function("string", "any", result="string", implied=True)
def string(value: Value) -> str:
    """Convert to a string."""
    return to_string(value)


@function("concat", "any*", result="string")
def concat(*values: Value) -> str:
    """Join values and all nodes of node-sets; unlike in XPath 1.0 any number of arguments."""
    return joined("", all_texts(values))


@function("join", "string", "any*", result="string")
def join(separator: str, *values: Value) -> str:
    """Join values and all nodes of node-sets with a separator."""
    return joined(separator, all_texts(values))


@function("string-length", "string", result="number", implied=True)
def string_length(text: str) -> float:
    """Return the number of characters (code points); of the context node without an argument."""
    return float(len(text))


@function("normalize-space", "string", result="string", implied=True)
def normalize_space(text: str) -> str:
    """Cut white space at both ends and leave one space for each stretch of it."""
    return _WHITE.sub(" ", text).strip(" ")


@function("contains", "string", "string", result="boolean")
def contains(text: str, part: str) -> bool:
    """Tell whether a text contains another."""
    return part in text


@function("starts-with", "string", "string", result="boolean")
def starts_with(text: str, part: str) -> bool:
    """Tell whether a text begins with another."""
    return text.startswith(part)


@function("ends-with", "string", "string", result="boolean")
def ends_with(text: str, part: str) -> bool:
    """Tell whether a text ends with another."""
    return text.endswith(part)


@function("substring-before", "string", "string", result="string")
def substring_before(text: str, part: str) -> str:
    """Return what comes before another text, "" where it does not occur."""
    before, found, _ = text.partition(part) if part else ("", "", "")
    return before if found else ""


@function("substring-after", "string", "string", result="string")
def substring_after(text: str, part: str) -> str:
    """Return what comes after another text, "" where it does not occur."""
    return text.partition(part)[2] if part else text


@function("substr", "string", "number", "number?", result="string")
def substr(text: str, start: float, end: float = math.inf) -> str:
    """Return the characters from a 0-based start up to an end; negative ones count from the end."""
    size = len(text)
    if math.isnan(start) or math.isnan(end):
        return ""
    first, last = (
        int(max(0, min(size, math.trunc(place) if abs(place) <= size else place)))
        for place in (start + size if start < 0 else start, end + size if end < 0 else end)
    )
    return text[first:last]


@function("substring", "string", "number", "number?", result="string")
def substring(text: str, start: float, length: float = math.inf) -> str:
    """Return the characters from a 1-based place on (XPath 1.0, section 4.2: both are rounded)."""
    first = _rounded(start)
    end = first + _rounded(length)
    return "".join(character for place, character in enumerate(text, 1) if first <= place < end)


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


@function("translate", "string", "string", "string", result="string")
def translate(text: str, old: str, new: str) -> str:
    """Replace characters by those at the same place in `new`, or drop them where it is shorter."""
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


@function("regex", "string", "string", result="boolean")
def matches(text: str, pattern: str) -> bool:
    """Tell whether a text has a match of a regular expression.

    As the ODK XForms specification and Web Forms have it, the match may be anywhere; ODK Collect
    asks for the whole text, for which a pattern writes `^` and `$`.
    """
    return patterns.found(pattern, text)

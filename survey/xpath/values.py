"""What a value is as a string, number, boolean: the conversions of XPath 1.0, dates included.

An expression gives a `str`, a `float`, a `bool` or a list of `Node`. Dates and times are strings
in ISO 8601; as a number they are days since 1 January 1970 UTC, as the ODK XForms specification
says of `number()`.
"""

from __future__ import annotations

import math
import re
from datetime import tzinfo
from decimal import Decimal

from survey.xpath.context import Value
from survey.xpath.moments import days
from survey.xpath.nodes import Node

_NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)[ \t\r\n]*")


def node_string(nodes: list[Node]) -> str:
    """Return the string value of the first node, "" of none."""
    if not nodes:
        return ""
    node = nodes[0]
    return node.string_value() if node.children else node.text


def to_string(value: Value) -> str:
    """Convert as `string()` does."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return node_string(value)
    return number_string(value)


def number_string(number: float) -> str:
    """Write a number as XPath 1.0 does: no exponent, no trailing zeros, no minus before zero.

    Example:
        >>> number_string(12.0), number_string(-0.0), number_string(1e-7)
        ('12', '0', '0.0000001')
    """
    if number.is_integer():
        return str(int(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(float(number))
    return format(Decimal(text), "f") if "e" in text else text


def to_number(value: Value, zone: tzinfo | None) -> float:
    """Convert as `number()` does.

    Args:
        value: Any value.
        zone: The time zone of dates that name none; the machine's when None.
    """
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return text_number(node_string(value) if isinstance(value, list) else value, zone)


def text_number(text: str, zone: tzinfo | None) -> float:
    """Read a number or a date; NaN for any other text.

    Numbers are written as XPath 1.0 writes them: no plus sign, no exponent, no other digits. As in
    JavaRosa a comma may stand for the point, as people of many languages write it.
    """
    if text.isdigit() and text.isascii():
        return float(text)
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    found = days(text, zone)
    return math.nan if found is None else found


def to_boolean(value: Value) -> bool:
    """Convert as `boolean()` does: numbers but zero and NaN, texts and node-sets but empty ones."""
    if isinstance(value, float):
        return value != 0.0 and not math.isnan(value)
    return bool(value)

"""What is known about cases and sources, as XML writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from nlp.exchange.guids import read_guid
from nlp.exchange.model import Value, VariableKind
from nlp.exchange.xml import first, local

if TYPE_CHECKING:
    from lxml import etree

KINDS: tuple[VariableKind, ...] = get_args(VariableKind)
INTEGER = re.compile(r"[+-]?\d{1,40}", re.ASCII)
DECIMAL = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})", re.ASCII)


def kind_of(text: str | None) -> VariableKind:
    """Return the kind of a variable; text where the file says something else."""
    return next((kind for kind in KINDS if kind == text), "Text")


def value_in(element: etree._Element, kinds: Mapping[str, VariableKind]) -> Value | None:
    """Return the value that an element gives to a variable; None for none or nonsense."""
    reference = first(element, "VariableRef")
    guid = read_guid(reference.get("targetGUID")) if reference is not None else ""
    if guid not in kinds:
        return None
    given = (child for child in element if local(child).endswith("Value"))
    text = next(("".join(child.itertext()).strip() for child in given), "")
    return Value(guid, text) if text and CHECKS[kinds[guid]](text) else None


def _parses(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


CHECKS: Mapping[VariableKind, Callable[[str], bool]] = {
    "Text": bool,
    "Boolean": lambda text: text in {"true", "false", "1", "0"},
    "Integer": lambda text: bool(INTEGER.fullmatch(text)),
    "Float": lambda text: bool(DECIMAL.fullmatch(text)),
    "Date": _parses(date.fromisoformat),
    "DateTime": _parses(datetime.fromisoformat),
}
"""Whether a text is a value of each kind."""

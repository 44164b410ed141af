"""The codes of an exchange file: a project's or a codebook's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from i18n import say
from nlp.exchange import limits
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of, read_guid
from nlp.exchange.model import Code
from nlp.exchange.xml import local, named, text_in

if TYPE_CHECKING:
    from lxml import etree

COLOUR = re.compile(r"#[0-9a-f]{6}")
SHORT_COLOUR = re.compile(r"#[0-9a-f]{3}")


def read_codes(
    elements: Iterable[etree._Element], left: Findings, *, notes: frozenset[str] = frozenset()
) -> tuple[Code, ...]:
    """Read codes with those below them.

    Args:
        elements: The elements of the highest codes.
        left: Where to say what was left out.
        notes: The GUIDs of the notes there are.
    """
    reader = _Codes(left, notes)
    return tuple(code for each in elements if (code := reader.read(each, 1)))


class _Codes:
    def __init__(self, left: Findings, notes: frozenset[str]) -> None:
        self.left, self.notes = left, notes
        self.seen: set[str] = set()

    def read(self, element: etree._Element, depth: int) -> Code | None:
        """Return a code, or None where the element is none or it is one too many."""
        if local(element) != "Code":
            return None
        name = " ".join((element.get("name") or "").split()) or "?"
        guid = read_guid(element.get("guid")) or guid_of("code", name, len(self.seen))
        if guid in self.seen:
            self.left.note(say("The code “{name}” is in the file twice.", name=name))
            return None
        if len(self.seen) >= limits.CODES or depth > limits.DEPTH:
            self.left.note(say("Codes beyond what can be kept were left out: “{name}”.", name=name))
            return None
        self.seen.add(guid)
        below = (self.read(child, depth + 1) for child in named(element, "Code"))
        references = (read_guid(each.get("targetGUID")) for each in named(element, "NoteRef"))
        return Code(
            guid=guid,
            name=name,
            description=text_in(element, "Description"),
            colour=_colour(element.get("color")),
            codable=(element.get("isCodable") or "true").strip().lower() not in {"false", "0"},
            notes=tuple(dict.fromkeys(each for each in references if each in self.notes)),
            children=tuple(code for code in below if code),
        )


def _colour(text: str | None) -> str:
    """Return a colour as `#rrggbb`; nothing for what is none."""
    colour = (text or "").strip().lower()
    if SHORT_COLOUR.fullmatch(colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour if COLOUR.fullmatch(colour) else ""

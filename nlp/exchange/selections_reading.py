"""The selections of a .qdpx file, placed in its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from i18n import say
from nlp.exchange.counting import Ruler, plain
from nlp.exchange.detecting import Detected, Marked, agrees, quotation
from nlp.exchange.findings import Findings
from nlp.exchange.guids import read_guid
from nlp.exchange.texts_reading import Written
from nlp.exchange.xml import local, named

if TYPE_CHECKING:
    from lxml import etree

DIGITS = 9
SHORT = 3
"""Words of so few characters are not looked for elsewhere: they stand everywhere."""


@dataclass(frozen=True)
class Mark:
    """A selection as it is written: its positions and the element that says the rest."""

    marked: Marked
    element: etree._Element


def marks_of(text: Written, left: Findings) -> Iterator[Mark]:
    """Yield the selections of a text; those without readable positions are noted."""
    points = {
        read_guid(point.get("guid")): point.get("position")
        for point in named(text.element, "SyncPoint")
    }
    for element in text.element:
        kind = local(element)
        if kind == "PlainTextSelection":
            ends = element.get("startPosition"), element.get("endPosition")
        elif kind == "TranscriptSelection":
            ends = (
                points.get(read_guid(element.get("fromSyncPoint"))),
                points.get(read_guid(element.get("toSyncPoint"))),
            )
        else:
            continue
        start, end = _number(ends[0]), _number(ends[1])
        if start is None or end is None:
            left.note(say("“{name}”: a passage has no positions.", name=text.name))
            continue
        yield Mark(Marked(text.guid, start, end, element.get("name") or ""), element)


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        return None
    return int(text)


class Placing:
    """Finds where marks lie in the plain texts."""

    def __init__(self, texts: Sequence[Written], detected: Detected) -> None:
        self._rulers = {text.guid: Ruler(text.text, detected.counting) for text in texts}
        self._plain = {text.guid: plain(text.text) for text in texts}
        self._names = {text.guid: text.name for text in texts}
        self._quotes = detected.quotes

    @property
    def plain(self) -> Mapping[str, str]:
        """The plain texts, by source."""
        return self._plain

    def place(self, marked: Marked, *, left: Findings, remarks: Findings) -> tuple[int, int] | None:
        """Return where a mark lies, in code points; None, and a note, where nowhere.

        Where names quote the words covered and a name says other words than the positions do, the
        words count, if they stand in the text exactly once.
        """
        text, ruler = self._plain[marked.source], self._rulers[marked.source]
        start, end = ruler.here(marked.start), ruler.here(marked.end)
        inside = start is not None and end is not None and start < end
        if inside and (not self._quotes or self._fits(text[start:end], marked.name)):
            assert start is not None  # noqa: S101 - checked above
            assert end is not None  # noqa: S101 - checked above
            return start, end
        said = {"name": self._names[marked.source], "start": marked.start, "end": marked.end}
        found = self._by_words(text, marked.name)
        if found:
            remarks.note(
                say("“{name}”, {start}–{end}: placed by its words, not by its positions.", **said)
            )
            return found
        if inside:
            left.note(say("“{name}”, {start}–{end}: positions and words do not agree.", **said))
        elif marked.start >= marked.end:
            left.note(say("“{name}”, {start}–{end}: there are no words between.", **said))
        else:
            left.note(say("“{name}”, {start}–{end}: these positions are not in the text.", **said))
        return None

    def _fits(self, words: str, name: str) -> bool:
        return not quotation(name) or agrees(words, name)

    def _by_words(self, text: str, name: str) -> tuple[int, int] | None:
        words = name.strip()
        if not self._quotes or len(words) < SHORT or quotation(name) != " ".join(words.split()):
            return None
        if text.count(words) != 1:
            return None
        start = text.index(words)
        return start, start + len(words)

"""The words of an HTML document, and where in them a position counted in bytes lies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser

from nlp.exchange.xml import sayable

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
SILENT = frozenset({"head", "script", "style", "template", "title"})


@dataclass(frozen=True)
class Page:
    """A text, and the text between the tags that positions are counted in.

    Attributes:
        text: The words as people read them: a line for each paragraph.
        places: Where each character between the tags lies in `text`; one more for the end.
        bytes_before: How many bytes come before each of them.
        between: The characters between the tags.
        lead: Bytes of white space before the first word, which browsers and parsers may drop.
    """

    text: str
    places: list[int]
    bytes_before: list[int]
    between: str
    lead: int

    def place(self, start: int, end: int, snippet: str) -> tuple[int, int] | None:
        """Return where a highlight lies in `text`; None where its words are others.

        Args:
            start: Its first byte.
            end: The byte after its last.
            snippet: The HTML of the words it covers.
        """
        wanted = "".join(_Words.read(snippet).between.split())
        for lead in {0: None, self.lead: None}:
            first = bisect_left(self.bytes_before, start + lead)
            last = bisect_right(self.bytes_before, end + lead) - 1
            if first < last and "".join(self.between[first:last].split()) == wanted:
                return self._without_space(self.places[first], self.places[last - 1] + 1)
        return None

    def _without_space(self, start: int, end: int) -> tuple[int, int] | None:
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return (start, end) if start < end else None


def words_of(html: str) -> Page:
    """Return the words of a document."""
    found = _Words.read(html)
    text = "".join(found.shown).rstrip("\n")
    counted = [0]
    for char in found.between:
        counted.append(counted[-1] + len(char.encode("utf-8", "replace")))
    lead = found.between[: len(found.between) - len(found.between.lstrip())]
    places = [min(place, len(text)) for place in found.places]
    return Page(
        text=text,
        places=[*places, len(text)],
        bytes_before=counted,
        between=found.between,
        lead=len(lead.encode()),
    )


class _Words(HTMLParser):
    """Collects what stands between tags, and the same with a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.shown: list[str] = []
        self.places: list[int] = []
        self._length = 0
        self._silent = 0

    @classmethod
    def read(cls, html: str) -> _Words:
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader

    @property
    def between(self) -> str:
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        self._silent += tag in SILENT
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT))
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS and self.shown and not self.shown[-1].endswith("\n"):
            self._show("\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = sayable(data)
        self.parts.append(data)
        for char in data:
            self.places.append(self._length)
            if not char.isspace():
                self._show(char)
            elif self.shown and not self.shown[-1].isspace():
                self._show("\u00a0" if char == "\u00a0" else " ")

    def _show(self, text: str) -> None:
        self.shown.append(text)
        self._length += len(text)

"""The texts of a .qdpx file, as they are written in it, with the elements that mark them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from i18n import say
from nlp.exchange import limits
from nlp.exchange.counting import MARK
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of, read_guid
from nlp.exchange.package import Package
from nlp.exchange.xml import first, local, named, sayable

if TYPE_CHECKING:
    from lxml import etree

INTERNAL = "internal://"
FOLDERS = ("sources/", "")
"""Where programs put texts; the standard says `sources`, and case is not told apart."""


@dataclass(frozen=True)
class Written:
    """A text of the file.

    Attributes:
        guid: Its key.
        name: What it is called.
        text: Its words as they are written, mark and line ends included.
        element: The element that holds its selections.
        outer: The element of the source it belongs to: the same, or that of a PDF or a film.
    """

    guid: str
    name: str
    text: str
    element: etree._Element
    outer: etree._Element


def written_texts(
    sources: etree._Element, package: Package | None, left: Findings
) -> Iterator[Written]:
    """Yield the texts among the sources; what is no text, or is missing, is noted."""
    seen: set[str] = set()
    for outer in sources:
        kind = local(outer)
        if kind == "PictureSource":
            left.count(say("Pictures: {count}. Only texts are taken.", count=1))
        for element in _holders(outer, kind, left):
            name = outer.get("name") or element.get("name") or "?"
            guid = read_guid(element.get("guid")) or guid_of("source", name, len(seen))
            if guid in seen:
                left.note(say("“{name}” is in the file twice; the second was left out.", name=name))
                continue
            text = text_of(element, name, package, left)
            if text is not None:
                seen.add(guid)
                yield Written(guid, name, text, element, outer)
        if len(seen) > limits.SOURCES:
            left.note(say("Only the first {most} texts were read.", most=limits.SOURCES))
            return


def _holders(outer: etree._Element, kind: str, left: Findings) -> list[etree._Element]:
    """Return the elements of a source that have text: itself, or what it was written out as."""
    if kind == "TextSource":
        return [outer]
    if kind == "PDFSource":
        held = named(outer, "Representation")
    elif kind in {"AudioSource", "VideoSource"}:
        held = named(outer, "Transcript")
    else:
        if kind and kind != "PictureSource":
            left.count(say("“{kind}” is not known here: {count}.", kind=kind, count=1))
        return []
    if not held:
        left.note(
            say("“{name}” has no text in the file and was left out.", name=outer.get("name") or "?")
        )
    marks = sum(len(named(outer, which)) for which in MARKS)
    left.count(
        say("Marks on pages, sound and film: {count}. Only texts are taken.", count=marks), marks
    )
    return held


MARKS = ("PDFSelection", "AudioSelection", "VideoSelection")


def text_of(
    element: etree._Element, name: str, package: Package | None, left: Findings
) -> str | None:
    """Return the text of a source or note as it is written; None, and a note, where there is none.

    Only what is in the file itself is read: paths to other places are never followed.
    """
    inline = first(element, "PlainTextContent")
    if inline is not None:
        return "".join(inline.itertext())
    path = element.get("plainTextPath") or ""
    if not path.startswith(INTERNAL) or package is None:
        left.note(
            say("“{name}” was left out: its text is not in the file.", name=name)
            if path or not element.get("richTextPath")
            else say("“{name}” was left out: only its layout is in the file, no text.", name=name)
        )
        return None
    part = path.removeprefix(INTERNAL).lstrip("/")
    found = next((folder + part for folder in FOLDERS if folder + part in package), None)
    if found is None:
        left.note(say("“{name}” was left out: its text is missing from the file.", name=name))
        return None
    text = decoded(package.part(found, most=limits.TEXT_BYTES))
    if text is None:
        left.note(
            say("“{name}” was left out: its text is not UTF-8, as the standard wants.", name=name)
        )
    return text


def decoded(content: bytes) -> str | None:
    """Return a text with its mark; None where it is neither UTF-8 nor marked UTF-16.

    Characters that no database keeps become U+FFFD, one for one, so that positions stay.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        return None
    return sayable(MARK + text if wide else text)

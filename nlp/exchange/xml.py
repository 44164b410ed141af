"""XML of other programs: read without entities and document types, written so that it can be read.

XML 1.0 cannot hold every character; those it cannot hold become U+FFFD, one for one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from i18n import say
from nlp.exchange.refusal import ExchangeError

if TYPE_CHECKING:
    from lxml import etree

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(content: bytes) -> etree._Element:
    """Return the root of an XML document.

    Raises:
        ExchangeError: It is no XML, or it has a document type, which no exchange file needs.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExchangeError(
            say("The list of codes and codings in this file is damaged (not XML).")
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ExchangeError(
            say("This file defines a document type of its own. Such files are not opened.")
        )
    return root


def local(element: etree._Element) -> str:
    """Return an element's name without its name space."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children with a name, whatever their name space."""
    return [child for child in element if local(child) == name]


def first(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child with a name."""
    return next((child for child in element if local(child) == name), None)


def text_in(element: etree._Element, name: str) -> str:
    """Return the text of the first child with a name; nothing where there is none."""
    found = first(element, name)
    return "".join(found.itertext()) if found is not None else ""


def sayable(text: str) -> str:
    """Return a text as XML can hold it."""
    return FORBIDDEN.sub("\ufffd", text)


def moment_of(text: str | None) -> datetime | None:
    """Return a moment that XML writes; without a zone it is taken for UTC, nonsense for nothing."""
    try:
        found = datetime.fromisoformat((text or "").strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def written_moment(moment: datetime) -> str:
    """Write a moment as XML wants it: UTC, whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"

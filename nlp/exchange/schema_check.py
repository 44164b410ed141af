"""Whether XML is what the published schemas of the REFI-QDA standard say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

SCHEMAS = Path(__file__).parent / "schema"
Kind = Literal["Project", "Codebook"]


def problems(content: bytes, kind: Kind) -> list[str]:
    """Return where XML departs from the published schema: one line each, none where it is valid.

    Args:
        content: The XML, our own or already found harmless (`nlp.exchange.xml.parse`).
        kind: Which schema.
    """
    from nlp.exchange.xml import parse

    schema = _schema(kind)
    if schema.validate(parse(content)):
        return []
    return [f"{error.line}: {error.message}" for error in schema.error_log]


@cache
def _schema(kind: Kind) -> etree.XMLSchema:
    from lxml import etree

    return etree.XMLSchema(etree.parse(SCHEMAS / f"{kind}.xsd"))

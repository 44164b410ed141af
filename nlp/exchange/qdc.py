"""A REFI-QDA codebook file (.qdc): codes only."""

from __future__ import annotations

from dataclasses import replace

from i18n import say
from nlp.exchange import limits
from nlp.exchange.codes_reading import read_codes
from nlp.exchange.findings import Findings
from nlp.exchange.model import Code, Project, Reading
from nlp.exchange.project_writing import add_code
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.xml import first, local, parse

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def write_qdc(codes: tuple[Code, ...], *, origin: str) -> bytes:
    """Write codes as a codebook; notes on them have no place in one.

    Raises:
        ExchangeError: There are no codes: a codebook has at least one.
    """
    from lxml import etree

    if not codes:
        raise ExchangeError(say("There are no codes yet."))
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE})
    root.set("origin", origin)
    box = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
    for code in codes:
        add_code(box, _bare(code))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    assert isinstance(content, bytes)  # noqa: S101 - lxml is untyped
    return content


def _bare(code: Code) -> Code:
    return replace(code, notes=(), children=tuple(map(_bare, code.children)))


def read_qdc(content: bytes) -> Reading:
    """Read a codebook of any program.

    Raises:
        ExchangeError: It is none.
    """
    if len(content) > limits.PROJECT_BYTES:
        raise ExchangeError(say("This file is larger than any codebook."))
    root = parse(content)
    box = first(root, "Codes")
    if local(root) != "CodeBook" or box is None:
        raise ExchangeError(say("This file holds no codebook."))
    left = Findings()
    codes = read_codes(list(box), left)
    groups = first(root, "Sets")
    if groups is not None and len(groups):
        left.count(say("Groups of codes: {count}.", count=1), len(groups))
    origin = " ".join((root.get("origin") or "").split())[:200]
    return Reading(Project("", origin, codes=codes), origin, tuple(left))

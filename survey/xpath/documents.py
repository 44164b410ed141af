"""Trees from XML text: read with lxml, without entities, network or outside files."""

from __future__ import annotations

from lxml import etree

from i18n import say
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Comment, Document, Instruction, Node, Text

LONGEST = 50_000_000


def read(text: str | bytes) -> Document:
    """Read XML text into a tree that is not changed any more.

    White space between elements is text, as in XPath's data model. A document type is accepted
    without entities (`<!DOCTYPE html>`).

    Raises:
        XPathError: For text that is not XML, defines entities or is longer than 50 million
            characters.
    """
    if len(text) > LONGEST:
        raise XPathError(say("The XML is longer than {limit} characters.", limit=LONGEST))
    source = text.encode() if isinstance(text, str) else text
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding="utf-8" if isinstance(text, str) else None,
    )
    try:
        root = etree.fromstring(source.strip(), parser)
    except etree.XMLSyntaxError as error:
        problem = say("This is not XML: {reason}", reason=str(error))
        raise XPathError(problem) from None
    definition = root.getroottree().docinfo.internalDTD
    if definition is not None and any(True for _ in definition.iterentities()):
        raise XPathError(say("The XML defines entities, which is not allowed."))
    return _document(root)


def _document(root: etree._Element) -> Document:
    document = Document(fixed=True)
    before = list(root.itersiblings(preceding=True))[::-1]
    for element in (*before, root, *root.itersiblings()):
        made = _made(element, None)
        if made is not None:
            document.append(made)
    waiting = [(root, next(node for node in document.children if node.kind == "element"))]
    while waiting:
        element, node = waiting.pop()
        _fill(element, node)
        inner = [child for child in element if isinstance(child.tag, str)]
        waiting.extend(zip(inner, (n for n in node.children if n.kind == "element"), strict=True))
    return document


def _fill(element: etree._Element, node: Node) -> None:
    """Add what is directly in an element to its node."""
    if len(element) == 0:
        node.text = element.text or ""
        return
    _add_text(node, element.text)
    for child in element:
        made = _made(child, element)
        if made is not None:
            node.append(made)
        _add_text(node, child.tail)


def _add_text(node: Node, text: str | None) -> None:
    if text:
        node.append(Text(text))


def _made(element: etree._Element, parent: etree._Element | None) -> Node | None:
    """Return the node of an element, comment or instruction, without what is below it."""
    if element.tag is etree.Comment:
        return Comment(element.text or "")
    if element.tag is etree.ProcessingInstruction:
        return Instruction(element.target, element.text or "")
    if not isinstance(element.tag, str):
        return None
    name = etree.QName(element)
    return Node(
        name.localname,
        namespace=name.namespace,
        prefix=element.prefix or "",
        attributes=_attributes(element, parent),
    )


def _attributes(element: etree._Element, parent: etree._Element | None) -> dict[str, str]:
    """Return the attributes by their names as written, new namespaces first."""
    above = parent.nsmap if parent is not None else {}
    found = {
        f"xmlns:{prefix}" if prefix else "xmlns": address
        for prefix, address in element.nsmap.items()
        if above.get(prefix) != address
    }
    if parent is not None and None in above and None not in element.nsmap:
        found["xmlns"] = ""
    prefixes = {address: prefix for prefix, address in element.nsmap.items() if prefix}
    for key, value in element.attrib.items():
        name = etree.QName(key)
        prefix = "xml" if name.namespace == _XML else prefixes.get(name.namespace)
        found[f"{prefix}:{name.localname}" if prefix else name.localname] = value
    return found


_XML = "http://www.w3.org/XML/1998/namespace"

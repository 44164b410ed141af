"""Finding the rows of a list by what one of their columns holds, without going through all."""

from __future__ import annotations

from collections.abc import Mapping

from survey.xpath.nodes import Document, Node

Rows = Mapping[str, list[Node]]


def rows_by(parent: Node, name: str, column: str) -> Rows | None:
    """Return the rows below a node by the texts of a column; None in a tree that may change.

    The index is made once and kept with the document, which is why it must be `fixed`.

    Args:
        parent: The node that holds the rows, such as `root`.
        name: The name of the rows, such as `item`.
        column: The name of their children looked at.
    """
    document = parent.top()
    if not isinstance(document, Document) or not document.fixed:
        return None
    place = (parent, name, column)
    found = document.indexes.get(place)
    if found is None:
        made: dict[str, list[Node]] = {}
        for row in parent.named(name):
            for text in dict.fromkeys(cell.string_value() for cell in row.named(column)):
                made.setdefault(text, []).append(row)
        found = document.indexes[place] = made
    return found

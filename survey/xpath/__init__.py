"""Expressions of forms: XPath 1.0 with the rules and functions of ODK XForms.

`compile` gives an `Expression` that is evaluated over a tree of `Node` in a `Context`;
`evaluate` does it in one go over XML text. Errors are `XPathError` and say the column.
"""

from survey.xpath.context import Context, Value
from survey.xpath.errors import XPathError
from survey.xpath.evaluation import Filled, evaluate
from survey.xpath.expression import Expression, compile  # noqa: A004 - the name of the seam
from survey.xpath.nodes import Document, Node
from survey.xpath.references import Reference, Use
from survey.xpath.registry import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "Context",
    "Document",
    "Expression",
    "Filled",
    "Node",
    "Reference",
    "Use",
    "Value",
    "XPathError",
    "compile",
    "evaluate",
]

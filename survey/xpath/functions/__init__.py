"""The functions of expressions; importing this package registers all of them."""

from survey.xpath.functions import logic, nodesets, strings

__all__ = ["logic", "nodesets", "strings"]

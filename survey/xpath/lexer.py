"""Cutting the text of an expression into tokens (XPath 1.0, section 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from i18n import say
from survey.xpath.errors import XPathError

TokenKind = Literal["number", "string", "name", "operator", "symbol", "variable", "end"]

LONGEST = 100_000
# The characters of names in XML 1.0 (fifth edition), without the colon.
_STARTS = (
    r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"[{_STARTS}][{_STARTS}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n\u00a0]+)
  | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
  | (?P<string>"[^"]*"|'[^']*')
  | (?P<variable>\$\s*{_NAME}(?::{_NAME})?)
  | (?P<symbol>::|//|\.\.|[()\[\],@/.|])
  | (?P<operator>!=|<=|>=|&lt;=|&gt;=|&lt;|&gt;|[=<>+\-*])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    """,
    re.VERBOSE,
)
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&lt;=": "<=", "&gt;=": ">="}
# Where an operator must follow no name can stand, so `3mod4` and `5or2` are read as three tokens.
_WORD = re.compile(r"and|or|div|mod")
# After one of these, * and the words are names; after anything else they are operators (3.7).
_BEFORE_NAME = frozenset({"@", "::", "(", "[", ",", "/", "//", "|"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text (of a string without the quotes) and its 1-based column."""

    kind: TokenKind
    text: str
    column: int


def tokens(expression: str) -> list[Token]:
    """Cut an expression into tokens; the last one has the kind `end`.

    `&lt;` and `&gt;` are read as `<` and `>`: they reach us from forms that were escaped twice,
    and mean nothing else in XPath.

    Raises:
        XPathError: For a character that cannot stand there, a string without its closing quote
            or an expression longer than 100,000 characters.
    """
    if len(expression) > LONGEST:
        problem = say("The expression is longer than {limit} characters.", limit=LONGEST)
        raise XPathError(problem).at(expression[:100], LONGEST + 1)
    found: list[Token] = []
    place = 0
    while place < len(expression):
        token, place = _next(expression, place, operator=_ends_operand(found))
        if token is not None:
            found.append(token)
    found.append(Token("end", "", len(expression) + 1))
    return found


def _next(expression: str, place: int, *, operator: bool) -> tuple[Token | None, int]:
    """Read one token, None for white space, and return where the next one starts.

    Args:
        expression: The expression.
        place: The 0-based place to read at.
        operator: Whether an operator must stand there.
    """
    match = _WORD.match(expression, place) if operator else None
    if match is not None:
        return Token("operator", match.group(), place + 1), match.end()
    match = _TOKEN.match(expression, place)
    if match is None:
        raise _stray(expression, place)
    text, end, column = match.group(), match.end(), place + 1
    kind = cast("TokenKind | Literal['space']", match.lastgroup)
    if kind == "space":
        return None, end
    if kind == "string":
        text = text[1:-1]
    elif kind == "variable":
        text = text[1:].strip()
    elif kind == "operator":
        text = _ESCAPED.get(text, text)
        kind = "name" if text == "*" and not operator else kind
    return Token(kind, text, column), end


def _ends_operand(before: list[Token]) -> bool:
    """Tell whether what was read so far ends an operand, so that an operator must follow."""
    if not before:
        return False
    last = before[-1]
    return last.kind != "operator" and not (last.kind == "symbol" and last.text in _BEFORE_NAME)


def _stray(expression: str, place: int) -> XPathError:
    """Return the refusal of a character that starts no token."""
    character = expression[place]
    if character in "\"'":
        problem = say("The text that starts here has no closing {quote}.", quote=character)
    else:
        problem = say("“{character}” cannot stand here.", character=character)
    return XPathError(problem).at(expression, place + 1)

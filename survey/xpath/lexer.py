"""Cutting the text of an expression into tokens (XPath 1.0, section 3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from i18n import say
from survey.xpath.errors import XPathError

TokenKind = Literal["number", "string", "name", "operator", "symbol", "variable", "end"]

LONGEST = 100_000
_START = r"[^\W\d]"
_NAME = rf"{_START}[\w.\-\u00b7]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n\u00a0]+)
  | (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<string>"[^"]*"|'[^']*')
  | (?P<variable>\$\s*{_NAME}(?::{_NAME})?)
  | (?P<symbol>::|//|\.\.|[()\[\],@/.|])
  | (?P<operator>!=|<=|>=|&lt;=|&gt;=|&lt;|&gt;|[=<>+\-*])
  | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    """,
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "div", "mod"})
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&lt;=": "<=", "&gt;=": ">="}
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
        match = _TOKEN.match(expression, place)
        if match is None:
            raise _stray(expression, place)
        group = match.lastgroup
        if group != "space":
            found.append(_token(group, match.group(), place + 1, found))
        place = match.end()
    found.append(Token("end", "", len(expression) + 1))
    return found


def _token(group: str | None, text: str, column: int, before: list[Token]) -> Token:
    match group:
        case "number":
            return Token("number", text, column)
        case "string":
            return Token("string", text[1:-1], column)
        case "variable":
            return Token("variable", text[1:].strip(), column)
        case "symbol":
            return Token("symbol", text, column)
        case "operator":
            text = _ESCAPED.get(text, text)
            kind: TokenKind = "name" if text == "*" and not _ends_operand(before) else "operator"
            return Token(kind, text, column)
        case _:
            is_word = text in _WORDS and _ends_operand(before)
            return Token("operator" if is_word else "name", text, column)


def _ends_operand(before: list[Token]) -> bool:
    """Tell whether what was read so far ends an operand, so that an operator must follow."""
    if not before:
        return False
    last = before[-1]
    return last.kind != "operator" and not (last.kind == "symbol" and last.text in _BEFORE_NAME)


def _stray(expression: str, place: int) -> XPathError:
    character = expression[place]
    if character in "\"'":
        problem = say("The text that starts here has no closing {quote}.", quote=character)
    else:
        problem = say("“{character}” cannot stand here.", character=character)
    return XPathError(problem).at(expression, place + 1)

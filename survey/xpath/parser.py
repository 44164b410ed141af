"""Reading an expression: from tokens to the parts of `syntax` (XPath 1.0, section 3).

Operators are read by rank, each rank into one `Chain`; only brackets, predicates and the arguments
of functions nest, up to `DEEPEST` levels.
"""

from __future__ import annotations

from typing import Literal, NoReturn, cast, get_args

from i18n import Message, say
from survey.xpath.errors import XPathError
from survey.xpath.lexer import Token, tokens
from survey.xpath.syntax import (
    AxisName,
    Call,
    Chain,
    Expr,
    Filter,
    Negative,
    NodeTest,
    Number,
    Path,
    Step,
    Text,
    Variable,
)

DEEPEST = 100
_RANKS = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_RANK = {operator: rank for rank, operators in enumerate(_RANKS) for operator in operators}
_AXES: frozenset[str] = frozenset(get_args(AxisName))
_NODE_TYPES = frozenset({"comment", "text", "processing-instruction", "node"})
_ANY_NODE = NodeTest("node")
_STARTS_STEP = frozenset({"@", ".", ".."})


def parse(expression: str) -> Expr:
    """Read an expression.

    Raises:
        XPathError: With the column, when the text is not an expression of XPath 1.0 or nests
            deeper than 100 levels.
    """
    parser = _Parser(expression)
    try:
        return parser.whole()
    except RecursionError:
        raise parser.too_deep() from None


class _Parser:
    """The tokens of an expression and how far they are read."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = tokens(expression)
        self.place = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.place]

    def whole(self) -> Expr:
        """Read everything."""
        if len(self.tokens) == 1:
            self.fail(say("The expression is empty."))
        expr = self.expr()
        if self.place < len(self.tokens) - 1:
            self.unexpected()
        return expr

    def expr(self) -> Expr:
        """Read an expression up to the token that cannot belong to it."""
        if self.depth >= DEEPEST:
            raise self.too_deep()
        self.depth += 1
        # One entry for each open rank: what is left of its operators, and the pairs read so far.
        waiting: list[tuple[int, Expr, list[tuple[str, Expr, int]]]] = []
        operand = self.unary()
        while True:
            token = self.token
            rank = _RANK.get(token.text, -1) if token.kind == "operator" else -1
            while waiting and waiting[-1][0] > rank:
                operand = _closed(waiting.pop(), operand)
            if rank < 0:
                break
            if waiting and waiting[-1][0] == rank:
                operator, _, column = waiting[-1][2][-1]
                waiting[-1][2][-1] = (operator, operand, column)
            else:
                waiting.append((rank, operand, []))
            self.place += 1
            waiting[-1][2].append((token.text, operand, token.column))
            operand = self.unary()
        self.depth -= 1
        return operand

    def unary(self) -> Expr:
        """Read minus signs and a union of paths."""
        signs = 0
        column = self.token.column
        while self.token.kind == "operator" and self.token.text == "-":
            signs += 1
            self.place += 1
        first = self.path()
        rest: list[tuple[str, Expr, int]] = []
        while self.token.kind == "symbol" and self.token.text == "|":
            at = self.token.column
            self.place += 1
            rest.append(("|", self.path(), at))
        operand = Chain(first, tuple(rest), column) if rest else first
        return Negative(operand, signs, column) if signs else operand

    def path(self) -> Expr:
        """Read a location path or a primary expression with predicates and steps after it."""
        token = self.token
        if token.kind == "symbol" and token.text in ("/", "//"):
            return self.absolute()
        if self.starts_primary():
            return self.filter()
        if not self.starts_step():
            self.unexpected()
        return Path("context", self.steps(), token.column)

    def absolute(self) -> Path:
        token = self.token
        self.place += 1
        if token.text == "//":
            return Path("root", (self.anywhere(token.column), *self.steps()), token.column)
        steps = self.steps() if self.starts_step() else ()
        return Path("root", steps, token.column)

    def steps(self) -> tuple[Step, ...]:
        """Read one step or more."""
        found = [self.step()]
        while self.token.kind == "symbol" and self.token.text in ("/", "//"):
            if self.token.text == "//":
                found.append(self.anywhere(self.token.column))
            self.place += 1
            found.append(self.step())
        return tuple(found)

    @staticmethod
    def anywhere(column: int) -> Step:
        """Return the step that `//` stands for."""
        return Step("descendant-or-self", _ANY_NODE, (), column)

    def step(self) -> Step:
        token = self.token
        if token.kind == "symbol" and token.text in (".", ".."):
            self.place += 1
            axis: AxisName = "self" if token.text == "." else "parent"
            return Step(axis, _ANY_NODE, (), token.column)
        axis = self.axis()
        return Step(axis, self.test(), self.predicates(), token.column)

    def axis(self) -> AxisName:
        token = self.token
        if token.kind == "symbol" and token.text == "@":
            self.place += 1
            return "attribute"
        if token.kind == "name" and self.follows("::"):
            if token.text not in _AXES:
                self.fail(say("There is no axis “{name}”.", name=token.text))
            self.place += 2
            return cast("AxisName", token.text)
        return "child"

    def test(self) -> NodeTest:
        token = self.token
        if token.kind != "name":
            self.unexpected()
        self.place += 1
        if token.text in _NODE_TYPES and self.at("("):
            return self.node_type(token.text)
        prefix, _, name = token.text.rpartition(":")
        return NodeTest("name", prefix or None, name)

    def node_type(self, kind: str) -> NodeTest:
        self.place += 1
        target = None
        if kind == "processing-instruction" and self.token.kind == "string":
            target = self.token.text
            self.place += 1
        self.expect(")")
        return NodeTest(
            cast("Literal['node', 'text', 'comment', 'processing-instruction']", kind), name=target
        )

    def predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self.at("["):
            self.place += 1
            found.append(self.expr())
            self.expect("]")
        return tuple(found)

    def filter(self) -> Expr:
        """Read a primary expression and the predicates and steps after it."""
        column = self.token.column
        primary = self.primary()
        predicates = self.predicates()
        base = Filter(primary, predicates, column) if predicates else primary
        if not (self.at("/") or self.at("//")):
            return base
        found: list[Step] = []
        if self.at("//"):
            found.append(self.anywhere(self.token.column))
        self.place += 1
        return Path(base, (*found, *self.steps()), column)

    def primary(self) -> Expr:
        token = self.token
        self.place += 1
        match token.kind:
            case "number":
                return Number(float(token.text), token.column)
            case "string":
                return Text(token.text, token.column)
            case "variable":
                return Variable(token.text, token.column)
            case "symbol":
                inner = self.expr()
                self.expect(")")
                return inner
            case _:
                self.place += 1
                return Call(token.text, self.arguments(), token.column)

    def arguments(self) -> tuple[Expr, ...]:
        if self.at(")"):
            self.place += 1
            return ()
        found = [self.expr()]
        while self.at(","):
            self.place += 1
            found.append(self.expr())
        self.expect(")")
        return tuple(found)

    def starts_primary(self) -> bool:
        token = self.token
        match token.kind:
            case "number" | "string" | "variable":
                return True
            case "symbol":
                return token.text == "("
            case "name":
                return self.follows("(") and token.text not in _NODE_TYPES
            case _:
                return False

    def starts_step(self) -> bool:
        token = self.token
        return token.kind == "name" or (token.kind == "symbol" and token.text in _STARTS_STEP)

    def at(self, symbol: str) -> bool:
        """Tell whether the next token is a symbol."""
        return self.token.kind == "symbol" and self.token.text == symbol

    def follows(self, symbol: str) -> bool:
        """Tell whether the token after the next is a symbol."""
        after = self.tokens[self.place + 1]
        return after.kind == "symbol" and after.text == symbol

    def expect(self, symbol: str) -> None:
        if not self.at(symbol):
            if self.token.kind == "end":
                self.fail(say("The expression ends where “{symbol}” is missing.", symbol=symbol))
            found = self.token.text
            self.fail(say("“{symbol}” is missing before “{found}”.", symbol=symbol, found=found))
        self.place += 1

    def unexpected(self) -> NoReturn:
        if self.token.kind == "end":
            self.fail(say("The expression ends where a value is missing."))
        self.fail(say("“{found}” cannot stand here.", found=self.token.text))

    def fail(self, problem: Message) -> NoReturn:
        """Refuse the expression at the next token."""
        raise XPathError(problem).at(self.expression, self.token.column)

    def too_deep(self) -> XPathError:
        """Return the refusal of an expression that nests too deep."""
        problem = say("Brackets are nested deeper than {limit} levels.", limit=DEEPEST)
        return XPathError(problem).at(self.expression, self.token.column)


def _closed(waiting: tuple[int, Expr, list[tuple[str, Expr, int]]], last: Expr) -> Chain:
    """Complete the operators of one rank with their last right side."""
    _, first, rest = waiting
    operator, _, column = rest[-1]
    rest[-1] = (operator, last, column)
    return Chain(first, tuple(rest), rest[0][2])

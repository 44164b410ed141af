"""What is an expression and what is not, and where it goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import xpath
from survey.xpath import XPathError
from survey.xpath.parser import DEEPEST, parse
from survey.xpath.syntax import Call, Chain, Negative, Number, Path, Text

WorkOut = Callable[..., Any]


@pytest.mark.parametrize(
    "expression",
    [
        "10",
        "123.",
        ".5",
        "''",
        "'\"'",
        "$name",
        "(( 5 ))",
        "-5",
        "----5",
        "6 * - 7",
        "3mod4",
        "5or2",
        "6andpath",
        "*****",
        "a/.//../z",
        "@*",
        "ns:*",
        "//all",
        "/",
        ".",
        "..",
        "text()",
        "processing-instruction('x')",
        "a[1][b = 'c']",
        "(a | b)[last()]/c",
        "ancestor-or-self::node()",
        "if (true(), 1, 2)",
        "数据/问题_1",
        "../naïve-name.v2",
        "क्षेत्र/नाम",
        "1 &lt;= 2",
        "jr:itext('x')",
        " \n\t1 + 1\r\n ",
    ],
)
def test_what_is_an_expression_is_read(expression: str) -> None:
    assert parse(expression) is not None


@pytest.mark.parametrize(
    ("expression", "column"),
    [
        ("", 1),
        ("   ", 4),
        ("(5", 3),
        ("()", 2),
        ("5 +", 4),
        ("5 == 5", 4),
        ("5 <> 5", 4),
        ("5 % 2", 3),
        ("'open", 1),
        ("a['x", 3),
        ("selected((", 11),
        ("a b", 3),
        ("5abc", 2),
        ("a:b:c", 4),
        ("$", 1),
        ("$x:*", 3),
        ("rel/", 5),
        ("//", 3),
        ("..[4]", 3),
        ("child::func()", 12),
        ("bad-axis::*", 1),
        ("8|-9", 3),
        ("concat('a',)", 12),
        ("a[1", 4),
        ("名字 名字", 4),
        ("asdf- asdf", 7),
        ("nothing()", 1),
        ("1 + nothing()", 5),
        ("string-length('a', 'b')", 1),
        ("/a/b[contains(c)]", 6),
        ("1 | 2", 1),
        ("count('text')", 7),
    ],
)
def test_what_is_none_is_refused_with_its_column(expression: str, column: int) -> None:
    with pytest.raises(XPathError) as refused:
        xpath.compile(expression)
    assert refused.value.column == column
    assert refused.value.expression == expression
    assert str(refused.value).startswith(f"At character {column}: ")


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("", "The expression is empty."),
        ("(1 2", "“)” is missing before “2”."),
        ("(1", "The expression ends where “)” is missing."),
        ("1 +", "The expression ends where a value is missing."),
        ("1 ]", "“]” cannot stand here."),
        ("'a", "The text that starts here has no closing '."),
        ("up::a", "There is no axis “up”."),
        ("nothing()", "There is no function nothing()."),
        ("round(1, 2, 3)", "round() takes 1 to 2 arguments, not 3."),
        ("weighted-checklist(1)", "weighted-checklist() takes at least 2 arguments, not 1."),
    ],
)
def test_refusals_say_what_is_wrong(expression: str, sentence: str) -> None:
    with pytest.raises(XPathError) as refused:
        xpath.compile(expression)
    assert str(refused.value.problem) == sentence


def test_operators_bind_as_xpath_ranks_them() -> None:
    expr = parse("1 or 2 and 3 = 4 < 5 + 6 * -7 | 8")
    ranks = []
    while isinstance(expr, Chain):
        ranks.append(expr.rest[0][0])
        expr = expr.rest[-1][1]
    assert ranks == ["or", "and", "=", "<", "+", "*"]
    assert isinstance(expr, Negative)


def test_operators_of_one_rank_stand_in_one_chain() -> None:
    expr = parse("1 - 2 - 3 + 4")
    assert isinstance(expr, Chain)
    assert [operator for operator, _, _ in expr.rest] == ["-", "-", "+"]


def test_a_star_and_words_are_names_where_an_operand_is_due() -> None:
    expr = parse("or or and and mod div div")
    assert isinstance(expr, Chain)
    assert isinstance(expr.first, Path)


def test_columns_are_kept() -> None:
    expr = parse("  concat( 'a',  7)")
    assert isinstance(expr, Call)
    text, number = expr.arguments
    assert isinstance(text, Text)
    assert isinstance(number, Number)
    assert (expr.column, text.column, number.column) == (3, 11, 17)


def test_long_chains_do_not_nest(work_out: WorkOut) -> None:
    assert work_out(" + ".join(["1"] * 5000)) == 5000
    assert work_out(" or ".join(["false()"] * 5000)) is False


def test_long_lists_of_cases_are_evaluated(work_out: WorkOut) -> None:
    cases = DEEPEST - 2
    expression = "".join(f"if(/data/x = {n}, 'c{n}', " for n in range(cases))
    expression += "'none'" + ")" * cases
    assert work_out(expression, "<data><x>60</x></data>") == "c60"


@pytest.mark.parametrize("opening", ["(", "a[", "not(", "-(", "if(1, 2, "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    with pytest.raises(XPathError, match="nested deeper"):
        xpath.compile(opening * 50_000 if len(opening) < 3 else opening * 5_000)


@pytest.mark.parametrize(
    "level", ["a[%s]", "(a | b)[%s]", "randomize(a[%s])", "a[b = 1 and c[%s]]"]
)
def test_deep_predicates_are_compiled_in_no_time(level: str) -> None:
    expression = "a"
    for _ in range(40):
        expression = level.replace("%s", expression)
    began = time.perf_counter()
    compiled = xpath.compile(expression)
    assert compiled.references
    assert time.perf_counter() - began < 2


def test_an_expression_without_end_is_refused() -> None:
    with pytest.raises(XPathError, match="longer than"):
        xpath.compile("1+" * 60_000 + "1")


_PIECES = st.sampled_from(
    [
        *"1a/.[]()+-*=<|@,é\"'",
        "//",
        "..",
        "'a'",
        "div",
        "and",
        "::",
        "child",
        "$v",
        " ",
        "concat(",
        "if(",
        "count(",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=15).map("".join)))
def test_any_text_is_compiled_or_refused(text: str) -> None:
    try:
        xpath.compile(text)
    except XPathError as error:
        column = error.column
    else:
        column = 1
    assert column is not None
    assert 1 <= column <= len(text) + 1


def test_compiling_again_gives_the_same_object() -> None:
    assert xpath.compile("1 + 1") is xpath.compile("1 + 1")

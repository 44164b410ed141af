"""Strings, numbers and booleans: conversions, number formatting, comparison."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.xpath import Value
from survey.xpath.comparison import equal, ordered
from survey.xpath.values import number_string, text_number, to_boolean

WorkOut = Callable[..., Any]

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (12.0, "12"),
        (-3.5, "-3.5"),
        (0.1, "0.1"),
        (1e21, "1000000000000000000000"),
        (1.23e-18, "0.00000000000000000123"),
        (123456.789, "123456.789"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_are_written_without_exponents(number: float, text: str) -> None:
    assert number_string(number) == text


@given(FLOATS)
def test_written_numbers_read_back_as_themselves(number: float) -> None:
    text = number_string(number)
    assert "e" not in text.lower()
    assert text_number(text, None) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" -12.5 ", -12.5),
        ("\n1.1\r\n", 1.1),
        ("007", 7.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("4,6", 4.6),
        ("1970-01-02T00:00:00Z", 1.0),
    ],
)
def test_texts_that_are_numbers(text: str, number: float) -> None:
    assert text_number(text, None) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1e3", "+1", "- 1", "1 2", "Infinity", "NaN", "1.2.3", "1,2,3", ".", "-", "٣",
     "１", "1_000", "2026-13-01", "2026-02-30", "26-01-01"],
)  # fmt: skip
def test_texts_that_are_no_numbers(text: str) -> None:
    assert math.isnan(text_number(text, None))


@pytest.mark.parametrize(
    ("value", "holds"),
    [("", False), ("false", True), ("0", True), (0.0, False), (math.nan, False), (-0.1, True)],
)
def test_what_counts_as_true(value: str | float, holds: bool) -> None:
    assert to_boolean(value) is holds


NUMBERS = "<data><n>1</n><n>3</n><blank/><word>abc</word><one>1</one></data>"


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("/data/n = 3", True),
        ("/data/n != 3", True),
        ("/data/n = 2", False),
        ("/data/n > 2", True),
        ("2 < /data/n", True),
        ("/data/n < 1", False),
        ("/data/blank = ''", True),
        ("/data/blank > 0", False),
        ("/data/blank = 0", False),
        ("/data/none = ''", False),
        ("/data/none != ''", False),
        ("/data/none = false()", True),
        ("/data/n = true()", True),
        ("/data/word < 5", False),
        ("'abc' < 'abd'", False),
        ("'10' > '9'", True),
        ("1 = '1.0'", True),
        ("'1' = '1.0'", False),
        ("true() = 'false'", True),
        ("6.1 - 7.8 = -1.7", True),
        ("3 < 4 < 5", True),
        ("1 = 1 != false()", True),
        ("/data/n = /data/one", True),
        ("/data/n > /data/one", True),
        ("/data/one > /data/n", False),
        ("/data/blank < true()", False),
    ],
)
def test_comparisons(work_out: WorkOut, expression: str, holds: bool) -> None:
    assert work_out(expression, NUMBERS) is holds


PLAIN = st.one_of(
    st.text(alphabet="ab1-. ", max_size=5), st.integers(-5, 5).map(float), st.booleans()
)


@given(PLAIN, PLAIN)
def test_equality_is_symmetric_and_excludes_inequality(left: Value, right: Value) -> None:
    assert equal(left, right, None, wanted=True) == equal(right, left, None, wanted=True)
    assert equal(left, right, None, wanted=True) != equal(left, right, None, wanted=False)


@given(PLAIN, PLAIN)
def test_order_turned_round_is_the_mirrored_order(left: Value, right: Value) -> None:
    assert ordered("<", left, right, None) == ordered(">", right, left, None)
    assert ordered("<=", left, right, None) == ordered(">=", right, left, None)


@given(PLAIN, PLAIN)
def test_nothing_is_both_smaller_and_larger(left: Value, right: Value) -> None:
    assert not (ordered("<", left, right, None) and ordered(">", left, right, None))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("7 - 2 - 1", 4.0),
        ("8 div 2 div 2", 2.0),
        ("5 mod 3", 2.0),
        ("-5 mod 3", -2.0),
        ("5 mod -3", 2.0),
        ("1.5 mod 0.5", 0.0),
        ("10 mod (1 div 0)", 10.0),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("1 div -0", -math.inf),
        ("--3", 3.0),
        ("-'19'", -19.0),
        ("true() + 8", 9.0),
        ("'2' * '3'", 6.0),
    ],
)
def test_arithmetic(work_out: WorkOut, expression: str, value: float) -> None:
    assert work_out(expression) == value


@pytest.mark.parametrize("expression", ["0 div 0", "5 mod 0", "'a' + 1", "/data/blank * 2"])
def test_arithmetic_without_a_result(work_out: WorkOut, expression: str) -> None:
    assert math.isnan(work_out(expression, NUMBERS))


def test_conditions_that_are_decided_are_not_worked_out_further(work_out: WorkOut) -> None:
    assert work_out("true() or $unknown") is True
    assert work_out("false() and $unknown") is False
    assert work_out("if(true(), 'a', $unknown)") == "a"
    assert work_out("if(false(), $unknown, if(true(), 'b', $unknown))") == "b"

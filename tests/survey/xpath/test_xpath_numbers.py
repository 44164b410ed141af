"""Functions on numbers and nodes, chance included."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import xpath
from survey.xpath import Context, Document, Node, XPathError

WorkOut = Callable[..., Any]

XML = (
    "<data><n>3</n><n>-17</n><n>32</n><bad>3</bad><bad>x</bad><gap>1</gap><gap/>"
    "<d>2026-01-02</d><d>2026-01-05</d></data>"
)


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("number('12.5')", 12.5),
        ("number(true())", 1),
        ("number(/data/n)", 3),
        ("number('1970-01-11')", 10),
        ("number('1970-01-02T18:00:00Z')", 1),
        ("int(3.9)", 3),
        ("int(-3.9)", -3),
        ("int('7.2')", 7),
        ("floor(-1.5)", -2),
        ("ceiling(-1.5)", -1),
        ("ceiling(1.2)", 2),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(-0.2)", 0),
        ("round(-0.5)", 0),
        ("round(2.15, 1)", 2.2),
        ("round(1.005, 2)", 1.01),
        ("round('23.7825', 2)", 23.78),
        ("round(626.3, -3)", 1000),
        ("round(33.33, -1)", 30),
        ("round(1 div 0)", math.inf),
        ("abs(-3.5)", 3.5),
        ("pow(2, 10)", 1024),
        ("pow(4, 0.5)", 2),
        ("pow(10, 400)", math.inf),
        ("pow(0, -1)", math.inf),
        ("sqrt(16)", 4),
        ("exp(0)", 1),
        ("exp10(3)", 1000),
        ("exp(10000)", math.inf),
        ("log(1)", 0),
        ("log(0)", -math.inf),
        ("log10(1000)", 3),
        ("sin(0)", 0),
        ("cos(0)", 1),
        ("tan(0)", 0),
        ("asin(1)", math.pi / 2),
        ("acos(1)", 0),
        ("atan(1)", math.pi / 4),
        ("atan2(1, -1)", 3 * math.pi / 4),
        ("pi()", math.pi),
        ("sum(/data/n)", 18),
        ("sum(/data/none)", 0),
        ("sum(/data/gap[. != ''])", 1),
        ("min(/data/n)", -17),
        ("max(/data/n)", 32),
        ("max(/data/n, 50, '60')", 60),
        ("min(2, 1)", 1),
        ("max(/data/d) - min(/data/d)", 3),
        ("count(/data/n)", 3),
        ("count(/data/none)", 0),
        ("count-non-empty(/data/gap)", 1),
        ("position(/data/n[3])", 3),
        ("count(/data/n[position() > 1])", 2),
        ("/data/n[last()] + 0", 32),
    ],
)
def test_numbers(work_out: WorkOut, expression: str, number: float) -> None:
    assert work_out(expression, XML) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    "expression",
    [
        "number('')",
        "number('twelve')",
        "sum(/data/bad)",
        "sum(/data/gap)",
        "min(/data/bad)",
        "max(/data/none)",
        "max('')",
        "round('x')",
        "round(1, 'x')",
        "sqrt(-1)",
        "log(-1)",
        "asin(2)",
        "sin(1 div 0)",
        "pow(-8, 0.5)",
        "int('x')",
        "position(/data/none)",
    ],
)
def test_no_number_comes_out(work_out: WorkOut, expression: str) -> None:
    assert math.isnan(work_out(expression, XML))


@given(st.floats(-1e12, 1e12), st.integers(0, 8))
def test_rounding_stays_within_half_a_step(number: float, decimals: int) -> None:
    document = Document(Node("d"))
    context = Context(document, variables={"x": number, "n": float(decimals)})
    rounded = xpath.compile("round($x, $n)").as_number(context)
    assert abs(rounded - number) <= 0.5 * 10**-decimals * (1 + 1e-9) + abs(number) * 1e-15


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_int_floor_and_ceiling_enclose_the_number(number: float) -> None:
    context = Context(Document(Node("d")), variables={"x": number})
    low, whole, high = (
        xpath.compile(f"{name}($x)").as_number(context) for name in ("floor", "int", "ceiling")
    )
    assert low <= number <= high
    assert whole in (low, high)
    assert high - low in (0, 1)


LETTERS = "<data>" + "".join(f"<x>{letter}</x>" for letter in "ABCDEF") + "<seed>7</seed></data>"


@pytest.mark.parametrize(
    ("seed", "order"),
    [
        ("42", "AFCBDE"),
        ("'42'", "AFCBDE"),
        ("-42", "EDAFBC"),
        ("1", "BFEACD"),
        ("1.9", "BFEACD"),
        ("0", "CBEAFD"),
        ("''", "CBEAFD"),
        ("11111111", "ACDBFE"),
    ],
)
def test_a_seed_shuffles_as_other_engines_do(work_out: WorkOut, seed: str, order: str) -> None:
    assert "".join(work_out(f"randomize(/data/x, {seed})", LETTERS)) == order


@given(st.one_of(st.text(max_size=8), st.floats(), st.integers()))
def test_any_seed_gives_the_same_order_again(seed: str | float) -> None:
    nodes = [Node("x", letter) for letter in "ABCDEFGH"]
    document = Document(Node("d", children=nodes))
    value = seed if isinstance(seed, str) else float(seed)
    context = Context(document, variables={"seed": value})
    first = xpath.compile("randomize(/d/x, $seed)").as_nodes(context)
    assert sorted(node.text for node in first) == list("ABCDEFGH")
    assert xpath.compile("randomize(/d/x, $seed)").as_nodes(context) == first


def test_shuffling_without_a_seed_draws_from_the_source_given() -> None:
    document = Document(Node("d", children=[Node("x", str(n)) for n in range(50)]))

    def shuffled(seed: int) -> list[str]:
        context = Context(document, random=Random(seed))
        return [node.text for node in xpath.compile("randomize(/d/x)").as_nodes(context)]

    assert shuffled(1) == shuffled(1) != shuffled(2)
    assert sorted(shuffled(1), key=int) == [str(n) for n in range(50)]


def test_random_numbers_lie_between_0_and_1(work_out: WorkOut) -> None:
    assert all(0 <= work_out("random()") < 1 for _ in range(50))


REPEATS = (
    "<data><pos>2</pos><blank/><a><v>1</v><b><v>1.1</v></b><b><v>1.2</v></b></a>"
    "<a><v>2</v><b><v>2.1</v></b><b><v>2.2</v></b></a></data>"
)


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        ("/data/a/v, /data/a, 1", ["1"]),
        ("/data/a/v, /data/a, /data/pos", ["2"]),
        ("/data/a/v, /data/a, 3", []),
        ("/data/a/v, /data/a, 0", []),
        ("/data/a/v, /data/a, /data/blank", []),
        ("/data/a/b/v, /data/a, 2, /data/a/b, 1", ["2.1"]),
        ("/data/a/b/v, /data/a/b, 1, /data/a, 2", ["2.1"]),
        ("a/b/v, a, '1', a/b, 2", ["1.2"]),
        ("/data/a/b/v, /data/a, 1", ["1.1", "1.2"]),
    ],
)
def test_indexed_repeat(work_out: WorkOut, arguments: str, texts: list[str]) -> None:
    assert work_out(f"indexed-repeat({arguments})", REPEATS, "/data") == texts


@pytest.mark.parametrize(
    "expression",
    ["indexed-repeat(/data/a, /data/a, 1, /data/a)", "indexed-repeat(/data, /data, 1, 2, 3)"],
)
def test_indexed_repeat_needs_pairs(work_out: WorkOut, expression: str) -> None:
    with pytest.raises(XPathError, match="indexed-repeat"):
        work_out(expression, REPEATS)


def test_ids_and_names(work_out: WorkOut) -> None:
    xml = '<o:r xmlns:o="http://o" xml:lang="de-AT"><a id="x">1</a><b id="y" o:k="2">x</b></o:r>'
    assert work_out("id('y x none')", xml) == ["1", "x"]
    assert work_out("id(//b)", xml) == ["1"]
    assert work_out("name(/*)", xml) == "o:r"
    assert work_out("local-name(/*)", xml) == "r"
    assert work_out("namespace-uri(/*)", xml) == "http://o"
    assert work_out("name(//b/@o:k)", xml) == "o:k"
    assert work_out("namespace-uri(//b/@o:k)", xml) == "http://o"
    assert work_out("name(/none)", xml) == work_out("name(/)", xml) == ""
    assert work_out("lang('de')", xml, "//b") is True
    assert work_out("lang('DE-at')", xml, "//b") is True
    assert work_out("lang('at')", xml, "//b") is False
    assert work_out("lang('de')", "<r/>", "/r") is False

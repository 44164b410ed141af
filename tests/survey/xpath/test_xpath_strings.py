"""Functions on texts, choices, digests and names."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from survey.xpath import XPathError, evaluate
from survey.xpath import compile as compile_expression
from survey.xpath.functions.strings import substr, substring, translate
from survey.xpath.patterns import found

WorkOut = Callable[..., Any]

XML = "<data><t>  one\n two </t><n>1</n><n>2</n><blank/><sel>red blue</sel></data>"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("string(1.50)", "1.5"),
        ("string(true())", "true"),
        ("string(/data/n)", "1"),
        ("string(/data/none)", ""),
        ("concat()", ""),
        ("concat('a')", "a"),
        ("concat('a', 1, true())", "a1true"),
        ("concat(/data/n, '!')", "12!"),
        ("join(', ', /data/n)", "1, 2"),
        ("join('-', 'a', /data/n, 'b')", "a-1-2-b"),
        ("join('-')", ""),
        ("normalize-space(/data/t)", "one two"),
        ("substring-before('a=b=c', '=')", "a"),
        ("substring-before('abc', '=')", ""),
        ("substring-before('abc', '')", ""),
        ("substring-after('a=b=c', '=')", "b=c"),
        ("substring-after('abc', '=')", ""),
        ("substring-after('abc', '')", "abc"),
        ("substr('hello', 1)", "ello"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 0, -1)", "hell"),
        ("substr('hello', 9)", ""),
        ("substr('hello', 3, 1)", ""),
        ("substr('hello', 'x')", ""),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0 div 0)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("translate('2026/11/22', '/', '-')", "2026-11-22"),
        ("translate('aab', 'ab', 'x')", "xx"),
        ("coalesce('', 'b')", "b"),
        ("coalesce(/data/blank, /data/n)", "1"),
        ("coalesce(0, 'b')", "0"),
        ("coalesce(1 * /data/blank, 'b')", "b"),
        ("once('new')", "new"),
        ("selected-at('a b c', 1)", "b"),
        ("selected-at('a b c', 3)", ""),
        ("selected-at('a b c', -1)", ""),
        ("selected-at('', 0)", ""),
        ("if('', 'a', 'b')", "b"),
        ("if(/data/none, 'a', 'b')", "b"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('', 'MD5')", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("digest('abc', 'SHA-256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ("base64-decode('5paH5a2X')", "文字"),
        ("base64-decode('YQ')", "a"),
        ("base64-decode('%%')", ""),
    ],
)
def test_texts(work_out: WorkOut, expression: str, text: str) -> None:
    assert work_out(expression, XML, "/data/blank") == text


def test_digests_are_those_of_utf_8(work_out: WorkOut) -> None:
    for name, known in (("SHA-384", hashlib.sha384), ("SHA-512", hashlib.sha512)):
        assert work_out(f"digest('真情', '{name}', 'hex')") == known("真情".encode()).hexdigest()


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("contains('abc', 'b')", True),
        ("contains('abc', '')", True),
        ("contains('', 'a')", False),
        ("starts-with('abc', 'ab')", True),
        ("starts-with('abc', 'b')", False),
        ("ends-with('abc', 'bc')", True),
        ("ends-with('abc', 'b')", False),
        ("regex('ab12', '[0-9]{2}')", True),
        ("regex('ab12', '^[0-9]+$')", False),
        ("regex('', '^$')", True),
        ("selected(/data/sel, 'blue')", True),
        ("selected(/data/sel, ' blue ')", True),
        ("selected(/data/sel, 'blu')", False),
        ("selected(/data/blank, 'blue')", False),
        ("selected(/data/blank, '')", True),
        ("is-selected(/data/sel, 'red')", True),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('true')", True),
        ("boolean-from-string('True')", False),
        ("boolean-from-string(1.0)", True),
        ("boolean-from-string('yes')", False),
        ("boolean('false')", True),
        ("not('')", True),
        ("true()", True),
        ("false()", False),
        ("checklist(1, 2, true(), 0, 'x')", True),
        ("checklist(-1, 1, true(), true())", False),
        ("checklist(3, -1, true(), true())", False),
        ("checklist(2, 2, /data/n)", True),
        ("checklist(0, 0, /data/blank)", True),
        ("weighted-checklist(3, 5, true(), 4, false(), 9)", True),
        ("weighted-checklist(5, -1, true(), 4)", False),
        ("weighted-checklist(3, 3, /data/n, /data/n)", True),
    ],
)
def test_conditions(work_out: WorkOut, expression: str, holds: bool) -> None:
    assert work_out(expression, XML) is holds


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("string-length('')", 0),
        ("string-length('naïve 文字 😀')", 10),
        ("string-length()", 0),
        ("count-selected(/data/sel)", 2),
        ("count-selected(/data/blank)", 0),
    ],
)
def test_counting_in_texts(work_out: WorkOut, expression: str, number: float) -> None:
    assert work_out(expression, XML, "/data/blank") == number


def test_a_function_there_is_not_matters_once_it_is_called(work_out: WorkOut) -> None:
    assert work_out("if(false() and nothing(), 'a', if(true(), 'b', nothing()))") == "b"
    with pytest.raises(XPathError, match="There is no function nothing"):
        work_out("if(true(), nothing(), 'b')")
    with pytest.raises(XPathError, match="At character 6"):
        compile_expression("1 or nothing()")


def test_once_keeps_what_is_there(work_out: WorkOut) -> None:
    assert work_out("once(uuid())", XML, "/data/n[2]") == "2"
    assert work_out("string(once(. * 10))") == "NaN"


@pytest.mark.parametrize(
    "expression",
    [
        "digest('a', 'CRC')",
        "digest('a', 'MD5', 'octal')",
        "regex('a', '(')",
        "weighted-checklist(1, 2, true())",
        "uuid(1000000)",
        "uuid('x')",
    ],
)
def test_senseless_arguments_are_refused_in_place(work_out: WorkOut, expression: str) -> None:
    with pytest.raises(XPathError) as refused:
        work_out(f"concat('a', {expression})")
    assert refused.value.column == 13


def test_a_pattern_that_takes_for_ever_is_stopped(work_out: WorkOut) -> None:
    began = time.monotonic()
    with pytest.raises(XPathError, match="takes too long"):
        work_out(f"regex('{','.join(map(str, range(60)))}', '(.*?,){{25}}P')")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "pattern",
    ["a{100000000}", "((a{1000}){1000}){1000}", "(?:[ab]{9000}c){9000}", "(a{99}){9,999}"],
)
def test_a_pattern_that_grows_is_refused(work_out: WorkOut, pattern: str) -> None:
    with pytest.raises(XPathError, match="repeats something"):
        work_out(f"regex('a', '{pattern}')")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^[0-9]{3}-[0-9]{4}$", "555-1234"),
        ("^(.{1,200} ){0,50}$", "a b "),
        (r"^\+?[0-9 ]{7,15}$", "+49 30 901820"),
        (r"^[\w.-]+@[\w-]+([.][\w-]+)+$", "a.b@c-d.org"),
        ("^[]a]{2}$", "]a"),
        ("^x{2,}$", "xxx"),
        ("^a{}$", "a{}"),
        (r"^\p{Han}+$", "真情"),
    ],
)
def test_ordinary_patterns_are_matched(work_out: WorkOut, pattern: str, text: str) -> None:
    assert work_out(f"regex('{text}', '{pattern}')") is True


@given(st.text(alphabet="ab(){}[]\\1,9*+?|^$.", max_size=15), st.text("ab1", max_size=8))
def test_any_pattern_is_matched_or_refused(pattern: str, text: str) -> None:
    with suppress(XPathError):
        assert found(pattern, text) in (True, False)


def test_texts_without_end_are_stopped(work_out: WorkOut) -> None:
    xml = f"<data><t>{'x' * 400_000}</t></data>"
    with pytest.raises(XPathError, match="longer than"):
        work_out("concat(/data/t, /data/t, /data/t)", xml)


def test_uuids(work_out: WorkOut) -> None:
    pattern = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert re.fullmatch(pattern, work_out("uuid()"))
    assert work_out("uuid()") != work_out("uuid()")
    assert len(work_out("uuid(50)")) == 50
    assert work_out("uuid(0)") == ""


def test_signed_texts_are_read_only_with_the_right_key() -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    message = "P07 真情".encode()
    signed = base64.b64encode(key.sign(message) + message).decode()

    def extracted(text: str, owner: Ed25519PrivateKey) -> object:
        public = base64.b64encode(owner.public_key().public_bytes_raw()).decode()
        return evaluate(f"extract-signed('{text}', '{public}')", instance="<data/>")

    assert extracted(signed, key) == "P07 真情"
    assert extracted(signed, other) == ""
    assert extracted(base64.b64encode(b"short").decode(), key) == ""
    assert evaluate("extract-signed('%', 'AAAA')", instance="<data/>") == ""


@given(st.text(max_size=8), st.integers(-10, 10), st.integers(-10, 10))
def test_substr_cuts_as_slices_do(text: str, start: int, end: int) -> None:
    assert substr(text, float(start), float(end)) == text[start:end]


@given(st.text(max_size=8), st.integers(-3, 10), st.integers(-3, 10))
def test_substring_takes_the_places_of_the_definition(text: str, start: int, size: int) -> None:
    places = range(start, start + size)
    expected = "".join(c for place, c in enumerate(text, 1) if place in places)
    assert substring(text, float(start), float(size)) == expected


@given(st.text(alphabet="abc", max_size=6), st.permutations("abc"))
def test_translating_there_and_back_changes_nothing(text: str, order: list[str]) -> None:
    assert translate(translate(text, "abc", "".join(order)), "".join(order), "abc") == text

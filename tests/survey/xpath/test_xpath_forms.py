"""Whole XForms, XML that is refused, references and what a context gives."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from survey import xpath
from survey.xpath import FUNCTIONS, Context, Document, Node, Reference, XPathError

WorkOut = Callable[..., Any]

XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Takes</h:title><model>
    <itext>
      <translation lang="en"><text id="kept"><value>Kept</value></text></translation>
      <translation lang="de" default="true()"><text id="kept"><value form="short">B</value>
        <value>Behalten</value></text></translation>
    </itext>
    <instance><data id="takes"><kept>yes</kept><city>ul</city>
      <take><n>1</n></take><take><n>2</n></take></data></instance>
    <instance id="cities"><root>
      <item><name>ul</name><label>Ulm</label><land>de</land></item>
      <item><name>gz</name><label>Graz</label><land>at</land></item>
    </root></instance>
    <bind nodeset="/data/kept" type="string"/>
  </model></h:head>
  <h:body>
    <select1 ref="/data/kept"><label>Kept?</label>
      <item><label ref="jr:itext('kept')"/><value>yes</value></item>
      <item><label>No</label><value>no</value></item></select1>
    <select1 ref="/data/city"><itemset nodeset="instance('cities')/root/item[land != '']">
      <value ref="name"/><label ref="label"/></itemset></select1>
  </h:body>
</h:html>"""


@pytest.mark.parametrize(
    ("expression", "context", "value"),
    [
        ("/data/kept", "/", ["yes"]),
        ("jr:itext('kept')", "/", "B"),
        ("jr:itext('none')", "/", ""),
        ("jr:choice-name(/data/kept, '/data/kept')", "/", "B"),
        ("jr:choice-name('no', ' /data/kept ')", "/", "No"),
        ("jr:choice-name('maybe', '/data/kept')", "/", ""),
        ("jr:choice-name('', '/data/kept')", "/", ""),
        ("jr:choice-name('gz', '../city')", "/data/kept", "Graz"),
        ("jr:choice-name('gz', '/data/none')", "/", ""),
        ("instance('cities')/root/item[name = /data/city]/label", "/", ["Ulm"]),
        ("instance('cities')/root/item[name = current()/../city]/land", "/data/kept", ["de"]),
        ("instance('cities')/root/item[land = 'at' and name != 'ul']/name", "/", ["gz"]),
        ("count(instance('cities')/root/item)", "/", 2.0),
        ("pulldata('cities', 'label', 'name', 'gz')", "/", "Graz"),
        ("pulldata('cities.csv', 'label', 'name', 'gz')", "/", "Graz"),
        ("pulldata('cities', 'label', 'name', 'xx')", "/", ""),
        ("pulldata('cities', 'none', 'name', 'gz')", "/", ""),
        ("position(..)", "/data/take[2]/n", 2.0),
        ("../../take[position() = position(current()/..)]/n", "/data/take[2]/n", ["2"]),
        ("current()/../city", "/data/kept", ["ul"]),
    ],
)
def test_a_whole_form(work_out: WorkOut, expression: str, context: str, value: object) -> None:
    assert work_out(expression, XFORM, context) == value


def test_lists_of_a_bare_model_are_found_too(work_out: WorkOut) -> None:
    listed = "<instance id='l'><root><item>1</item></root></instance>"
    xml = f"<model><instance><d/></instance>{listed}</model>"
    assert work_out("instance('l')/root/item", xml) == ["1"]
    assert work_out("/model/instance[1]/d", xml) == [""]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<a>", "not XML"),
        ("", "not XML"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities"),
        (
            '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;&x;">]><a>&z;&z;</a>',
            "entities",
        ),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "entities"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost/x"> %x;]><a/>', "entities"),
    ],
)
def test_dangerous_xml_is_refused(work_out: WorkOut, xml: str, reason: str) -> None:
    with pytest.raises(XPathError, match=reason):
        work_out("/a", xml)


def test_a_plain_document_type_is_no_danger(work_out: WorkOut) -> None:
    assert work_out("/a", "\n<!DOCTYPE html>\n<a>1</a>") == ["1"]


def test_xml_may_be_deep_and_hold_anything(work_out: WorkOut) -> None:
    depth = 200
    xml = "<a>" * depth + "<![CDATA[<b>&]]>" + "</a>" * depth
    assert work_out("string(/)", xml) == "<b>&"
    assert work_out("count(//a)", xml) == depth
    assert work_out("count(/r/text())", "<r>\n<b/>\n</r>") == 2


def test_bytes_in_other_encodings_are_read(work_out: WorkOut) -> None:
    xml = '<?xml version="1.0" encoding="utf-16"?><a>真情</a>'.encode("utf-16")
    assert work_out("/a", xml) == ["真情"]


@pytest.mark.parametrize(
    ("expression", "context"), [("/a", "/none"), ("instance('x')", "/"), ("$x", "/"), ("1", "1 +")]
)
def test_what_is_not_there_is_said(work_out: WorkOut, expression: str, context: str) -> None:
    with pytest.raises(XPathError):
        work_out(expression, "<a/>", context)


def test_a_form_being_filled_gives_the_context_itself() -> None:
    class Form:
        def context(self, path: str) -> Context:
            document = Document(Node("data", children=[Node("x", path)]))
            return Context(document)

    assert xpath.evaluate("/data/x", instance=Form(), context="/data/y") == ["/data/y"]
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert xpath.evaluate("today()", instance=Form(), now=now) == "2026-11-22"


def paths(expression: str, context: str) -> set[str | None]:
    """Return the references of an expression as paths."""
    return {found.resolve(context) for found in xpath.compile(expression).references}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("/data/a + ../b", {"/data/a", "/data/g[2]/b"}),
        (". > 1", {"/data/g[2]/x"}),
        ("current()/../b", {"/data/g[2]/b"}),
        ("/data/g[n = /data/m and ../k]/v", {"/data/g/n", "/data/m", "/data/k", "/data/g/v"}),
        ("/data/g[n = current()/../c]/v", {"/data/g/n", "/data/g[2]/c", "/data/g/v"}),
        ("instance('l')/root/item[name = /data/a]/label", {None, "/data/a"}),
        ("sum(//v)", {"/**/v"}),
        ("(/data/a | ../b)[. = 1]", {"/data/a", "/data/g[2]/b"}),
        ("jr:choice-name(../b, ' ../b ')", {"/data/g[2]/b"}),
        ("string-length()", {"/data/g[2]/x"}),
        ("if(/data/a, ../b, 'c')", {"/data/a", "/data/g[2]/b"}),
        ("indexed-repeat(/data/g/v, /data/g, ../b)", {"/data/g/v", "/data/g", "/data/g[2]/b"}),
        ("following-sibling::y", {"/data/g[2]/y"}),
        ("../../@version", {"/data/@version"}),
        ("text()", {"/data/g[2]/x"}),
        ("now()", set()),
    ],
)
def test_references_are_where_an_expression_looks(expression: str, found: set[str | None]) -> None:
    assert paths(expression, "/data/g[2]/x") == found


def test_references_say_how_they_were_written() -> None:
    found = xpath.compile("/data/a + ../b + instance('l')/root").references
    assert {(item.origin, item.steps, item.instance) for item in found} == {
        ("root", ("data", "a"), None),
        ("context", ("..", "b"), None),
        ("instance", ("root",), "l"),
    }
    assert {item.absolute for item in found} == {True, False}
    assert Reference("root", ("a",), column=1) == Reference("root", ("a",), column=9)


def test_functions_used_are_listed_with_their_places() -> None:
    uses = xpath.compile("concat('a', round(1.5, 1))").functions
    assert {(use.name, use.arguments, use.column) for use in uses} == {
        ("concat", 2, 1),
        ("round", 2, 13),
    }


DOCUMENTED = """
if position once selected selected-at count-selected jr:choice-name indexed-repeat count
count-non-empty sum max min regex contains starts-with ends-with substr substring-before
substring-after translate string-length normalize-space concat join boolean-from-string string
digest base64-decode extract-signed round int number pow log log10 abs sin cos tan asin acos
atan atan2 sqrt exp exp10 pi today now decimal-date-time date decimal-time format-date
format-date-time area distance geofence intersects random randomize uuid boolean not coalesce
checklist weighted-checklist true false instance current pulldata jr:itext last id local-name
name namespace-uri lang floor ceiling substring date-time
""".split()  # noqa: SIM905 - as a list it would fill a page


def test_every_documented_function_is_known_with_its_arguments() -> None:
    assert set(DOCUMENTED) <= set(FUNCTIONS)
    assert FUNCTIONS["if"] == (3, 3)
    assert FUNCTIONS["concat"] == (0, None)
    assert FUNCTIONS["round"] == (1, 2)
    assert FUNCTIONS["string-length"] == (0, 1)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_wrong_number_of_arguments_is_refused(name: str) -> None:
    fewest, most = FUNCTIONS[name]
    if fewest:
        with pytest.raises(XPathError, match=rf"{name}\(\) takes"):
            xpath.compile(f"{name}()")
    if most is not None:
        with pytest.raises(XPathError, match=rf"{name}\(\) takes"):
            xpath.compile(f"{name}({', '.join(['.'] * (most + 1))})")


def test_the_context_answers_what_it_is_asked() -> None:
    document = Document(Node("data", children=[Node("q", "a")]))
    context = Context(
        document,
        itext=lambda name: f"<{name}>",
        choice_label=lambda node, choice: f"{node.name}:{choice}",
        random=Random(7),
        variables={"x": 3.0},
        position=2,
        size=5,
    )
    assert xpath.compile("jr:itext('t')").evaluate(context) == "<t>"
    assert xpath.compile("jr:choice-name('b', '/data/q')").evaluate(context) == "q:b"
    assert xpath.compile("$x + position() + last()").evaluate(context) == 10
    assert xpath.compile("random()").evaluate(context) == Random(7).random()
    assert xpath.compile("jr:itext('t')").evaluate(Context(document)) == ""


def cities(count: int, *, fixed: bool) -> Document:
    """Return a list of cities, each in one of ten countries and one of two by name."""
    rows = [
        Node(
            "item",
            children=[Node("name", f"c{n}"), Node("land", f"l{n % 10}"), Node("also", f"l{n % 3}")],
        )
        for n in range(count)
    ]
    return Document(Node("root", children=rows), fixed=fixed)


@pytest.mark.parametrize("fixed", [True, False])
@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("[land = /data/land]", ["c3", "c13", "c23", "c33"]),
        ("[/data/land = land]", ["c3", "c13", "c23", "c33"]),
        ("[land = 'l3' and also = 'l0']", ["c3", "c33"]),
        ("[also = 'l0'][land = 'l3']", ["c3", "c33"]),
        ("[land = 'l3'][2]", ["c13"]),
        ("[position() < 10][land = 'l3']", ["c3"]),
        ("[land = /data/both]", ["c3", "c4", "c13", "c14", "c23", "c24", "c33", "c34"]),
        ("[land = 'none']", []),
        ("[land = /data/none]", []),
        ("[land = 3]", []),
        ("[name = 'c7' or name = 'c8']", ["c7", "c8"]),
    ],
)
def test_lists_are_filtered_alike_with_and_without_an_index(
    expression: str, names: list[str], *, fixed: bool
) -> None:
    answers = [Node("land", "l3"), Node("both", "l3"), Node("both", "l4")]
    document = Document(Node("data", children=answers))
    context = Context(document, instances={"cities": cities(40, fixed=fixed)})
    filtered = xpath.compile(f"instance('cities')/root/item{expression}/name")
    for _ in range(2):
        assert [node.text for node in filtered.as_nodes(context)] == names
    row = xpath.compile("pulldata('cities', 'name', 'land', 'l3')")
    assert row.as_string(context) == "c3"


def test_a_long_fixed_list_is_not_gone_through_each_time() -> None:
    context = Context(Document(Node("d")), instances={"cities": cities(20_000, fixed=True)})
    filtered = xpath.compile("instance('cities')/root/item[name = 'c777']/land")
    assert filtered.as_string(context) == "l7"
    began = time.perf_counter()
    for _ in range(100):
        filtered.evaluate(context)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    "expression",
    [
        "count(//*[//*[//*]])",
        "count(/d/r[count(/d/r[n != current()/x]) > sum(/d/r/n)])",
        "count(//n/preceding::n/following::n)",
        "count(/d/r[sum(/d/r[n > 1]/n) > 1])",
    ],
)
def test_a_formula_without_end_is_stopped(expression: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.xpath.expression.PATIENCE", 0.2)
    repeats = [Node("r", children=[Node("n", str(n))]) for n in range(3000)]
    context = Context(Document(Node("d", children=repeats)))
    began = time.perf_counter()
    with pytest.raises(XPathError, match="takes longer") as refused:
        xpath.compile(expression).evaluate(context)
    assert refused.value.expression == expression
    assert time.perf_counter() - began < 3


def test_long_repeats_are_no_reason_to_give_up() -> None:
    repeats = [Node("r", children=[Node("n", str(n))]) for n in range(10_000)]
    context = Context(Document(Node("d", children=repeats)))
    total = xpath.compile("sum(//n[. > 5]) + count(/d/r[n = /d/r[3]/n])")
    assert total.as_number(context) == sum(range(6, 10_000)) + 1
    assert xpath.compile("/d/r[last()]/n").as_number(context) == 9999


def test_nested_repeats_keep_their_order() -> None:
    outer = [
        Node("o", children=[Node("i", children=[Node("v", f"{a}{b}")]) for b in range(3)])
        for a in range(3)
    ]
    context = Context(Document(Node("d", children=outer)))
    found = xpath.compile("/d/o[i]/i[v]/v[. != '']/../v").as_nodes(context)
    assert [node.text for node in found] == ["00", "01", "02", "10", "11", "12", "20", "21", "22"]


def test_values_are_converted_as_asked() -> None:
    document = Document(Node("data", children=[Node("q", "12")]))
    context = Context(document)
    expression = xpath.compile("/data/q")
    assert expression.as_string(context) == "12"
    assert expression.as_number(context) == 12
    assert expression.as_boolean(context) is True
    assert expression.as_nodes(context)[0].text == "12"
    with pytest.raises(XPathError):
        xpath.compile("'text'").as_nodes(context)

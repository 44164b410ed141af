"""Location paths, axes, predicates and relevance."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import xpath
from survey.xpath import Context, Document, Node
from survey.xpath.nodes import in_document_order

WorkOut = Callable[..., Any]

TREE = (
    '<r><a id="1"><b>x</b><c>y</c></a><a id="2"><b>z</b><d><b>w</b></d></a>'
    "<e/><!--note--><?go now?>tail</r>"
)


@pytest.mark.parametrize(
    ("expression", "context", "texts"),
    [
        ("/r/a/b", "/", ["x", "z"]),
        ("//b", "/", ["x", "z", "w"]),
        ("b", "/r/a[2]", ["z"]),
        (".//b", "/r/a[2]", ["z", "w"]),
        ("../c", "/r/a[1]/b", ["y"]),
        ("/r/a[2]/b", "/", ["z"]),
        ("/r/a[b = 'z']/@id", "/", ["2"]),
        ("/r/a[@id = '1']/c", "/", ["y"]),
        ("/r/*[self::e]", "/", [""]),
        ("/r/a[last()]/@id", "/", ["2"]),
        ("/r/a[position() < 2]/@id", "/", ["1"]),
        ("//b[1]", "/", ["x", "z", "w"]),
        ("(//b)[1]", "/", ["x"]),
        ("(//b)[last()]", "/", ["w"]),
        ("ancestor::*/@id", "/r/a[2]/d/b", ["2"]),
        ("ancestor::a/b", "/r/a[2]/d/b", ["z"]),
        ("ancestor-or-self::*[1]", "/r/a[2]/d/b", ["w"]),
        ("following::b", "/r/a[1]/b", ["z", "w"]),
        ("preceding::b", "/r/a[2]/d/b", ["x", "z"]),
        ("preceding::b[1]", "/r/a[2]/d/b", ["z"]),
        ("following-sibling::*[1]/@id", "/r/a[1]", ["2"]),
        ("preceding-sibling::a/@id", "/r/e", ["1", "2"]),
        ("preceding-sibling::a[1]/@id", "/r/e", ["2"]),
        ("descendant::b | /r/a[1]/c", "/r/a[2]", ["y", "z", "w"]),
        ("/r/a/b/text()", "/", ["x", "z"]),
        ("/r/text()", "/", ["tail"]),
        ("//comment()", "/", ["note"]),
        ("//processing-instruction('go')", "/", ["now"]),
        ("//processing-instruction('stay')", "/", []),
        ("/r/a/@*", "/", ["1", "2"]),
        ("parent::*/@id", "/r/a[1]/b", ["1"]),
        ("..", "/r/a[1]/@id", ["xy"]),
        ("/r/a[b][c]/@id", "/", ["1"]),
        ("/r/a[b and not(c)]/@id", "/", ["2"]),
        ("/r/a[count(b) = 1 and b = 'x']/@id", "/", ["1"]),
        ("/r/a[position() = 2 and b = 'z']/@id", "/", ["2"]),
        ("/r/a['z' = b]/@id", "/", ["2"]),
        ("/r/a[@id = current()/@id]/b", "/r/a[2]", ["z"]),
        ("/r/a[0]", "/", []),
        ("/r/a[1.5]", "/", []),
        ("/none/at/all", "/", []),
    ],
)
def test_paths(work_out: WorkOut, expression: str, context: str, texts: list[str]) -> None:
    assert work_out(expression, TREE, context) == texts


def test_all_axes_together_cover_the_tree_once(work_out: WorkOut) -> None:
    axes = ["ancestor", "descendant", "following", "preceding", "self"]
    sizes = [work_out(f"count({axis}::node())", TREE, "/r/a[2]/d") for axis in axes]
    assert sum(sizes) == work_out("count(/descendant-or-self::node())", TREE)


NAMESPACES = (
    '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://forms/x" xmlns:o="http://o">'
    '<h:div>1</h:div><div>2</div><o:div a="3" o:a="4"/></h:html>'
)


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("/h:html/h:div", ["1"]),
        ("/xhtml:html/xhtml:div", ["1"]),
        ("//div", ["2"]),
        ("//o:div/@a", ["3"]),
        ("//o:div/@o:a", ["4"]),
        ("//o:*/@o:*", ["4"]),
        ("/html", []),
        ("//unknown:div", []),
    ],
)
def test_names_with_and_without_prefix(
    work_out: WorkOut, expression: str, texts: list[str]
) -> None:
    assert work_out(expression, NAMESPACES) == texts


def test_the_namespace_axis_lists_what_is_in_scope(work_out: WorkOut) -> None:
    assert work_out("string(/*/namespace::o)", NAMESPACES) == "http://o"
    assert work_out("count(/*/namespace::*)", NAMESPACES) == 4


def survey() -> Document:
    """Return answers with a repeat, whose second turn is not relevant."""
    turns = [
        Node("take", children=[Node("kept", kept), Node("n", str(n))])
        for n, kept in enumerate(["yes", "no", "yes"], 1)
    ]
    for node in (turns[1], *turns[1].children):
        node.relevant = False
    return Document(Node("data", children=[Node("name", "Ada"), *turns, Node("group")]))


def data_of(document: Document) -> Node:
    """Return the outermost element."""
    root = document.root
    assert root is not None
    return root


def run(expression: str, document: Document, path: str = "/") -> Any:
    top = Context(document)
    nodes = xpath.compile(path).as_nodes(top) if path != "/" else [document]
    return xpath.compile(expression).evaluate(Context(nodes[0], root=document))


def test_nodes_that_are_not_relevant_are_left_out() -> None:
    document = survey()
    assert run("count(/data/take)", document) == 2
    assert run("sum(/data/take/n)", document) == 4
    assert run("string(/data/take[2]/n)", document) == ""
    assert run("/data/take[kept = 'no']", document) == []
    assert run("string(/data)", document) == "Adayes1yes3"


def test_once_reads_what_is_kept_while_it_is_not_relevant() -> None:
    document = survey()
    data_of(document).children[0].relevant = False
    assert run("string(.)", document, "/") != ""
    node = data_of(document).children[0]
    assert xpath.compile("string(.)").evaluate(Context(node, root=document)) == ""
    assert xpath.compile("once('new')").evaluate(Context(node, root=document)) == "Ada"


def test_the_tree_keeps_its_index_when_it_changes() -> None:
    document = survey()
    data = data_of(document)
    assert run("count(/data/name)", document) == 1
    data.append(Node("name", "Bo"))
    data.insert(0, Node("name", "Cy"))
    assert [node.text for node in run("/data/name", document)] == ["Cy", "Ada", "Bo"]
    data.remove(data.named("name")[1])
    assert [node.text for node in run("/data/name", document)] == ["Cy", "Bo"]


def test_attributes_and_texts_show_what_is_there_now() -> None:
    node = Node("q", "old", attributes={"version": "1"})
    document = Document(node)
    before = run("/q/text() | /q/@version", document)
    node.text, node.attributes["version"] = "new", "2"
    assert [item.text for item in before] == ["2", "new"]


def test_paths_of_nodes_lead_back_to_them() -> None:
    document = survey()
    for node in document.descendants():
        node.relevant = True
    for node in document.descendants():
        assert xpath.compile(node.path()).as_nodes(Context(document)) == [node]


@st.composite
def trees(draw: st.DrawFn) -> Document:
    document = Document(Node("r"))
    nodes = [data_of(document)]
    for _ in range(draw(st.integers(0, 15))):
        parent = draw(st.sampled_from(nodes))
        nodes.append(parent.append(Node(draw(st.sampled_from("abc")))))
    return document


@given(trees(), st.randoms(use_true_random=False))
def test_document_order_is_that_of_the_tree(document: Document, chance: Random) -> None:
    walked = [document, *document.descendants()]
    mixed = walked * 2
    chance.shuffle(mixed)
    assert in_document_order(mixed) == walked


@given(trees(), st.sampled_from(["//a", "//b//a", "//a/../b", "//*[b]/a", "//c/ancestor::*"]))
def test_selected_nodes_are_distinct_and_in_order(document: Document, expression: str) -> None:
    found = xpath.compile(expression).as_nodes(Context(document))
    assert found == in_document_order(found)


@given(trees())
def test_both_ways_to_write_a_descendant_agree(document: Document) -> None:
    top = Context(document)
    long = xpath.compile("/descendant-or-self::node()/child::a").as_nodes(top)
    assert (
        xpath.compile("//a").as_nodes(top) == long == xpath.compile("/descendant::a").as_nodes(top)
    )

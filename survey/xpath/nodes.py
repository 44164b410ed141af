"""The tree that expressions are evaluated over: the nodes of XPath 1.0 without any XML behind them.

A form's answers are `Node` objects under one `Document`; so are the items of a secondary instance.
Leaves keep their answer in `text`. Mixed content, comments and processing instructions exist only
in trees read from XML text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Literal

Kind = Literal[
    "element", "attribute", "text", "comment", "processing-instruction", "document", "namespace"
]

XHTML = "http://www.w3.org/1999/xhtml"
# Most nodes are leaves without attributes: they share what is empty, which nobody writes into.
_NONE: list[Node] = []
_NO_ATTRIBUTES: dict[str, str] = {}


class Node:
    """An element: a question, a group, one turn of a repeat, an item of a list.

    Attributes:
        name: The local name.
        namespace: The namespace address, or None.
        prefix: The prefix it was written with, "" for none.
        parent: The node above, None at the top.
        children: The nodes below in document order; change them with `append`, `insert` and
            `remove` only, which keep the index by name.
        text: The text of a leaf; ignored when there are children.
        attributes: Attribute values by the name as written (`version`, `jr:template`).
        relevant: Whether the node takes part: its own relevance and that of everything above it.
            As in JavaRosa, a node that is not relevant is left out of every node-set an
            expression selects, so its value reads as empty and it is not counted. Whoever changes
            the relevance of a group passes it on to what is below.
    """

    __slots__ = (
        "_index",
        "_made",
        "_places",
        "attributes",
        "children",
        "name",
        "namespace",
        "parent",
        "prefix",
        "relevant",
        "text",
    )

    kind: ClassVar[Kind] = "element"

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        namespace: str | None = None,
        prefix: str = "",
        attributes: Mapping[str, str] | None = None,
        children: Iterable[Node] = (),
        relevant: bool = True,
    ) -> None:
        self.name = name
        self.text = text
        self.namespace = namespace
        self.prefix = prefix
        self.attributes: dict[str, str] = dict(attributes) if attributes else _NO_ATTRIBUTES
        self.parent: Node | None = None
        self.children: list[Node] = _NONE
        self.relevant = relevant
        self._index: dict[str, list[Node]] | None = None
        self._made: dict[str, Node] | None = None
        self._places: dict[str, dict[Node, int]] | None = None
        for child in children:
            self.append(child)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.path()}>"

    def append(self, child: Node) -> Node:
        """Add a child at the end and return it."""
        child.parent = self
        if self.children is _NONE:
            self.children = []
        self.children.append(child)
        if self._index is not None and child.plain:
            self._index.setdefault(child.name, []).append(child)
        self._places = None
        return child

    def insert(self, place: int, child: Node) -> Node:
        """Add a child before the one at `place` (as `list.insert` counts) and return it."""
        child.parent = self
        if self.children is _NONE:
            self.children = []
        self.children.insert(place, child)
        self._index = self._places = None
        return child

    def remove(self, child: Node) -> None:
        """Take a child out; ValueError when it is not one."""
        self.children.remove(child)
        child.parent = None
        self._index = self._places = None

    @property
    def plain(self) -> bool:
        """Whether a name without a prefix in an expression can mean this node.

        It means elements written without a prefix, whatever their namespace: forms declare a
        default namespace for the answers and write expressions without prefixes. XHTML, the
        wrapping of a form, is never meant.
        """
        return self.kind == "element" and not self.prefix and self.namespace != XHTML

    def named(self, name: str) -> list[Node]:
        """Return the `plain` children of a name, in order; the list is not to be changed."""
        if not self.children:
            return _NONE
        index = self._index
        if index is None:
            index = {}
            for child in self.children:
                if child.plain:
                    index.setdefault(child.name, []).append(child)
            self._index = index
        return index.get(name, _NONE)

    def string_value(self) -> str:
        """Return the text of the node: its own, or that of everything relevant below it."""
        if not self.children:
            return self.text
        return "".join(
            node.text
            for node in self.descendants()
            if not node.children and node.relevant and node.kind in ("element", "text")
        )

    def descendants(self) -> Iterator[Node]:
        """Yield everything below the node in document order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))

    def top(self) -> Node:
        """Return the uppermost node of the tree, a `Document` in a complete one."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def alike(self) -> list[Node]:
        """Return the children of the parent with the same kind and name, this node among them."""
        if self.parent is None:
            return [self]
        if self.plain:
            return self.parent.named(self.name)
        return [
            node
            for node in self.parent.children
            if node.kind == self.kind and node.name == self.name and node.prefix == self.prefix
        ]

    def position(self) -> int:
        """Return the 1-based place among the siblings of the same name; 1 at the top."""
        if self.parent is not None and self.plain:
            return self.parent.places(self.name).get(self, 1)
        siblings = self.alike()
        return siblings.index(self) + 1 if self in siblings else 1

    def places(self, name: str) -> dict[Node, int]:
        """Return the 1-based places of the `plain` children of a name among themselves.

        They are kept until the children change: thousands of turns may all ask for their own.
        """
        if self._places is None:
            self._places = {}
        found = self._places.get(name)
        if found is None:
            found = {child: place for place, child in enumerate(self.named(name), 1)}
            self._places[name] = found
        return found

    def path(self) -> str:
        """Return the path from the top, numbered where siblings share the name: /data/take[2]."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.kind != "document":
            steps.append(node.step())
            node = node.parent
        return "/" + "/".join(reversed(steps))

    def step(self) -> str:
        """Return the last step of `path`."""
        name = f"{self.prefix}:{self.name}" if self.prefix else self.name
        return f"{name}[{self.position()}]" if len(self.alike()) > 1 else name

    def attribute_nodes(self) -> list[Node]:
        """Return the attributes as nodes; the same objects every time."""
        return [self._virtual(name, Attribute) for name in self.attributes]

    def text_node(self) -> Node | None:
        """Return the text of a leaf as a node, None when it is empty or there are children."""
        if self.children or not self.text or self.kind != "element":
            return None
        return self._virtual("", LeafText)

    def _virtual(self, name: str, made: type[Attribute | LeafText]) -> Node:
        if self._made is None:
            self._made = {}
        node = self._made.get(name)
        if node is None:
            node = self._made[name] = made(name, self)
        return node


class Document(Node):
    """The node above the outermost element; `/` in an expression.

    Attributes:
        fixed: Whether nothing in the tree changes any more, as in the lists that come with a form:
            then rows are found through indexes, which are kept here.
        indexes: The indexes made so far; see `lookup`.
    """

    __slots__ = ("fixed", "indexes")
    kind = "document"

    def __init__(self, root: Node | None = None, *, fixed: bool = False) -> None:
        super().__init__("", children=() if root is None else (root,))
        self.fixed = fixed
        self.indexes: dict[tuple[Node, str, str], dict[str, list[Node]]] = {}

    @property
    def root(self) -> Node | None:
        """The outermost element."""
        return next((node for node in self.children if node.kind == "element"), None)


class Text(Node):
    """A stretch of text between elements; only in trees read from XML."""

    __slots__ = ()
    kind = "text"

    def __init__(self, text: str) -> None:
        super().__init__("", text)

    def step(self) -> str:
        """Return the last step of `path`."""
        return "text()"


class Comment(Node):
    """A comment."""

    __slots__ = ()
    kind = "comment"

    def __init__(self, text: str) -> None:
        super().__init__("", text)

    def step(self) -> str:
        """Return the last step of `path`."""
        return "comment()"


class Instruction(Node):
    """A processing instruction; its target is the name."""

    __slots__ = ()
    kind = "processing-instruction"

    def step(self) -> str:
        """Return the last step of `path`."""
        return f"processing-instruction('{self.name}')"


class Namespace(Node):
    """A namespace in scope: the prefix is the name, the address the text."""

    __slots__ = ()
    kind = "namespace"

    def __init__(self, prefix: str, address: str, element: Node) -> None:
        super().__init__(prefix, address)
        self.parent = element

    def step(self) -> str:
        """Return the last step of `path`."""
        return f"namespace::{self.name}"


class _Borrowed(Node):
    """A node made on demand whose text and relevance are those of its element at any time."""

    __slots__ = ("_key",)

    def __init__(self, key: str, element: Node) -> None:
        prefix, _, local = key.rpartition(":")
        super().__init__(local, prefix=prefix)
        self._key = key
        self.parent = element

    @property
    def relevant(self) -> bool:
        """Whether the element is relevant."""
        return self.parent is None or self.parent.relevant

    @relevant.setter
    def relevant(self, value: bool) -> None:
        """Ignore it: the element decides."""


class Attribute(_Borrowed):
    """An attribute of an element as a node."""

    __slots__ = ()
    kind = "attribute"

    @property
    def text(self) -> str:
        """The value the attribute has now."""
        return "" if self.parent is None else self.parent.attributes.get(self._key, "")

    @text.setter
    def text(self, value: str) -> None:
        """Ignore it: the element keeps the value."""

    def step(self) -> str:
        """Return the last step of `path`."""
        return f"@{self._key}"


class LeafText(_Borrowed):
    """The text of a leaf as a node, for the step `text()`."""

    __slots__ = ()
    kind = "text"

    @property
    def text(self) -> str:
        """The text the leaf has now."""
        return "" if self.parent is None else self.parent.text

    @text.setter
    def text(self, value: str) -> None:
        """Ignore it: the element keeps the text."""

    def step(self) -> str:
        """Return the last step of `path`."""
        return "text()"


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes without doubles, in document order; trees keep the order of first mention.

    An element comes before its namespaces, those before its attributes, those before what is below.
    """
    distinct = list(dict.fromkeys(nodes))
    if len(distinct) < 2:
        return distinct
    keys: dict[Node, tuple[int, int, int]] = {}
    trees: dict[Node, dict[Node, int]] = {}
    for mention, node in enumerate(distinct):
        owner, part, rank = _anchor(node)
        top = owner.top()
        if top not in trees:
            walked = {below: number for number, below in enumerate(top.descendants(), 1)}
            walked[top] = 0
            trees[top] = walked
        tree = list(trees).index(top) if len(trees) > 1 else 0
        keys[node] = (tree, trees[top].get(owner, mention) * 4 + part, rank)
    return sorted(distinct, key=keys.__getitem__)


def _anchor(node: Node) -> tuple[Node, int, int]:
    """Return the tree node that a made node hangs on, its part there and its rank in that part."""
    parent = node.parent
    if parent is None or node.kind not in ("attribute", "namespace", "text"):
        return node, 0, 0
    if isinstance(node, Attribute):
        return parent, 2, parent.attribute_nodes().index(node)
    if isinstance(node, Namespace):
        return parent, 1, 0
    return (parent, 3, 0) if isinstance(node, LeafText) else (node, 0, 0)

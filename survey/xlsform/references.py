"""`${name}`: what it refers to, and writing it as a path of the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Path = tuple[str, ...]
LAST_SAVED = "__last-saved"

REFERENCE = re.compile(r"\$\{\s*(?P<last>last-saved#)?(?P<name>[^{}\s]*)\s*\}")
_BROKEN = re.compile(r"\$\{(?![^{}]*\})|\$\{\s*[^{}\s]+\s+[^{}]*\}")
# The file that pulldata() looks into.
PULLED = re.compile(r"""pulldata\s*\(\s*['"]([^'"]+)['"]""")
_INDEXED = re.compile(r"indexed-repeat\s*\(")
# The arguments of indexed-repeat that name a node as such and not one near the question.
_NAMING_ARGUMENTS = frozenset({0, 1, 3, 5})


@dataclass(frozen=True, slots=True)
class Reference:
    """A `${name}` in a text: the name, whether the last saved answer is meant, and where."""

    name: str
    last_saved: bool
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Find every `${name}` in a text."""
    if "${" not in text:
        return []
    return [
        Reference(match.group("name"), match.group("last") is not None, match.start(), match.end())
        for match in REFERENCE.finditer(text)
    ]


def broken_reference(text: str) -> int | None:
    """Return where a `${` stands that is no reference, None when there is none."""
    if "$" not in text:
        return None
    found = _BROKEN.search(text)
    return None if found is None else found.start()


class Names:
    """Which paths a name stands for, and which of them repeat."""

    def __init__(self, paths: Iterable[Path], repeats: Iterable[Path]) -> None:
        self.repeats = frozenset(repeats)
        self._paths: dict[str, list[Path]] = {}
        self._known: set[Path] = set()
        for path in paths:
            self._paths.setdefault(path[-1], []).append(path)
            self._known.add(path)

    def knows(self, path: Path) -> bool:
        """Whether there is a question, group or repeat at a path."""
        return path in self._known

    def paths(self, name: str) -> list[Path]:
        """Return every path that ends in a name."""
        return self._paths.get(name, [])

    def repeats_around(self, path: Path) -> list[Path]:
        """Return the repeats a node stands in, the innermost first."""
        lengths = range(len(path) - 1, 0, -1)
        return [path[:length] for length in lengths if path[:length] in self.repeats]

    def shared_repeat(self, one: Path, other: Path) -> bool:
        """Whether two nodes stand in one repeat, so that each turn has its own pair of them."""
        shared = 0
        for mine, theirs in zip(one[:-1], other[:-1], strict=False):
            if mine != theirs:
                break
            shared += 1
        return any(one[:length] in self.repeats for length in range(1, shared + 1))


def resolve(text: str, here: Path, names: Names) -> str:
    """Write every `${name}` of an expression as a path, as pyxform does.

    Within a repeat the path is relative, so that it stays in the same turn; elsewhere, and where
    `indexed-repeat` wants to be told a node, it starts at the top. Names that are unknown stay.

    Args:
        text: The expression as its author wrote it.
        here: The path of the question the expression belongs to.
        names: The names of the form.
    """
    if "${" not in text:
        return text
    naming = naming_spans(text)

    def written(match: re.Match[str]) -> str:
        paths = names.paths(match.group("name"))
        if not paths:
            return match.group()
        target = paths[0]
        if match.group("last"):
            return f"instance('{LAST_SAVED}')/{'/'.join(target)}"
        absolute = any(start <= match.start() < end for start, end in naming)
        if absolute or not names.shared_repeat(here, target):
            return "/" + "/".join(target)
        return _relative(here, target)

    return REFERENCE.sub(written, text)


def _relative(here: Path, target: Path) -> str:
    shared = 0
    for mine, theirs in zip(here[:-1], target[:-1], strict=False):
        if mine != theirs:
            break
        shared += 1
    steps = [".."] * (len(here) - shared) + list(target[shared:])
    # `current()` keeps it at the question inside a predicate, where `.` is something else.
    return "current()/" + "/".join(steps)


def naming_spans(text: str) -> list[tuple[int, int]]:
    """Find the arguments of `indexed-repeat` that name nodes: from where to where they stand."""
    return [
        span
        for call in _INDEXED.finditer(text)
        for place, span in enumerate(_arguments(text, call.end()))
        if place in _NAMING_ARGUMENTS
    ]


def _arguments(text: str, start: int) -> list[tuple[int, int]]:
    """Cut the arguments of a call whose bracket opened just before `start`."""
    spans, depth, begun, quote = [], 1, start, ""
    for place in range(start, len(text)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
            if depth == 0:
                spans.append((begun, place))
                return spans
        elif character == "," and depth == 1:
            spans.append((begun, place))
            begun = place + 1
    return spans


def position_map(text: str, here: Path, names: Names) -> Callable[[int], int]:
    """Return a function from a column of the resolved expression to one of the author's text."""
    if "${" not in text:
        return lambda column: column
    spans: list[tuple[int, int, int]] = []
    shift = 0
    for match in REFERENCE.finditer(text):
        length = len(resolve(match.group(), here, names))
        spans.append((match.start() + shift, match.start() + shift + length, match.start()))
        shift += length - (match.end() - match.start())

    def original(column: int) -> int:
        moved = column
        for start, end, author in spans:
            if column - 1 < start:
                break
            if column - 1 < end:
                return author + 1
            moved = column - end + author
        return moved

    return original

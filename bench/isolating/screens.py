"""Every screen with every key of the other study in its address."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import PropertyMock, patch

from streamlit.runtime.context import ContextProxy
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from bench.isolating.leaks import Findings
from bench.isolating.other_study import MARK
from bench.isolating.viewers import Viewer
from pages import navigation
from pages.navigation import ADDRESSES, Screen
from settings import ROOT
from survey import entering

PAGES = ROOT / "pages"
NAMED = re.compile(r"query_params(?:\[|\.get\()\s*\"([\w-]+)\"")
TABLES = {
    "application": ["application", "person"],
    "check": ["check"],
    "code": ["code"],
    "decision": ["decision"],
    "entry": ["response", "draft"],
    "figure": [],
    "interview": ["interview"],
    "like": ["passage"],
    "link": ["public_link"],
    "person": ["person"],
    "run": ["theme_run"],
    "theme": ["theme"],
    "what": ["assignment"],
}
"""Of which tables the keys are that a name in an address may hold; any other name gets them all."""


LISTS = frozenset({"studies", "my-studies", "begin-study"})
"""Screens on which somebody in several studies sees what they are called."""


def screens() -> dict[str, Screen]:
    """Return every screen by its address."""
    found = [each for each in vars(navigation).values() if isinstance(each, Screen)]
    return {each.address: each for each in found}


@cache
def names_in(file: str) -> frozenset[str]:
    """Return what a screen reads of its address, in its own file and those it is made of."""
    return frozenset(name for path in _files(PAGES / file) for name in NAMED.findall(_text(path)))


def _files(path: Path, seen: frozenset[Path] = frozenset()) -> set[Path]:
    found = {path}
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages."):
            inner = ROOT / f"{(node.module or '').replace('.', '/')}.py"
            if inner.is_file() and inner not in seen | {path} and inner.parent == path.parent:
                found |= _files(inner, seen | found)
    return found


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def queries(screen: Screen, rows: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """Yield what stands behind the question mark: nothing, each name alone, and all at once."""
    yield {}
    names = sorted(names_in(screen.file))
    together: dict[str, str] = {}
    for name in names:
        for value in _values(name, rows):
            together[name] = value
            yield {name: value}
    if len(together) > 1:
        yield together


def _values(name: str, rows: dict[str, list[str]]) -> list[str]:
    if name == "day":
        return ["2026-06-01"]
    if name in {"q", "how"}:
        return ["the" if name == "q" else "exact"]
    tables = TABLES.get(name, list(rows) if name not in TABLES else [])
    return [key for table in tables for key in rows.get(table, [])[:1]]


@contextmanager
def _as(viewer: Viewer, address: str, handed: list[bytes]) -> Iterator[None]:
    """Be somebody at an address; what they could download is noted."""
    keep = MemoryMediaFileStorage.load_and_get_id

    def noting(self: MemoryMediaFileStorage, path_or_data: str | bytes, *told: object) -> str:
        if isinstance(path_or_data, bytes):
            handed.append(path_or_data)
        return keep(self, path_or_data, *told)  # type: ignore[arg-type] # as it was told

    held = {entering.COOKIE: viewer.cookie} if viewer.cookie else {}
    with (
        patch.object(ContextProxy, "cookies", PropertyMock(return_value=held)),
        patch.object(
            ContextProxy, "url", PropertyMock(return_value=f"http://set.example/{address}")
        ),
        patch.object(MemoryMediaFileStorage, "load_and_get_id", noting),
    ):
        yield


def shown_to(viewer: Viewer, address: str, query: dict[str, str]) -> tuple[bytes, str]:
    """Run the app at an address, and return what it showed and what it failed with."""
    app = AppTest.from_file(str(PAGES / "app.py"), default_timeout=120)
    app._page_hash = calc_hash(address)  # noqa: SLF001 - there is no other way to open a screen
    for name, value in query.items():
        app.query_params[name] = value
    handed: list[bytes] = []
    with _as(viewer, address, handed):
        app.run()
    protos = [node.proto for node in app._tree if getattr(node, "proto", None) is not None]  # noqa: SLF001
    shown = b"\n".join([*(proto.SerializeToString() for proto in protos), *handed])
    failed = "; ".join(str(each.value) for each in app.exception)
    return shown, failed


def warm(viewer: Viewer, addresses: frozenset[str] = ADDRESSES) -> int:
    """Look at every screen as somebody of the other study, so that what is kept ready is theirs.

    Returns:
        How many screens showed a marked word: what was looked for is there to be found.
    """
    return sum(MARK.encode() in shown_to(viewer, address, {})[0] for address in sorted(addresses))


def check_screens(
    found: Findings,
    people: list[Viewer],
    rows: dict[str, list[str]],
    *,
    bare: bool = True,
    addresses: frozenset[str] = ADDRESSES,
) -> None:
    """Look at every screen as everybody.

    Args:
        found: Where it is noted.
        people: Who looks.
        rows: Keys of the other study by table.
        bare: Whether a screen that asks for something is looked at without it as well.
        addresses: The screens that are looked at.
    """
    known = screens()
    for viewer in people:
        for address in sorted(addresses):
            asked = list(queries(known[address], rows))
            for query in asked if bare else asked[1:] or asked:
                shown, failed = shown_to(viewer, address, query)
                what = f"/{address}?{'&'.join(query)} as {viewer.name}"
                listed = viewer.name == "both" and address in LISTS
                found.look("screens", what, shown, listed=listed)
                if failed:
                    found.crashes.append(f"{what}: {failed[:300]}")

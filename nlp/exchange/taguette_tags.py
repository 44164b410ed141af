"""Taguette's tags as codes: `film.light` lies below `film`, if there is such a tag."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.exchange.guids import guid_of
from nlp.exchange.model import Code


def tag_guid(path: str) -> str:
    """Return the GUID of a tag."""
    return guid_of("taguette tag", path)


def codes_of(tags: Mapping[str, str]) -> tuple[Code, ...]:
    """Return tags as codes.

    Args:
        tags: What each is for, by its path.
    """
    above: dict[str, str] = {}
    for path in tags:
        parent = path.rpartition(".")[0]
        while parent and parent not in tags:
            parent = parent.rpartition(".")[0]
        above[path] = parent
    below: dict[str, list[str]] = {}
    for path in sorted(tags):
        below.setdefault(above[path], []).append(path)

    def code(path: str) -> Code:
        name = path.removeprefix(above[path] + ".") if above[path] else path
        children = tuple(map(code, below.get(path, ())))
        return Code(tag_guid(path), " ".join(name.split()) or "?", tags[path], children=children)

    return tuple(map(code, below.get("", ())))

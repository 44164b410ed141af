"""A project of coded texts as every program knows it, without any program's way of keeping it.

The shape is that of the REFI-QDA standard: selections lie in sources, codings on selections. All
positions are code points of `Source.text`, whatever the file counted in, and ends are exclusive.
GUIDs are written in small letters without braces; references that lead nowhere do not occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from i18n import Message

VariableKind = Literal["Text", "Boolean", "Integer", "Float", "Date", "DateTime"]


@dataclass(frozen=True)
class User:
    """Somebody who codes, under the name the file gives."""

    guid: str
    name: str


@dataclass(frozen=True)
class Note:
    """A memo: on a code, a source, a selection, a coding or the whole project."""

    guid: str
    text: str
    name: str = ""
    user: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True)
class Code:
    """A code with those below it.

    Attributes:
        guid: Its key.
        name: What it is called.
        description: What it means and when it is used.
        colour: `#rrggbb`, or empty.
        codable: Whether passages may carry it; folders of codes are not codable.
        notes: GUIDs of notes on it.
        children: The codes below it, in order.
    """

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    codable: bool = True
    notes: tuple[str, ...] = ()
    children: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Variable:
    """Something known about cases or sources."""

    guid: str
    name: str
    kind: VariableKind = "Text"
    description: str = ""


@dataclass(frozen=True)
class Value:
    """What is known: a variable's GUID and its value as XML writes it (`true`, `2026-06-01`)."""

    variable: str
    text: str


@dataclass(frozen=True)
class Source:
    """A text.

    Attributes:
        guid: Its key.
        name: What it is called.
        text: Its words; line ends are single line feeds.
        description: A remark on it.
        user: GUID of who brought it.
        made_at: When.
        values: What is known about it.
        notes: GUIDs of notes on it.
    """

    guid: str
    name: str
    text: str
    description: str = ""
    user: str = ""
    made_at: datetime | None = None
    values: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coding:
    """That a selection carries a code, and who said so when."""

    guid: str
    code: str
    user: str = ""
    made_at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A stretch of a source.

    Attributes:
        guid: Its key.
        source: The GUID of its source.
        start: Its first code point in the source's text.
        end: The code point after its last.
        codings: The codes it carries; none where it is only remarked upon.
        description: A remark on it, the memo of its codings.
        user: GUID of who selected it.
        made_at: When.
        notes: GUIDs of notes on it.
    """

    guid: str
    source: str
    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    description: str = ""
    user: str = ""
    made_at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A person or thing that sources and selections are about."""

    guid: str
    name: str
    description: str = ""
    values: tuple[Value, ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A set: codes, sources and notes that somebody put together."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """All of it."""

    name: str
    origin: str = ""
    description: str = ""
    made_at: datetime | None = None
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    selections: tuple[Selection, ...] = ()
    notes: tuple[Note, ...] = ()
    groups: tuple[Group, ...] = ()
    project_notes: tuple[str, ...] = ()

    def all_codes(self) -> Iterator[tuple[Code, Code | None]]:
        """Yield every code with the code above it, from the top down."""
        waiting: list[tuple[Code, Code | None]] = [(code, None) for code in reversed(self.codes)]
        while waiting:
            code, parent = waiting.pop()
            yield code, parent
            waiting += [(child, code) for child in reversed(code.children)]

    @property
    def codings(self) -> int:
        """How many codings there are."""
        return sum(len(selection.codings) for selection in self.selections)


@dataclass(frozen=True)
class Reading:
    """A file that was read.

    Attributes:
        project: What is in it.
        program: The program that wrote it, as far as it says.
        left: What could not be taken from it, one sentence each.
        remarks: What was taken, but not as the file says it, one sentence each.
        counting: How the file counts positions, in a sentence; None where it makes no difference.
    """

    project: Project
    program: str = ""
    left: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()
    counting: Message | None = None

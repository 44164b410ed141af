"""A Taguette project (.sqlite3): its documents, tags and highlights.

Taguette keeps documents as HTML and counts positions in UTF-8 bytes of their text, markup left
out. The text has no line ends between paragraphs; here it gets them. Every highlight also keeps
the words it covers, so that it can be seen whether positions are understood.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from i18n import say
from nlp.exchange import limits
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of
from nlp.exchange.html_text import Page, words_of
from nlp.exchange.model import Code, Coding, Project, Reading, Selection, Source, User
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.taguette_tags import codes_of, tag_guid
from nlp.exchange.xml import sayable

MAGIC = b"SQLite format 3\x00"
TABLES = frozenset({"projects", "documents", "highlights", "tags", "highlight_tags", "commands"})
STEPS = 200_000_000
"""Steps of SQLite's machine for one file; a file made to be slow ends there."""

Row = tuple[Any, ...]


def read_taguette(content: bytes) -> Reading:
    """Read a project.

    Raises:
        ExchangeError: The file is damaged or no project of Taguette, or it holds several.
    """
    if len(content) > limits.FILE_BYTES:
        raise ExchangeError(say("This file is larger than any project of texts."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project.sqlite3"
        path.write_bytes(content)
        try:
            with closing(_opened(path)) as base:
                return _read(base)
        except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError) as error:
            raise ExchangeError(
                say("This file is damaged, or it is no project of Taguette.")
            ) from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a stranger's database so that it can do nothing but be read, for a while."""
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA query_only = ON")
    base.execute("PRAGMA cell_size_check = ON")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.TEXT_BYTES)
    left = [STEPS // 10_000]

    def step() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    base.set_progress_handler(step, 10_000)
    found = base.execute("SELECT name, type FROM sqlite_master").fetchall()
    tables = {name for name, kind in found if kind == "table"}
    if not tables >= TABLES or any(kind in {"view", "trigger"} for _, kind in found):
        base.close()
        raise ExchangeError(say("This file is damaged, or it is no project of Taguette."))
    return base


def _read(base: sqlite3.Connection) -> Reading:
    projects = base.execute("SELECT id, name, description FROM projects LIMIT 2").fetchall()
    if len(projects) != 1:
        raise ExchangeError(
            say("This file holds several projects, or none. Export one project from Taguette.")
        )
    _, name, description = projects[0]
    left = Findings()
    pages = dict(_documents(base))
    codes, by_tag = _codes(base)
    users, made = _authors(base)
    selections = tuple(_selections(base, pages, by_tag, made, left))
    return Reading(
        project=Project(
            name=_said(name),
            origin="Taguette",
            description=_said(description),
            users=users,
            codes=codes,
            sources=tuple(source for source, _ in pages.values()),
            selections=selections,
        ),
        program="Taguette",
        left=tuple(left),
    )


def _documents(base: sqlite3.Connection) -> Iterator[tuple[int, tuple[Source, Page]]]:
    rows = base.execute(
        "SELECT id, name, description, contents, created FROM documents ORDER BY id LIMIT ?",
        (limits.SOURCES,),
    )
    for key, name, description, contents, created in rows:
        page = words_of(str(contents))
        source = Source(
            guid=guid_of("taguette document", key, name),
            name=_said(name),
            text=page.text,
            description=_said(description),
            made_at=_moment(created),
        )
        yield int(key), (source, page)


def _codes(base: sqlite3.Connection) -> tuple[tuple[Code, ...], Mapping[int, str]]:
    """Return the tags as codes, and the GUID of each by its key."""
    rows = base.execute(
        "SELECT id, path, description FROM tags ORDER BY path LIMIT ?", (limits.CODES,)
    ).fetchall()
    codes = codes_of({_said(path): _said(description) for _, path, description in rows})
    return codes, {int(key): tag_guid(_said(path)) for key, path, _ in rows}


def _authors(
    base: sqlite3.Connection,
) -> tuple[tuple[User, ...], Mapping[int, tuple[str, datetime | None]]]:
    """Return who highlights, and by highlight its author and when it was made."""
    made: dict[int, tuple[str, datetime | None]] = {}
    users: dict[str, User] = {}
    for login, moment, payload in base.execute(
        "SELECT user_login, date, payload FROM commands ORDER BY id"
    ):
        said = json.loads(payload)
        if not isinstance(said, dict) or said.get("type") != "highlight_add":
            continue
        user = users.setdefault(login, User(guid_of("taguette user", login), _said(login)))
        made.setdefault(int(said.get("highlight_id") or 0), (user.guid, _moment(moment)))
    return tuple(users.values()), made


def _said(text: object) -> str:
    """Return a text without characters that no database keeps."""
    return sayable(str(text or ""))


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC, microsecond=0)


def _selections(
    base: sqlite3.Connection,
    pages: Mapping[int, tuple[Source, Page]],
    tags: Mapping[int, str],
    made: Mapping[int, tuple[str, datetime | None]],
    left: Findings,
) -> Iterator[Selection]:
    marked: dict[int, list[str]] = {}
    for highlight, tag in base.execute("SELECT highlight_id, tag_id FROM highlight_tags"):
        if tag in tags:
            marked.setdefault(highlight, []).append(tags[tag])
    rows: Iterator[Row] = base.execute(
        "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights "
        "ORDER BY document_id, start_offset, id LIMIT ?",
        (limits.CODINGS,),
    )
    for key, document, start, end, snippet in rows:
        if document not in pages:
            left.count(say("Passages of documents that are not in the file: {count}.", count=1))
            continue
        source, page = pages[document]
        place = page.place(int(start), int(end), str(snippet))
        if place is None:
            left.note(
                say("“{name}”, {start}–{end}: positions and words do not agree.",
                    name=source.name, start=start, end=end)
            )  # fmt: skip
            continue
        if key not in marked:
            left.count(say("Marked passages without a code: {count}.", count=1))
            continue
        user, moment = made.get(int(key), ("", None))
        guid = guid_of("taguette highlight", source.guid, key)
        codings = tuple(
            Coding(guid_of(guid, code), code, user, moment) for code in sorted(marked[key])
        )
        yield Selection(guid, source.guid, *place, codings=codings, user=user, made_at=moment)

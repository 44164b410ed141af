"""A second study like the first, in which every word is marked and no table is empty."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID, uuid4

from pydantic.fields import FieldInfo
from sqlalchemy import Table as AnyTable
from sqlalchemy import inspect, select
from sqlmodel import Session, SQLModel

from data import files
from data.backups.order import parents_first
from data.backups.values import kind_of
from data.closed import letting
from data.study_rows import within
from data.tables import Study, metadata
from data.tables.base import now
from survey.studies import family

MARK = "xqother"
"""A word that stands in every text of the other study and nowhere else."""

ALWAYS = frozenset(
    {
        *("person.code", "person.name", "person.email", "person.role", "team.code"),
        *("decision.key", "decision.label", "interview.key", "account.label", "memo.text"),
        *("attachment.filename", "mask_decision.spelling", "passage.masked", "turn.text"),
        *("study.slug", "consent_text.version", "code.name", "chapter_text.text"),
    }
)
"""Columns that are marked however short what stands in them is."""
NEVER = frozenset({"questionnaire.filename", "study.time_zone", "person.time_zone"})
WIDE = "\u2e80"
LABELS = re.compile(r"label|hint|message|title")


@dataclass(frozen=True)
class Other:
    """The other study: its key, that of everything in it, and which row became which.

    Attributes:
        study_id: The study.
        studies: The study and what belongs to it.
        twins: The key of the row in the other study by that of the row in the first.
        ids: Every key in it, as text.
        names: What it is called, and its key: what somebody in both may see in a list of theirs.
    """

    study_id: UUID
    studies: list[UUID]
    twins: dict[UUID, UUID]
    ids: frozenset[str]
    names: list[str]

    def rows(self, *, session: Session) -> dict[str, list[str]]:
        """Return the keys of its rows by table, as text."""
        return {
            table.name: [
                str(row["id"]) for row in _rows(table, self.studies, session=session) if "id" in row
            ]
            for table in metadata.sorted_tables
            if table.name != "embedding"
        }


def make_other(study: Study, *, session: Session) -> Other:
    """Make the other study; the caller commits.

    Accounts are doubled as well, so that nobody has a part in both until they are given one.
    """
    studies = [each.id for each in family(study, session=session)]
    found = {
        table.name: _rows(table, studies, session=session)
        for table in metadata.sorted_tables
        if table.name != "embedding"
    }
    twins = {row["id"]: uuid4() for rows in found.values() for row in rows if "id" in row}
    contents: dict[str, str] = {}
    with letting(session):
        for table in metadata.sorted_tables:
            rows = [_twin(table, row, twins, contents) for row in found.get(table.name, [])]
            for row in parents_first(table.name, rows):
                session.connection().execute(table.insert(), row)
        others = [twins[key] for key in studies]
        _fill_empty(twins[study.id], others, session=session)
    made = session.get_one(Study, twins[study.id])
    named = [*made.texts["title"].values(), made.slug, str(made.id)]
    other = Other(made.id, others, twins, frozenset(), named)
    ids = (key for keys in other.rows(session=session).values() for key in keys)
    return replace(other, ids=frozenset(ids))


def _rows(table: AnyTable, studies: list[UUID], *, session: Session) -> list[dict[str, Any]]:
    found = session.connection().execute(select(table).where(within(table, studies)))
    return [dict(row) for row in found.mappings()]


def _twin(
    table: AnyTable, row: Mapping[str, Any], twins: Mapping[UUID, UUID], contents: dict[str, str]
) -> dict[str, Any]:
    """Return the row of the other study that is like one of the first."""
    made = {name: _marked(f"{table.name}.{name}", value, twins) for name, value in row.items()}
    if table.name == "attachment":
        made["sha256"] = _content(row["sha256"], contents)
    if table.name == "questionnaire":
        made["source"] = _questionnaire(row["source"])
        made["sha256"] = hashlib.sha256(made["source"]).hexdigest()
    if table.name == "passage":
        made["text_hash"] = hashlib.sha256(made["masked"].encode()).hexdigest()
    if "token_hash" in made:
        made["token_hash"] = hashlib.sha256(str(made["id"]).encode()).hexdigest()
    if table.name == "public_link":
        made["slug"] = MARK[:6] + str(made["id"])[:6]
    if table.name == "study":
        made["slug"] = f"{row['slug']}-{MARK}"
    return made


def _marked(column: str, value: Any, twins: Mapping[UUID, UUID]) -> Any:  # noqa: ANN401 - any column
    if isinstance(value, UUID):
        return twins.get(value, value)
    if isinstance(value, dict):
        return {
            _marked_key(name, twins): _marked(column, inner, twins) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_marked(column, inner, twins) for inner in value]
    if not isinstance(value, str) or column in NEVER:
        return value
    key = _key(value)
    if key:
        return str(twins.get(key, key))
    words = " " in value or any(letter > WIDE for letter in value)
    return f"{value} {MARK}" if words or (column in ALWAYS and value) else value


def _marked_key(name: str, twins: Mapping[UUID, UUID]) -> str:
    key = _key(name)
    return str(twins.get(key, key)) if key else name


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _content(digest: str, contents: dict[str, str]) -> str:
    """Keep a content that is marked, and return its sha256."""
    if digest not in contents:
        content = files.content_of(digest) + MARK.encode()
        contents[digest] = hashlib.sha256(content).hexdigest()
        files.place(contents[digest], content)
    return contents[digest]


def _questionnaire(source: bytes) -> bytes:
    """Mark every text of a questionnaire that is written as a table."""
    lines, wanted = [], set[int]()
    for line in source.decode().splitlines():
        cells = line.split("|")
        if any("::" in cell or cell.strip() == "form_title" for cell in cells):
            wanted = {place for place, cell in enumerate(cells) if LABELS.search(cell)}
        elif wanted and len(cells) > max(wanted):
            for place in wanted:
                if cells[place].strip():
                    cells[place] = f"{cells[place].rstrip()} {MARK} "
        lines.append("|".join(cells))
    return "\n".join(lines).encode()


def _fill_empty(study_id: UUID, studies: list[UUID], *, session: Session) -> None:
    """Put a row into every table of the other study in which there is none."""
    for table in metadata.sorted_tables:
        if table.name == "embedding" or _rows(table, studies, session=session):
            continue
        session.add(_invented(table, study_id, studies, session=session))
        session.flush()


def _invented(
    table: AnyTable, study_id: UUID, studies: list[UUID], *, session: Session
) -> SQLModel:
    model = next(
        mapper.class_ for mapper in inspect(Study).registry.mappers if mapper.local_table is table
    )
    values: dict[str, Any] = {}
    for column in table.columns:
        name, field = str(column.name), model.model_fields[str(column.name)]
        target = next((key.column.table for key in column.foreign_keys), None)
        if name == "study_id":
            values[name] = study_id
        elif target is not None and target is not table:
            there = _rows(target, studies, session=session)
            values[name] = there[0]["id"] if there else None
        elif isinstance(field, FieldInfo) and kind_of(column.type) == "text":
            longest = getattr(column.type, "length", None) or 60
            values[name] = f"{MARK} in {table.name} {name}"[:longest]
        elif field.is_required():
            values[name] = _plain(kind_of(column.type))
    return cast("SQLModel", model(**values))


def _plain(kind: str) -> object:
    return {
        "key": uuid4(),
        "moment": now(),
        "day": now().date(),
        "bytes": MARK.encode(),
        "whole": 0,
        "number": 0.0,
        "truth": False,
    }.get(kind, MARK)


def fingerprint(other: Other, *, session: Session) -> str:
    """Return a digest of every row of the other study: nobody may have changed one."""
    digest = hashlib.sha256()
    for table in metadata.sorted_tables:
        if table.name != "embedding":
            lines = sorted(str(row) for row in _rows(table, other.studies, session=session))
            digest.update("\n".join([table.name, *lines]).encode())
    return digest.hexdigest()

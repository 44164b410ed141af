"""Keys for what comes in: the file's own where nobody has it, so that it is recognised again."""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlmodel import Session

from data.tables.base import Table


def free_key(table: type[Table], guid: str, *, session: Session, study_id: UUID) -> UUID:
    """Return the key for a row that comes in under a GUID.

    It is the GUID itself, or, where another row has that, one that follows from it and the study;
    either way the same file gives the same key.
    """
    key = UUID(guid)
    return key if session.get(table, key) is None else own_key(key, study_id=study_id)


def own_key(key: UUID, *, study_id: UUID) -> UUID:
    """Return the key that something has here which has another one elsewhere."""
    return uuid5(study_id, str(key))

"""What every table shares: its metadata, its key, its clock and its JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Constraints need names that are the same everywhere, or no migration could drop them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata

Json = JSON().with_variant(JSONB(), "postgresql")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware when it goes in, UTC when it comes out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone and store the others as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every stored moment its zone, UTC, back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def now() -> datetime:
    """Return the server's time: the only clock that counts."""
    return datetime.now(UTC)


class Table(SQLModel):
    """A row with a random key."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)


def moment(*, index: bool = False) -> Any:  # noqa: ANN401 - what Field returns
    """Declare a column that holds a moment and defaults to now."""
    return Field(default_factory=now, sa_type=UTCDateTime, index=index)


def later() -> Any:  # noqa: ANN401 - what Field returns
    """Declare a column that holds a moment that has not come yet."""
    return Field(default=None, sa_type=UTCDateTime)


def json_object() -> Any:  # noqa: ANN401 - what Field returns
    """Declare a column that holds a JSON object."""
    return Field(default_factory=dict, sa_type=Json)


def json_list() -> Any:  # noqa: ANN401 - what Field returns
    """Declare a column that holds a JSON array."""
    return Field(default_factory=list, sa_type=Json)


def within(table: str, *, gone: str = "CASCADE", optional: bool = False, key: bool = False) -> Any:  # noqa: ANN401 - what Field returns
    """Declare a reference to the row of another table.

    Args:
        table: The table referred to.
        gone: What happens when that row is deleted: `CASCADE` or `SET NULL`.
        optional: Whether there may be none.
        key: Whether the reference is part of this table's key.
    """
    options: dict[str, Any] = {"foreign_key": f"{table}.id", "ondelete": gone}
    if key:
        return Field(primary_key=True, **options)
    if optional:
        options["default"] = None
    return Field(index=True, nullable=optional, **options)

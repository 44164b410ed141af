"""How values are written so that every database reads them back the same."""

from __future__ import annotations

import datetime as dt
from base64 import b64decode, b64encode
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, String, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from data.tables.base import Json, UTCDateTime

Kind = Literal["key", "moment", "day", "json", "bytes", "text", "whole", "number", "truth"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_TYPES: dict[Kind, TypeEngine[Any]] = {
    "key": Uuid(),
    "moment": UTCDateTime(),
    "day": Date(),
    "json": Json,
    "bytes": LargeBinary(),
    "text": String(),
    "whole": Integer(),
    "number": Float(),
    "truth": Boolean(),
}
# The more special comes first: a moment is kept in a column of another type.
_CLASSES: tuple[tuple[type[Any], Kind], ...] = (
    (UTCDateTime, "moment"),
    (Uuid, "key"),
    (Date, "day"),
    (JSON, "json"),
    (LargeBinary, "bytes"),
    (Boolean, "truth"),
    (Integer, "whole"),
    (Float, "number"),
    (String, "text"),
)


def kind_of(column: TypeEngine[Any]) -> Kind:
    """Return what a column holds."""
    if isinstance(column, TypeDecorator) and not isinstance(column, UTCDateTime):
        column = column.impl_instance
    return next(kind for known, kind in _CLASSES if isinstance(column, known))


def type_of(kind: Kind) -> TypeEngine[Any]:
    """Return the type of a column that holds this."""
    return _TYPES[kind]


def written(value: Any, kind: Kind) -> Any:  # noqa: ANN401 - a value of any column
    """Write a value as plain JSON."""
    if value is None:
        return None
    if kind == "key":
        return str(value)
    if kind in {"moment", "day"}:
        return value.isoformat()
    if kind == "bytes":
        return b64encode(value).decode()
    return value


def read(value: Any, kind: Kind) -> Any:  # noqa: ANN401 - as above
    """Read a value back."""
    if value is None:
        return None
    if kind == "key":
        return UUID(value)
    if kind == "moment":
        return dt.datetime.fromisoformat(value)
    if kind == "day":
        return dt.date.fromisoformat(value)
    return b64decode(value) if kind == "bytes" else value

"""Parquet: one file a table, with labels of columns and choices in the schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from nlp.exporting.formats import Files
from survey.answers import Column, Sheet

if TYPE_CHECKING:
    import pyarrow as pa


def write(sheets: Sequence[Sheet]) -> Files:
    """Write each sheet as a Parquet file."""
    placed = {sheet.name: (f"{sheet.name}.parquet", "") for sheet in sheets}
    return Files(
        contents={placed[sheet.name][0]: _table(sheet) for sheet in sheets},
        placed=placed,
        headings={sheet.name: sheet.names for sheet in sheets},
        codes={},
    )


def _table(sheet: Sheet) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([_field(column) for column in sheet.columns])
    arrays = [
        pa.array([row[place] for row in sheet.rows], type=schema.field(place).type)
        for place in range(len(sheet.columns))
    ]
    target = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), target, compression="zstd")
    return target.getvalue()


def _field(column: Column) -> pa.Field:
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "flag": pa.int64(),
        "decimal": pa.float64(),
        "date": pa.date32(),
    }
    said = {"label": column.label}
    if column.values:
        said["values"] = json.dumps(dict(column.values), ensure_ascii=False)
    return pa.field(column.name, types.get(column.kind, pa.string()), metadata=said)


def read(content: bytes) -> list[tuple[Any, ...]]:
    """Read the rows of a file back."""
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(content))
    lists = [column.to_pylist() for column in table.columns]
    return list(zip(*lists, strict=True))

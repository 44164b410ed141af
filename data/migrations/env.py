"""How Alembic runs our migrations: on the engine that `data.database` hands it."""

from contextlib import nullcontext
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from data.tables import metadata
from data.tables.base import Json, UTCDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's signature
    """Write our column types as plain ones, so that old migrations need no code of ours."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if item is Json:
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


given = context.config.attributes.get("connection")
"""A connection whose transaction somebody else ends, as when a backup is restored."""

with nullcontext(given) if given else context.config.attributes["engine"].connect() as connection:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # SQLite changes a table by copying and dropping it; with foreign keys on, dropping it would
        # delete every row that refers to it.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=on_sqlite,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if on_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
        raise RuntimeError(f"rows refer to nothing after the migration: {lost[:5]}")
    if not given:
        connection.commit()
    if on_sqlite:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")

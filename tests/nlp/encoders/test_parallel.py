from __future__ import annotations

import numpy as np
import pytest

import settings
from nlp.encoders import Encoder, EncoderError, parallel


def texts(count: int) -> list[str]:
    return [f"On day {number} we waited {number * 7 % 90} minutes." for number in range(count)]


def test_a_pool_of_processes_gives_the_same_vectors(
    bundled: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = bundled.encode(texts(700))
    monkeypatch.setattr(type(bundled), "spread_from", 100)
    monkeypatch.setattr(parallel, "WORTH", 1)
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(type(bundled), "embed", None)  # it would fail if it were used here
    assert np.array_equal(here, bundled.encode(texts(700)))


def test_a_dask_cluster_gives_the_same_vectors(
    bundled: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    here = bundled.encode(texts(700))
    with LocalCluster(  # type: ignore[no-untyped-call]  # distributed has no types
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", cluster.scheduler_address)
        settings.settings.cache_clear()
        assert np.array_equal(here, bundled.encode(texts(700)))


def test_a_cluster_that_does_not_answer_is_refused(
    bundled: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 0.5)
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", "tcp://127.0.0.1:9")
    settings.settings.cache_clear()
    with pytest.raises(EncoderError, match="does not answer"):
        bundled.encode(texts(700))

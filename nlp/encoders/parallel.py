"""Spreading batches over processes, or over a Dask cluster."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import settings
from i18n import say

if TYPE_CHECKING:
    from nlp.encoders.encoder import Encoder, Vectors

WORTH = 4  # batches for which it is worth starting one more process
PATIENCE = 10  # seconds that a Dask scheduler has to answer


def cores() -> int:
    """Count the cores this process may use (affinity and container limits respected)."""
    import joblib

    count: int = joblib.cpu_count()
    return count


def one_thread() -> AbstractContextManager[object]:
    """Make a context in which linear algebra uses one thread.

    Small matrices gain nothing from a second thread, and where other processes are busy too,
    threads that wait for each other made the figures of `nlp.neutral.bias` take ten times as long.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it has no types

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def embed_batches(encoder: Encoder, batches: Sequence[Sequence[str]]) -> list[Vectors]:
    """Embed batches where it is fastest.

    With a Dask scheduler in the settings they go to its cluster; where there are many texts, to at
    most as many processes as there are cores, each with one thread; otherwise they stay here.
    Processes times threads never exceed the cores: more threads than cores wait for each other
    busily and made the bundled encoder ten times slower.

    Returns:
        The vectors of each batch, in order.

    Raises:
        EncoderError: The Dask scheduler does not answer.
    """
    address = settings.settings().dask_scheduler_address
    if encoder.source and address and len(batches) > 1:
        return _on_cluster(encoder.source, batches, address)
    texts = sum(map(len, batches))
    enough = encoder.spread_from is not None and texts >= encoder.spread_from
    processes = min(cores(), len(batches) // WORTH)
    if encoder.source and enough and processes > 1:
        return _in_pool(encoder.source, batches, n_jobs=processes)
    return [encoder.embed(batch, threads=cores()) for batch in batches]


def _on_cluster(source: str, batches: Sequence[Sequence[str]], address: str) -> list[Vectors]:
    import joblib
    from distributed import Client

    from nlp.encoders.encoder import EncoderError

    try:
        client = Client(address, set_as_default=False, timeout=PATIENCE)  # type: ignore[no-untyped-call]  # distributed has no types
    except (OSError, ValueError) as error:
        raise EncoderError(
            say(
                "The Dask scheduler at {address} does not answer. "
                "Start it, or unset DASK_SCHEDULER_ADDRESS.",
                address=address,
            )
        ) from error
    with client, joblib.parallel_config(backend="dask", client=client):
        return _in_pool(source, batches)


def _in_pool(source: str, batches: Sequence[Sequence[str]], **how: Any) -> list[Vectors]:  # noqa: ANN401 - joblib's own arguments
    from joblib import Parallel, delayed

    found: list[Vectors] = Parallel(**how)(delayed(_embed)(source, batch) for batch in batches)
    return found


def _embed(source: str, batch: Sequence[str]) -> Vectors:
    """Embed one batch in another process, which keeps the encoder for the next."""
    from nlp.encoders.loading import load

    return load(source).embed(batch, threads=1)

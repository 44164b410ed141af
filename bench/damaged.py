"""Ten thousand damaged files: read or refused with a sentence, in bounded time and memory.

Files of every format and convention are cut, mixed, overwritten and renamed. `--quick` tries five
hundred. A share of the formats that are opened in a process of their own is left out, because
starting the process is most of their time.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter

from bench.report import Goal, report
from bench.transcript_files import all_files
from bench.transcript_files.damage import damaged, renamed
from survey.transcripts import TranscriptError, read

SEED = 5
MANY, FEW = 10_000, 500
LANGUAGES = ("en", "de", "zh", "ar", "ja", "ko")
APART = (b"%PDF-", b"xl/workbook.xml")
UNFORESEEN = "cannot be read as a transcript"
GOALS: dict[str, Goal] = {
    "other_errors": ("==", 0),
    "refusals_without_a_reason": ("==", 0),
    "slowest_s": ("<=", 15),
    "memory_mb": ("<=", 500),
}


def memory() -> float:
    """Return the most memory this process has had, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def main() -> None:
    """Try the files and print the JSON line."""
    rng = random.Random(SEED)
    seeds = [made for language in LANGUAGES for made in all_files(language, SEED)]
    count = FEW if "--quick" in sys.argv else MANY
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    slowest, tried, before = 0.0, 0, memory()
    began = time.perf_counter()
    while tried < count:
        made = rng.choice(seeds)
        content = damaged(made.content, seeds, rng)
        if any(mark in content for mark in APART) and rng.random() < 0.9:
            continue
        tried += 1
        kinds[made.kind.partition(":")[0]] += 1
        start = time.perf_counter()
        outcome = tried_once(renamed(made, rng), content)
        outcomes[outcome] += 1
        slowest = max(slowest, time.perf_counter() - start)
    print(dict(kinds), dict(outcomes))
    report(
        "damaged",
        {
            "files": tried,
            "read": outcomes["read"],
            "refused": outcomes["refused"],
            "refusals_without_a_reason": outcomes["unforeseen"],
            "other_errors": tried
            - sum(outcomes[known] for known in ("read", "refused", "unforeseen")),
            "slowest_s": round(slowest, 2),
            "seconds": round(time.perf_counter() - began, 1),
            "memory_mb": round(memory() - before),
        },
        GOALS,
    )


def tried_once(name: str, content: bytes) -> str:
    """Read one file and say what became of it."""
    try:
        read(name, content)
    except TranscriptError as refusal:
        return "unforeseen" if UNFORESEEN in str(refusal) else "refused"
    except Exception as error:  # what must never happen is counted
        return type(error).__name__
    return "read"


if __name__ == "__main__":
    main()

"""How long a search takes in 100,000 passages, and how much memory it costs the web process.

Passages are sentences put together from parts in two languages by 1,000 people, masked as they
are; the search itself is what the researcher's screen calls. The process that searches is a fresh
one, as the web process is, and is measured after its searches.

Run `python -m bench.search`; with `--quick` there are 5,000 passages. It takes about three minutes
(most of it to compute the vectors), with `--quick` ten seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product
from uuid import uuid4

import numpy as np

from bench.report import report

PASSAGES, PEOPLE, SEARCHES = 100_000, 1000, 40
WHO = [
    "The director",
    "My team",
    "The model",
    "Our editor",
    "A colleague",
    "导演",
    "我们组",
    "剪辑师",
]
WHAT = [
    "kept the third take", "spent the budget", "slept three hours", "cried on the set",
    "asked who the author is", "threw the take away", "wrote the prompt again",
    "留下了第三条", "把预算花完了", "只睡了三个小时", "在片场哭了", "问谁是作者",
]  # fmt: skip
WHY = [
    "because nobody was sure", "after a long argument", "because of the light", "before midnight",
    "and nobody said a word", "因为谁也不确定", "吵了很久以后", "因为光线", "谁也没说话",
]  # fmt: skip
QUESTIONS = [
    "Wer hat zu wenig geschlafen?", "Geld", "Who is the author?", "谁做的决定？", "le budget",
    "Warum wurde diese Aufnahme behalten?", "Streit im Team", "tears", "灯光", "prompt",
]  # fmt: skip


def fill(passages: int) -> str:
    """Make a study with passages and prepare the search; return its slug."""
    from sqlalchemy import insert

    from data.database import migrate, open_session
    from data.tables import Passage, Person, Study
    from nlp.encoders import text_hash
    from nlp.searching import prepare

    migrate()
    with open_session() as session:
        study = Study(slug="bench", start=date(2026, 6, 1), end=date(2026, 6, 30), time_zone="UTC")
        session.add(study)
        session.flush()
        people = [
            Person(study_id=study.id, code=f"P{number}", nationalities=["CN"], role="director")
            for number in range(PEOPLE)
        ]
        session.add_all(people)
        session.flush()
        rng = np.random.default_rng(1)
        parts = list(product(WHO, WHAT, WHY))
        rows = []
        for number in range(passages):
            who, what, why = parts[int(rng.integers(len(parts)))]
            text = f"{who} {what} {why}, take {number % 4000}."
            rows.append(
                {
                    "id": uuid4(), "study_id": study.id, "person_id": people[number % PEOPLE].id,
                    "path": "", "start": 0, "end": len(text), "masked": text,
                    "language": "zh-Hans" if who[0] > "z" else "en",
                    "text_hash": text_hash(text), "day": date(2026, 6, 1 + number % 30),
                }
            )  # fmt: skip
        session.execute(insert(Passage), rows)
        session.commit()
        prepare(session=session, study_id=study.id, tell=lambda _share, _said: None)
        session.commit()
    return study.slug


def search(slug: str) -> dict[str, float]:
    """Search as the screen does, and measure."""
    import streamlit  # noqa: F401 - what the web process has loaded anyway
    from sqlmodel import select

    import nlp.chapter
    import nlp.charts  # noqa: F401 - as above
    from data.database import open_session
    from data.tables import Passage
    from nlp.reading import readings
    from nlp.searching import containing, like_passage, like_text, read_corpus, warm
    from survey.studies import find

    before = resident()
    times: dict[str, list[float]] = {"meaning": [], "exact": [], "similar": []}
    with open_session() as session:
        study = find(session=session, slug=slug)
        start = time.perf_counter()
        corpus = read_corpus(study.id, session=session)
        read = time.perf_counter() - start
        start = time.perf_counter()
        warm()
        warmed = time.perf_counter() - start
        assert corpus.missing == 0
        some = [str(key) for key in session.exec(select(Passage.id).limit(SEARCHES))]
        for number in range(-len(QUESTIONS), SEARCHES):  # the first ones only make it warm
            asked = QUESTIONS[number % len(QUESTIONS)]
            words = f"{asked} {number}"
            ways: dict[str, Callable[[], list[str]]] = {
                "meaning": partial(like_text, words, corpus),
                "similar": partial(like_passage, some[max(0, number)], corpus),
                "exact": partial(containing, asked, session=session, study_id=study.id),
            }
            for kind, work in ways.items():
                start = time.perf_counter()
                found = work()
                readings(found[:10], session=session, study_id=study.id, account_id=None)
                session.rollback()
                if number >= 0:
                    times[kind].append(time.perf_counter() - start)
    figures = {
        f"{kind}_p95_ms": round(float(np.percentile(taken, 95)) * 1000, 1)
        for kind, taken in times.items()
    }
    return figures | {
        "read_once_ms": round(read * 1000), "warm_once_ms": round(warmed * 1000),
        "resident_mb": round(resident()), "of_which_search_mb": round(resident() - before),
    }  # fmt: skip


def resident() -> float:
    """Return the memory of this process in megabytes."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def main(passages: int) -> None:
    """Fill in one process, search in another."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATA_FOLDER": folder, "DATABASE_URL": ""}
        for step in ("fill", "search"):
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "bench.search", step, str(passages)],
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            )
    figures = json.loads(done.stdout.splitlines()[-1])
    report(
        "search",
        {"passages": passages, **figures},
        {
            "meaning_p95_ms": ("<=", 300),
            "similar_p95_ms": ("<=", 300),
            "exact_p95_ms": ("<=", 1000),
            "resident_mb": ("<=", 500),
        },
        runs=SEARCHES,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(int(sys.argv[2]))
    elif sys.argv[1:2] == ["search"]:
        print(json.dumps(search("bench")))
    else:
        main(5000 if "--quick" in sys.argv else PASSAGES)

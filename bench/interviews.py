"""The 63 real interviews, from the click to stored themes, beside plain BERTopic.

A database of its own is made and filled as `manage.py import-interviews` does; then the work of the
job is timed as a warm worker does it: cutting, masking, encoding, themes, keywords, storing. Run
with `python -m bench.interviews`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from uuid import UUID

from sqlmodel import Session

from bench.report import Goal, report
from nlp.themes import find_themes

FILE = (
    Path(__file__).parents[2] / "shared" / "benchmarks" / "creative-interviews" / "interviews.csv"
)
GOALS: dict[str, Goal] = {"seconds": ("<=", 60)}


def main() -> None:
    """Measure and print."""
    if not FILE.is_file():
        sys.exit(f"The interviews are not in {FILE}; this benchmark needs them.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/study.db"
        os.environ["DATA_FOLDER"] = folder
        measure()


def measure() -> None:
    """Fill the database, find the themes, and let BERTopic do the same with the same vectors."""
    from data.database import migrate, open_session
    from survey.bringing import bring
    from survey.studies import find_or_make

    migrate()
    with open_session() as session:
        study = find_or_make(session=session, slug="creatives")
        bring([(FILE.name, FILE.read_bytes())], session=session, study_id=study.id)
        session.commit()
        figures, baseline = compare(session, study.id)
    report("interviews", figures, GOALS, baseline=baseline)


def compare(session: Session, study_id: UUID) -> tuple[dict[str, float], dict[str, float]]:
    """Time both and describe what they found."""
    import numpy as np
    import pandas as pd

    from bench.plain_bertopic import topics
    from nlp.analysis import analyse, frame
    from nlp.encoders import load
    from nlp.neutral import neutralise

    encoder = load()
    warm = pd.DataFrame({"text": [f"We lit scene {n}." for n in range(40)], "language": "en"})
    find_themes(warm)
    start = perf_counter()
    analyse(study_id=study_id, session=session, tell=lambda _share, _said: None)
    seconds = perf_counter() - start
    passages = frame(session=session, study_id=study_id)
    raw = encoder.encode(passages["text"].tolist())
    vectors = neutralise(raw, passages["language"].tolist(), encoder=encoder)
    found = find_themes(passages, vectors=vectors)
    figures = {
        "seconds": round(seconds, 1),
        "passages": len(passages),
        "people": found.quality.people,
        "themes": found.quality.themes,
        "empty": found.quality.empty,
        "unassigned": round(found.quality.unassigned, 3),
        "coherence_npmi": round(found.quality.coherence or 0.0, 3),
        "stability_ari": round(found.quality.stability or 0.0, 3),
    }
    topics(passages["text"].tolist(), vectors)  # numba compiles in the first fit
    start = perf_counter()
    plain = topics(passages["text"].tolist(), vectors)
    baseline = {
        "seconds_without_encoding": round(perf_counter() - start, 1),
        "themes": int(plain.max()) + 1,
        "unassigned": round(float(np.mean(plain < 0)), 3),
    }
    return figures, baseline


if __name__ == "__main__":
    main()

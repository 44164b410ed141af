"""How long the researcher's screens take with 100,000 passages of 1,000 people in 40 themes.

A real server serves a study of that size; a researcher's device opens every screen, first on a
server that has been up for a quarter of a minute, then again and again, and waits until the screen
is finished. What is measured is the time from the request to the end of the script, over
Streamlit's own protocol.

Run `python -m bench.explore`; with `--quick` there are 5,000 passages. About four minutes, quick
one.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session

from bench.browsing import Browser
from bench.report import report
from bench.search import WHAT, WHO, WHY
from bench.served import serving
from data.tables import Passage, PassageTheme, Place, Theme, ThemeRun
from data.tables.base import now
from nlp.encoders import BUNDLED, load, text_hash
from nlp.neutral import treatment

PASSAGES, PEOPLE, THEMES, TEAMS, ROUNDS = 100_000, 1_000, 40, 8, 10
SCREENS = (
    "", "passages", "search", "shelf", "compare", "answers", "decisions", "run", "chapter",
    "export", "progress", "coding", "codebook", "agreement", "matrix", "retrieve", "case",
    "checking", "exchange",
)  # fmt: skip
SETTLING = 15.0
"""Seconds between the start of the server and the first look."""
COUNTRIES = ("CN", "DE", "FR", "GB", "BR", "JP", "ES")
ROLES = ("director", "AI creator", "producer", "editor", "sound")


def fill(passages: int) -> str:
    """Make a study with a theme run; return the cookie of a signed-in researcher."""
    from data.database import migrate, open_session
    from data.tables import Person, Study, Team
    from survey import entering

    migrate()
    with open_session() as session:
        study = Study(slug="bench", start=date(2026, 6, 1), end=date(2026, 6, 30), time_zone="UTC")
        session.add(study)
        session.flush()
        teams = [
            Team(study_id=study.id, code=f"T{n}", name={"en": f"Team {n}"}) for n in range(TEAMS)
        ]
        session.add_all(teams)
        session.flush()
        people = [
            Person(
                study_id=study.id,
                team_id=teams[number % TEAMS].id,
                code=f"P{number:04}",
                nationalities=[COUNTRIES[number % len(COUNTRIES)]],
                role=ROLES[number % len(ROLES)],
            )
            for number in range(PEOPLE)
        ]
        session.add_all(people)
        session.flush()
        _write(study.id, [person.id for person in people], passages, session=session)
        membership = entering.open_account(
            session=session, study_id=study.id, role="researcher", label="bench"
        )
        token = entering.invite(session=session, membership=membership)
        session.flush()
        cookie = entering.enter(session=session, token=token, device="bench")
        session.commit()
    treatment(load(BUNDLED))  # a theme run leaves it beside the database
    return cookie


def _write(study: UUID, people: list[UUID], passages: int, *, session: Session) -> None:
    """Write passages, a run, and which passage belongs to which theme."""
    rng = np.random.default_rng(1)
    run = ThemeRun(study_id=study, encoder="none", quality={"people": PEOPLE}, created_at=now())
    themes = [
        Theme(
            run_id=run.id,
            number=number,
            titles={"en": f"theme {number}", "zh-Hans": f"主题 {number}"},
            keywords={"en": [f"word{number}"], "zh-Hans": [f"词{number}"]},
            measures={"voices": 0, "stability": 0.8, "clarity": 0.5},
        )
        for number in range(THEMES)
    ]
    session.add(run)
    session.flush()
    session.add_all(themes)
    session.flush()
    keys = [uuid4() for _ in range(passages)]
    mains = np.minimum(rng.geometric(0.06, passages) - 1, THEMES - 1)
    session.execute(
        insert(Passage),
        [
            {
                "id": key, "study_id": study, "person_id": people[number % PEOPLE], "path": "",
                "start": 0, "end": 40, "language": "zh-Hans" if number % 3 == 0 else "en",
                "masked": _sentence(number), "text_hash": text_hash(_sentence(number)),
                "day": date(2026, 6, 1 + number % 30), "created_at": run.created_at,
            }
            for number, key in enumerate(keys)
        ],
    )  # fmt: skip
    session.execute(
        insert(PassageTheme),
        [
            {
                "passage_id": key, "theme_id": themes[theme].id, "weight": 0.8, "main": True,
                "typical": number if number < 8 * THEMES else None,
            }
            for number, (key, theme) in enumerate(zip(keys, mains.tolist(), strict=True))
        ]
        + [
            {
                "passage_id": key, "theme_id": themes[(theme + 1) % THEMES].id, "weight": 0.2,
                "main": False, "typical": None,
            }
            for key, theme in zip(keys[::3], mains[::3].tolist(), strict=True)
        ],
    )  # fmt: skip
    session.execute(
        insert(Place),
        [
            {"run_id": run.id, "passage_id": key, "x": float(x), "y": float(y)}
            for key, (x, y) in zip(keys[:2000], rng.uniform(-1, 1, (2000, 2)), strict=False)
        ],
    )


def _sentence(number: int) -> str:
    return f"{WHO[number % 8]} {WHAT[number % 12]} {WHY[number % 9]}, take {number % 4000}."


async def look(host: str, cookie: str) -> dict[str, list[float]]:
    """Open every screen some times, the first time on a fresh server; return the seconds."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for screen in SCREENS:
            browser = Browser(host, cookie, screen=screen)
            taken[screen or "themes"].append(await browser.open())
            taken[screen or "themes"].append(await browser.rerun())
            await browser.close()
    return taken


def main(passages: int) -> None:
    """Fill in a process of its own, then serve and look."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {"DATA_FOLDER": name, "DATABASE_URL": ""}
        filled = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.explore", "fill", str(passages)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        cookie = filled.stdout.split()[-1]
        with serving(folder) as (host, server):
            time.sleep(SETTLING)
            taken = asyncio.run(look(host, cookie))
            memory = server.memory_info().rss / 1e6
    figures = {f"{screen}_first_ms": round(times[0] * 1000) for screen, times in taken.items()}
    everything = [each for times in taken.values() for each in times]
    worst = max(float(np.percentile(times, 95)) for times in taken.values())
    report(
        "explore",
        {
            "passages": passages,
            "all_screens_p95_ms": round(float(np.percentile(everything, 95)) * 1000),
            "slowest_screen_p95_ms": round(worst * 1000),
            "resident_mb": round(memory),
            **figures,
        },
        {"slowest_screen_p95_ms": ("<=", 1000), "resident_mb": ("<=", 500)},
        runs=ROUNDS,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        print(fill(int(sys.argv[2])))
    else:
        main(5_000 if "--quick" in sys.argv else PASSAGES)

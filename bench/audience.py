"""An open day: 300 visitors behind one address, kiosks among them, while a script floods.

Half of the visitors answer the questionnaire that ships, whose page needs no server until it is
sent; the others one that asks the server after each answer. What the flood takes is measured after
the visitors have gone, when the server does nothing else: the processor time of its process, of
what all cores together have. Takes about three minutes; with `--quick` about one.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path

import psutil
from sqlmodel import Session, select

from bench.report import report
from bench.served import serving
from bench.visitors import Crowd, flood
from data.database import engine, migrate, open_session
from data.tables import Response, Study
from data.tables.base import now
from settings import ROOT
from survey import questionnaires
from survey.audience.links import Opening, open_link
from survey.entering import open_account

VISITORS, KIOSKS, BY_KIOSK = 300, 3, 10
SECONDS, ALONE = 120.0, 20.0
A_SECOND = 200.0
WARMING = 8.0
GOALS = {
    "p95_ms": ("<=", 300.0),
    "lost_answers": ("==", 0.0),
    "refused_requests": ("==", 0.0),
    "flood_share_percent": ("<=", 10.0),
}


def settle(url: str) -> tuple[str, str, str]:
    """Make a study with a public link, one whose page asks the server, and a kiosk."""
    migrate(url)
    source = (ROOT / "studies" / "ai-film-set" / "questionnaires" / "audience.md").read_text(
        "utf-8"
    )
    asking = source.replace("Whose film is it?", "You said ${sincere}. Whose film is it?")
    with open_session(url) as session:
        today = now().date()
        study = Study(
            slug="open-day",
            languages=["en", "zh-Hans", "de"],
            start=today,
            end=today,
            time_zone="UTC",
            texts={"title": {"en": "An open day"}},
        )
        session.add(study)
        session.flush()
        open_account(session=session, study_id=study.id, role="coordinator")
        slugs = [
            _opened(study, name, text, kind, session=session)
            for name, text, kind in (
                ("audience", source, "link"),
                ("asking", asking, "link"),
                ("stand", source, "kiosk"),
            )
        ]
        session.commit()
    engine(url).dispose()
    return slugs[0], slugs[1], slugs[2]


def _opened(study: Study, name: str, text: str, kind: str, *, session: Session) -> str:
    questionnaires.publish(
        session=session, study_id=study.id, filename=f"{name}.md", content=text.encode()
    )
    opening = Opening(
        opens=study.start - timedelta(days=1),
        closes=study.end + timedelta(days=1),
        kind="kiosk" if kind == "kiosk" else "link",
        wall=True,
        prefilled=["film"],
    )
    return open_link(session=session, study=study, questionnaire=name, opening=opening).slug


async def open_day(
    host: str, slugs: tuple[str, str, str], *, visitors: int, seconds: float
) -> tuple[Crowd, dict[int, int]]:
    """Let the visitors come and go while the script floods."""
    shipped, asking, stand = slugs
    with ProcessPoolExecutor(1, initializer=os.nice, initargs=(10,)) as pool:
        crowd = Crowd(host, pool)
        stays = min(60.0, seconds / 2)
        coming = [
            crowd.visitor(
                asking if number % 2 else shipped,
                arrives=random.uniform(0, seconds - stays - 5),
                stays=random.uniform(stays / 3, stays),
                live=bool(number % 2),
            )
            for number in range(visitors)
        ]
        kiosks = [
            crowd.kiosk(stand, count=BY_KIOSK, seconds=seconds - 10, away=away / KIOSKS)
            for away in range(KIOSKS)
        ]
        flooding = asyncio.create_task(
            asyncio.to_thread(_flooded, host, shipped, seconds, A_SECOND)
        )
        await asyncio.gather(*coming, *kiosks)
        statuses = await flooding
    return crowd, statuses


def _flooded(host: str, slug: str, seconds: float, a_second: float) -> dict[int, int]:
    """Flood from a process of its own, so that it does not slow the measuring down."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_flood, host, slug, seconds, a_second).result()


def _flood(host: str, slug: str, seconds: float, a_second: float) -> dict[int, int]:
    return dict(asyncio.run(flood(host, slug, seconds=seconds, a_second=a_second)))


def used(server: psutil.Process) -> float:
    """Return the processor time that the server has used, in seconds."""
    times = server.cpu_times()
    return float(times.user + times.system)


def share(server: psutil.Process, seconds: float, during: object = None) -> float:
    """Return the share of all cores that the server used meanwhile, in percent."""
    before, started = used(server), time.monotonic()
    if callable(during):
        during()
    else:
        time.sleep(seconds)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return 100 * (used(server) - before) / (time.monotonic() - started) / (cores or 1)


def at(values: list[float], part: float) -> float:
    """Return a quantile in milliseconds."""
    return round(1000 * sorted(values)[min(len(values) - 1, int(part * len(values)))], 1)


def main() -> None:
    """Measure and report."""
    quick = "--quick" in sys.argv
    visitors, seconds = (100, 40.0) if quick else (VISITORS, SECONDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'zhenqing.db'}"
        slugs = settle(url)
        with serving(folder) as (host, server):
            time.sleep(WARMING)  # nobody opens the doors the moment the server starts
            day = open_day(host, slugs, visitors=visitors, seconds=seconds)
            before, started = used(server), time.monotonic()
            crowd, statuses = asyncio.run(day)
            busy = (used(server) - before) / (time.monotonic() - started)
            time.sleep(3)
            idle = share(server, 5)
            alone = share(server, ALONE, lambda: _flooded(host, slugs[0], ALONE, A_SECOND))
        with open_session(url) as session:
            there = {str(key) for key in session.exec(select(Response.id))}
    measured = crowd.measured
    everything = [each for some in measured.seconds.values() for each in some]
    expected = visitors + KIOSKS * BY_KIOSK
    figures = {
        "p95_ms": at(everything, 0.95),
        "p50_ms": at(everything, 0.5),
        "send_p95_ms": at(measured.seconds["send"], 0.95),
        "slowest_ms": at(everything, 1.0),
        "requests": len(everything),
        "answers": len(measured.kept),
        "lost_answers": expected - len(measured.kept & there),
        "refused_requests": measured.refused.total(),
        "flood_requests": sum(statuses.values()),
        "flood_answers_kept": len(there - measured.kept),
        "flood_turned_away": sum(statuses.get(status, 0) for status in (403, 409, 428, 429)),
        "flood_share_percent": round(alone - idle, 2),
        "server_cores_busy": round(busy, 2),
        "idle_share_percent": round(idle, 2),
    }
    if "--each" in sys.argv:
        for kind, some in measured.seconds.items():
            print(kind, [at(some, part) for part in (0.5, 0.9, 0.95, 1.0)], file=sys.stderr)
    if measured.refused:
        print(dict(measured.refused), file=sys.stderr)
    report("audience", figures, GOALS)


if __name__ == "__main__":
    main()

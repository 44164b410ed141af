"""Two hundred people at once: writing, and now and then a rerun of Today.

Each does one thing every five seconds: four in five times the text they are writing is saved, as
the page does it by itself while somebody types (`PUT /draft`), once in five their screen, Today, is
run again over Streamlit's own websocket. There is one server process; the people are played by one
other process, and both share the machine's cores. The same is then done with Streamlit's defaults,
and after that the number of people grows until one of the two kinds takes longer than a second.
`python -m bench.participants`; `--quick` for a short look without the growing. With `--beside` the
worker of the server finds the themes of all they wrote and exports it meanwhile, and both times may
be a fifth longer than without; about four minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.browsing import BrokenError, Browser
from bench.crowd import Writer, settle
from bench.report import Goal, report
from bench.served import serving

PEOPLE = 200
EVERY = 5.0
"""Seconds between two things that somebody does."""
WRITES = 0.8
WORDS = "After the wrap he stayed at the monitor and looked at the take again. 他又看了一遍那条。 "
P95_MS = 200.0
SATURATED_MS = 1000.0
GROWTH = 1.2
"""How much longer both kinds may take beside an export and a theme run."""
ASK = """
from sqlmodel import select
from data.database import open_session
from data.tables import Study
from jobs import ledger

with open_session() as session:
    study = session.exec(select(Study)).one()
ledger.ask("themes", study_id=study.id)
ledger.ask("export", study_id=study.id, format="excel", language="en")
"""
HOW_FAR = """
from sqlmodel import select
from data.database import open_session
from data.tables import Job

with open_session() as session:
    for job in session.exec(select(Job)):
        print(job.kind, job.status, f"{job.progress:.0%}", end="; ")
"""
STEP = 50
MOST = 500
STEP_SECONDS = 20.0


@dataclass
class Figures:
    """What was measured: seconds of each action, and what went wrong."""

    writes: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor_s: float = 0.0
    seconds: float = 0.0

    @property
    def worst_p95(self) -> float:
        """The 95th percentile of the slower kind, in milliseconds."""
        return max(p95(self.writes), p95(self.reruns))

    def said(self, name: str = "") -> dict[str, float]:
        """Return the figures as a report has them."""
        done = len(self.writes) + len(self.reruns)
        return {
            f"{name}autosave_p95_ms": round(p95(self.writes), 1),
            f"{name}rerun_p95_ms": round(p95(self.reruns), 1),
            f"{name}autosave_median_ms": round(statistics.median(self.writes) * 1000, 1),
            f"{name}rerun_median_ms": round(statistics.median(self.reruns) * 1000, 1),
            f"{name}errors": len(self.errors),
            f"{name}actions_per_s": round(done / self.seconds, 1),
            f"{name}server_cores_used": round(self.processor_s / self.seconds, 2),
        }


def p95(seconds: Sequence[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return statistics.quantiles(seconds, n=20)[18] * 1000


async def live(writer: Writer, browser: Browser, end: float, figures: Figures) -> None:
    """Do one thing after the other at somebody's pace until the end.

    Times count from the moment at which something was to be done, so that whoever has to wait for
    the thing before is not left out of the figures.
    """
    revision, text = 0, ""
    due = time.perf_counter() + random.random() * EVERY
    while due < end:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        behind = time.perf_counter() - due
        try:
            if random.random() < WRITES:
                text += random.choice(WORDS)
                seconds, answer = await browser.put(
                    "/draft", writer.draft | {"value": text, "revision": revision}
                )
                revision = answer["revision"]
                figures.writes.append(seconds + behind)
            else:
                figures.reruns.append(await browser.rerun() + behind)
        except (BrokenError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            figures.errors.append(f"{type(error).__name__}: {error}")
            return
        due += EVERY


async def crowd(
    writers: Sequence[Writer], host: str, server: psutil.Process, *, seconds: float
) -> Figures:
    """Let people live for a while, once all of them have their screen."""
    browsers = [Browser(host, writer.cookie) for writer in writers]
    for some in range(0, len(browsers), 10):
        await asyncio.gather(*(browser.open() for browser in browsers[some : some + 10]))
    figures = Figures()
    processor, begun = server.cpu_times(), time.perf_counter()
    end = begun + seconds
    await asyncio.gather(
        *(
            live(writer, browser, end, figures)
            for writer, browser in zip(writers, browsers, strict=True)
        )
    )
    figures.seconds = time.perf_counter() - begun
    used = server.cpu_times()
    figures.processor_s = used.user + used.system - processor.user - processor.system
    await asyncio.gather(*(browser.close() for browser in browsers))
    return figures


@dataclass(frozen=True)
class Village:
    """The study that is measured on, made once: each measurement has a copy of its own.

    Attributes:
        folder: Its data folder.
        writers: Everybody in it.
    """

    folder: Path
    writers: Sequence[Writer]


def measure(
    village: Village, count: int, *, seconds: float, defaults: bool = False, beside: bool = False
) -> Figures:
    """Serve the study and let so many people live there, the worker beside them if wanted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(village.folder, folder)
        with serving(folder, defaults=defaults, worker=beside) as (host, server):
            if beside:
                _at_work(folder, ASK)
            figures = asyncio.run(crowd(village.writers[:count], host, server, seconds=seconds))
            if beside:
                print(f"the worker's jobs: {_at_work(folder, HOW_FAR)}", flush=True)
    if figures.errors:
        print(f"{len(figures.errors)} errors, the first: {figures.errors[0]}", flush=True)
    name = "with Streamlit's defaults" if defaults else "as it is"
    name += ", beside an export and a theme run" if beside else ""
    print(f"{count} people, {name}: {figures.said()}", flush=True)
    return figures


def _at_work(folder: Path, script: str) -> str:
    """Run a few lines on the database of a folder, in a process of their own."""
    environment = os.environ | {"DATA_FOLDER": str(folder), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def beside_the_worker(village: Village, count: int, *, seconds: float) -> None:
    """Compare the same people without and with an export and a theme run beside them."""
    alone = measure(village, count, seconds=seconds)
    busy = measure(village, count, seconds=seconds, beside=True)
    figures = {
        "people": count,
        "seconds": seconds,
        **busy.said(),
        "autosave_growth": round(p95(busy.writes) / p95(alone.writes), 3),
        "rerun_growth": round(p95(busy.reruns) / p95(alone.reruns), 3),
    }
    goals: dict[str, Goal] = {
        "autosave_growth": ("<=", GROWTH),
        "rerun_growth": ("<=", GROWTH),
        "errors": ("==", 0),
        "people": (">=", PEOPLE),
        "seconds": (">=", 60),
    }
    report("participants_beside", figures, goals, baseline=alone.said())


def saturation(village: Village, *, begin: int) -> tuple[int, int]:
    """Let the number of people grow.

    Returns:
        The most people with whom both kinds stayed at the goal, and the number at which one of
        them took longer than a second.
    """
    good = 0
    for count in range(begin, MOST + 1, STEP):
        found = measure(village, count, seconds=STEP_SECONDS)
        if found.worst_p95 <= P95_MS and not found.errors:
            good = count
        if found.worst_p95 > SATURATED_MS or found.errors:
            return good, count
    return good, MOST


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--beside", action="store_true", help="beside an export and a theme run")
    parser.add_argument("--quick", action="store_true", help="15 s, and without the growing")
    how = parser.parse_args()
    seconds = 15 if how.quick else how.seconds
    random.seed(1)
    growing: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'zhenqing.db'}"
        village = Village(folder, settle(url, how.people if how.quick or how.beside else MOST))
        if how.beside:
            beside_the_worker(village, how.people, seconds=seconds)
            return
        ours = measure(village, how.people, seconds=seconds)
        theirs = measure(village, how.people, seconds=seconds, defaults=True)
        if not how.quick:
            good, saturated = saturation(village, begin=how.people)
            growing = {"people_at_200_ms": good, "saturated_at_people": saturated}
    goals: dict[str, Goal] = {
        "autosave_p95_ms": ("<=", P95_MS),
        "rerun_p95_ms": ("<=", P95_MS),
        "errors": ("==", 0),
        "people": (">=", PEOPLE),
        "seconds": (">=", 60),
    }
    figures = {"people": how.people, "seconds": seconds, **ours.said(), **growing}
    report("participants", figures, goals, baseline=theirs.said())


if __name__ == "__main__":
    main()

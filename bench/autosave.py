"""How much typing is lost when something happens: a real browser, a real server, seven accidents.

`python -m bench.autosave --trials 30`. Somebody types five characters a second and is interrupted
at a random moment. A trial's loss is what was typed before the interruption and is neither in the
box nor on the server after it, in seconds of typing. The trials of one kind run side by side.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright

from bench.report import report
from settings import ROOT
from tests.browser.conftest import free_port, serve
from tests.browser.writers import Writer, a_writer

PACE = 0.2  # seconds from one key to the next
MOST = 2.0  # seconds of typing that may be lost
BOX = '[class*="-data-moment"] .zq-box'
PATIENCE = 60.0  # seconds to wait after the accident until everything is there again


@dataclass
class Installation:
    """A server with its worker on a database of its own."""

    folder: Path
    port: int
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.folder / 'zhenqing.db'}"

    def start(self) -> None:
        """Start the server anew."""
        self.server = serve(self.environment, self.port, self.folder / "server.log")

    def workers(self) -> list[psutil.Process]:
        """Return the worker's processes."""
        found: list[psutil.Process] = psutil.Process(self.server.pid).children(recursive=True)
        return found

    def stop(self) -> None:
        """End the server and its worker."""
        for process in [*self.workers(), psutil.Process(self.server.pid)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.server.wait()


def install(folder: Path) -> Installation:
    """Make an installation and start it."""
    port = free_port()
    environment = os.environ | {
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": "",
        "PUBLIC_URL": f"http://localhost:{port}",
        "START_WORKER": "true",
    }
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True)
    made = Installation(folder, port, environment, None)  # type: ignore[arg-type] # set below
    made.start()
    return made


@dataclass
class Trial:
    """One person typing: what they typed, and how much of it before the accident."""

    writer: Writer
    page: Page
    typed: str = ""
    before: int = 0

    async def type(self, seconds: float) -> None:
        """Type for a while, at the pace; keys are numbered, so that what is missing is seen."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            letter = f"{len(self.typed) // 5:04} "[len(self.typed) % 5]
            await self.page.keyboard.type(letter)
            self.typed += letter
            await asyncio.sleep(PACE)

    async def loss(self, *, typed: int) -> tuple[float, bool]:
        """Wait until box and server agree; return the seconds lost, and whether the rest is whole.

        Args:
            typed: How many of the characters count.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(Exception):
                shown = await self.page.locator(BOX).input_value(timeout=5000)
                draft = self.writer.draft()
                if shown == draft and (len(draft) >= typed or time.monotonic() > deadline - 50):
                    break
            if time.monotonic() > deadline:
                draft = self.writer.draft()
                break
            await asyncio.sleep(0.5)
        return max(0, typed - len(draft)) * PACE, self.typed.startswith(draft)


async def enter(context: BrowserContext, writer: Writer) -> Page:
    """Come in and open the entry."""
    context.set_default_timeout(90_000)
    page = await context.new_page()
    await page.goto(writer.link)
    await page.click("button")
    await page.locator('[class*="st-key-write-"] button').first.click()
    await page.locator(f"{BOX}:not([readonly])").click()
    return page


def moment() -> float:
    """Return a random moment of typing at which it happens."""
    return random.uniform(2, 7)


Outcome = tuple[float, bool]
Kind = Callable[
    [Playwright, Browser, Installation, int, argparse.Namespace], Awaitable[list[Outcome]]
]


async def _several(browser: Browser, site: Installation, count: int) -> list[Trial]:
    async def one() -> Trial:
        writer = a_writer(site.url, f"http://localhost:{site.port}")
        return Trial(writer, await enter(await browser.new_context(locale="en-US"), writer))

    return [await one() for _ in range(count)]


async def _end(trials: list[Trial]) -> None:
    for trial in trials:
        await trial.page.context.close()


async def reloaded(
    _play: Playwright, browser: Browser, site: Installation, count: int, _how: argparse.Namespace
) -> list[Outcome]:
    """The page is loaded again."""
    trials = await _several(browser, site, count)

    async def one(trial: Trial) -> Outcome:
        await trial.type(moment())
        await trial.page.reload()
        return await trial.loss(typed=len(trial.typed))

    outcomes = await asyncio.gather(*map(one, trials))
    await _end(trials)
    return outcomes


async def tab_closed(
    _play: Playwright, browser: Browser, site: Installation, count: int, _how: argparse.Namespace
) -> list[Outcome]:
    """The tab is closed, and the entry opened in another one."""
    trials = await _several(browser, site, count)

    async def one(trial: Trial) -> Outcome:
        await trial.type(moment())
        context, address = trial.page.context, trial.page.url
        await trial.page.close()
        trial.page = await context.new_page()
        await trial.page.goto(address)
        return await trial.loss(typed=len(trial.typed))

    outcomes = await asyncio.gather(*map(one, trials))
    await _end(trials)
    return outcomes


async def browser_killed(
    play: Playwright, _browser: Browser, site: Installation, count: int, how: argparse.Namespace
) -> list[Outcome]:
    """The browser is killed with SIGKILL and started again with the same profile."""

    async def start(profile: Path) -> BrowserContext:
        return await play.chromium.launch_persistent_context(
            profile, executable_path=shutil.which("chromium"), args=_arguments(), locale="en-US"
        )

    async def one(number: int) -> Outcome:
        profile = site.folder / f"profile-{number}"
        writer = a_writer(site.url, f"http://localhost:{site.port}")
        trial = Trial(writer, await enter(await start(profile), writer))
        await trial.type(moment())
        for process in _of_profile(profile):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        context = await start(profile)
        # Through the link again: a killed browser may have forgotten a fresh cookie.
        trial.page = await enter(context, writer)
        outcome = await trial.loss(typed=len(trial.typed))
        await context.close()
        shutil.rmtree(profile, ignore_errors=True)
        return outcome

    outcomes: list[Outcome] = []
    for first in range(0, count, how.browsers):
        batch = range(first, min(count, first + how.browsers))
        outcomes += await asyncio.gather(*map(one, batch))
    return outcomes


def _of_profile(profile: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(profile) in part for part in process.info["cmdline"] or [])
    ]


async def _going_on(
    browser: Browser,
    site: Installation,
    count: int,
    accident: Callable[[list[Trial]], Awaitable[None]],
) -> list[Outcome]:
    """Let people type on while something happens to all of them at once."""
    trials = await _several(browser, site, count)

    async def one(trial: Trial) -> None:
        await asyncio.sleep(random.uniform(0, 1))
        await trial.type(12)

    async def strike() -> None:
        await asyncio.sleep(moment())
        await accident(trials)

    await asyncio.gather(strike(), *map(one, trials))
    outcomes = await asyncio.gather(*(each.loss(typed=len(each.typed)) for each in trials))
    await _end(trials)
    return outcomes


async def server_killed(
    _play: Playwright, browser: Browser, site: Installation, count: int, _how: argparse.Namespace
) -> list[Outcome]:
    """The server is killed with SIGKILL and started again while people type on."""

    async def accident(_trials: list[Trial]) -> None:
        site.server.send_signal(signal.SIGKILL)
        site.server.wait()
        await asyncio.to_thread(site.start)

    return await _going_on(browser, site, count, accident)


async def worker_killed(
    _play: Playwright, browser: Browser, site: Installation, count: int, _how: argparse.Namespace
) -> list[Outcome]:
    """The worker is killed with SIGKILL while people type on."""

    async def accident(_trials: list[Trial]) -> None:
        workers = site.workers()
        assert workers, "there is no worker to kill"
        for process in workers:
            process.kill()

    return await _going_on(browser, site, count, accident)


async def network_cut(
    _play: Playwright, browser: Browser, site: Installation, count: int, how: argparse.Namespace
) -> list[Outcome]:
    """The network is gone for minutes while people type on, and comes back."""

    async def accident(trials: list[Trial]) -> None:
        for trial in trials:
            await trial.page.context.set_offline(True)
        await asyncio.sleep(how.outage)
        for trial in trials:
            await trial.page.context.set_offline(False)

    return await _going_on(browser, site, count, accident)


async def lid_closed(
    _play: Playwright, browser: Browser, site: Installation, count: int, how: argparse.Namespace
) -> list[Outcome]:
    """The browser is stopped, as by the lid of a laptop, and goes on later."""
    trials = await _several(browser, site, count)
    await asyncio.gather(*(trial.type(moment()) for trial in trials))
    processes = [
        child
        for child in psutil.Process().children(recursive=True)
        if "chrom" in child.name() and child.pid != site.server.pid
    ]
    for process in processes:
        process.suspend()
    await asyncio.sleep(how.lid)
    for process in reversed(processes):
        process.resume()
    await asyncio.gather(*(trial.type(2) for trial in trials))
    outcomes = await asyncio.gather(*(each.loss(typed=len(each.typed)) for each in trials))
    await _end(trials)
    return outcomes


KINDS: dict[str, Kind] = {
    "browser_killed": browser_killed,
    "tab_closed": tab_closed,
    "reloaded": reloaded,
    "server_killed": server_killed,
    "network_cut": network_cut,
    "worker_killed": worker_killed,
    "lid_closed": lid_closed,
}


def _arguments() -> list[str]:
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


async def measure(how: argparse.Namespace, site: Installation) -> dict[str, list[Outcome]]:
    """Run every kind and return the outcomes of its trials."""
    outcomes: dict[str, list[Outcome]] = {}
    async with async_playwright() as play:
        for kind in how.kinds:
            browser = await play.chromium.launch(
                executable_path=shutil.which("chromium"), args=_arguments()
            )
            began = time.monotonic()
            outcomes[kind] = await KINDS[kind](play, browser, site, how.trials, how)
            await browser.close()
            worst = max(loss for loss, _whole in outcomes[kind])
            spent = time.monotonic() - began
            print(f"{kind}: {len(outcomes[kind])} trials, worst {worst:.1f} s, took {spent:.0f} s")
    return outcomes


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="of each kind")
    parser.add_argument("--browsers", type=int, default=5, help="killed side by side")
    parser.add_argument("--outage", type=float, default=180, help="seconds without network")
    parser.add_argument("--lid", type=float, default=150, help="seconds a browser is stopped")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    how = parser.parse_args()
    random.seed(how.seed)
    with tempfile.TemporaryDirectory() as folder:
        site = install(Path(folder))
        try:
            outcomes = asyncio.run(measure(how, site))
        finally:
            site.stop()
    figures: dict[str, float] = {
        f"{kind}_worst_s": round(max(loss for loss, _whole in found), 1)
        for kind, found in outcomes.items()
    }
    everything = [outcome for found in outcomes.values() for outcome in found]
    figures["trials_of_each_kind"] = how.trials
    figures["kinds"] = len(outcomes)
    figures["outage_s"], figures["lid_s"] = how.outage, how.lid
    figures["texts_with_something_older_missing"] = sum(not whole for _loss, whole in everything)
    goals = {name: ("<=", MOST) for name in figures if name.endswith("_worst_s")}
    goals |= {
        "texts_with_something_older_missing": ("<=", 0),
        "trials_of_each_kind": (">=", 30),
        "kinds": (">=", len(KINDS)),
        "outage_s": (">=", 180),
        "lid_s": (">=", 150),
    }
    report("autosave", figures, goals, runs=len(everything))


if __name__ == "__main__":
    main()

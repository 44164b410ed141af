"""Seven accidents that interrupt somebody who is typing.

Each function lets as many people as there are trials meet its accident, some of them side by side,
and returns what became of their texts. Only so many type at a time that the machine keeps up with
their pace; while nothing but waiting is to be done, others type.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.async_api import Browser, BrowserContext, Playwright

from bench.installation import Installation
from bench.typist import Outcome, Typist, enter
from tests.browser.writers import a_writer


@dataclass(frozen=True)
class Stage:
    """What the trials of one kind share.

    Attributes:
        play: What starts browsers.
        site: The installation.
        trials: How many people meet the accident.
        together: How many type at a time.
        browsers: How many browsers are killed at a time.
        outage_s: How long the network is gone.
        lid_s: How long a browser is stopped.
    """

    play: Playwright
    site: Installation
    trials: int
    together: int
    browsers: int
    outage_s: float
    lid_s: float

    async def browser(self) -> Browser:
        """Start a browser."""
        return await self.play.chromium.launch(
            executable_path=executable(), args=browser_arguments()
        )

    async def typist(self, browser: Browser) -> Typist:
        """Let somebody new open their entry."""
        writer = a_writer(self.site.url, self.site.address)
        return Typist(writer, await enter(await browser.new_context(locale="en-US"), writer))

    def groups(self) -> list[int]:
        """Return how many people each group has that meets one accident together."""
        full, rest = divmod(self.trials, self.together)
        return [self.together] * full + [rest] * bool(rest)


def executable() -> str | None:
    """Return the chromium of this machine; None for Playwright's own."""
    return shutil.which("chromium")


def browser_arguments() -> list[str]:
    """Return what chromium is started with: as root it has no sandbox."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def moment() -> float:
    """Return a random moment of typing at which it happens."""
    return random.uniform(2, 7)


async def _by_groups(stage: Stage, accident: Callable[[Typist], Awaitable[None]]) -> list[Outcome]:
    """Let everybody meet an accident of their own; no page is opened while others type.

    Opening a page takes a core for seconds, which would slow the typing of the others down: who
    types for a shorter time begins later.
    """

    async def one(typist: Typist, seconds: float, after: float) -> Outcome:
        await asyncio.sleep(after)
        await typist.type(seconds)
        await accident(typist)
        return await typist.outcome()

    browser, outcomes = await stage.browser(), []
    for size in stage.groups():
        typists = [await stage.typist(browser) for _ in range(size)]
        lengths = [moment() for _ in typists]
        outcomes += await asyncio.gather(
            *(
                one(typist, length, max(lengths) - length)
                for typist, length in zip(typists, lengths, strict=True)
            )
        )
        for each in typists:
            await each.page.context.close()
    await browser.close()
    return outcomes


async def reloaded(stage: Stage) -> list[Outcome]:
    """The page is loaded again."""

    async def reload(typist: Typist) -> None:
        await typist.page.reload()

    return await _by_groups(stage, reload)


async def tab_closed(stage: Stage) -> list[Outcome]:
    """The tab is closed, and the entry opened in another one."""

    async def close(typist: Typist) -> None:
        context, address = typist.page.context, typist.page.url
        await typist.page.close()
        typist.page = await context.new_page()
        await typist.page.goto(address)

    return await _by_groups(stage, close)


async def network_cut(stage: Stage) -> list[Outcome]:
    """The network is gone for minutes, in which the typing goes on, and comes back."""

    async def one(browser: Browser, hands: asyncio.Semaphore) -> Outcome:
        async with hands:
            typist = await stage.typist(browser)
            await typist.type(moment())
            await typist.page.context.set_offline(True)
            await typist.type(moment())
        await asyncio.sleep(stage.outage_s)
        async with hands:
            await typist.type(1)
            await typist.page.context.set_offline(False)
            await typist.type(2)
            outcome = await typist.outcome()
            await typist.page.context.close()
        return outcome

    browser, several = await stage.browser(), asyncio.Semaphore(stage.together)
    outcomes = await asyncio.gather(*(one(browser, several) for _ in range(stage.trials)))
    await browser.close()
    return outcomes


async def browser_killed(stage: Stage) -> list[Outcome]:
    """The browser is killed with SIGKILL and started again with the same profile."""
    several = asyncio.Semaphore(stage.browsers)

    async def start(profile: Path) -> BrowserContext:
        return await stage.play.chromium.launch_persistent_context(
            profile, executable_path=executable(), args=browser_arguments(), locale="en-US"
        )

    async def one(number: int) -> Outcome:
        async with several:
            profile = stage.site.folder / f"profile-{number}"
            writer = a_writer(stage.site.url, stage.site.address)
            typist = Typist(writer, await enter(await start(profile), writer))
            await typist.type(moment())
            for process in _of_profile(profile):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            context = await start(profile)
            # Through the link again: a killed browser may have forgotten a fresh cookie.
            typist.page = await enter(context, writer)
            outcome = await typist.outcome()
            await context.close()
            shutil.rmtree(profile, ignore_errors=True)
        return outcome

    return await asyncio.gather(*map(one, range(stage.trials)))


def _of_profile(profile: Path) -> list[psutil.Process]:
    """Return the processes of a browser; the address of its profile ends where an argument does."""
    wanted = f"--user-data-dir={profile}"
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if wanted in (process.info["cmdline"] or [])
    ]


async def _going_on(stage: Stage, accident: Callable[[], Awaitable[None]]) -> list[Outcome]:
    """Let people type on while something happens to all of a group at once."""

    async def one(typist: Typist) -> None:
        await asyncio.sleep(random.uniform(0, 1))
        await typist.type(12)

    async def strike() -> None:
        await asyncio.sleep(moment())
        await accident()

    outcomes: list[Outcome] = []
    for size in stage.groups():
        browser = await stage.browser()
        typists = [await stage.typist(browser) for _ in range(size)]
        await asyncio.gather(strike(), *map(one, typists))
        outcomes += await asyncio.gather(*(each.outcome() for each in typists))
        await browser.close()
    return outcomes


async def server_killed(stage: Stage) -> list[Outcome]:
    """The server is killed with SIGKILL and started again while people type on."""

    def accident() -> None:
        stage.site.kill()
        stage.site.start()

    return await _going_on(stage, lambda: asyncio.to_thread(accident))


async def worker_killed(stage: Stage) -> list[Outcome]:
    """The worker is killed with SIGKILL while people type on."""

    async def accident() -> None:
        workers = stage.site.workers()
        assert workers, "there is no worker to kill"
        for process in workers:
            process.kill()

    return await _going_on(stage, accident)


async def lid_closed(stage: Stage) -> list[Outcome]:
    """Every process of the browser is stopped, as by the lid of a laptop, and goes on later."""
    hands = asyncio.Lock()

    async def until(cut: float, typist: Typist) -> None:
        late = random.uniform(0, 1)
        await asyncio.sleep(late)
        await typist.type(cut - late)

    async def group(size: int) -> list[Outcome]:
        async with hands:
            before = _browsers()
            browser = await stage.browser()
            typists = [await stage.typist(browser) for _ in range(size)]
            processes = [each for pid, each in _browsers().items() if pid not in before]
            cut = moment()
            await asyncio.gather(*(until(cut, each) for each in typists))
            for process in processes:
                process.suspend()
        await asyncio.sleep(stage.lid_s)
        async with hands:
            for process in reversed(processes):
                process.resume()
            await asyncio.gather(*(each.type(2) for each in typists))
            outcomes = await asyncio.gather(*(each.outcome() for each in typists))
            await browser.close()
        return outcomes

    found = await asyncio.gather(*map(group, stage.groups()))
    return [outcome for outcomes in found for outcome in outcomes]


def _browsers() -> dict[int, psutil.Process]:
    """Return the processes of browsers that this process started, by number."""
    return {
        child.pid: child
        for child in psutil.Process().children(recursive=True)
        if "chrom" in child.name()
    }


ACCIDENTS: dict[str, Callable[[Stage], Awaitable[list[Outcome]]]] = {
    "browser_killed": browser_killed,
    "tab_closed": tab_closed,
    "reloaded": reloaded,
    "server_killed": server_killed,
    "network_cut": network_cut,
    "worker_killed": worker_killed,
    "lid_closed": lid_closed,
}

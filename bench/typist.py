"""Somebody who types in a browser, and what of it is still there after an accident."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Page

from tests.browser.writers import Writer

PACE = 0.2
"""Seconds from one key to the next."""
BOX = '[class*="-data-moment"] .zq-box'
PATIENCE = 60.0
"""Seconds to wait after an accident until everything is there again."""
SETTLING = 10.0
"""Seconds after which box and server, once they agree, count as settled although text misses."""


@dataclass(frozen=True)
class Outcome:
    """What an accident did to a text.

    Attributes:
        lost_s: How much typing is gone, in seconds.
        whole: Whether what is left is all there was up to some moment.
        keys_per_s: How fast the typing really was; a busy machine would type slower and lose less.
    """

    lost_s: float
    whole: bool
    keys_per_s: float


@dataclass
class Typist:
    """One person typing, with the moment of each key."""

    writer: Writer
    page: Page
    typed: str = ""
    moments: list[float] = field(default_factory=list)
    spent: float = 0.0

    async def type(self, seconds: float) -> None:
        """Type for a while, at the pace; keys are numbered, so that what is missing is seen."""
        began = time.monotonic()
        for number in range(round(seconds / PACE)):
            await asyncio.sleep(began + number * PACE - time.monotonic())
            letter = f"{len(self.typed) // 5:04} "[len(self.typed) % 5]
            await self.page.keyboard.type(letter)
            self.moments.append(time.monotonic())
            self.typed += letter
        self.spent += max(time.monotonic() - began, round(seconds / PACE) * PACE)

    async def outcome(self) -> Outcome:
        """Wait until box and server agree, and say what is lost of all that was typed.

        A loss is counted both by its keys at the pace and by the time from the first lost key to
        the last one; the larger counts.
        """
        left = await self._what_is_left()
        lost = self.typed[len(left) :]
        seconds = len(lost) * PACE
        if lost:
            seconds = max(seconds, self.moments[-1] - self.moments[len(left)])
        return Outcome(seconds, self.typed.startswith(left), len(self.typed) / self.spent)

    async def _what_is_left(self) -> str:
        began = time.monotonic()
        while (waited := time.monotonic() - began) < PATIENCE:
            with suppress(Exception):
                shown = await self.page.locator(BOX).input_value(timeout=5000)
                draft = self.writer.draft()
                if shown == draft and (len(draft) >= len(self.typed) or waited > SETTLING):
                    return draft
            await asyncio.sleep(0.5)
        return self.writer.draft()


async def enter(context: BrowserContext, writer: Writer) -> Page:
    """Come in through the link and open the entry."""
    context.set_default_timeout(90_000)
    page = await context.new_page()
    await page.goto(writer.link)
    await page.click("button")
    await page.locator('[class*="st-key-write-"] button').first.click()
    await page.locator(f"{BOX}:not([readonly])").click()
    return page

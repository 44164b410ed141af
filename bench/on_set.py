"""How long a take and a budget line take to write down on the set, on a phone.

`python -m bench.on_set`, about two minutes; `--quick` for one of each. A thumb taps once in 1.2 s
(pointing and pressing in the keystroke-level model of Card, Moran and Newell, 1980), swipes a
screen in a second and types five characters a second. The clock runs from the tap on Today to the
words that it has arrived; what must be answered is answered, what may be left out is left out.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bench.accidents import browser_arguments, executable
from bench.installation import Installation, install
from bench.report import Goal, report
from settings import ROOT
from tests.browser.conftest import SIZES
from tests.browser.writers import a_writer

FORMS = ROOT / "studies" / "ai-film-set" / "questionnaires"
TAP_S = 1.2
SWIPE_S = 1.0
KEY_S = 0.2
MOST_S = 20.0


@dataclass
class Thumb:
    """Somebody with a phone in one hand.

    Attributes:
        page: What is on the phone.
        taps: How often they tapped.
        swipes: How often they moved the page.
        keys: How many keys they pressed.
    """

    page: Page
    taps: int = 0
    swipes: int = 0
    keys: int = 0

    def tap(self, target: Locator) -> None:
        """Find something, by swiping where it is not to be seen, and tap it."""
        target.wait_for()
        while (distance := self._distance(target)) and self.swipes < 50:
            time.sleep(SWIPE_S)
            self.swipes += 1
            self.page.mouse.wheel(0, distance)
            self.page.wait_for_timeout(50)
        time.sleep(TAP_S)
        self.taps += 1
        target.tap()

    def type(self, target: Locator, text: str) -> None:
        """Tap a box and type into it."""
        self.tap(target)
        for key in text:
            time.sleep(KEY_S)
            self.keys += 1
            self.page.keyboard.type(key)

    def _distance(self, target: Locator) -> float:
        """Return by how much to swipe until the target is seen; 0 where it is."""
        box, size = target.bounding_box(), self.page.viewport_size
        assert box is not None
        assert size is not None
        if box["y"] >= 0 and box["y"] + box["height"] <= size["height"]:
            return 0
        wanted = box["y"] + box["height"] / 2 - size["height"] / 2
        most = 0.7 * size["height"]
        return max(-most, min(most, wanted))


def asked(page: Page, name: str) -> Locator:
    """Return what a question is drawn in."""
    return page.locator(f'[class*="st-key-asked-"][class*="-{name}"]').first


def a_take(thumb: Thumb) -> None:
    """Write down which shot, how many were made, looked at and kept, and who decided."""
    page = thumb.page
    for name, text in (
        ("decision", "14B"),
        ("count-made", "40"),
        ("count-looked_at", "12"),
        ("count-kept", "1"),
    ):
        thumb.type(asked(page, name).locator(".zq-box"), text)
    thumb.tap(asked(page, "decided_by").get_by_text("The director", exact=True))


def a_budget_line(thumb: Thumb) -> None:
    """Write down what it was for, what was planned and spent, in what, and that it was for AI."""
    page = thumb.page

    def choose(name: str, option: str) -> None:
        thumb.tap(asked(page, name).locator('[data-baseweb="select"], [role="combobox"]').first)
        thumb.tap(page.get_by_role("option", name=option))

    thumb.type(asked(page, "item").locator(".zq-box"), "GPU hours")
    choose("category", "Computing time and subscriptions")
    thumb.type(asked(page, "amount-planned").locator(".zq-box"), "800")
    thumb.type(asked(page, "amount-spent").locator(".zq-box"), "950")
    thumb.tap(asked(page, "amount-currency").get_by_text("Chinese yuan (CNY)"))
    thumb.tap(asked(page, "for_ai").get_by_text("Yes", exact=True))


def once(
    site: Installation, browser: Browser, slug: str, fill: Callable[[Thumb], None]
) -> tuple[float, Thumb]:
    """Let somebody new write one entry; return the seconds it took, and what it took."""
    form = (FORMS / f"{slug}.md").read_text(encoding="utf-8")
    writer = a_writer(site.url, site.address, form=form, slug=slug, schedule="open")
    context = browser.new_context(
        viewport=SIZES["phone"],  # type: ignore[arg-type] # width and height
        has_touch=True,
        is_mobile=True,
        locale="en-US",
    )
    page = context.new_page()
    page.goto(writer.link)
    page.get_by_role("button").first.click()
    begin = page.locator('[class*="st-key-open-"] button').first
    begin.wait_for()
    page.wait_for_timeout(1000)
    thumb = Thumb(page)
    began = time.monotonic()
    thumb.tap(begin)
    fill(thumb)
    thumb.tap(page.get_by_role("button", name="Send", exact=True))
    expect(page.get_by_text("It has arrived")).to_be_visible()
    took = time.monotonic() - began
    context.close()
    return took, thumb


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5, help="of each kind")
    parser.add_argument("--quick", action="store_true", help="one of each kind")
    how = parser.parse_args()
    entries = 1 if how.quick else how.entries
    figures: dict[str, float] = {}
    goals: dict[str, Goal] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        site = install(Path(folder), worker=False)
        browser = play.chromium.launch(executable_path=executable(), args=browser_arguments())
        try:
            for slug, fill in (("take", a_take), ("budget", a_budget_line)):
                found = [once(site, browser, slug, fill) for _ in range(entries)]
                thumb = found[0][1]
                figures |= {
                    f"{slug}_median_s": round(median(took for took, _ in found), 1),
                    f"{slug}_slowest_s": round(max(took for took, _ in found), 1),
                    f"{slug}_taps": thumb.taps,
                    f"{slug}_swipes": thumb.swipes,
                    f"{slug}_keys": thumb.keys,
                }
                goals[f"{slug}_median_s"] = ("<=", MOST_S)
        finally:
            browser.close()
            site.stop()
    report("on_set", figures, goals, runs=2 * entries)


if __name__ == "__main__":
    main()

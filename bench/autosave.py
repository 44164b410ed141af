"""How much typing is lost when something happens: a real browser, a real server, seven accidents.

`python -m bench.autosave`; a part of it with `--kinds reloaded tab_closed` or `--trials 3`.
Somebody types five characters a second and is interrupted at a random moment. A trial's loss is
what was typed before the interruption and is neither in the box nor on the server after it, in
seconds of typing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

from playwright.async_api import async_playwright

from bench.accidents import ACCIDENTS, Stage
from bench.installation import Installation, install
from bench.report import Goal, report
from bench.typist import Outcome

MOST_LOST_S = 2.0
SLOWEST = 4.5
"""Keys in a second: below this the machine was too busy to say anything about five."""


async def measure(how: argparse.Namespace, site: Installation) -> dict[str, list[Outcome]]:
    """Run every kind and return the outcomes of its trials."""
    outcomes: dict[str, list[Outcome]] = {}
    async with async_playwright() as play:
        stage = Stage(
            play,
            site,
            trials=how.trials,
            together=how.together,
            browsers=how.browsers,
            outage_s=how.outage,
            lid_s=how.lid,
        )
        for kind in how.kinds:
            began = time.monotonic()
            found = outcomes[kind] = await ACCIDENTS[kind](stage)
            print(
                f"{kind}: {len(found)} trials, "
                f"worst {max(each.lost_s for each in found):.1f} s lost, "
                f"slowest {min(each.keys_per_s for each in found):.1f} keys/s, "
                f"took {time.monotonic() - began:.0f} s",
                flush=True,
            )
    return outcomes


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="of each kind")
    parser.add_argument("--together", type=int, default=6, help="people typing at a time")
    parser.add_argument("--browsers", type=int, default=3, help="killed side by side")
    parser.add_argument("--outage", type=float, default=180, help="seconds without network")
    parser.add_argument("--lid", type=float, default=150, help="seconds a browser is stopped")
    parser.add_argument("--kinds", nargs="+", choices=list(ACCIDENTS), default=list(ACCIDENTS))
    parser.add_argument("--seed", type=int, default=1)
    how = parser.parse_args()
    random.seed(how.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        site = install(Path(folder))
        try:
            outcomes = asyncio.run(measure(how, site))
        finally:
            site.stop()
    everything = [outcome for found in outcomes.values() for outcome in found]
    figures: dict[str, float] = {
        f"{kind}_worst_s": round(max(each.lost_s for each in found), 2)
        for kind, found in outcomes.items()
    }
    goals: dict[str, Goal] = dict.fromkeys(figures, ("<=", MOST_LOST_S))
    figures |= {
        "kinds": len(outcomes),
        "trials_of_each_kind": how.trials,
        "trials_with_loss": sum(each.lost_s > 0 for each in everything),
        "texts_with_something_older_missing": sum(not each.whole for each in everything),
        "slowest_typing_keys_per_s": round(min(each.keys_per_s for each in everything), 2),
        "outage_s": how.outage,
        "lid_s": how.lid,
        "took_s": round(time.monotonic() - began),
    }
    goals |= {
        "texts_with_something_older_missing": ("<=", 0),
        "slowest_typing_keys_per_s": (">=", SLOWEST),
        "trials_of_each_kind": (">=", 30),
        "kinds": (">=", len(ACCIDENTS)),
        "outage_s": (">=", 180),
        "lid_s": (">=", 150),
    }
    report("autosave", figures, goals, runs=len(everything))


if __name__ == "__main__":
    main()

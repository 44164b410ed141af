"""How long a long interview takes to open with its marks, and a mark to be on disk.

One interview of 20,000 words in two languages carries 2,000 marks of one coder. A browser opens it
from the list of texts, the way a coder does, and marks sentence after sentence by keyboard.
`open_s` is from the press on the text to the moment when all of it is drawn; `mark_p95_ms` from the
press of a code's key to the server's answer, which comes after the commit.

Run `python -m bench.coding`; with `--quick` there are 2,000 words. It takes about two minutes, with
`--quick` half of one.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.report import report

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS, MARKS, OPENINGS, MARKED = 20_000, 2_000, 5, 40
ENGLISH = """
we waited for the light and then nobody knew why the model kept another take so I wrote it again
""".split()  # noqa: SIM905 - words are read more easily so
CHINESE = "我们等了三个小时灯还没关就又开机了"
CODES = ("Waiting", "Light", "Author", "Money", "Tiredness", "Trust", "Tools", "Argument")


def turn_of(number: int, words: int) -> str:
    """Return a turn of so many words, each third one in Chinese."""
    chance = random.Random(number)
    if number % 3 == 0:
        return "".join(
            f"{''.join(chance.choices(CHINESE, k=17))}{'。' if place % 3 == 2 else '，'}"
            for place in range(words // 17)
        )
    return " ".join(
        f"{' '.join(chance.choices(ENGLISH, k=9)).capitalize()}." for _ in range(words // 9)
    )


def fill(words: int, marks: int) -> tuple[str, str]:
    """Make the study; return the researcher's token and the key of the interview."""
    from data.database import migrate, open_session
    from data.tables import Account, Coding, Person, Study
    from nlp.coding.editing import Codebook
    from nlp.coding.places import turns_of
    from survey import entering, interviews
    from survey.transcripts import read

    migrate()
    with open_session() as session:
        study = Study(
            slug="long",
            start=date(2026, 6, 1),
            end=date(2026, 6, 30),
            time_zone="UTC",
            texts={"title": {"en": "A long interview"}},
        )
        session.add(study)
        session.flush()
        people = [
            Person(study_id=study.id, code=f"P{n:02}", name=f"Given{n} Family{n}")
            for n in range(22)
        ]
        session.add_all(people)
        session.flush()
        member = entering.open_account(session=session, study_id=study.id, role="researcher")
        kept = interviews.keep(
            session=session,
            study_id=study.id,
            key="long",
            transcript=read(
                "long.txt",
                "\n".join(f"P00: {turn_of(n, 67)}" for n in range(words // 67)).encode(),
            ),
            speakers={"P00": {"person": str(people[0].id)}},
        )
        book = Codebook(session=session, study_id=study.id, account_id=member.account_id)
        codes = [book.make(name) for name in CODES]
        turns = turns_of(kept.id, session=session)
        chance = random.Random(8)
        for _ in range(marks):
            turn = chance.choice(turns)
            start = chance.randrange(len(turn.text) - 40)
            session.add(
                Coding(
                    study_id=study.id,
                    person_id=people[0].id,
                    code_id=chance.choice(codes).id,
                    account_id=member.account_id,
                    turn_id=turn.id,
                    start=start,
                    end=start + chance.randrange(3, 40),
                )
            )
        session.get_one(Account, member.account_id).language = "en"
        token = entering.invite(session=session, membership=member, once=True)
        session.commit()
        return token, str(kept.id)


def opening(page: Page, address: str) -> float:
    """Open the interview from the list; seconds until all of it is drawn."""
    page.goto(f"{address}/coding")
    page.wait_for_selector("[data-test-script-state='notRunning'] .st-key-read-next button")
    page.wait_for_timeout(1000)
    begun = time.perf_counter()
    page.locator("[class*='st-key-text-'] button").first.click()
    page.wait_for_selector(".zq-coding[data-opened]", state="attached")
    return time.perf_counter() - begun


def marking(page: Page, times: int) -> list[float]:
    """Mark sentence after sentence; milliseconds from the press to the server's answer."""
    page.locator(".zq-texts").focus()
    taken = []
    for _ in range(times):
        page.keyboard.press("ArrowDown")
        begun = time.perf_counter()
        with page.expect_response("**/coding-desk/mark") as answered:
            page.keyboard.press("1")
        answered.value.finished()
        taken.append((time.perf_counter() - begun) * 1000)
        page.wait_for_selector(".zq-status[data-waiting='0']")
    return taken


def measure(folder: Path, *, quick: bool) -> tuple[list[float], list[float]]:
    """Return how long openings and marks took."""
    from playwright.sync_api import sync_playwright

    from bench.served import serving

    words = WORDS // 10 if quick else WORDS
    token, _ = fill(words, words // 10)
    with serving(folder) as (host, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://{host}/enter/{token}")
        page.click("button")
        page.wait_for_selector("h1")
        opening(page, f"http://{host}")  # a coder's first text of the day loads the scripts
        openings = [opening(page, f"http://{host}") for _ in range(OPENINGS)]
        marks = marking(page, MARKED)
        browser.close()
    return openings, marks


def main() -> bool:
    """Measure and report."""
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_FOLDER": folder, "DATABASE_URL": "", "START_WORKER": "false"}
        openings, marks = measure(Path(folder), quick=quick)
    return report(
        "coding",
        {
            "words": WORDS // 10 if quick else WORDS,
            "marks": MARKS // 10 if quick else MARKS,
            "open_s": round(float(np.median(openings)), 2),
            "open_worst_s": round(max(openings), 2),
            "mark_p95_ms": round(float(np.percentile(marks, 95)), 1),
            "mark_median_ms": round(float(np.median(marks)), 1),
        },
        {"open_s": ("<=", 1.0), "mark_p95_ms": ("<=", 150.0)},
        runs=OPENINGS,
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

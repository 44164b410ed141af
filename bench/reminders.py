"""A thousand people to be reminded, two workers, and both of them killed again and again.

The workers are real processes (`manage.py worker`) on one database, the mail server is a real one
that takes its time at every step, and every second or so one of the workers is killed with SIGKILL
and started again. Afterwards nobody may have got two letters, and everybody must have got one,
except those whom the log shows as unknown. `python -m bench.reminders`; `--quick` for fewer people.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import func, select

from bench.report import Goal, report
from data.database import engine, migrate, open_session
from data.tables import Assignment, Person, Reminder, Study
from data.tables.base import now
from settings import ROOT
from survey import questionnaires
from survey.people import add_person
from tests.browser.conftest import free_port

PEOPLE = 1000
FORM = """
| survey |
| | type | name | label |
| | text | moment | A moment of today |
"""
SETTLING = timedelta(minutes=15)
"""By how much the clock of what was left behind is moved on, instead of waiting for it."""


class SlowServer:
    """A mail server that takes up to 30 ms for each step and counts what it took."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        """Take a recipient."""
        await asyncio.sleep(random.random() * 0.03)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a letter; from then on it is taken, whether or not the worker lives to hear it."""
        await asyncio.sleep(random.random() * 0.03)
        assert isinstance(envelope.content, bytes)
        self.taken.update(str(address) for address in envelope.rcpt_tos)
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        self.ids[head.partition("Message-ID:")[2].split()[0]] += 1
        await asyncio.sleep(random.random() * 0.03)
        return "250 OK"


def settle(url: str, people: int) -> None:
    """Make a study of which everybody is to be reminded now."""
    migrate(url)
    today = now().date()
    with open_session(url) as session:
        study = Study(
            slug="bench",
            start=today - timedelta(days=3),
            end=today + timedelta(days=3),
            time_zone="UTC",
            remind_at="00:00",
            texts={"title": {"en": "A thousand evenings"}},
        )
        session.add(study)
        session.flush()
        questionnaires.publish(
            session=session, study_id=study.id, filename="daily.md", content=FORM.encode()
        )
        # Open all day, from an hour ago on: no reminder is too late while this is measured.
        opens = (now() - timedelta(hours=1)).strftime("%H:%M")
        session.add(
            Assignment(
                study_id=study.id,
                questionnaire="daily",
                schedule="daily",
                opens=opens,
                closes=opens,
                late_days=1,
            )
        )
        for number in range(people):
            add_person(
                session=session,
                study=study,
                code=f"P{number:04}",
                email=f"p{number:04}@people.example",
                languages=[("en", "zh-Hans", "de")[number % 3]],
            )
        session.commit()


def start(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a worker."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", "worker"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )


def statuses(url: str) -> Counter[str]:
    """Count what became of the reminders."""
    with open_session(url) as session:
        found = session.exec(select(Reminder.status, func.count()).group_by(Reminder.status))
        return Counter(dict(found.all()))


def unknown_people(url: str) -> set[str]:
    """Return the addresses of those of whom nobody knows whether they got theirs."""
    with open_session(url) as session:
        return set(
            session.exec(
                select(Person.email).join(Reminder).where(Reminder.status == "unknown")
            ).all()
        )


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds, for so long at most."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return False


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--quick", action="store_true", help="100 people")
    parser.add_argument("--seed", type=int, default=1)
    how = parser.parse_args()
    people = 100 if how.quick else how.people
    random.seed(how.seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = SlowServer()
        controller = Controller(server, hostname="127.0.0.1", port=free_port())
        controller.start()
        environment = os.environ | {
            "DATA_FOLDER": name,
            "DATABASE_URL": "",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(controller.port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "bench@set.example",
        }
        url = f"sqlite:///{folder / 'zhenqing.db'}"
        settle(url, people)
        kills = killing(url, people, environment, folder)
        finishing(url, environment, folder)
        controller.stop()
        found, unknown = statuses(url), unknown_people(url)
        engine(url).dispose()
    figures = {
        "people": float(people),
        "workers": 2.0,
        "kills": float(kills),
        "got_two": float(sum(count > 1 for count in server.taken.values())),
        "message_ids_twice": float(sum(count > 1 for count in server.ids.values())),
        "got_none_and_not_shown_as_unknown": float(
            sum(
                f"p{number:04}@people.example" not in server.taken
                and f"p{number:04}@people.example" not in unknown
                for number in range(people)
            )
        ),
        "unknown": float(len(unknown)),
        "unknown_that_had_arrived": float(len(unknown & set(server.taken))),
        "sent": float(found["sent"]),
        "other": float(people - found["sent"] - found["unknown"]),
        "took_s": round(time.monotonic() - begun, 1),
    }
    goals: dict[str, Goal] = {
        "people": (">=", PEOPLE),
        "got_two": ("==", 0),
        "got_none_and_not_shown_as_unknown": ("==", 0),
        "kills": (">=", 10),
        "other": ("==", 0),
    }
    report("reminders", figures, goals)


def killing(url: str, people: int, environment: dict[str, str], folder: Path) -> int:
    """Keep two workers running and kill one of them every second or so; return how often."""
    log = folder / "workers.log"
    workers = [start(environment, log) for _ in range(2)]
    assert until(lambda: sum(statuses(url).values()) >= people, 120), log.read_text()
    kills = 0
    while statuses(url)["waiting"] > people // 20:
        time.sleep(random.uniform(0.5, 2.5))
        victim = random.randrange(2)
        workers[victim].send_signal(signal.SIGKILL)
        workers[victim].wait()
        kills += 1
        workers[victim] = start(environment, log)
        # A worker takes a few seconds to start; now and then it is killed before it does anything.
        if random.random() < 0.7:
            time.sleep(random.uniform(2, 4))
    for worker in workers:
        worker.kill()
        worker.wait()
    return kills


def finishing(url: str, environment: dict[str, str], folder: Path) -> None:
    """Let one more worker send what is left, and move the clock of what was left behind on."""
    move_on(url)
    worker = start(environment, folder / "workers.log")
    until(lambda: not statuses(url)["waiting"] and not statuses(url)["claimed"], 120)
    worker.terminate()
    worker.wait(timeout=60)


def move_on(url: str) -> None:
    """Make everything that was left behind as old as it would be after a while."""
    with open_session(url) as session:
        for reminder in session.exec(
            select(Reminder).where(Reminder.status.in_(("claimed", "sending")))  # type: ignore[attr-defined] # a column
        ):
            reminder.changed_at -= SETTLING
            session.add(reminder)
        session.commit()


if __name__ == "__main__":
    main()

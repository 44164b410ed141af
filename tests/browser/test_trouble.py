"""When the database is busy: a sentence, nothing lost, and on it goes when it is free again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from data.database import engine
from tests.browser.conftest import SIZES, Site, environment_of, free_port, serve
from tests.browser.test_autosave import WORDS, come_in, status
from tests.browser.writers import a_writer, box, eventually

BUSY = "Not saved to the study yet; kept on this device."


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve an installation of its own, without the demo and without a worker."""
    folder, port = tmp_path_factory.mktemp("alone"), free_port()
    address = f"http://localhost:{port}"
    environment = environment_of(folder, address) | {"START_WORKER": "false"}
    made = Site(address, environment, None)  # type: ignore[arg-type] # set below
    made.manage("migrate")
    made.server = serve(environment, port, folder / "server.log")
    yield made
    made.server.kill()
    made.server.wait()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=SIZES["phone"], locale="en-US")  # type: ignore[arg-type] # width and height
    yield made
    made.close()


def test_a_locked_database_is_said_and_what_was_written_arrives_when_it_is_free(
    alone: Site, context: BrowserContext
) -> None:
    database = Path(alone.environment["DATA_FOLDER"]) / "zhenqing.db"
    url = f"sqlite:///{database}"
    writer = a_writer(url, alone.address)
    page = come_in(context, writer)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        box(page).click()
        page.keyboard.type(WORDS)
        page.get_by_text("Yes", exact=True).click()
        eventually(page, lambda: status(page)[: len(BUSY)], BUSY, within=30)
        expect(
            page.get_by_text("The database was busy, so this could not be saved.")
        ).to_be_visible(timeout=30_000)
        expect(box(page)).to_have_value(WORDS)
        assert page.get_by_test_id("stException").count() == 0
        other.execute("ROLLBACK")
    eventually(page, writer.draft, WORDS, within=40)
    page.get_by_text("No", exact=True).click()
    eventually(page, lambda: writer.drafts().get("/data/again"), "no", within=20)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived")).to_be_visible()
    assert [(sent["moment"], sent["again"]) for sent in writer.responses()] == [(WORDS, "no")]
    engine(url).dispose()

"""A real server with the demo, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from settings import ROOT

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@dataclass
class Site:
    """A running installation: its address, its environment, its server."""

    address: str
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    def manage(self, *arguments: str) -> str:
        """Run an operator's command on it."""
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def links(self) -> dict[str, str]:
        """Return a fresh link for each role."""
        return dict(line.split() for line in self.manage("links", "demo").splitlines())


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(environment: dict[str, str], port: int, log: Path) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    with log.open("ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health"):
            return server
        time.sleep(0.1)
    server.kill()
    raise AssertionError(log.read_text())


def environment_of(folder: Path, address: str) -> dict[str, str]:
    """Return the environment of an installation in a folder, with its worker."""
    return os.environ | {
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": "",
        "PUBLIC_URL": address,
        "START_WORKER": "true",
    }


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the data of an installation with the demo, once for all the sites that begin with it."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Site("", environment_of(folder, "http://localhost"), None)  # type: ignore[arg-type] # none
    made.manage("migrate")
    made.manage("demo")
    return folder


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo with its worker, fresh for each file: no test finds what others left."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(prepared, folder)
    port = free_port()
    address = f"http://localhost:{port}"
    around = environment_of(folder, address)
    made = Site(address, around, serve(around, port, folder / "server.log"))
    yield made
    made.server.terminate()
    made.server.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the installed chromium, or Playwright's own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [],
        )
        yield running
        running.close()


Visit = Callable[..., Page]


def settled(page: Page) -> None:
    """Wait until the script behind the page has run: what is open closes when it runs again.

    A script that asks to be run again stands still for a moment in between: twice still is still.
    """
    app = page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(300)
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def unfolded(box: Locator) -> Locator:
    """Open the list of a box to choose from and return its first entry.

    A script that still runs closes what was opened: it is opened again.
    """
    first = box.page.get_by_role("option").first
    for _ in range(5):
        box.click()
        with suppress(AssertionError):
            expect(first).to_be_visible(timeout=3_000)
            return first
    raise AssertionError("the list does not open")


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Give a function that comes in through a link and returns the page."""
    contexts = []

    def come_in(link: str, *, size: str = "desktop", locale: str = "en-US") -> Page:
        context = browser.new_context(viewport=SIZES[size], locale=locale, accept_downloads=True)  # type: ignore[arg-type] # width and height
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(link)
        page.click("button")
        page.wait_for_url(f"{site.address}/**")
        page.wait_for_selector("h1")
        settled(page)
        return page

    yield come_in
    for context in contexts:
        context.close()

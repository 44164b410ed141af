"""Screens and links that must not open."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from pages import navigation
from tests.browser.conftest import Site, Visit, free_port, serve

ADDRESSES = [
    screen.address
    for screen in vars(navigation).values()
    if isinstance(screen, navigation.Screen) and screen is not navigation.WELCOME
]


@pytest.fixture(scope="module")
def fresh(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start another server on the same database, whose screens nobody has opened yet."""
    port = free_port()
    log = tmp_path_factory.mktemp("fresh") / "server.log"
    server: subprocess.Popen[bytes] = serve(os.environ | site.environment, port, log)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(timeout=30)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_sees_nothing_of_a_screen_on_a_fresh_process(
    fresh: str, browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(f"{fresh}/{address}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Come in through your personal link")
    assert page.get_by_test_id("stException").count() == 0
    page.close()


@pytest.mark.parametrize("address", ["themes", "people", "links", "interviews"])
def test_a_participant_sees_nothing_of_the_others_screens(
    site: Site, visit: Visit, address: str
) -> None:
    page = visit(site.links()["participant"])
    page.goto(f"{site.address}/{address}")
    page.wait_for_selector("h1")
    expect(page.get_by_text("Show names")).to_have_count(0)
    expect(page.get_by_text("Find themes")).to_have_count(0)
    expect(page.get_by_text("Make a new link")).to_have_count(0)


def test_a_revoked_link_and_its_device_are_out_at_once(site: Site, visit: Visit) -> None:
    link = site.links()["interviewer"]
    site.links()
    page = visit(site.links()["participant"])
    page.goto(link)
    expect(page.get_by_role("heading")).to_have_text("This link does not work any more")


def test_two_servers_share_one_database(site: Site, fresh: str, browser: Browser) -> None:
    token = site.links()["participant"].rpartition("/")[2]
    page = browser.new_page(locale="en-US")
    page.goto(f"{fresh}/enter/{token}")
    page.click("button")
    page.wait_for_selector("h1")
    expect(page.locator(".st-key-doors")).to_be_visible()
    page.close()

"""Nothing typed is lost, whatever happens to the page, the browser, the network or the server."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from data.database import engine
from tests.browser.conftest import SIZES, Site, free_port, serve
from tests.browser.writers import MOMENT, Writer, a_writer, box, eventually

WORDS = "He stayed after the wrap and watched that take once more."
CHINESE = "收工以后他没有走，在监视器前又看了一遍那条。"
SHOT = "/data/shot"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def url(site: Site) -> Iterator[str]:
    address = f"sqlite:///{site.environment['DATA_FOLDER']}/zhenqing.db"
    yield address
    engine(address).dispose()


@pytest.fixture
def writer(site: Site, url: str) -> Writer:
    return a_writer(url, site.address)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=SIZES["phone"], locale="en-US")  # type: ignore[arg-type] # width and height
    made.set_default_timeout(20_000)
    yield made
    made.close()


def come_in(context: BrowserContext, writer: Writer) -> Page:
    """Come in through the link and open today's entry."""
    page = context.new_page()
    page.goto(writer.link)
    page.click("button")
    page.locator('[class*="st-key-write-"] button').first.click()
    expect(box(page)).to_be_editable()
    return page


@pytest.fixture
def page(context: BrowserContext, writer: Writer) -> Page:
    return come_in(context, writer)


def status(page: Page, path: str = MOMENT) -> str:
    below = box(page, path).locator("xpath=ancestor::div[@class='zq-writing']")
    return below.locator(".zq-status").inner_text()


def focused(page: Page) -> bool:
    return bool(box(page).evaluate("element => element === document.activeElement"))


def test_text_is_on_the_server_while_somebody_is_still_in_the_box(
    page: Page, writer: Writer
) -> None:
    box(page).click()
    page.keyboard.type(WORDS)
    assert eventually(page, writer.draft, WORDS) < 2.5
    assert focused(page)
    eventually(page, lambda: status(page)[:6], "Saved ")
    assert page.get_by_role("textbox", name="A moment of sincere feeling").input_value() == WORDS


def test_text_is_sent_although_typing_never_pauses(page: Page, writer: Writer) -> None:
    box(page).click()
    lags = []
    for number in range(20):
        page.keyboard.type(f"{number:03} ")
        page.wait_for_timeout(150)
        lags.append(4 * (number + 1) - len(writer.draft()))
    # Four characters in 0.15 s and more: what is missing was typed within the last two seconds.
    assert max(lags) <= 4 * 2 / 0.15
    assert writer.draft()


def test_a_page_loaded_again_right_after_typing_has_everything(page: Page, writer: Writer) -> None:
    box(page).click()
    page.keyboard.type(WORDS)
    page.reload()
    expect(box(page)).to_have_value(WORDS)
    eventually(page, writer.draft, WORDS)


def test_a_tab_closed_right_after_typing_loses_nothing(
    context: BrowserContext, page: Page, writer: Writer
) -> None:
    box(page).click()
    page.keyboard.type(WORDS)
    address = page.url
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(box(again)).to_have_value(WORDS)
    eventually(again, writer.draft, WORDS)


def test_offline_text_waits_on_the_device_and_is_sent_when_the_network_is_back(
    context: BrowserContext, page: Page, writer: Writer
) -> None:
    context.set_offline(True)
    box(page).click()
    page.keyboard.type(WORDS)
    eventually(page, lambda: status(page), "Not saved to the study yet; kept on this device.")
    assert writer.draft() == ""
    page.keyboard.type(" And again.")
    context.set_offline(False)
    eventually(page, writer.draft, f"{WORDS} And again.")
    assert focused(page)
    eventually(page, lambda: status(page)[:6], "Saved ")


def test_a_full_disk_is_said_and_the_text_is_sent_later(page: Page, writer: Writer) -> None:
    def full(route: Route) -> None:
        route.fulfill(status=503, json={"message": "The disk is full."})

    page.route("**/draft", full)
    box(page).click()
    page.keyboard.type(WORDS)
    eventually(
        page,
        lambda: status(page),
        "Not saved to the study yet; kept on this device. The disk is full.",
    )
    page.unroute("**/draft")
    eventually(page, writer.draft, WORDS, within=10)


def test_an_answer_lost_on_the_way_is_no_conflict(page: Page, writer: Writer) -> None:
    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft", swallow, times=1)
    box(page).click()
    page.keyboard.type(WORDS)
    eventually(page, writer.draft, WORDS)
    page.keyboard.type(" And again.")
    eventually(page, writer.draft, f"{WORDS} And again.", within=10)
    expect(page.get_by_role("button", name="Keep what I wrote here")).to_have_count(0)


@pytest.fixture
def two(context: BrowserContext, writer: Writer) -> tuple[Page, Page]:
    """Two tabs with the same entry, in which two texts were written."""
    first, second = come_in(context, writer), come_in(context, writer)
    box(first).click()
    first.keyboard.type("The first text.")
    eventually(first, writer.draft, "The first text.")
    box(second).click()
    second.keyboard.type("The second text.")
    expect(second.get_by_text("Choose which text to keep")).to_be_visible()
    return first, second


def test_two_tabs_are_a_choice_and_nothing_is_merged(
    two: tuple[Page, Page], writer: Writer
) -> None:
    second = two[1]
    expect(box(second)).to_have_value("The second text.")
    expect(second.locator(".zq-choice blockquote")).to_have_text("The first text.")
    assert writer.draft() == "The first text."
    second.get_by_role("button", name="Keep what I wrote here").click()
    eventually(second, writer.draft, "The second text.")
    expect(second.get_by_text("Choose which text to keep")).to_have_count(0)


def test_the_other_text_can_be_taken(two: tuple[Page, Page], writer: Writer) -> None:
    second = two[1]
    second.get_by_role("button", name="Take the other text").click()
    expect(box(second)).to_have_value("The first text.")
    box(second).click()
    second.keyboard.press("End")
    second.keyboard.type(" And more.")
    eventually(second, writer.draft, "The first text. And more.")


def test_nothing_is_sent_and_nothing_lost_before_the_choice(
    two: tuple[Page, Page], writer: Writer
) -> None:
    second = two[1]
    second.get_by_role("button", name="Send").click()
    expect(second.get_by_role("button", name="Keep what I wrote here")).to_be_focused()
    assert writer.responses() == []
    second.reload()
    expect(second.get_by_text("Choose which text to keep")).to_be_visible()
    expect(box(second)).to_have_value("The second text.")
    expect(second.locator(".zq-choice blockquote")).to_have_text("The first text.")


def test_what_another_tab_wrote_appears_where_nothing_is_unsent(
    context: BrowserContext, writer: Writer
) -> None:
    first, second = come_in(context, writer), come_in(context, writer)
    box(first).click()
    first.keyboard.type(WORDS)
    eventually(first, writer.draft, WORDS)
    second.get_by_text("Yes", exact=True).click()
    expect(box(second)).to_have_value(WORDS)


def test_send_takes_the_last_keys_along(page: Page, writer: Writer) -> None:
    box(page).click()
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived")).to_be_visible()
    assert [response["moment"] for response in writer.responses()] == [WORDS]


def test_send_waits_for_a_slow_network_even_without_leaving_the_box(
    page: Page, writer: Writer
) -> None:
    def slow(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route("**/draft", slow)
    box(page, SHOT).click()
    page.keyboard.type("7A")
    box(page).click()
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Send").evaluate("element => element.click()")
    expect(page.get_by_text("It has arrived")).to_be_visible()
    sent = writer.responses()[0]
    assert (sent["shot"], sent["moment"]) == ("7A", WORDS)
    assert writer.drafts() == {}


def test_what_cannot_be_saved_is_not_sent_without_it(page: Page, writer: Writer) -> None:
    page.route("**/draft", lambda route: route.abort())
    box(page).click()
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Send").click()
    eventually(page, lambda: status(page), "Not saved to the study yet; kept on this device.")
    expect(box(page)).to_be_focused()
    assert writer.responses() == []
    page.unroute("**/draft")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived")).to_be_visible()
    assert [response["moment"] for response in writer.responses()] == [WORDS]


@pytest.mark.parametrize(
    "typing",
    [
        ("他说", ("n", "ni", "ni h", "ni ha", "ni hao"), "你好", "。"),
        ("彼は", ("k", "か", "かn", "かん", "かんj", "かんじ", "感じ"), "感じ", "る。"),
    ],
    ids=["Chinese", "Japanese"],
)
def test_an_input_method_is_not_disturbed(
    context: BrowserContext,
    page: Page,
    writer: Writer,
    typing: tuple[str, tuple[str, ...], str, str],
) -> None:
    before, steps, chosen, after = typing
    keyboard = context.new_cdp_session(page)
    box(page).click()
    page.keyboard.type(before)
    for letters in steps:
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        page.wait_for_timeout(400)  # long enough for sending, and for its answer
        assert box(page).input_value() == before + letters
    keyboard.send("Input.insertText", {"text": chosen})
    page.keyboard.type(after)
    assert box(page).input_value() == before + chosen + after
    eventually(page, writer.draft, before + chosen + after)


def test_turns_keep_their_texts(page: Page, writer: Writer) -> None:
    first, second = "/data/take[1]/why", "/data/take[2]/why"
    box(page, first).click()
    page.keyboard.type("the light")
    page.get_by_role("button", name="One more").click()
    expect(box(page, second)).to_be_editable()
    box(page, second).click()
    page.keyboard.type("his hands")
    page.get_by_role("button", name="Remove").first.click()
    expect(box(page, second)).to_have_count(0)
    expect(box(page, first)).to_have_count(1)  # for a moment the old turn stands beside the new
    expect(box(page, first)).to_have_value("his hands")
    box(page, first).click()
    page.keyboard.press("End")
    page.keyboard.type(" shook")
    eventually(page, lambda: writer.draft(first), "his hands shook")
    page.get_by_role("button", name="One more").click()
    expect(box(page, second)).to_be_editable()
    expect(box(page, second)).to_have_value("")


def test_a_device_signed_out_keeps_the_text_and_says_so(
    context: BrowserContext, page: Page, writer: Writer
) -> None:
    cookies = context.cookies()
    context.clear_cookies()
    box(page).click()
    page.keyboard.type(WORDS)
    eventually(page, lambda: "You are signed out on this device" in status(page), wanted=True)
    context.add_cookies(cookies)  # type: ignore[arg-type] # as they came
    page.reload()
    expect(box(page)).to_have_value(WORDS)
    eventually(page, writer.draft, WORDS)


def test_it_speaks_chinese_and_fits_a_phone(browser: Browser, site: Site, url: str) -> None:
    writer = a_writer(url, site.address, language="zh-Hans")
    context = browser.new_context(viewport=SIZES["phone"], locale="zh-CN")  # type: ignore[arg-type] # width and height
    page = come_in(context, writer)
    box(page).click()
    page.keyboard.insert_text(CHINESE * 40 + "a" * 200)
    eventually(page, lambda: "已保存" in status(page), wanted=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert float(box(page).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 16
    context.close()


@dataclass
class Own:
    """A server of this test's own, on the same database."""

    site: Site
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        self.process = serve(os.environ | self.site.environment, self.port, self.log)


@pytest.fixture
def own(site: Site, tmp_path: Path) -> Iterator[Own]:
    port, log = free_port(), tmp_path / "server.log"
    environment = site.environment | {"START_WORKER": "false"}
    on_same = Site(f"http://localhost:{port}", environment, site.server)
    made = Own(on_same, port, log, serve(os.environ | environment, port, log))
    yield made
    made.kill()


def test_a_server_killed_and_started_again_takes_the_text_and_reverts_nothing(
    context: BrowserContext, own: Own, url: str
) -> None:
    writer = a_writer(url, own.address)
    page = come_in(context, writer)
    box(page).click()
    page.keyboard.type("Before. ")
    eventually(page, writer.draft, "Before. ")
    own.kill()
    page.keyboard.type("Meanwhile. ")
    eventually(page, lambda: status(page), "Not saved to the study yet; kept on this device.")
    own.start()
    eventually(page, writer.draft, "Before. Meanwhile. ", within=20)
    page.keyboard.type("After.")
    page.get_by_text("Yes", exact=True).click()
    eventually(page, lambda: writer.drafts().get("/data/again"), "yes", within=20)
    expect(box(page)).to_have_value("Before. Meanwhile. After.")
    eventually(page, writer.draft, "Before. Meanwhile. After.")
    expect(page.get_by_role("button", name="Keep what I wrote here")).to_have_count(0)


@pytest.mark.slow
def test_a_browser_killed_while_somebody_types_loses_at_most_two_seconds(
    site: Site, url: str, tmp_path: Path
) -> None:
    writer = a_writer(url, site.address)
    with sync_playwright() as playwright:
        for kill in (True, False):
            context = playwright.chromium.launch_persistent_context(
                tmp_path / "profile",
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox"] if os.geteuid() == 0 else [],
            )
            # Through the link again: a killed browser may have forgotten a fresh cookie.
            page = come_in(context, writer)
            if kill:
                context.set_offline(True)
                box(page).click()
                for number in range(20):
                    page.keyboard.type(f"{number:04} ")
                    page.wait_for_timeout(200)
                for process in psutil.process_iter(["cmdline"]):
                    if any(str(tmp_path) in part for part in process.info["cmdline"] or []):
                        process.kill()
            else:
                text = box(page).input_value()
                assert len(text) >= 5 * (20 - 2 / 0.2)
                eventually(page, writer.draft, text)
                context.close()

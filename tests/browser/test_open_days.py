"""The open days: a visitor answers on a phone in German; a kiosk loses its network."""

from __future__ import annotations

import re
import subprocess
import sys

from playwright.sync_api import Browser, expect

from settings import ROOT
from tests.browser.conftest import SIZES, Site
from tests.browser.writers import eventually

MAKE = """
import sys
from datetime import timedelta
from data.database import open_session
from data.tables.base import now
from survey.audience.links import Opening, open_link
from survey.studies import find
with open_session() as session:
    study = find(session=session, slug="demo")
    today = now().date()
    opening = Opening(
        opens=today - timedelta(1), closes=today + timedelta(1), kind=sys.argv[1], wall=True
    )
    print(open_link(session=session, study=study, questionnaire="audience", opening=opening).slug)
    session.commit()
"""
COUNT = """
import sys
from data.database import open_session
from data.tables import PublicLink, Visit
from sqlmodel import func, select
with open_session() as session:
    link = session.exec(select(PublicLink.id).where(PublicLink.slug == sys.argv[1])).one()
    print(session.exec(select(func.count()).where(Visit.link_id == link)).one())
"""
HELD = "caches.open('kiosk-1').then(box => box.match(location.href)).then(Boolean)"
"""Whether the kiosk can start without a network."""
LEFT = """
new Promise((done) => {
  const opening = indexedDB.open("public", 1);
  opening.onsuccess = () => {
    const box = opening.result.transaction("sending").objectStore("sending");
    box.count().onsuccess = (event) => done(event.target.result);
  };
})
"""


def run(site: Site, program: str, *arguments: str) -> str:
    """Run a few lines on the installation of a site."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *arguments],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def opened(site: Site, kind: str) -> str:
    """Open the example for a screening and return its address."""
    return run(site, MAKE, kind).strip()


def answers(site: Site, slug: str) -> int:
    """Return how many answers there are."""
    return int(run(site, COUNT, slug))


def test_answer_at_a_screening(browser: Browser, site: Site) -> None:
    slug = opened(site, "link")
    context = browser.new_context(viewport=SIZES["phone"], locale="de-DE")  # type: ignore[arg-type] # width and height
    page = context.new_page()
    page.goto(f"{site.address}/q/{slug}")
    expect(page.locator("h1")).to_have_text("Eine Minute nach dem Film")
    effect = page.get_by_text("Und hat das der Geschichte geholfen", exact=False)
    expect(effect).to_be_hidden()
    page.locator(".primary").click()
    expect(page.get_by_text("Bitte eine Zahl.")).to_be_visible()
    page.locator(".scale label", has_text=re.compile("^8$")).click()
    page.get_by_text("Hin und wieder", exact=True).click()
    expect(effect).to_be_visible()
    page.locator("textarea").fill("Die Großmutter am Fenster.")
    # What was written is there again after the phone has thrown the page away.
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("textarea")).to_have_value("Die Großmutter am Fenster.")
    expect(effect).to_be_visible()
    context.set_offline(True)
    page.locator(".primary").click()
    expect(page.locator("#news")).not_to_be_empty()
    assert answers(site, slug) == 0
    context.set_offline(False)
    expect(page.locator(".code")).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    assert answers(site, slug) == 1
    code = page.locator(".code").inner_text()
    page.locator(".quiet a").click()
    page.get_by_role("textbox").fill(code)
    page.locator(".primary").click()
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert answers(site, slug) == 0
    context.close()


def test_run_a_kiosk_through_a_network_loss(browser: Browser, site: Site) -> None:
    slug = opened(site, "kiosk")
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.address}/k/{slug}?idle=4")
    eventually(page, lambda: page.evaluate(HELD), True)
    context.set_offline(True)
    for text in ("船掉头的时候。", "窗前。"):
        page.get_by_role("button", name="简体中文").click()
        expect(page.locator("textarea")).to_have_value("")
        page.locator(".scale label", has_text=re.compile("^7$")).click()
        page.get_by_text("看不出来", exact=True).click()
        page.locator("textarea").fill(text)
        page.locator("form .primary").click()
        expect(page.locator(".code")).to_be_visible()
        page.locator("[data-done]").click()
    # Whoever walks away leaves nothing to the next.
    page.get_by_role("button", name="Deutsch").click()
    page.locator("textarea").fill("Nicht fertig")
    expect(page.get_by_role("button", name="Deutsch")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name="Deutsch")).to_be_visible()
    assert "Nicht fertig" not in page.content()
    expect(page.locator("#waiting")).to_contain_text("2")
    assert answers(site, slug) == 0
    context.set_offline(False)
    expect(page.locator("#waiting")).to_be_empty()
    assert answers(site, slug) == 2
    assert page.evaluate(LEFT) == 0
    context.close()

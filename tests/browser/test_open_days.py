"""The open days: a visitor answers on a phone in German; files stay; a kiosk loses its network."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from PIL import Image
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
from survey.questionnaires import publish
from survey.studies import find
with open_session() as session:
    study = find(session=session, slug="demo")
    today = now().date()
    opening = Opening(
        opens=today - timedelta(1), closes=today + timedelta(1), kind=sys.argv[1], wall=True
    )
    if len(sys.argv) > 2:
        publish(
            session=session, study_id=study.id, filename="scene.md",
            content=sys.argv[2].encode(), account_id=None, name="scene",
        )
    name = "scene" if len(sys.argv) > 2 else "audience"
    print(open_link(session=session, study=study, questionnaire=name, opening=opening).slug)
    session.commit()
"""
SCENES = """
| survey | | | |
| | type | name | label |
| | begin_repeat | scene | A scene |
| | text | what | What is to be seen? |
| | image | still | A still of it |
| | end_repeat | | |
"""
SCENE = """
import sys
from data.database import open_session
from data.tables import PublicLink, Response, Visit
from sqlmodel import select
with open_session() as session:
    link = session.exec(select(PublicLink.id).where(PublicLink.slug == sys.argv[1])).one()
    visit = select(Visit.person_id).where(Visit.link_id == link)
    answers = session.exec(select(Response.answers).where(Response.person_id.in_(visit))).one()
    print(*(f"{each['what']}: {each['still']}" for each in answers["scene"]), sep="\\n")
"""
LATE = """
import sys
from data.database import open_session
from data.tables import PublicLink, Response, Visit
from data.tables.base import now
from sqlmodel import select
with open_session() as session:
    link = session.exec(select(PublicLink.id).where(PublicLink.slug == sys.argv[1])).one()
    visitors = select(Visit.person_id).where(Visit.link_id == link)
    given = select(Response.submitted_at).where(Response.person_id.in_(visitors))
    print(*((now() - each).total_seconds() >= 600 for each in session.exec(given)))
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


def opened(site: Site, kind: str, *form: str) -> str:
    """Open the example for a screening, or another form, and return its address once it is there."""
    slug = run(site, MAKE, kind, *form).strip()
    page = f"{site.address}/{'k' if kind == 'kiosk' else 'q'}/{slug}"
    for _ in range(60):
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(page):
            return slug
        time.sleep(0.5)
    raise AssertionError(page)


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


def test_a_chosen_file_stays_with_its_turn(browser: Browser, site: Site, tmp_path: Path) -> None:
    slug = opened(site, "link", SCENES)
    stills = {}
    for name in ("first", "second"):
        stills[name] = tmp_path / f"{name}.png"
        Image.new("RGB", (8, 8), "gray").save(stills[name])
    context = browser.new_context(viewport=SIZES["phone"])  # type: ignore[arg-type] # width and height
    page = context.new_page()
    page.goto(f"{site.address}/q/{slug}")
    texts, files = page.get_by_label("What is to be seen?"), page.get_by_label("A still of it")
    expect(texts).to_have_count(1)
    texts.nth(0).fill("A roof")
    # The questions are drawn anew while the phone shows its pictures.
    with page.expect_file_chooser() as choosing:
        files.nth(0).click()
    page.get_by_role("button", name="One more").click()
    expect(files).to_have_count(2)
    choosing.value.set_files(stills["first"])
    texts.nth(1).fill("A window")
    files.nth(1).set_input_files(stills["second"])
    page.get_by_role("button", name="One more").click()
    expect(files).to_have_count(3)
    assert [files.nth(each).evaluate("field => field.files.length") for each in range(3)] == [
        1,
        1,
        0,
    ]
    # With the first turn goes its file; the second turn is the first now, with its own.
    page.get_by_role("button", name="Remove").nth(0).click()
    expect(files).to_have_count(2)
    expect(texts.nth(0)).to_have_value("A window")
    page.get_by_role("button", name="Remove").nth(1).click()
    expect(files).to_have_count(1)
    page.locator(".primary").click()
    expect(page.locator(".code")).to_be_visible()
    assert run(site, SCENE, slug).strip() == "A window: second.png"
    context.close()


def test_run_a_kiosk_through_ten_minutes_without_a_network(browser: Browser, site: Site) -> None:
    slug = opened(site, "kiosk")
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{site.address}/k/{slug}")
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
    # Whoever walks away leaves nothing to the next, after a minute.
    page.get_by_role("button", name="Deutsch").click()
    page.locator("textarea").fill("Nicht fertig")
    page.clock.run_for(61_000)
    expect(page.get_by_role("button", name="Deutsch")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name="Deutsch")).to_be_visible()
    assert "Nicht fertig" not in page.content()
    page.clock.run_for(540_000)
    expect(page.locator("#waiting")).to_contain_text("2")
    assert answers(site, slug) == 0
    # Nothing tells the page that the network is back: it tries again by itself.
    page.evaluate("addEventListener('online', (event) => event.stopImmediatePropagation(), true)")
    context.set_offline(False)
    page.clock.run_for(3_000)
    expect(page.locator("#waiting")).to_be_empty()
    assert answers(site, slug) == 2
    assert page.evaluate(LEFT) == 0
    assert run(site, LATE, slug).split() == ["True", "True"]  # as long ago as they were given
    context.close()

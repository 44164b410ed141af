"""The tenth day: coming back tired, going on where one stopped, noting a take on the set."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD
from playwright.sync_api import FilePayload, Page, expect
from sqlmodel import select

from data.database import open_session
from data.tables import Attachment, EntryFile, Person, Response
from survey import questionnaires
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled
from tests.browser.test_month import SIZES, database, link_of
from tests.browser.writers import FORM, a_writer, a_writing_study, box, eventually

WORDS = {
    "en": "He stayed after the wrap and watched that take once more.",
    "zh-Hans": "收工以后他没有走，在监视器前又看了一遍那条。",
}
SAID = {
    "en": {
        "write": "Write",
        "saved": "Saved",
        "continue": "Continue where you stopped",
        "thanks": "Thank you for",
        "yesterday": "Read what you wrote",
        "take": "Take log",
        "director": "The director",
        "send": "Send",
        "arrived": "It has arrived",
        "today": "Today",
    },
    "zh-Hans": {
        "write": "开始写",
        "saved": "已保存",
        "continue": "接着",
        "thanks": "谢谢你",
        "yesterday": "读你",
        "take": "镜次记录",
        "director": "导演",
        "send": "发送",
        "arrived": "已收到",
        "today": "今天",
    },
}
LANGUAGES = {"phone": "zh-Hans", "desktop": "en"}
PEOPLE = {"phone": "P11", "desktop": "P12"}


def a_photograph() -> FilePayload:
    """Return a photograph that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (31.0, 13.0, 49.0)
    target = BytesIO()
    Image.new("RGB", (800, 600), "gray").save(target, "JPEG", exif=exif)
    return {"name": "monitor.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def speak(page: Page, language: str) -> None:
    name = {"en": "English", "zh-Hans": "简体中文"}[language]
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settled(page)


@pytest.mark.parametrize("size", SIZES)
def test_somebody_comes_back_goes_on_and_notes_a_take(site: Site, visit: Visit, size: str) -> None:
    language, code = LANGUAGES[size], PEOPLE[size]
    said, words = SAID[language], WORDS[language]
    page = visit(link_of(site, code), size=size)
    speak(page, language)
    expect(page.locator(".st-key-strip [role=img]")).to_contain_text("●")
    expect(page.get_by_text(said["thanks"])).to_be_visible()
    expect(page.get_by_role("button", name=said["yesterday"])).to_be_visible()
    assert not scrolls_sideways(page)

    page.get_by_role("button", name=said["write"]).first.click()
    moment = page.locator('[class*="st-key-asked"] textarea').first
    expect(moment).to_be_editable()
    moment.click()
    page.keyboard.type(words[:12])
    expect(page.get_by_text(said["saved"]).first).to_be_visible()
    page.locator(".stPageLink a").first.click()  # away, in the middle of a sentence
    page.get_by_role("button", name=said["continue"]).first.click()
    moment = page.locator('[class*="st-key-asked"] textarea').first
    expect(moment).to_have_value(words[:12])
    assert not scrolls_sideways(page)
    page.locator(".stPageLink a").first.click()

    began = time.monotonic()
    note_a_take(page, said)
    assert time.monotonic() - began < 60  # twenty seconds of a person; a busy machine is slower
    with open_session(database(site)) as session:
        person = session.exec(select(Person).where(Person.code == code)).one()
        newest = select(Response).where(Response.person_id == person.id)
        sent = session.exec(newest.order_by(Response.submitted_at.desc())).first()  # type: ignore[attr-defined] # a column
        assert sent
        assert (sent.answers["decision"], sent.answers["count"]["made"]) == ("7A", 40)
        kept = session.exec(
            select(Attachment).join(EntryFile).where(EntryFile.instance_id == sent.id)
        ).one()
    folder = f"{site.environment['DATA_FOLDER']}/files/{kept.sha256[:2]}/{kept.sha256}"
    with Image.open(folder) as picture:
        assert picture.size == (800, 600)
        assert not picture.getexif()


def note_a_take(page: Page, said: dict[str, str]) -> None:
    """Fill in the take log with a picture, as on the set, and send it."""
    page.get_by_role("button", name=said["take"]).click()
    for path, value in {
        "/data/decision": "7A",
        "/data/count/made": "40",
        "/data/count/looked_at": "12",
        "/data/count/kept": "1",
    }.items():
        box(page, path).fill(value)
    page.locator('[class*="decided_by"]').get_by_text(said["director"], exact=True).click()
    settled(page)
    page.locator('input[type="file"][accept*="jpg"]').set_input_files(a_photograph())
    expect(page.locator('[class*="picture"] img')).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name=said["send"], exact=True).click()
    expect(page.get_by_text(said["arrived"])).to_be_visible()
    expect(page.locator('[class*="st-key-entry-"] img').first).to_be_visible()
    assert not scrolls_sideways(page)


def test_what_was_begun_outlives_a_new_version_of_the_questionnaire(
    site: Site, visit: Visit
) -> None:
    url = database(site)
    writer = a_writer(url, site.address, slug="outliving")
    page = visit(writer.link, size="phone")
    page.locator('[class*="st-key-write-"] button').first.click()
    box(page).click()
    page.keyboard.type(WORDS["en"])
    eventually(page, writer.draft, WORDS["en"])
    newer = FORM.replace(
        "| | begin_repeat |",
        "| | text | after | And afterwards? | 之后呢？ | | |\n| | begin_repeat |",
    ).replace("| | text | shot | Which shot? | 哪个镜头？ | | |\n", "")
    with open_session(url) as session:
        study = a_writing_study(session, slug="outliving")
        questionnaires.publish(
            session=session, study_id=study.id, filename="outliving.md", content=newer.encode()
        )
        session.commit()
    page.keyboard.type(" And slept.")  # on the screen of the older version
    eventually(page, writer.draft, f"{WORDS['en']} And slept.")
    page.reload()
    expect(box(page)).to_have_value(f"{WORDS['en']} And slept.")
    expect(box(page, "/data/shot")).to_have_count(0)
    box(page, "/data/after").fill("Nothing.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived")).to_be_visible()
    sent = writer.responses()[0]
    assert (sent["moment"], sent["after"]) == (f"{WORDS['en']} And slept.", "Nothing.")

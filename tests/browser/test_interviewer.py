"""The interviewer's job: from a Word file with four speakers to a masked, assigned transcript."""

from __future__ import annotations

import io
import subprocess
import sys
import wave

from docx import Document
from playwright.sync_api import Page, expect

from settings import ROOT
from tests.browser.conftest import Site, Visit
from tests.browser.test_journey import scrolls_sideways, settled

SPOKEN = [
    "采访者：今天机器拿走了你们什么？",
    "P01：等待。以前大家坐在一起等灯光，现在没有什么可等的了。陈立新说他也想念那段日子。",
    "P05：我觉得不是坏事，可是现场没有人说话。",
    "老赵：那时候我们一起吃夜宵。",
    "P01：对，陈立新昨天还在说这个。",
]
MASKED = """
from sqlmodel import select
from data.database import open_session
from data.tables import Passage, Study, Turn
from nlp.gathering import gather
with open_session() as session:
    study = session.exec(select(Study).where(Study.slug == "demo")).one()
    gather(session=session, study_id=study.id)
    session.commit()
    for masked in session.exec(select(Passage.masked).where(Passage.turn_id.is_not(None))):
        print(masked)
"""

CODE = """
from sqlmodel import select
from data.database import open_session
from data.tables import Invite, Membership, Person
with open_session() as session:
    newest = select(Person.code).join(Membership, Membership.person_id == Person.id).join(Invite)
    print(session.exec(newest.order_by(Invite.created_at.desc())).first())
"""


def a_word_file(name: str) -> dict[str, object]:
    document = Document()
    document.add_heading("收工后的谈话", 1)
    for line in SPOKEN:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": name, "mimeType": kind, "buffer": content.getvalue()}


def ten_seconds() -> bytes:
    """Return ten seconds of silence as a WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(bytes([128]) * 80_000)
    return content.getvalue()


def choose(page: Page, label: str, option: str) -> None:
    """Choose in the box with this label."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
    settled(page)


def passages(site: Site) -> str:
    """Gather the passages as the worker does, and return what researchers read of interviews."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MASKED],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_from_a_word_file_in_chinese_to_masked_passages(site: Site, visit: Visit) -> None:
    page = visit(site.links()["interviewer"])
    page.locator(".st-key-bring button").click()
    page.locator('input[type="file"]').set_input_files(a_word_file("夜谈.docx"))  # type: ignore[arg-type] # a file
    expect(page.get_by_role("heading", name="5 turns, 4 speakers")).to_be_visible()
    page.locator(".st-key-keep button").click()
    expect(page.get_by_text("Known names will be masked for everyone")).to_be_visible()
    expect(page.get_by_text("Say who is who: 老赵")).to_be_visible()

    page.get_by_role("button", name="Who and when").click()
    choose(page, "Who is “老赵”?", "P02")
    page.get_by_label("Who asked the questions?").fill("Mei")
    page.locator(".st-key-keep button").click()
    expect(page.get_by_text("Still to do:")).to_be_visible()
    expect(page.get_by_text("Say who is who")).to_have_count(0)

    page.get_by_role("button", name="Correct").nth(1).click()
    area = page.locator(".st-key-open-turn textarea")
    area.fill(area.input_value().replace("坐在一起等灯光", "围坐着等灯光"))
    page.get_by_role("button", name="Done").click()
    settled(page)
    expect(page.get_by_text("围坐着等灯光")).to_be_visible()
    expect(page.get_by_text("P01 · corrected")).to_be_visible()

    page.get_by_role("button", name="What will be masked?").click()
    expect(page.get_by_text("That is not anonymity")).to_be_visible()
    expect(page.get_by_text("陈立新").first).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Mask it").first.click()
    settled(page)
    expect(page.get_by_text("a name × 2")).to_be_visible(timeout=30_000)
    page.get_by_text("As researchers read it").click()
    expect(page.get_by_text("[name]说他也想念那段日子")).to_be_visible()

    read = passages(site)
    assert "[name]" in read
    assert "围坐着等灯光" in read
    assert "那时候我们一起吃夜宵" in read
    assert "今天机器拿走了你们什么" not in read
    assert "陈立新" not in read


def test_a_person_puts_their_own_words_right_and_has_some_removed(site: Site, visit: Visit) -> None:
    links = site.links()
    code = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    page = visit(links["interviewer"])
    page.get_by_role("button", name="Add a transcript").click()
    talk = f"I: And?\n{code}: The light was kind today.\nI: And?\n{code}: My sister is called Ottilie.\n"
    page.locator('input[type="file"]').set_input_files(
        {"name": "own words.txt", "mimeType": "text/plain", "buffer": talk.encode()}
    )
    page.locator(".st-key-keep button").click()
    expect(page.get_by_text("Known names will be masked for everyone")).to_be_visible()

    own = visit(links["participant"], size="phone")
    own.goto(f"{site.address}/entries")
    # Whatever language this person has chosen.
    own.locator('a[href*="spoken"]').click()
    expect(own.get_by_text("The light was kind today.")).to_be_visible()
    expect(own.get_by_text("And?")).to_have_count(0)
    assert not scrolls_sideways(own)
    change = own.locator('[class*="st-key-open-"] button')
    change.first.click()
    own.locator("textarea").fill("The light was gentle today.")
    own.locator('[class*="st-key-keep-"] button').click()
    expect(own.locator("textarea")).to_have_count(0)
    expect(own.get_by_text("The light was gentle today.")).to_be_visible()
    change.nth(1).click()
    own.locator('[class*="st-key-go-"] button').click()
    own.locator('[class*="st-key-remove-"] button').click()
    expect(own.get_by_text("Ottilie")).to_have_count(0)

    page.reload()
    expect(page.get_by_text("The light was gentle today.")).to_be_visible()
    expect(page.get_by_text("These words were removed.")).to_be_visible()
    expect(
        page.get_by_text("The original file and the recording still contain them.")
    ).to_be_visible()
    expect(page.get_by_text("Ottilie")).to_have_count(0)


RAIN = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\n<v I>And then? We waited for the rain.\n\n"
    "00:05.000 --> 00:09.000\n<v P03>The rain never came, so the machine made rain.\n"
)


def bring_rain(page: Page, name: str) -> None:
    """Bring a short transcript with times."""
    page.get_by_role("button", name="Add a transcript").click()
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/vtt", "buffer": RAIN.encode()}
    )
    page.locator(".st-key-keep button").click()
    expect(page.get_by_text("Known names will be masked for everyone")).to_be_visible(
        timeout=30_000
    )


def holds(page: Page, text: str) -> None:
    """Wait until the one open turn says this."""
    page.wait_for_function(
        """text => {
            const fields = [...document.querySelectorAll(".st-key-open-turn textarea")];
            return fields.length === 1 && fields[0].value === text;
        }""",
        arg=text,
    )
    settled(page)


def test_turns_are_split_and_merged(site: Site, visit: Visit) -> None:
    page = visit(site.links()["interviewer"])
    bring_rain(page, "split.vtt")
    page.get_by_role("button", name="Correct").first.click()
    holds(page, "And then? We waited for the rain.")
    page.get_by_role("button", name="Split").click()
    choose(page, "Where does the second turn begin?", "We waited")
    choose(page, "Who says it?", "P03")
    page.get_by_role("button", name="Split here").click()
    holds(page, "And then?")
    page.get_by_role("button", name="Next turn").click()
    holds(page, "We waited for the rain.")
    page.get_by_role("button", name="Merge with the next").click()
    holds(page, "We waited for the rain.\nThe rain never came, so the machine made rain.")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".st-key-open-turn")).to_have_count(0, timeout=30_000)


def test_words_are_replaced_heard_and_looked_back_at(site: Site, visit: Visit) -> None:
    page = visit(site.links()["interviewer"])
    bring_rain(page, "replace.vtt")
    page.get_by_text("Find and replace").click()
    page.get_by_label("Find", exact=True).fill("rain")
    page.get_by_label("Find", exact=True).press("Enter")
    expect(page.get_by_text("[rain]")).to_have_count(3, timeout=30_000)
    settled(page)
    page.get_by_label("Replace with").fill("snow")
    page.get_by_label("Replace with").press("Enter")
    expect(page.get_by_text("[rain → snow]")).to_have_count(3, timeout=30_000)
    settled(page)
    page.get_by_role("button", name="Replace in all 3 places").click()
    expect(page.get_by_text("so the machine made snow")).to_be_visible(timeout=30_000)
    settled(page)

    page.get_by_role("button", name="Correct").nth(1).click()
    holds(page, "The snow never came, so the machine made snow.")
    page.get_by_role("button", name="History").click()
    page.get_by_role("button", name="Restore this wording").first.click()
    holds(page, "The rain never came, so the machine made rain.")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".st-key-open-turn")).to_have_count(0, timeout=30_000)
    settled(page)

    page.get_by_text("The recording", exact=True).click()
    page.locator('input[type="file"]').set_input_files(
        {"name": "rain.wav", "mimeType": "audio/wav", "buffer": ten_seconds()}
    )
    expect(page.get_by_text("rain.wav plays from any turn")).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_role("button", name="0:01").click()
    sound = page.locator("audio")
    expect(sound).to_be_visible(timeout=30_000)
    assert "/recording/" in str(sound.get_attribute("src"))
    page.wait_for_function("() => document.querySelector('audio').duration === 10")

"""Codings brought from another program's file, seen before they come, and taken out again."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from nlp.exchange.model import Code, Coding, Project, Selection, Source, User
from nlp.exchange.qdpx import read_qdpx, write_qdpx
from tests.browser.conftest import Site, Visit, settled
from tests.browser.test_journey import scrolls_sideways

TEXT = "Ada: We waited for the 😀 light.\n\nBo: And it came?\n\nAda: It came, 真情𠮷."


def a_project(code: str) -> Project:
    """Make what another program might have written, with a coding that leads nowhere."""
    guids = [str(uuid4()) for _ in range(8)]
    start = TEXT.index("真情")
    return Project(
        "From elsewhere",
        origin="Another program 7",
        users=(User(guids[0], "Somebody"),),
        codes=(Code(guids[1], code),),
        sources=(Source(guids[2], f"Talk {code}", TEXT),),
        selections=(
            Selection(
                guids[3], guids[2], start, start + 3, (Coding(guids[4], guids[1], guids[0]),)
            ),
            Selection(guids[5], guids[2], 0, 4, (Coding(guids[6], guids[1], guids[0]),)),
        ),
    )


def choose(page: Page, file: Path) -> None:
    """Bring a file, and wait until it was read."""
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text(file.name)).to_be_visible()
    settled(page)


def test_codings_come_from_another_program_and_go_there(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    code = f"Waiting {uuid4().hex[:6]}"
    brought, broken = tmp_path / "elsewhere.qdpx", tmp_path / "broken.qdpx"
    brought.write_bytes(write_qdpx(a_project(code), unit="UTF-16"))
    broken.write_bytes(brought.read_bytes()[:300])
    page = visit(site.links()["coordinator"], size="phone")
    page.goto(f"{site.address}/exchange")
    settled(page)
    page.get_by_text("Bring in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bring codings")
    settled(page)
    choose(page, broken)
    expect(page.get_by_text("This file is damaged")).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_text("Bring in", exact=True).click()
    settled(page)
    choose(page, brought)
    expect(page.get_by_text("New: one coding, one code, and one text.")).to_be_visible()
    expect(page.get_by_text("these words are not in the text here")).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Take this in", exact=True).click()
    expect(page.get_by_text("Taken in: one coding, one code, and one text.")).to_be_visible()
    settled(page)
    choose(page, brought)
    expect(page.get_by_text("All of this is here already.")).to_be_visible()

    page.get_by_text("Take out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Take codings")
    settled(page)
    page.get_by_role("button", name="Make the file", exact=True).click()
    with page.expect_download(timeout=90_000) as download:
        page.get_by_role("button", name="Download").first.click(timeout=90_000)
    path = tmp_path / "study.qdpx"
    download.value.save_as(path)
    project = read_qdpx(path.read_bytes()).project
    assert code in {each.name for each, _ in project.all_codes()}
    assert TEXT in {source.text for source in project.sources}

"""The demo's chapter: every number is the database's, and nobody can be found in it."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from sqlmodel import Session, func, select

import settings as settings_module
from data.database import engine, migrate, open_session
from data.tables import AuditEvent, Interview, Passage, Person, Response, Theme
from nlp.analysis import analyse
from nlp.chapter import ChapterError, Format, write
from nlp.results import latest_run
from settings import ROOT
from survey.exports import holding
from survey.studies import find
from survey.study_folder import import_study, read_study

DEMO = ROOT / "studies" / "demo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Load the demo and find its themes, once."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_FOLDER", str(folder))
        patch.setenv("DATABASE_URL", f"sqlite:///{folder}/demo.db")
        settings_module.settings.cache_clear()
        migrate()
        with open_session() as session:
            study = import_study(read_study(DEMO), session=session)
            session.commit()
            with pytest.raises(ChapterError):
                write("demo", session=session, format="md")
            analyse(study_id=study.id, session=session, tell=lambda *_: None)
            session.commit()
            yield session
        engine().dispose()
    settings_module.settings.cache_clear()


def said(session: Session, format: Format, language: str = "en") -> str:  # noqa: A002 - the seam's name
    content = write("demo", session=session, format=format, language=language)
    if format != "docx":
        return content.decode()
    package = zipfile.ZipFile(BytesIO(content))
    return "".join(
        package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
    )


def count(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("format", ["docx", "html", "md"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_nobody_can_be_found_in_it(demo: Session, format: Format, language: str) -> None:  # noqa: A002 - as above
    text = said(demo, format, language)
    with (DEMO / "people.csv").open(encoding="utf-8") as people:
        for row in csv.DictReader(people):
            spellings = [row["name"], row["email"], *row["nicknames"].split(";")]
            for spelling in filter(lambda each: len(each) > 1, spellings):
                assert not re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text), spelling
    assert not re.search(r"\bP\d\d\b", text)


def test_its_numbers_are_those_of_the_database(demo: Session) -> None:
    text = said(demo, "md")
    for number, what in (
        (count(demo, Person), "people take part"),
        (count(demo, Response), "entries"),
        (count(demo, Interview), "interviews"),
        (count(demo, Passage), "passages"),
        (count(demo, Theme), "themes"),
    ):
        assert re.search(rf"\b{number:,} {what}", text), what


def test_quotations_are_marked_and_are_passages_in_languages_that_several_people_write(
    demo: Session,
) -> None:
    study = find(session=demo, slug="demo")
    run = latest_run(session=demo, study_id=study.id)
    assert run
    passages = demo.exec(select(Passage)).all()
    writers: dict[str, set[object]] = {}
    for passage in passages:
        writers.setdefault(passage.language, set()).add(passage.person_id)
    allowed = {
        re.sub(r"\[P\d\d\]", "[colleague]", passage.masked)
        for passage in passages
        if len(writers[passage.language]) >= study.threshold
    }
    page = said(demo, "html")
    quoted = re.findall(r"<blockquote><p[^>]*>(.*?)</p><footer>(.*?)</footer>", page, re.DOTALL)
    assert len(quoted) > 10
    from html import unescape

    assert {note for _, note in quoted} == {"not released"}
    assert {unescape(text) for text, _ in quoted} <= allowed


def test_it_says_that_it_is_a_draft_and_that_the_study_is_invented(demo: Session) -> None:
    text = said(demo, "md")
    assert text.splitlines()[2].startswith("**Draft.")
    assert "themes are as the computer proposed them: computed, unreviewed" in text
    assert "This study is invented" in text


def test_it_is_remembered_that_it_was_written(demo: Session) -> None:
    said(demo, "md")
    events = demo.exec(select(AuditEvent).where(AuditEvent.action == "chapter.written")).all()
    assert events[-1].details == {"format": "md", "final": False}


def test_whoever_withdraws_later_is_known_to_be_in_it(demo: Session) -> None:
    said(demo, "docx")
    person = demo.exec(select(Person).where(Person.code == "P01")).one()
    newest = holding(session=demo, person=person)[0]
    assert (newest.format, newest.counts["chapter"], newest.removed_at is None) == (
        "docx",
        1,
        False,
    )


def test_the_same_run_gives_the_same_chapter(demo: Session) -> None:
    assert said(demo, "html") == said(demo, "html")


def test_the_pictures_are_drawn_with_their_text(demo: Session) -> None:
    page = said(demo, "html", "zh-Hans")
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert re.search(r"[\u4e00-\u9fff]", drawn)

"""In no language and no format of the chapter does a name or a code stand that nobody chose."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import get_args
from uuid import UUID

import pytest
from sqlmodel import Session

from data.tables import PassageTheme, Quotation, Theme, ThemeRun
from data.tables.base import now
from nlp import quoting
from nlp.chapter import Format, write
from nlp.quoting.printing import LANGUAGES
from tests.quoting_for_tests import Set, a_quotable_study

NAMES = ("顾闻笛", "Mia Berger", "Berger")
CODES = ("P01", "P02")
FORMATS = [
    pytest.param(each, marks=() if each == "md" else pytest.mark.slow) for each in get_args(Format)
]
"""All hold the same blocks: the others are looked at where there is time."""


@pytest.fixture
def here(session: Session) -> Set:
    return a_quotable_study(session)


def a_quotation(session: Session, here: Set) -> Quotation:
    """Quote the Chinese passage, which speaks of P02, in both languages of the chapter."""
    run = ThemeRun(study_id=here.study.id, encoder="none", quality={}, created_at=now())
    theme = Theme(run_id=run.id, number=0, titles={"en": "light"}, measures={"voices": 2})
    session.add(run)
    session.flush()
    session.add(theme)
    session.flush()
    for place, passage in enumerate((here.written, here.hostile, here.spoken)):
        session.add(
            PassageTheme(
                passage_id=passage.id, theme_id=theme.id, weight=1.0, main=True, typical=place
            )
        )
    made = quoting.put(
        session=session,
        study_id=here.study.id,
        passage_id=here.written.id,
        account_id=here.researcher,
    )
    session.flush()
    _translated(session, here, made.id)
    session.refresh(made)
    quoting.send([made.id], session=session, study_id=here.study.id, account_id=here.researcher)
    session.commit()
    return made


def _translated(session: Session, here: Set, key: UUID) -> None:
    for deed in ("translate", "check"):
        made = session.get_one(Quotation, key)
        session.refresh(made)
        if deed == "translate":
            quoting.translate(
                key, "So tired. [P02] went on.", language="en", translator="Lin Xia",
                machine=False, seen=made.revision, session=session, account_id=here.researcher,
            )  # fmt: skip
        else:
            quoting.check(
                key, language="en", checker="Mara Weber", seen=made.revision, session=session,
                account_id=here.researcher,
            )  # fmt: skip


def choose(session: Session, here: Set, made: Quotation, choice: str, name: str = "") -> None:
    found = quoting.one(made.id, session=session)
    assert found
    assert found.release
    quoting.choose(
        made.id, choice, person=here.one, seen=found.release.shown, name=name, session=session,  # type: ignore[arg-type]  # one of the choices
        account_id=None,
    )  # fmt: skip
    session.commit()


def said(session: Session, form: Format, language: str) -> str:
    """Return everything that stands in a chapter, its properties and alternative texts too."""
    content = write("test", session=session, format=form, language=language)
    if form != "docx":
        return content.decode().replace("\\", "")  # Markdown's way to keep brackets
    package = zipfile.ZipFile(BytesIO(content))
    return "".join(
        package.read(each).decode() for each in package.namelist() if each.endswith(".xml")
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unattributed_quotation_brings_no_name_and_no_code(
    session: Session, here: Set, form: Format, language: str
) -> None:
    made = a_quotation(session, here)
    choose(session, here, made, "unattributed", "Gu Wendi")
    text = said(session, form, language)
    # One person alone writes Chinese here: their wording would be a name, in both languages.
    assert not [each for each in (*NAMES, *CODES, "Gu Wendi", "今天很累") if each in text]
    assert ("So tired. [colleague] went on." in text) == (language == "en")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_named_quotation_brings_exactly_the_name_that_was_chosen(
    session: Session, here: Set, form: Format, language: str
) -> None:
    made = a_quotation(session, here)
    choose(session, here, made, "named", "Gu W., 导演")
    text = said(session, form, language)
    assert text.count("Gu W., 导演") == 1
    assert not [each for each in (*NAMES, *CODES) if each in text]
    assert "[同事]就又开机了" in text

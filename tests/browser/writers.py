"""People who write in a browser: a small study, a person for each test, and what the server has."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Locator, Page
from sqlmodel import Session, select

from data.database import open_session
from data.tables import Assignment, Draft, Membership, Response, Study
from data.tables.base import now
from survey import entering, questionnaires
from tests.studies_for_tests import a_person

FORM = """
| survey |
| | type | name | label::English (en) | label::简体中文 (zh-Hans) | hint::English (en) | appearance |
| | text | shot | Which shot? | 哪个镜头？ | | |
| | text | moment | A moment of sincere feeling | 真情流露的一刻 | One sentence is enough. | multiline |
| | select_one yes_no | again | Would you do it again? | 还会再来吗？ | | |
| | begin_repeat | take | Take | 镜次 | | |
| | text | why | Why was it kept? | 为什么留下？ | | multiline |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label::English (en) | label::简体中文 (zh-Hans) |
| | yes_no | yes | Yes | 会 |
| | yes_no | no | No | 不会 |
| settings |
| | form_title | form_id | default_language |
| | Writing | writing | English (en) |
"""
TYPED = """
| survey |
| | type | name | label | appearance | parameters | constraint |
| | integer | made | How many takes? | | | . >= 0 |
| | decimal | spent | How much? | | | |
| | text | code | Your code | masked | | |
| | text | phone | Your number | numbers | | |
| | text | page | The address | url | | |
| | barcode | tag | The tag | | | |
| | geopoint | where | Where? | | | |
| | range | fine | How exactly? | | start=0 end=1000 step=1 | |
| | date | since | Since which year? | year | | |
| | date | day | Which day? | | | |
| settings |
| | form_title | form_id |
| | Typed | typed |
"""
SLUG = "writing"
MOMENT = "/data/moment"


@dataclass
class Writer:
    """A person with one entry to write: their way in, and what the database has of it."""

    url: str
    link: str
    account_id: UUID
    person_id: UUID

    def drafts(self) -> dict[str, Any]:
        """Return the drafts by path."""
        with open_session(self.url) as session:
            found = session.exec(select(Draft).where(Draft.account_id == self.account_id)).all()
        return {draft.path: draft.value for draft in found}

    def draft(self, path: str = MOMENT) -> str:
        """Return the draft of a text, empty where there is none."""
        return self.drafts().get(path) or ""

    def responses(self) -> list[dict[str, Any]]:
        """Return what was sent."""
        with open_session(self.url) as session:
            found = session.exec(select(Response).where(Response.person_id == self.person_id)).all()
        return [response.answers for response in found]


def a_writing_study(
    session: Session, form: str = FORM, slug: str = SLUG, schedule: str = "daily"
) -> Study:
    """Return the study, made if it is not there yet: one entry a day, open around the clock."""
    found = session.exec(select(Study).where(Study.slug == slug)).first()
    if found:
        return found
    today = now().date()
    study = Study(
        slug=slug,
        start=today - timedelta(days=3),
        end=today + timedelta(days=30),
        time_zone="Asia/Shanghai",
        texts={"title": {"en": "Writing"}},
    )
    session.add(study)
    session.flush()
    questionnaires.publish(
        session=session, study_id=study.id, filename=f"{slug}.md", content=form.encode()
    )
    session.add(Assignment(study_id=study.id, questionnaire=slug, schedule=schedule))
    session.flush()
    return study


def a_writer(
    url: str,
    address: str,
    *,
    language: str = "en",
    form: str = FORM,
    slug: str = SLUG,
    schedule: str = "daily",
) -> Writer:
    """Add a person to the study and return their way in."""
    with open_session(url) as session:
        study = a_writing_study(session, form, slug, schedule)
        person = a_person(session, study, f"W-{uuid4().hex[:8]}")
        person.languages = [language]
        membership = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        token = entering.invite(session=session, membership=membership)
        session.commit()
    return Writer(url, f"{address}/enter/{token}", membership.account_id, person.id)


def box(page: Page, path: str = MOMENT) -> Locator:
    """Return the box of a question."""
    name = re.sub(r"[^a-zA-Z0-9_-]", "-", path)
    return page.locator(f'[class*="st-key-writing-"][class*="{name}"] .zq-box')


def eventually(
    page: Page, found: Callable[[], object], wanted: object, *, within: float = 8.0
) -> float:
    """Let the page go on until something is so, and return how many seconds that took."""
    began = time.monotonic()
    while (last := found()) != wanted:
        assert time.monotonic() - began < within, last
        page.wait_for_timeout(50)
    return time.monotonic() - began

"""A study that is open to the public, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from data.tables import PublicLink, Response, Study
from data.tables.base import now
from settings import ROOT
from survey import questionnaires
from survey.audience.links import Opening, open_link
from survey.audience.receipts import new_code
from survey.audience.receiving import Sending, receive
from tests.studies_for_tests import a_study

EXAMPLE = ROOT / "studies" / "ai-film-set" / "questionnaires" / "audience.md"
GIVEN: dict[str, Any] = {"sincere": 8, "noticed": "no", "author": "both", "moment": "The window."}


def a_public_study(session: Session, *, slug: str = "test") -> Study:
    """Make a study that has the example for a screening among its questionnaires."""
    study = a_study(session, slug=slug)
    publish(study, "audience", EXAMPLE.read_text("utf-8"), session=session)
    return study


def publish(study: Study, name: str, text: str, *, session: Session) -> None:
    """Publish a questionnaire."""
    questionnaires.publish(
        session=session, study_id=study.id, filename=f"{name}.md", content=text.encode()
    )
    session.flush()


def a_link(
    session: Session,
    study: Study,
    *,
    name: str = "audience",
    **how: Any,
) -> PublicLink:
    """Open a questionnaire from yesterday to tomorrow."""
    today = now().date()
    days: dict[str, date] = {"opens": today - timedelta(1), "closes": today + timedelta(1)}
    opening = Opening(**(days | how))
    return open_link(session=session, study=study, questionnaire=name, opening=opening)


def sending(answers: dict[str, Any] | None = None, **more: Any) -> Sending:
    """Return what a visitor on a device of their own sends."""
    fields: dict[str, Any] = {
        "instance_id": uuid4(),
        "receipt": new_code(),
        "answers": GIVEN if answers is None else answers,
        "language": "en",
        "device": str(uuid4()),
    }
    return Sending(**(fields | more))


def answer(session: Session, link: PublicLink, **given: Any) -> Response:
    """Answer as another visitor; what is not said is as in `GIVEN`."""
    return receive(link.id, sending(GIVEN | given), session=session)

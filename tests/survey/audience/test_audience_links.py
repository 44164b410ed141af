"""Opening a questionnaire to everybody: into a study of its own, in so many days, if it fits."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from data.tables import Membership, Response, Study
from survey import questionnaires
from survey.audience import links
from survey.audience.companion import AudienceError, audience_of, make_audience
from survey.audience.fitting import FitError
from survey.audience.links import LinkError
from survey.entering import open_account
from survey.studies import slugs
from tests.audiences_for_tests import a_link, a_public_study, answer, publish


@pytest.fixture
def study(session: Session) -> Study:
    return a_public_study(session)


def test_what_the_public_answers_is_not_in_the_study(session: Session, study: Study) -> None:
    link = a_link(session, study)
    kept = answer(session, link)
    audience = audience_of(session=session, study_id=study.id)
    assert audience
    assert kept.study_id == audience.id != study.id
    assert kept.source == "public"
    assert not session.exec(select(Response).where(Response.study_id == study.id)).all()
    assert audience.slug not in slugs(session=session)


def test_colleagues_see_the_audience_and_participants_do_not(
    session: Session, study: Study
) -> None:
    researcher = open_account(session=session, study_id=study.id, role="researcher")
    audience = make_audience(session=session, study=study)
    later = open_account(session=session, study_id=study.id, role="coordinator")
    assert make_audience(session=session, study=study).id == audience.id
    there = session.exec(select(Membership).where(Membership.study_id == audience.id)).all()
    assert {(each.account_id, each.role) for each in there} == {
        (researcher.account_id, "researcher"),
        (later.account_id, "coordinator"),
    }


def test_an_audience_has_no_audience(session: Session, study: Study) -> None:
    audience = make_audience(session=session, study=study)
    with pytest.raises(AudienceError):
        make_audience(session=session, study=audience)


def test_addresses_are_short_and_different(session: Session, study: Study) -> None:
    made = {a_link(session, study).slug for _ in range(5)}
    assert len(made) == 5
    assert all(len(slug) == 6 and set(slug) <= set(links.LETTERS) for slug in made)
    assert not set("ilo01") & set(links.LETTERS)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 6, 4, 15, 59, tzinfo=UTC), "early"),
        (datetime(2026, 6, 4, 16, 0, tzinfo=UTC), "open"),
        (datetime(2026, 6, 6, 15, 59, tzinfo=UTC), "open"),
        (datetime(2026, 6, 6, 16, 0, tzinfo=UTC), "over"),
    ],
)
def test_days_are_those_of_the_studys_clock(
    session: Session, study: Study, at: datetime, state: str
) -> None:
    link = a_link(session, study, opens=date(2026, 6, 5), closes=date(2026, 6, 6))
    audience = session.get_one(Study, link.study_id)
    assert links.state_of(link, audience, at=at) == state


def test_a_link_that_is_full_or_closed_says_so(session: Session, study: Study) -> None:
    link = a_link(session, study, most=2)
    audience = session.get_one(Study, link.study_id)
    assert links.state_of(link, audience, count=1) == "open"
    assert links.state_of(link, audience, count=2) == "full"
    links.close_link(link, session=session, study_id=study.id)
    assert links.state_of(link, audience) == "closed"


def test_the_last_day_cannot_lie_before_the_first(session: Session, study: Study) -> None:
    with pytest.raises(LinkError, match="before the first"):
        a_link(session, study, opens=date(2026, 6, 6), closes=date(2026, 6, 5))


def test_what_cannot_be_asked_of_the_public_is_named(session: Session, study: Study) -> None:
    publish(
        study,
        "where",
        """
| survey |
| | type | name | label |
| | geopoint | spot | Where are you? |
| | text | why | Why? |
| | video | clip | Show us. |
""",
        session=session,
    )
    with pytest.raises(FitError) as refused:
        a_link(session, study, name="where")
    told = str(refused.value)
    assert "“spot”" in told
    assert "“clip”" in told
    assert "“why”" not in told
    assert audience_of(session=session, study_id=study.id) is None


def test_a_kiosk_needs_questions_that_need_no_server(session: Session, study: Study) -> None:
    with pytest.raises(FitError) as refused:
        a_link(session, study, name="daily", kind="kiosk")
    assert "“take”" in str(refused.value)
    assert a_link(session, study, kind="kiosk", naming="required").naming == "none"


def test_a_new_version_is_asked_when_somebody_says_so(session: Session, study: Study) -> None:
    link = a_link(session, study)
    assert not links.is_outdated(session=session, study=study, link=link)
    source = questionnaires.latest(session=session, study_id=study.id, name="audience")
    assert source
    text = source.source.decode().replace("Whose film is it?", "Whose film was it?")
    publish(study, "audience", text, session=session)
    assert links.is_outdated(session=session, study=study, link=link)
    assert links.renew(session=session, study=study, link=link).version == 2
    assert not links.is_outdated(session=session, study=study, link=link)


def test_visitors_read_the_title_in_their_language(session: Session, study: Study) -> None:
    assert a_link(session, study).title["de"] == "Eine Minute nach dem Film"
    assert a_link(session, study, title={"de": "Danke"}).title == {"de": "Danke"}

"""Consent: published in every language of the study, and asked again of everybody."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import AuditEvent, Membership, Person, Study
from survey import consent
from survey.consent import ConsentError
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study

TEXTS = {"en": "We keep what you write.", "de": "Wir behalten, was du schreibst."}


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    made.languages = ["en", "de"]
    session.commit()
    return made


def publish(session: Session, study: Study, version: str, **texts: str) -> None:
    consent.publish(session=session, study_id=study.id, version=version, texts=TEXTS | texts)


def test_a_new_version_is_asked_of_who_agreed_before(session: Session, study: Study) -> None:
    person = session.exec(select(Person)).one()
    assert consent.missing(session=session, person=person) is None
    publish(session, study, "1")
    assert consent.missing(session=session, person=person)
    consent.give(session=session, person=person, version="1", language="de")
    assert consent.missing(session=session, person=person) is None
    publish(session, study, "2", en="We keep it for ten years.")
    wanted = consent.missing(session=session, person=person)
    assert wanted
    assert wanted.version == "2"
    assert consent.agreed(session=session, study_id=study.id) == {"1": 1}
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "consent.given")).one()
    assert event.account_id == session.exec(select(Membership.account_id)).one()
    withdraw(session=session, person=person)
    assert consent.agreed(session=session, study_id=study.id) == {}


@pytest.mark.parametrize(
    ("version", "texts", "said"),
    [
        ("", {}, "name or a number"),
        ("1", {"en": "Something else."}, "already a version 1"),
        ("2", {"de": " "}, "missing in: de"),
        ("2", {}, "word for word"),
    ],
)
def test_a_version_that_cannot_be_published_is_refused(
    session: Session, study: Study, version: str, texts: dict[str, str], said: str
) -> None:
    publish(session, study, "1")
    with pytest.raises(ConsentError, match=said):
        publish(session, study, version, **texts)
    assert len(consent.versions(session=session, study_id=study.id)) == 1

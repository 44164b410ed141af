"""What the history speaks of is called by codes and titles, as long as it is there."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlmodel import Session, select

from data.history import events
from data.tables import Membership, Person
from survey import entering, responses
from survey.history_names import names_in
from survey.questionnaires import latest
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study


def test_subjects_are_called_by_codes_until_they_are_gone(session: Session) -> None:
    study = a_study(session)
    membership = session.exec(select(Membership)).one()
    colleague = entering.open_account(session=session, study_id=study.id, role="coordinator")
    for member in (membership, colleague):
        entering.enter(session=session, token=entering.invite(session=session, membership=member))
    person = session.exec(select(Person)).one()
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    responses.submit(
        session=session, person=person, questionnaire=questionnaire, instance_id=uuid4(),
        answers={"mood": 7}, day=date(2026, 6, 3), language="en",
    )  # fmt: skip
    session.flush()
    accounts = {membership.account_id: "P01", colleague.account_id: "Coordinator 1"}

    def told() -> set[tuple[str, str]]:
        found = events(session=session, study_id=study.id)
        named = names_in(found, session=session, study_id=study.id, accounts=accounts)
        return {
            (each.action, named.get(each.subject_id, "?") if each.subject_id else "")
            for each in found
        }

    assert told() == {
        ("questionnaire.published", "daily 1"),
        ("invite.made", "P01"),
        ("invite.made", "Coordinator 1"),
        ("signed.in", "P01"),
        ("signed.in", "Coordinator 1"),
        ("response.submitted", "P01 2026-06-03"),
    }
    withdraw(session=session, person=person)
    session.flush()
    assert ("response.submitted", "?") in told()
    assert ("consent.withdrawn", "P01") in told()
    sent = events(session=session, study_id=study.id, actions=["response.submitted"])
    assert [each.account_id for each in sent] == [membership.account_id]

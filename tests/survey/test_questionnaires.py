"""Publishing questionnaires: immutable versions, with the files that belong to them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlmodel import Session, col, select

from data.tables import Questionnaire, Study
from survey import questionnaires
from survey.filling import Filling
from survey.responses import ResponseError, submit
from survey.xlsform import FormError
from tests.studies_for_tests import DAILY, a_person, a_study

LENSES = """
| survey |
| | type | name | label | choice_filter |
| | select_one kinds | kind | Kind | |
| | select_one_from_file lenses.csv | lens | Lens | kind=${kind} |
| choices |
| | list_name | name | label |
| | kinds | wide | Wide |
| | kinds | long | Long |
"""
FILES = {"lenses.csv": b"name,label,kind\nl24,24 mm,wide\nl85,85 mm,long\n", "set.png": b"\x89PNG"}


@pytest.fixture
def study(session: Session) -> Study:
    return a_study(session)


def publish(session: Session, study: Study, source: str, **more: object) -> Questionnaire:
    values = {"filename": "daily.md", "content": source.encode()}
    return questionnaires.publish(
        session=session,
        study_id=study.id,
        **(values | more),  # type: ignore[arg-type] # the test chooses
    )


def test_the_same_file_is_the_same_version(session: Session, study: Study) -> None:
    assert publish(session, study, DAILY).version == 1


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(
    session: Session, study: Study
) -> None:
    newer = publish(session, study, DAILY.replace("tonight", "today"))
    kept = session.exec(select(Questionnaire).order_by(col(Questionnaire.version))).all()
    assert [each.version for each in kept] == [1, 2]
    assert kept[0].source == DAILY.encode()
    assert questionnaires.latest(session=session, study_id=study.id, name="daily") == newer


def test_a_name_of_its_own_makes_a_file_a_version_of_that_questionnaire(
    session: Session, study: Study
) -> None:
    changed = DAILY.replace("tonight", "today")
    newer = publish(session, study, changed, filename="daily (3).md", name="daily")
    assert (newer.name, newer.version) == ("daily", 2)


def test_what_cannot_be_used_is_refused_and_changes_nothing(session: Session, study: Study) -> None:
    with pytest.raises(FormError):
        publish(session, study, DAILY.replace("${mood}", "${moody}"))
    assert len(session.exec(select(Questionnaire)).all()) == 1


def test_lists_of_choices_come_with_a_version(session: Session, study: Study) -> None:
    published = publish(session, study, LENSES, filename="lenses.md", files=FILES)
    session.commit()
    filling = Filling(questionnaires.form_of(published))
    filling.answer("/data/kind", "wide")
    assert [offer.label.text for offer in filling.choices("/data/lens")] == ["24 mm"]
    assert questionnaires.material(published, "set.png") == FILES["set.png"]
    assert questionnaires.material(published, "other.png") is None


def test_another_list_is_another_version(session: Session, study: Study) -> None:
    publish(session, study, LENSES, filename="lenses.md", files=FILES)
    files = {"lenses.csv": b"name,label,kind\nl35,35 mm,wide\n"}
    assert publish(session, study, LENSES, filename="lenses.md", files=files).version == 2


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"kind": "wide", "lens": "l85"}, "/data/lens"),  # hidden by the filter
        ({"kind": "fisheye"}, "/data/kind"),  # never offered
        ({"kind": "wide", "colour": "red"}, "/data/colour"),  # never asked
    ],
)
def test_a_choice_that_was_not_offered_is_refused_whatever_a_browser_claims(
    session: Session, study: Study, answers: dict[str, str], path: str
) -> None:
    published = publish(session, study, LENSES, filename="lenses.md", files=FILES)
    with pytest.raises(ResponseError) as refused:
        submit(
            session=session,
            person=a_person(session, study, "P09"),
            questionnaire=published,
            instance_id=uuid4(),
            answers=answers,
            day=study.start,
            language="en",
        )
    assert [problem.path for problem in refused.value.problems] == [path]


def test_answers_are_counted_by_version(session: Session, study: Study) -> None:
    first = questionnaires.latest(session=session, study_id=study.id, name="daily")
    assert first
    second = publish(session, study, DAILY.replace("tonight", "today"))
    person = a_person(session, study, "P09")
    for version in (first, second, second):
        submit(
            session=session,
            person=person,
            questionnaire=version,
            instance_id=uuid4(),
            answers={"mood": 7},
            day=study.start,
            language="en",
        )
    counted = questionnaires.answers_by_version(session=session, study_id=study.id)
    assert counted == {first.id: 1, second.id: 2}

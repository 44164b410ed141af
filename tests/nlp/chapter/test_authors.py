"""What authors write stays, is told apart from what was computed, and opens the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from data.tables import (
    AuditEvent,
    ChapterText,
    Person,
    QuotationRelease,
    Study,
    Team,
    ThemeRun,
)
from data.tables.base import now
from nlp.chapter import write
from nlp.chapter.authors import FACTS, OvertakenTextError, slots, texts_of, write_text
from nlp.chapter.gate import open_points
from nlp.chapter.material import Material, gather
from nlp.chapter.sections.cases import is_released
from nlp.deciding import Desk, ask, rename
from nlp.quoting import choose, one, put, send
from nlp.results import read_run
from tests.runs_for_tests import a_run, a_written_study, passages_of


@pytest.fixture
def study(session: Session) -> Study:
    made = a_written_study(session)
    made.design = {
        "research_questions": [{"key": "money", "text": {"en": "Does it cost less?"}}],
        "events": [],
    }
    session.flush()
    return made


@pytest.fixture
def run(session: Session, study: Study) -> ThemeRun:
    return a_run(session, study)


def own(session: Session, study: Study, key: str, text: str, *, seen: int = 0) -> ChapterText:
    return write_text(
        key, text, session=session, study_id=study.id, language="en", account_id=None, seen=seen
    )


def markdown(session: Session, study: Study) -> str:
    return write(study.slug, session=session, format="md").decode()


def material(session: Session, study: Study, run: ThemeRun) -> Material:
    return gather(session=session, study=study, run=run, language="en")


def missing(session: Session, study: Study, run: ThemeRun) -> list[str]:
    found = material(session, study, run)
    return [str(point) for point in open_points(found, session=session)]


@pytest.mark.usefixtures("run")
def test_own_paragraphs_stand_in_their_places_and_stay(session: Session, study: Study) -> None:
    own(session, study, "opening", "We went there.\n\nWe stayed a month.")
    own(session, study, "question:money", "It moved the money.")
    first = markdown(session, study)
    assert first.index("We went there.\n\nWe stayed a month.") < first.index("## What this chapter")
    assert first.index("## Does it cost less?") < first.index("It moved the money.")
    a_run(session, study)
    assert "It moved the money." in markdown(session, study)


def test_a_theme_stands_below_the_question_it_answers(
    session: Session, study: Study, run: ThemeRun
) -> None:
    desk = Desk(session=session, run_id=run.id, account_id=None, seen=0)
    ask(desk, 1, ["money"])
    text = markdown(session, study)
    assert text.index("## Does it cost less?") < text.index("### rain · wet")
    assert text.index("### rain · wet") < text.index("## Further themes")


def test_of_two_who_change_a_text_the_second_is_told(session: Session, study: Study) -> None:
    kept = own(session, study, "opening", "First.")
    own(session, study, "opening", "Second.", seen=kept.revision)
    with pytest.raises(OvertakenTextError) as refused:
        own(session, study, "opening", "Third.", seen=1)
    assert refused.value.text == "Second."
    texts = texts_of(session=session, study_id=study.id, language="en")
    assert texts["opening"].text == "Second."


def test_the_history_knows_that_a_text_changed_not_what_it_says(
    session: Session, study: Study
) -> None:
    own(session, study, "opening", "A secret.")
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "chapter.text")).one()
    assert "secret" not in str(event.details)


def test_every_place_is_offered(session: Session, study: Study) -> None:
    teams = session.exec(select(Team).where(Team.study_id == study.id)).all()
    keys = [slot.key for slot in slots(study, teams, language="en")]
    assert keys[:2] == ["opening", "question:money"]
    assert {f"case:{team.code}" for team in teams} <= set(keys)
    assert keys[-4:] == [slot.key for slot in FACTS]


def cases(session: Session, study: Study) -> Iterator[str]:
    for team in session.exec(select(Team).where(Team.study_id == study.id)).all():
        yield team.code


def finish(session: Session, study: Study, run: ThemeRun) -> None:
    """Do everything that a final version needs."""
    for slot in FACTS:
        own(session, study, slot.key, "Known.")
    for code in cases(session, study):
        own(session, study, f"case:{code}", "They shot at night.")
        own(session, study, f"case-release:{code}", "All of them, on paper.")
    found = read_run(session=session, run=run)
    desk = Desk(session=session, run_id=run.id, account_id=None, seen=0)
    for theme in found.themes:
        rename(desk, theme.number, f"Theme {theme.number}", language="en")
    english = next(each for each in passages_of(session, study) if each.language == "en")
    quotation = put(session=session, study_id=study.id, passage_id=english.id, account_id=None)
    send([quotation.id], session=session, study_id=study.id, account_id=None)
    quoted = one(quotation.id, session=session)
    assert quoted is not None
    person = session.get_one(Person, quotation.person_id)
    choose(
        quotation.id,
        "unattributed",
        person=person,
        seen=quoted.showing,
        session=session,
        account_id=None,
    )
    session.commit()


def test_with_everything_done_it_is_final_and_its_quotations_are_printed(
    session: Session, study: Study, run: ThemeRun
) -> None:
    finish(session, study, run)
    assert missing(session, study, run) == []
    text = markdown(session, study)
    assert "Draft" not in text
    assert "released without a name" in text
    release = session.exec(select(QuotationRelease)).one()
    assert release.printed_at is not None
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "chapter.written")).all()[-1]
    assert event.details == {"format": "md", "final": True}


def test_without_a_reply_nothing_is_quoted(session: Session, study: Study, run: ThemeRun) -> None:
    finish(session, study, run)
    release = session.exec(select(QuotationRelease)).one()
    release.choice, release.chosen_at = "", None
    session.commit()
    assert "Quotations without a reply: 1" in missing(session, study, run)
    assert "\n> " not in markdown(session, study)


def test_a_draft_says_what_is_missing(session: Session, study: Study, run: ThemeRun) -> None:
    points = missing(session, study, run)
    assert sum("nothing is written yet" in point for point in points) == len(FACTS)
    assert "Themes that nobody has named yet: 3" in points
    text = markdown(session, study)
    assert "Draft." in text
    assert all(point in text for point in points)


@pytest.mark.usefixtures("run")
def test_a_case_is_released_until_it_changes(session: Session, study: Study) -> None:
    code = next(cases(session, study))
    case = own(session, study, f"case:{code}", "They shot at night.")
    assert "They shot at night.\n\n*not released*" in markdown(session, study)
    own(session, study, f"case-release:{code}", "All of them.")
    assert "*not released*" not in markdown(session, study)
    changed = own(session, study, f"case:{code}", "They shot by day.", seen=case.revision)
    changed.changed_at = now() + timedelta(seconds=1)
    session.flush()
    assert "They shot by day.\n\n*not released*" in markdown(session, study)


def test_a_case_is_no_longer_released_when_somebody_of_the_team_withdrew(
    session: Session, study: Study, run: ThemeRun
) -> None:
    code = next(cases(session, study))
    own(session, study, f"case:{code}", "They shot at night.")
    own(session, study, f"case-release:{code}", "All of them.")
    found = material(session, study, run)
    assert is_released(code, found)
    member = next(each for each in found.people if each.team_id == found.teams[code].id)
    member.withdrawn_at = now() + timedelta(seconds=1)
    session.flush()
    assert not is_released(code, material(session, study, run))

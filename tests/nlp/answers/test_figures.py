"""Structured answers: each number is the one in the database, and few people are protected."""

from __future__ import annotations

import datetime as dt
import math
from uuid import UUID

import pytest
from sqlmodel import Session, select

from data.tables import Response, Study
from data.tables import Team as TeamRow
from nlp.answers import Figure, behind, figure_of, figures_of, read_answers, topics
from nlp.answers.accounts import accounts, decisions_told
from nlp.charts import png, svg
from survey import questionnaires
from survey.decisions import decision
from survey.figures import Rate, as_design, rate_on
from tests.studies_for_tests import a_person, a_study

LOG = """
| survey |
| | type | name | label::English (en) | parameters |
| | begin_repeat | task | Task | |
| | select_one who | who | Who did it? | |
| | select_one before | before | Who would have? | |
| | decimal | hours | Hours | |
| | end_repeat | | | |
| | integer | made | Made | |
| | integer | kept | Kept | |
| | select_multiple why | why | Why? | |
| | decimal | planned | Planned | |
| | decimal | spent | Spent | |
| | text | currency | Currency | |
| | select_one who | ai | For AI? | |
| | range | trust | Trust? | start=0 end=10 step=1 |
| | text | words | Words | |
| choices |
| | list_name | name | label::English (en) |
| | who | person | A person |
| | who | ai | An AI tool |
| | before | me | I |
| | before | nobody | Nobody |
| | why | a | Acting |
| | why | b | Light |
"""
FIGURES = [
    {"key": "tasks", "kind": "cross", "title": {"en": "Tasks"}, "questionnaire": "log",
     "rows": "/data/task/before", "columns": "/data/task/who", "amount": "/data/task/hours"},
    {"key": "money", "kind": "money", "title": {"en": "Money"}, "questionnaire": "log",
     "planned": "/data/planned", "spent": "/data/spent", "currency": "/data/currency",
     "marked": "/data/ai", "counted_in": "CNY"},
    {"key": "takes", "kind": "funnel", "title": {"en": "Takes"}, "questionnaire": "log",
     "stages": ["/data/made", "/data/kept"], "reasons": ["/data/why"]},
    {"key": "trust", "kind": "scale", "title": {"en": "Trust"}, "questionnaire": "log",
     "path": "/data/trust"},
    {"key": "told", "kind": "accounts", "title": {"en": "Told"}, "questionnaire": "log",
     "roles": ["director", "AI creator"]},
]  # fmt: skip
START = dt.date(2026, 6, 1)


@pytest.fixture
def study(session: Session) -> Study:
    """Eight people of two teams, each with four entries; one person of team B chose alone."""
    made = a_study(session)
    made.design = {
        "figures": FIGURES,
        "rates": as_design([Rate(START, "EUR", 8.0), Rate(dt.date(2026, 6, 20), "EUR", 7.0)]),
        "events": [{"day": "2026-06-03", "title": {"en": "Rain"}}],
    }
    log = questionnaires.publish(
        session=session, study_id=made.id, filename="log.md", content=LOG.encode()
    )
    teams = [session.exec(select(TeamRow)).one(), TeamRow(study_id=made.id, code="B")]
    session.add(teams[1])
    session.flush()
    about = decision(session=session, study_id=made.id, label="14B")
    assert about is not None
    for number in range(8):
        person = a_person(session, made, f"P1{number}", team=teams[number // 4])
        person.name = f"Zarathustra {chr(65 + number)}milson"
        person.role = "director" if number == 0 else "AI creator" if number == 1 else "editor"
        for turn, day in enumerate((1, 2, 20, 21)):
            answers = {
                "task": [
                    {"who": "ai", "before": "me", "hours": 1.5},
                    {"who": "person", "before": "me", "hours": 2.0},
                ],
                "made": 10, "kept": 1, "why": ["a", "b"] if number == 7 else ["a"],
                "planned": 100, "spent": 50, "ai": "ai",
                "currency": "EUR" if number == 0 else "CNY",
                "trust": 4 + (turn > 1) * 2,
                "words": "Zarathustra Dmilson said no.",
            }  # fmt: skip
            session.add(
                Response(
                    study_id=made.id, questionnaire_id=log.id, person_id=person.id,
                    team_id=person.team_id, decision_id=about.id, nationalities=["CN"],
                    day=START + dt.timedelta(days=day), language="en" if number < 4 else "de",
                    answers=answers, sha256="0" * 64,
                )
            )  # fmt: skip
    session.add(made)
    session.commit()
    return made


def figure(session: Session, study: Study, key: str) -> Figure:
    return figure_of(read_answers(session=session, study=study), key, "en")


def numbers(found: Figure, part: str) -> dict[str, float]:
    return {
        cell.name: cell.value for each in found.parts if each.key == part for cell in each.cells
    }


def test_tasks_are_counted_turn_by_turn(session: Session, study: Study) -> None:
    found = figure(session, study, "tasks")
    assert numbers(found, "columns") == {"A person": 32, "An AI tool": 32}
    assert numbers(found, "amounts") == {"A person": 64.0, "An AI tool": 48.0}
    assert numbers(found, "cross")["I · An AI tool"] == 32
    assert numbers(found, "teams")["A person · Team A"] == 50.0


def test_money_is_counted_with_the_rate_of_its_day(session: Session, study: Study) -> None:
    found = figure(session, study, "money")
    # P10 pays in euros: two sums at 8, two at 7; seven others pay four times 100 yuan.
    planned = 7 * 4 * 100 + 2 * 800 + 2 * 700
    assert numbers(found, "marked") == {
        "An AI tool · planned": planned, "An AI tool · spent": planned / 2,
    }  # fmt: skip
    said = [str(note) for note in found.notes]
    assert any("1 EUR = 8 CNY, rate of 2026-06-01" in note and ": 2." in note for note in said)
    assert any("rate of 2026-06-20" in note for note in said)


def test_a_sum_without_a_rate_is_not_counted_and_said(session: Session, study: Study) -> None:
    study.design = {**study.design, "rates": []}
    found = figure(session, study, "money")
    assert numbers(found, "marked")["An AI tool · planned"] == 7 * 4 * 100
    assert any("EUR not counted, for want of a rate: 4" in str(note) for note in found.notes)


def test_the_newest_rate_until_the_day_holds() -> None:
    rates = [Rate(START, "EUR", 8.0), Rate(dt.date(2026, 6, 20), "EUR", 7.0)]
    for day, rate in (
        (dt.date(2026, 5, 1), 8.0),
        (dt.date(2026, 6, 19), 8.0),
        (dt.date(2026, 7, 1), 7.0),
    ):
        found = rate_on(rates, "EUR", day)
        assert found is not None
        assert found.rate == rate
    assert rate_on(rates, "USD", START) is None


def test_the_funnel_adds_up_in_all_and_by_team(session: Session, study: Study) -> None:
    found = figure(session, study, "takes")
    assert numbers(found, "stages") == {"Made": 320, "Kept": 32}
    assert numbers(found, "teams")["Team A · Made"] == 160


def test_what_one_person_chose_is_not_shown(session: Session, study: Study) -> None:
    found = figure(session, study, "takes")
    reasons = {cell.row: cell for cell in found.parts[-1].cells}
    assert not reasons["Light"].shown
    assert math.isnan(reasons["Light"].value)
    assert reasons["Light"].entries == ()
    # Alone hidden it could be worked out of the others.
    assert not reasons["Acting"].shown
    assert "Light" not in " ".join(str(sentence) for sentence in found.parts[-1].sentences)


def test_scales_are_compared_across_languages_only_as_change(
    session: Session, study: Study
) -> None:
    found = figure(session, study, "trust")
    days = next(part for part in found.parts if part.key == "days")
    assert {cell.panel for cell in days.cells} == {"Team A", "B"}
    assert next(cell for cell in days.cells if cell.shown).value == pytest.approx(4.0)
    change = {cell.row: cell for cell in found.parts[1].cells}
    assert {name: cell.value for name, cell in change.items()} == {"English": 2.0, "German": 2.0}
    assert change["English"].people == 4
    assert any("Rain" in str(sentence) for sentence in days.sentences)


def test_every_number_leads_to_its_entries_masked(session: Session, study: Study) -> None:
    found = figure(session, study, "takes")
    keys = found.parts[0].cells[0].entries
    assert len(keys) == 32
    account = UUID(int=1)
    entries = behind(keys[:3], session=session, study=study, account_id=account, language="en")
    assert [entry.key for entry in entries] == list(keys[:3])
    assert ("Words", "[colleague] said no.") in entries[0].lines


def test_every_question_has_a_figure_that_is_drawn(session: Session, study: Study) -> None:
    answers = read_answers(session=session, study=study)
    keys = topics(answers, "en")
    assert list(keys)[:4] == ["tasks", "money", "takes", "trust"]
    assert "log:/words" not in keys
    assert "log:/task" in keys
    for key in keys:
        for part in figure_of(answers, key, "en").parts:
            drawing = part.draw("dark")
            assert drawing.chart.to_dict()["description"]
            assert len(drawing.table) == len(part.cells)
    assert [each.key for each in figures_of(answers, "zh-Hans")] == list(keys)[:4]


def test_charts_are_saved(session: Session, study: Study) -> None:
    for key in ("tasks", "trust"):
        for part in figure(session, study, key).parts:
            chart = part.draw("light").chart
            assert png(chart, dpi=72).startswith(b"\x89PNG")
            assert "null" not in svg(chart)


def test_one_decision_is_told_side_by_side(session: Session, study: Study) -> None:
    ((key, (label, count)),) = decisions_told(session=session, study_id=study.id).items()
    assert (label, count) == ("14B", 32)
    named, told = accounts(key, session=session, study=study, account_id=UUID(int=1), language="en")
    assert named == "14B"
    assert [each.role for each in told] == ["director", "AI creator", "editor"]
    assert [len(each.pieces) for each in told] == [4, 4, 24]
    assert "Zarathustra" not in str(told)


def test_a_study_without_answers_has_no_numbers(session: Session) -> None:
    study = a_study(session)
    answers = read_answers(session=session, study=study)
    for key in topics(answers, "en"):
        assert figure_of(answers, key, "en").parts == []

"""Questionnaires on the screen: every kind of question, and nothing answered by drawing alone."""

from __future__ import annotations

from typing import Any

import pytest

from pages.drawing.form import undrawn
from pages.drawing.kinds import DRAWN
from survey.filling import Filling, validate
from survey.xlsform import attach, load
from survey.xlsform.kinds import UNSEEN
from tests.pages.drawing.conftest import EVERY_KIND, LENSES, Screen, run

CASCADE = """
| survey |
| | type | name | label | choice_filter | appearance |
| | select_one country | country | Country | | minimal |
| | select_one city | city | City | country=${country} | |
| choices |
| | list_name | name | label | country |
| | country | cn | China | |
| | country | de | Germany | |
| | city | sh | Shanghai | cn |
| | city | bj | Beijing | cn |
| | city | b | Berlin | de |
"""


def markdown(app: Any) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def test_every_type_that_is_seen_is_drawn() -> None:
    form = load(EVERY_KIND.encode(), file_type=".md")
    types = {question.type for question in form.questions()} - UNSEEN - {"instanceID"}
    assert types <= set(DRAWN)
    assert undrawn(Filling(form)) == []
    assert set(DRAWN) - types <= {"calculate", "hidden", "osm", "geoshape", "select_one_external"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "A moment of sincere feeling"), ("zh-Hans", "真情流露的一刻")],
)
def test_drawing_answers_nothing(screen: Screen, language: str, said: str) -> None:
    app = screen(language=language)
    assert said in markdown(app)
    assert run(app).session_state.kept == {}


def test_a_label_that_is_missing_shows_the_default_and_says_so(screen: Screen) -> None:
    app = screen(language="zh-Hans")
    assert "Only in English" in markdown(app)


def test_answers_that_no_widget_can_show_stay(screen: Screen) -> None:
    answers = {
        "made": 10**17,
        "at": "21:05:00.000+02:00",
        "moment": "2026-06-20T21:30:00.000+08:00",
        "again": "perhaps",
        "tools": ["image", "gone"],
        "way": "31.2 121.4 0 0;31.3 121.5 0 0",
        "mood": 77,
        "day": "1789-07-14",
        "photo": "lost.jpg",
    }
    app = screen(answers=answers)
    assert run(app).session_state.kept == {}


def test_what_is_chosen_is_kept_at_once(screen: Screen) -> None:
    app = screen()
    run(app.radio(key="test/data/again").set_value("yes"))
    run(app.number_input(key="test/data/made").set_value(12))
    run(app.selectbox(key="test/data/min").set_value("3"))
    run(app.checkbox(key="test/data/boxes-2").check())
    assert app.session_state.kept == {
        "/data/again": "yes",
        "/data/made": 12,
        "/data/min": "3",
        "/data/boxes": ["2"],
    }


def test_a_choice_can_be_taken_back(screen: Screen) -> None:
    app = screen()
    run(app.radio(key="test/data/again").set_value("yes"))
    run(app.button(key="test/data/again-clear").click())
    assert app.session_state.kept["/data/again"] is None
    assert run(app).radio(key="test/data/again").value is None


def test_a_choice_no_longer_offered_goes_from_the_screen_and_from_what_is_kept(
    screen: Screen,
) -> None:
    app = screen(CASCADE)
    run(app.selectbox(key="test/data/country").set_value("cn"))
    run(app.radio(key="test/data/city").set_value("sh"))
    run(app.selectbox(key="test/data/country").set_value("de"))
    assert app.session_state.kept == {"/data/country": "de", "/data/city": None}
    assert [radio.options for radio in app.radio] == [["Berlin"]]
    assert app.radio[0].value is None
    assert run(app).session_state.kept["/data/city"] is None


def test_switching_the_language_loses_nothing(screen: Screen) -> None:
    app = screen()
    run(app.radio(key="test/data/again").set_value("no"))
    run(app.text_area(key="test/data/area").set_value("他没有走。"))
    app.session_state.language = "zh-Hans"
    run(app)
    assert app.text_area(key="test/data/area").value == "他没有走。"
    assert app.radio(key="test/data/again").value == "no"
    assert app.session_state.kept["/data/area"] == "他没有走。"


def test_turns_are_added_and_removed(screen: Screen) -> None:
    app = screen()
    run(app.text_area(key="test/data/take[1]/why").set_value("first"))
    run(app.button(key="add-test/data/take").click())
    assert app.text_area(key="test/data/take[2]/why").value == ""
    run(app.button(key="remove-test/data/take[1]").click())
    assert "take[2]" not in str([area.key for area in app.text_area])


def test_choices_are_put_in_order_by_pressing_them(screen: Screen) -> None:
    app = screen()
    for name in ("edit", "image"):
        run(app.button(key=f"test/data/order-take-{name}").click())
    assert app.session_state.kept["/data/order"] == ["edit", "image"]
    run(app.button(key="test/data/order-↑-image").click())
    assert app.session_state.kept["/data/order"] == ["image", "edit"]
    run(app.button(key="test/data/order-✕-edit").click())
    assert app.session_state.kept["/data/order"] == ["image"]


def test_what_is_missing_is_said_at_its_question_and_in_a_list_that_leads_there(
    screen: Screen,
) -> None:
    assert not screen().error
    app = screen(insist=True)
    assert len(app.error) == 3
    assert "[One line](#q-data-line)" in markdown(app)


def test_what_a_formula_gives_is_shown_and_cannot_be_changed(screen: Screen) -> None:
    source = """
| survey |
| | type | name | label | calculation |
| | integer | made | How many? | |
| | decimal | half | Half of them | ${made} div 2 |
"""
    app = screen(source, answers={"made": 9})
    assert "4.5" in [each.value for each in app.markdown]
    assert [each.key for each in app.number_input] == ["test/data/made"]


def test_what_is_forced_past_the_widgets_is_named_and_not_accepted(screen: Screen) -> None:
    app = screen(insist=True)
    app.session_state["test/data/look"] = "poison"  # what a forged message would leave there
    app.session_state["test/data/ratio"] = 99
    app.session_state["test/data/city"] = "sh"  # is not asked for yet
    run(app)
    assert "poison is not one of the choices" in " ".join(each.value for each in app.error)
    form = attach(load(EVERY_KIND.encode(), file_type=".md"), {"lenses.csv": LENSES})
    checked = validate(form, app.session_state["answers"])
    assert ("/data/look", "choice") in {(each.path, each.kind) for each in checked.problems}
    assert {"ratio", "city"}.isdisjoint(checked.submission)

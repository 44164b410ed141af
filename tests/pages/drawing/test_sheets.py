"""Questionnaires on several pages."""

from __future__ import annotations

from pages.drawing.sheets import sheets
from survey.filling import Filling
from survey.xlsform import load
from tests.pages.drawing.conftest import Screen, run

PAGED = """
| survey |
| | type | name | label | appearance | required | relevant |
| | integer | made | How many takes? | | yes | |
| | text | why | Why so many? | | | ${made} > 9 |
| | begin_group | day | The day | field-list | | |
| | text | best | The best of it | | yes | |
| | text | worst | The worst of it | | | |
| | end_group | | | | | |
| | begin_group | crew | The crew | | | |
| | text | who | Who? | | | |
| | end_group | | | | | |
| | begin_repeat | take | Take | | | |
| | integer | kept | Kept? | | | |
| | end_repeat | | | | | |
| settings |
| | style |
| | pages |
"""
ONE = PAGED.replace("| settings |\n| | style |\n| | pages |\n", "")


def paths(source: str, **answers: object) -> list[tuple[str, ...]]:
    filling = Filling(load(source.encode(), file_type=".md"), answers=answers or None)
    return [sheet.paths for sheet in sheets(filling)]


def test_without_the_style_there_is_one_page() -> None:
    assert len(paths(ONE)) == 1


def test_a_question_has_a_page_and_a_field_list_shares_one() -> None:
    assert paths(PAGED) == [
        ("/data/made",),
        ("/data/day/best", "/data/day/worst"),
        ("/data/crew/who",),
        ("/data/take[1]/kept",),
    ]


def test_pages_come_and_go_with_what_is_asked() -> None:
    assert ("/data/why",) in paths(PAGED, made=12)


def test_the_headings_of_the_sections_around_are_on_every_page() -> None:
    pages = sheets(Filling(load(PAGED.encode(), file_type=".md")))
    assert [place.part for place in pages[2].places] == ["group", "question"]
    assert [place.part for place in pages[3].places] == [
        "turn",
        "question",
        "end_turn",
        "end_repeat",
    ]


def test_on_leads_only_past_a_page_without_problems(screen: Screen) -> None:
    app = screen(PAGED)
    assert not app.session_state.complete
    run(app.button(key="next-test").click())
    assert [each.value for each in app.error] == ["This question must be answered."]
    run(app.number_input(key="test/data/made").set_value(12))
    run(app.button(key="next-test").click())
    assert app.text_input(key="test/data/why").value == ""
    run(app.button(key="back-test").click())
    assert app.number_input(key="test/data/made").value == 12


def test_it_can_be_sent_from_the_last_page_only(screen: Screen) -> None:
    app = screen(PAGED, answers={"made": 1, "day": {"best": "x"}, "take": [{"kept": 1}]})
    for _ in range(3):
        assert not app.session_state.complete
        run(app.button(key="next-test").click())
    assert app.session_state.complete
    assert app.number_input(key="test/data/take[1]/kept").value == 1


def test_a_line_of_the_list_leads_to_the_page_of_its_question(screen: Screen) -> None:
    app = screen(PAGED, answers={"made": 1, "take": [{}]}, insist=True)
    run(app.button(key="problem-test-0").click())
    assert "test/data/day/best" in [each.key for each in app.text_input]


QUICK = """
| survey |
| | type | name | label | appearance |
| | select_one yes_no | again | Again? | quick |
| | text | why | Why? | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| settings |
| | style |
| | pages |
"""


def test_a_quick_choice_leads_on_by_itself(screen: Screen) -> None:
    app = screen(QUICK)
    run(app.radio(key="test/data/again").set_value("no"))
    assert [each.key for each in app.text_input] == ["test/data/why"]
    assert app.session_state.kept == {"/data/again": "no"}

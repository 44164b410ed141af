"""What a page shows by itself is what the engine would show."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.audience.conditions import conditions, is_foreseeable, key_of
from survey.filling import Filling
from survey.xlsform import Form, load

SOURCE = """
| survey |
| | type | name | label | relevant |
| | select_one some | one | One? | |
| | select_multiple some | many | Many? | ${one} != 'a' |
| | range | grade | How much? | |
| | acknowledge | sure | Sure? | ${grade} > 5 |
| | begin_group | inner | Inner | selected(${many}, 'b') or ${sure} = 'OK' |
| | text | why | Why? | ${one} = 'c' |
| | end_group | | | |
| | integer | age | Age? | |
| | text | old | Since when? | ${age} > 60 |
| choices |
| | list_name | name | label |
| | some | a | A |
| | some | b | B |
| | some | c | C |
"""


@cache
def form() -> Form:
    return load(SOURCE.encode(), file_type=".md")


def shown(path: str, answers: dict[str, object]) -> bool:
    """Say what the script of the page would."""
    condition = conditions(form())[path]
    key = tuple(key_of(answers.get(each.removeprefix("/data/"))) for each in condition.looks_at)
    return key in condition.shown


CHOICES = st.sampled_from(["a", "b", "c"])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "one": CHOICES,
        "many": st.lists(CHOICES, unique=True, min_size=1),
        "grade": st.integers(1, 10),
        "sure": st.just("OK"),
    },
)


@settings(deadline=None)  # the first time all is worked out
@given(ANSWERS)
def test_the_page_and_the_engine_agree(answers: dict[str, object]) -> None:
    filling = Filling(form())
    for name, answer in answers.items():
        filling.answer(f"/data/{name}", answer)
    for path in ("/data/many", "/data/sure", "/data/inner", "/data/inner/why"):
        assert shown(path, answers) == filling.relevant(path), path


def test_what_depends_on_a_number_that_is_typed_is_left_to_the_server() -> None:
    elements = {element.name: element for element in form().walk()}
    assert not is_foreseeable(form(), elements["old"])
    assert is_foreseeable(form(), elements["age"])
    assert "/data/old" not in conditions(form())

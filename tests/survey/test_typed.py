"""What is typed into a box, as an answer, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.filling import Filling
from survey.typed import answer_of, is_typed, text_of
from survey.xlsform import Question, load

FORM = load(
    b"""
| survey |
| | type | name | label | appearance | parameters |
| | integer | made | How many? | | |
| | decimal | spent | How much? | | |
| | range | fine | How exactly? | | start=0 end=1000 step=1 |
| | range | mood | How are you? | | |
| | date | since | Since which year? | year | |
| | date | day | Which day? | | |
| | text | code | Code | masked | |
| | geopoint | where | Where? | | |
| settings |
| | form_title |
| | Typed |
""",
    file_type="md",
)


def question(name: str) -> Question:
    found = FORM.elements["data", name]
    assert isinstance(found, Question)
    return found


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        ("made", " 12 ", 12),
        ("made", "１２", 12),
        ("made", "-3", -3),
        ("made", "12.5", "12.5"),
        ("made", "a dozen", "a dozen"),
        ("made", " ", None),
        ("spent", "12", 12),
        ("spent", "12.50", 12.5),
        ("spent", "12,5", 12.5),
        ("spent", "12，50", 12.5),
        ("spent", "12,000", "12,000"),
        ("spent", "12.", 12),
        ("spent", "1,200.50", "1,200.50"),
        ("fine", "640", 640),
        ("since", "1998", "1998-01-01"),
        ("since", "199", "199"),
        ("code", "0042", "0042"),
        ("code", "", None),
        ("where", "31.23 121.47", "31.23 121.47"),
    ],
)
def test_what_is_typed_is_understood_or_kept_as_it_is(name: str, text: str, answer: object) -> None:
    found = answer_of(question(name), text)
    assert found == answer
    assert type(found) is type(answer)
    filling = Filling(FORM)
    filling.answer(f"/data/{name}", found)
    assert filling.value(f"/data/{name}") == answer


def test_what_is_no_number_is_said_and_not_lost() -> None:
    filling = Filling(FORM)
    filling.answer("/data/spent", answer_of(question("spent"), "12,000"))
    assert filling.problem("/data/spent") is not None
    assert filling.value("/data/spent") == "12,000"


@given(st.integers(-(10**15), 10**15) | st.decimals(-9999, 9999, places=2).map(float))
def test_a_number_stands_in_the_box_as_it_is_read_again(number: float) -> None:
    spent = question("spent")
    assert answer_of(spent, text_of(spent, number)) == number


@given(st.text())
def test_no_text_is_lost(text: str) -> None:
    for name in ("made", "spent", "fine", "since"):
        kept = answer_of(question(name), text)
        assert kept is not None or not text.strip()


def test_a_year_stands_alone_in_its_box() -> None:
    assert text_of(question("since"), "1998-01-01") == "1998"
    assert text_of(question("since"), "1998-05-03") == "1998-05-03"
    assert text_of(question("made"), None) == ""


def test_what_is_pointed_at_is_not_typed() -> None:
    typed = {
        place[-1]
        for place, element in FORM.elements.items()
        if isinstance(element, Question) and is_typed(element)
    }
    assert typed == {"made", "spent", "fine", "since", "code", "where"}

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
        ("spent", "12,000", "12,000?"),
        ("spent", "12.000", "12.000?"),
        ("spent", "12.000?", "12.000?"),
        ("spent", "1,234", "1,234?"),
        ("spent", "１２．０００", "12.000?"),
        ("made", "12.000", "12.000?"),
        ("made", "-2,500", "-2,500?"),
        ("fine", "1.000", "1.000?"),
        ("spent", "12.", 12),
        ("spent", "0,125", 0.125),
        ("spent", "1234.567", 1234.567),
        ("spent", "1.2340", 1.234),
        ("spent", "1,200.50", 1200.5),
        ("spent", "1.200,50", 1200.5),
        ("spent", "1.234.567", 1234567),
        ("made", "1,234,567", 1234567),
        ("made", "12 000", 12000),
        ("spent", "12’000.5", 12000.5),
        ("spent", "1.234.56", "1.234.56"),
        ("spent", "1,20,000", "1,20,000"),
        ("spent", "1.2万", "1.2万"),
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


@pytest.mark.parametrize("name", ["made", "spent", "fine"])
@pytest.mark.parametrize("text", ["12,000", "12.000", "1.234"])
def test_a_number_that_may_mean_two_is_asked_back_and_stays_in_its_box(
    name: str, text: str
) -> None:
    filling = Filling(FORM)
    filling.answer(f"/data/{name}", answer_of(question(name), text))
    problem = filling.problem(f"/data/{name}")
    assert problem is not None
    large = text.replace(",", "").replace(".", "")
    assert str(problem.message).startswith(f"Is this {large} or 1")
    assert text_of(question(name), filling.value(f"/data/{name}")) == text


def test_what_is_no_number_is_said_and_not_lost() -> None:
    filling = Filling(FORM)
    filling.answer("/data/spent", answer_of(question("spent"), "a lot"))
    assert filling.problem("/data/spent") is not None
    assert filling.value("/data/spent") == "a lot"


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_however_thousands_are_parted_the_number_is_the_same_or_asked_back(
    whole: int, cents: int
) -> None:
    spent = question("spent")
    number = float(f"{whole}.{cents:02}")
    for thousands, decimals in (".,", ",.", " ,", "’."):
        typed = f"{whole:,}".replace(",", thousands) + f"{decimals}{cents:02}"
        assert answer_of(spent, typed) == number
        found = answer_of(spent, f"{whole:,}".replace(",", thousands))
        assert found in {whole, f"{whole:,}".replace(",", thousands) + "?"}


@given(st.integers(-(10**15), 10**15) | st.decimals(-9999, 9999, places=3).map(float))
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

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.applying.addresses import AddressError, checked, same


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@film.example", "ana@film", "a na@film.example", "ana@film..example",
     "ana@film.example, b@c.example", "Ana <ana@film.example>", "ana@film.example\nBcc: b@c.example",
     "安娜@film.example", "a" * 65 + "@film.example", "ana@-film.example", "x@" + "a." * 130 + "example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        checked(typed)


@given(st.text(max_size=300))
def test_no_text_reaches_a_letter_with_a_second_address_or_line(typed: str) -> None:
    try:
        found = checked(typed)
    except AddressError:
        return
    assert found.count("@") == 1
    assert found.isascii()
    assert not set(found) & set("\r\n\t ,;<>")


@pytest.mark.parametrize(
    "typed", ["ana.lima@gmail.com", "AnaLima@googlemail.com", "ana.lima+set@gmail.com"]
)
def test_spellings_of_one_address_are_one(typed: str) -> None:
    assert same(checked(typed)) == "analima@gmail.com"

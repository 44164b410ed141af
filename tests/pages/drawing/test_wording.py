"""The words of a form mean what they say."""

from __future__ import annotations

import pytest

from pages.drawing.wording import plain, worded


@pytest.mark.parametrize("text", ["From 9:30 to 10:00", "a: b", "**bold** and [a link](https://x)"])
def test_what_authors_write_stays(text: str) -> None:
    assert worded(text) == text


def test_no_formulas_icons_and_colours_are_read_into_a_text() -> None:
    assert worded("$5 $6 :red[x] :material/home:") == "\\$5 \\$6 \\:red[x] \\:material/home:"


def test_a_plain_text_has_no_markdown() -> None:
    assert plain("${a} * [b]") == "\\$\\{a\\} \\* \\[b\\]"

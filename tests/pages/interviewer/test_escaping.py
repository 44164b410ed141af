"""Words of a transcript are shown as they are, whatever Markdown or HTML would make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.interviewer.escaping import plain


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](https://example.org/pixel.png)",
        "**bold** _it_ `code` ~~gone~~ # not a heading",
        ":red[colour] $x^2$ :material/home: https://example.org",
    ],
)
def test_nothing_is_rendered(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(plain(text))
    assert html.count("<") == 2  # of the paragraph
    assert not set(":$~") & set(
        plain(text).replace("\\:", "").replace("\\$", "").replace("\\~", "")
    )


@given(st.text(max_size=80))
def test_every_letter_is_there_on_one_line(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    for letter in set(text):
        if letter.isalnum():
            assert shown.count(letter) == text.count(letter)

"""What a code means, as one text and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.exchange.definition import Definition, joined, taken_apart

LINES = st.sampled_from(
    ["", "a", "Include:", "\\Memo:", "\\\\Examples:", "- x", "  y", "真情 😀", "Exclude: no"]
)
TEXT = st.lists(LINES, max_size=4).map(lambda lines: "\n".join(lines).strip())
EXAMPLE = TEXT.filter(
    lambda text: (
        bool(text) and not any(line.startswith(" ") or not line for line in text.split("\n"))
    )
)


@given(TEXT, TEXT, TEXT, st.lists(EXAMPLE, max_size=3), TEXT)
def test_definitions_are_taken_apart_as_they_were_joined(
    description: str, includes: str, excludes: str, examples: list[str], memo: str
) -> None:
    definition = Definition(description, includes, excludes, tuple(examples), memo)
    assert taken_apart(joined(definition)) == definition

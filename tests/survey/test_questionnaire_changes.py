"""What changed between two versions of a questionnaire."""

from __future__ import annotations

import pytest

from survey.questionnaire_changes import changes
from survey.xlsform import Form, load

FORM = """
| survey |
| | type | name | label::English (en) | label::Deutsch (de) | relevant | required |
| | integer | made | How many takes? | Wie viele? | | yes |
| | text | why | Why this one? | Warum diese? | ${made} > 1 | |
| | begin_group | crew | The crew | Das Team | | |
| | select_one tools | tool | Which tool? | Welches? | | |
| | end_group | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Deutsch (de) |
| | tools | image | Image | Bild |
| | tools | voice | Voice | Stimme |
"""


def form(source: str = FORM, *edits: tuple[str, str]) -> Form:
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    return load(source.encode(), file_type=".md")


def said(*edits: tuple[str, str]) -> list[tuple[str, str, bool]]:
    found = changes(form(), form(FORM, *edits))
    return [(change.path, str(change.message), change.breaks) for change in found]


def test_a_version_does_not_differ_from_itself() -> None:
    assert said() == []


def test_new_and_gone() -> None:
    row = "| | text | why | Why this one? | Warum diese? | ${made} > 1 | |"
    assert said((row, "| | date | when | When? | Wann? | | |")) == [
        ("/data/when", "New.", False),
        ("/data/why", "Gone.", True),
    ]


def test_the_same_question_under_another_name_was_renamed() -> None:
    assert said(("| why |", "| reason |")) == [("/data/reason", "Renamed; it was /data/why.", True)]


def test_a_question_that_moved_into_a_group_was_renamed() -> None:
    row = "| | text | why | Why this one? | Warum diese? | ${made} > 1 | |\n"
    group = "| | begin_group | crew | The crew | Das Team | | |\n"
    assert said((row, ""), (group, group + row)) == [
        ("/data/crew/why", "Renamed; it was /data/why.", True)
    ]


@pytest.mark.parametrize(
    ("edit", "path", "message", "breaks"),
    [
        (("integer", "decimal"), "/data/made", "The type was integer and is decimal.", True),
        (
            ("Warum diese?", "Wieso diese?"),
            "/data/why",
            "The label in de was “Warum diese?” and is “Wieso diese?”.",
            False,
        ),
        (("> 1", "> 2"), "/data/why", "It is asked under another condition.", False),
        (("| yes |", "| |"), "/data/made", "When it must be answered has changed.", False),
        (
            ("| voice | Voice | Stimme |", "| sound | Voice | Stimme |"),
            "",
            "List tools: the choice voice is gone.",
            True,
        ),
        (
            ("| Voice |", "| The voice |"),
            "",
            "List tools, choice voice: The label in en was “Voice” and is “The voice”.",
            False,
        ),
    ],
)
def test_what_differs_is_said(edit: tuple[str, str], path: str, message: str, breaks: bool) -> None:
    assert (path, message, breaks) in said(edit)


def test_languages_come_and_go() -> None:
    messages = [message for _, message, _ in said(("Deutsch (de)", "Français (fr)"))]
    assert "A language is new: fr." in messages
    assert "A language is gone: de." in messages


def test_questions_that_a_table_gets_without_being_written_are_not_named() -> None:
    table = ("| The crew | Das Team |", "| The crew | Das Team |")
    head = "| | type | name | label::English (en) | label::Deutsch (de) | relevant | required |"
    source = FORM.replace(head, head + " appearance |").replace(
        "Das Team | | |", "Das Team | | | table-list |"
    )
    moved = source.replace(
        "| | integer | made |", "| | note | hi | Hi | Hallo | | |\n| | integer | made |"
    )
    del table
    found = changes(form(source), form(moved))
    assert [(change.path, str(change.message)) for change in found] == [("/data/hi", "New.")]

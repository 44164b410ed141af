"""Loading questionnaires: the form that comes out, and the problems with their places."""

import pytest

from survey.xlsform import Form, FormError, Question, Severity, load


def form(text: str) -> Form:
    return load(text.encode(), file_type=".md")


def refused(text: str) -> list[tuple[str | None, int | None, str | None]]:
    with pytest.raises(FormError) as caught:
        form(text)
    return [
        (problem.sheet, problem.row, problem.column)
        for problem in caught.value.problems
        if problem.severity is Severity.ERROR
    ]


def test_languages_are_keyed_by_tag() -> None:
    loaded = form("""
        | survey |
        |        | type | name | label::中文 (zh_CN) | label::English (en) | label::Deutsch |
        |        | text | why  | 为什么             | Why                 | Warum          |
    """)
    assert loaded.languages == ("zh-Hans", "en", "Deutsch")
    assert loaded.default_language == "zh-Hans"
    why = loaded.elements["data", "why"]
    assert dict(why.label) == {"zh-Hans": "为什么", "en": "Why", "Deutsch": "Warum"}


def test_every_problem_is_reported_with_its_place() -> None:
    assert refused("""
        | survey  |
        |         | type          | name | label | relevant     | calculation |
        |         | text          | a    | A     | ${nobody}=1  |             |
        |         |               |      |       |              |             |
        |         | integer       | b    | B     | selected((   |             |
        |         | select_one no | c    | C     |              |             |
        |         | calculate     | d    |       |              | ${e} + 1    |
        |         | calculate     | e    |       |              | ${d} + 1    |
        |         | calculate     | f    |       |              | wrong(1)    |
        |         | texte         | g    | G     |              |             |
    """) == [
        ("survey", 2, "relevant"),
        ("survey", 4, "relevant"),
        ("survey", 5, "type"),
        ("survey", 6, "calculation"),
        ("survey", 8, "calculation"),
        ("survey", 9, "type"),
    ]


def test_quotation_marks_come_back_as_typed_and_formulas_may_have_them_too() -> None:
    form = load(
        """
        | survey |
        |  | type         | name | label::English (en) | label::中文 (zh-Hans) | constraint | constraint_message |
        |  | select_one l | a    | “Good”? ‘Yes’       | “好”吗？               | . != ‘no’  | Don’t              |
        | choices |
        |  | list_name | name | label::English (en) |
        |  | l         | yes  | It’s “good”         |
        | settings |
        |  | form_title |
        |  | The “day”  |
        """.encode(),
        file_type=".md",
    )
    question = form.elements["data", "a"]
    assert isinstance(question, Question)
    assert question.label == {"en": "“Good”? ‘Yes’", "zh-Hans": "“好”吗？"}
    assert list(question.constraint_message.values()) == ["Don’t"]
    assert question.constraint is not None
    assert question.constraint.text == ". != 'no'"
    assert form.choices["l"][0].labels == {"en": "It’s “good”"}
    assert form.title == "The “day”"

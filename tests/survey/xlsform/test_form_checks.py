"""What is wrong with a questionnaire, where, and whether it stops the form."""

import pytest

from survey.xlsform import FormError, Problem, Severity, load

COLUMNS = (
    "type",
    "name",
    "label",
    "relevant",
    "calculation",
    "required",
    "constraint",
    "appearance",
    "parameters",
    "default",
    "choice_filter",
    "trigger",
    "repeat_count",
)
CHOICES = """
| choices |
| | list_name | name | label | f |
| | c         | x    | X     | 1 |
| | c         | y    | Y     | 2 |
"""


def table(*rows: dict[str, str], more: str = "") -> bytes:
    lines = [" | ".join(row.get(column, "") for column in COLUMNS) for row in rows]
    body = "\n".join(f"| | {line} |" for line in (" | ".join(COLUMNS), *lines))
    return f"| survey |\n{body}\n{more}".encode()


def row(type_: str, name: str = "", label: str = "", **cells: str) -> dict[str, str]:
    return {"type": type_, "name": name, "label": label, **cells}


def problems(*rows: dict[str, str], more: str = "") -> list[Problem]:
    try:
        return list(load(table(*rows, more=more), file_type=".md").warnings)
    except FormError as error:
        return list(error.problems)


TEXT = row("text", "a", "A")
END_REPEAT, END_GROUP = row("end repeat"), row("end group")


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([row("text", "1a", "A")], (2, "name")),
        ([row("text", "", "A")], (2, "name")),
        ([row("", "a", "A")], (2, "type")),
        ([row("text", "a")], (2, "label")),
        ([row("select_one", "a", "A")], (2, "type")),
        ([TEXT, row("integer", "a", "A")], (3, "name")),
        ([row("begin group", "meta", "M"), TEXT, END_GROUP], (2, "name")),
        ([row("begin group", "g", "G"), TEXT], (2, "type")),
        ([TEXT, END_GROUP], (3, "type")),
        ([TEXT, row("text", "b", "B", relevant="selected(${a})")], (3, "relevant")),
        ([TEXT, row("text", "b", "B", relevant="${a} = 'x")], (3, "relevant")),
        ([TEXT, row("text", "b", "B", relevant="nonsense(${a})")], (3, "relevant")),
        ([TEXT, row("text", "b", "B", required="${a} =")], (3, "required")),
        ([TEXT, row("text", "b", "B", default="concat(${a}")], (3, "default")),
        ([TEXT, row("text", "b", "B ${zz}")], (3, "label")),
        ([TEXT, row("text", "b", "B ${a")], (3, "label")),
        ([TEXT, row("calculate", "b")], (3, "calculation")),
        ([TEXT, row("calculate", "b", calculation="now()", trigger="${zz}")], (3, "trigger")),
        ([TEXT, row("calculate", "b", calculation="instance('zz')/root")], (3, "calculation")),
        (
            [row("begin repeat", "r", "R", repeat_count="${zz}"), TEXT, END_REPEAT],
            (2, "repeat_count"),
        ),
        ([row("integer", "a", "A", relevant="${a} > 1")], (2, "relevant")),
        ([row("range", "a", "A", parameters="start=one")], (2, "parameters")),
        ([row("text", "a", "A", parameters="colour=red")], (2, "parameters")),
        ([row("select_one c", "a", "A", parameters="seed=1")], (2, "parameters")),
        ([row("select_one c", "a", "A", choice_filter="f = ")], (2, "choice_filter")),
        ([row("select_one zz", "a", "A")], (2, "type")),
        ([row("begin group", "g", "G", relevant="${a} = 1"), TEXT, END_GROUP], (2, "relevant")),
    ],
)
def test_an_error_names_row_and_column(rows: list[dict[str, str]], place: tuple[int, str]) -> None:
    errors = [p for p in problems(*rows, more=CHOICES) if p.severity is Severity.ERROR]
    assert [(problem.sheet, problem.row, problem.column) for problem in errors] == [
        ("survey", *place)
    ]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([TEXT, row("calculate", "b", calculation="/data/zz")], (3, "calculation")),
        ([row("select_one c", "a", "A", choice_filter="g = 1")], (2, "choice_filter")),
        ([row("barcode", "a", "A")], (2, "type")),
        ([row("audio", "a", "A", parameters="quality=low")], (2, "parameters")),
        ([row("text", "a", "A", default="${last-saved#a}")], (2, "default")),
        ([row("select_one_from_file x.csv", "a", "A")], (2, "type")),
        ([row("select_one c", "a", "A", appearance="search('x')")], (2, "appearance")),
    ],
)
def test_a_warning_lets_the_form_load(rows: list[dict[str, str]], place: tuple[int, str]) -> None:
    found = problems(*rows, more=CHOICES)
    assert [(p.severity, p.row, p.column) for p in found] == [(Severity.WARNING, *place)]


def test_choices_are_checked_too() -> None:
    more = (
        CHOICES + "| | c | y | Again | 3 |\n| | c |  | Nameless | 3 |\n| | d | a b | Spaced | |\n"
    )
    found = problems(row("select_multiple d", "a", "A"), row("select_one c", "b", "B"), more=more)
    assert [(problem.sheet, problem.row, problem.column) for problem in found] == [
        ("choices", 4, "name"),
        ("choices", 5, "name"),
        ("choices", 6, "name"),
    ]


def test_a_missing_translation_is_a_warning_at_its_cell() -> None:
    form = load(
        b"""
        | survey |
        | | type | name | label::English (en) | label::Deutsch (de) | hint::English (en) |
        | | text | a    | A                   |                     | help               |
        """,
        file_type=".md",
    )
    assert [(p.severity, p.row, p.column) for p in form.warnings] == [
        (Severity.WARNING, 1, "hint::Deutsch (de)"),
        (Severity.WARNING, 2, "label::Deutsch (de)"),
    ]


def test_a_plain_label_beside_a_translated_one_is_not_lost() -> None:
    form = load(
        b"""
        | survey |
        | | type | name | label::English (en) | label |
        | | text | a    | Day                 | Tag   |
        | settings |
        | | default_language |
        | | Deutsch (de)     |
        """,
        file_type=".md",
    )
    assert form.default_language == "de"
    assert form.languages == ("de", "en")
    assert dict(form.elements["data", "a"].label) == {"de": "Tag", "en": "Day"}


def test_doubled_and_contradicting_columns_are_errors() -> None:
    with pytest.raises(FormError) as caught:
        load(
            b"| survey |\n| | type | name | label | label | relevant | bind::relevant |\n"
            b"| | text | a | A | B | | |\n",
            file_type=".md",
        )
    assert [(p.row, p.column) for p in caught.value.problems] == [
        (1, "label"),
        (1, "bind::relevant"),
    ]


def test_csv_rows_are_counted_with_blank_ones() -> None:
    text = "survey,,,\n,type,name,label\n,text,a,A\n,,,\n,nonsense,b,B\n"
    with pytest.raises(FormError) as caught:
        load(text.encode(), file_type=".csv")
    (problem,) = caught.value.problems
    assert (problem.row, problem.line) == (4, 5)

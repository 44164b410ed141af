"""A questionnaire's answers as sheets: wide with one row an entry, long with one row a turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from i18n import Message, best, say, translate
from survey.answers.entries import Entry
from survey.answers.flattening import Numbers, turns_of, values_of
from survey.answers.joining import Joined
from survey.answers.variables import Kind, Path, Variable

WIDEST = 2000
"""Columns of a sheet; with more, repeats stand in their long sheets alone."""

ColumnKind = Kind | Literal["flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: Its heading.
        kind: What its cells hold: `flag` is 1 where a choice was taken and 0 where it was not,
            `choices` are the names of choices with blanks between them.
        label: What it means, in the language of the sheet.
        values: What its choices are called, by name.
        free: Whether its cells are words of people, which may hold names.
        source: Where it comes from, such as `tasks /task/done_by`.
        type: The type of its question; "" for what nobody was asked.
    """

    name: str
    kind: ColumnKind
    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    free: bool = False
    source: str = ""
    type: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table to take away: rows of plain values, None where there is no answer.

    Attributes:
        name: What it is called.
        columns: Its columns, in order.
        rows: Its rows, as long as there are columns.
        tongue: The column that holds the language of a row's words; "" for none.
    """

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    tongue: str = ""

    @property
    def names(self) -> list[str]:
        """The headings."""
        return [column.name for column in self.columns]


_KEYS: tuple[tuple[str, ColumnKind, Message], ...] = (
    ("entry", "text", say("The entry")),
    ("person", "text", say("Code of the person")),
    ("team", "text", say("Team at that time")),
    ("role", "text", say("Role")),
    ("nationality", "text", say("First nationality at that time")),
    ("day", "date", say("Day that the entry is about")),
    ("language", "text", say("Language of the entry")),
    ("version", "integer", say("Version of the questionnaire")),
    ("submitted_at", "text", say("When it was sent (UTC)")),
    ("corrected_at", "text", say("When it was last corrected (UTC)")),
    ("decision", "text", say("Shot, scene or purchase it is about")),
)
_RESERVED = frozenset(name for name, _, _ in _KEYS)
FREE_KEYS = frozenset({"role", "decision"})


def _key_columns(language: str) -> list[Column]:
    return [
        Column(name, kind, translate(label, language), free=name in FREE_KEYS)
        for name, kind, label in _KEYS
    ]


def _keys(entry: Entry, version: int) -> tuple[Any, ...]:
    response = entry.response
    return (
        str(response.id),
        entry.person,
        entry.team or None,
        entry.role or None,
        entry.nationality or None,
        response.day,
        response.language,
        version,
        _moment(response.submitted_at),
        _moment(response.corrected_at),
        entry.decision or None,
    )


def _moment(value: dt.datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def sheets_of(
    joined: Joined, entries: Iterable[Entry], *, language: str, identifying: bool = False
) -> list[Sheet]:
    """Return the wide sheet of a questionnaire, and a long one for each of its repeats.

    Args:
        joined: The questionnaire.
        entries: Its entries, of whatever version.
        language: Of the labels; the nearest that the questionnaire has.
        identifying: Whether answers that say who somebody is or where (devices, places) are kept.
    """
    asked = [each for each in joined.variables if identifying or not each.identifying]
    known = [(entry, joined.numbers[entry.response.questionnaire_id]) for entry in entries]
    return [
        _wide(joined, asked, known, language),
        *(_long(joined, asked, known, path, language) for path in joined.repeats),
    ]


Known = Sequence[tuple[Entry, int]]


def _wide(joined: Joined, asked: list[Variable], known: Known, language: str) -> Sheet:
    once = [variable for variable in asked if not variable.repeats]
    repeated = [variable for variable in asked if variable.repeats]
    cells: list[dict[tuple[Path, Numbers], Any]] = []
    for entry, _ in known:
        cells.append(
            {
                (variable.path, numbers): value
                for variable in asked
                for numbers, value in values_of(entry.response.answers, variable)
            }
        )
    by_path = {variable.path: variable for variable in repeated}
    places = {place for row in cells for place in row if place[0] in by_path and place[1]}
    order = sorted(places, key=lambda place: _place(joined, by_path[place[0]], place[1]))
    width = sum(len(_columns(by_path[path], joined, language, numbers)) for path, numbers in order)
    if width > WIDEST:
        order = []
    wanted: list[tuple[Variable, Numbers]] = [(variable, ()) for variable in once]
    wanted += [(by_path[path], numbers) for path, numbers in order]
    columns = _key_columns(language)
    for variable, numbers in wanted:
        columns += _columns(variable, joined, language, numbers)
    rows = [
        (
            *_keys(entry, version),
            *(
                cell
                for variable, numbers in wanted
                for cell in _cells(variable, row.get((variable.path, numbers)))
            ),
        )
        for (entry, version), row in zip(known, cells, strict=True)
    ]
    return Sheet(joined.name, _apart(columns), rows, tongue="language")


def _long(joined: Joined, asked: list[Variable], known: Known, path: Path, language: str) -> Sheet:
    inside = [each for each in asked if each.repeats and each.repeats[-1] == path]
    around = next(each.repeats for each in joined.variables if path in each.repeats)
    around = around[: around.index(path) + 1]
    columns = _key_columns(language)
    for repeat in around:
        label = translate(say("Number of the turn of {repeat}", repeat=repeat[-1]), language)
        columns.append(Column(f"{'.'.join(repeat)}.number", "integer", label))
    for variable in inside:
        columns += _columns(variable, joined, language, ())
    rows = []
    for entry, version in known:
        answers = entry.response.answers
        given = {variable.path: dict(values_of(answers, variable)) for variable in inside}
        rows += [
            (
                *_keys(entry, version),
                *numbers,
                *(
                    cell
                    for variable in inside
                    for cell in _cells(variable, given[variable.path].get(numbers))
                ),
            )
            for numbers in turns_of(answers, around)
        ]
    return Sheet(f"{joined.name}.{'.'.join(path)}", _apart(columns), rows, tongue="language")


def _apart(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Give every column a heading of its own, whatever the case of its letters.

    A question that is called like what we say of every entry becomes `answer.decision`.
    """
    taken: set[str] = set()
    found = []
    for place, column in enumerate(columns):
        name = column.name
        if name.lower() in taken and name.lower() in _RESERVED and place >= len(_KEYS):
            name = f"answer.{name}"
        stem, number = name, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.lower())
        found.append(replace(column, name=name))
    return tuple(found)


def _place(joined: Joined, variable: Variable, numbers: Numbers) -> tuple[int, ...]:
    """Order turns by their repeat, then by number, then by question."""
    found: list[int] = []
    for repeat, number in zip(variable.repeats, numbers, strict=True):
        found += [joined.order[repeat], number]
    return (*found, joined.order[variable.path])


def _columns(variable: Variable, joined: Joined, language: str, numbers: Numbers) -> list[Column]:
    """Return the columns of a question: one, and one more for each choice it may take."""
    name = _numbered(variable, numbers)
    label = _text(variable.label, language) or variable.name
    if numbers:
        label = f"{label} ({', '.join(map(str, numbers))})"
    values = {each.name: _text(each.labels, language) or each.name for each in variable.choices}
    source = f"{joined.name} /{'/'.join(variable.path)}"
    column = Column(name, variable.kind, label, values, variable.free, source, variable.type)
    if variable.kind != "choices":
        return [column]
    flags = [
        Column(f"{name}.{choice}", "flag", f"{label}: {called}", source=source, type=variable.type)
        for choice, called in values.items()
    ]
    return [column, *flags]


def _numbered(variable: Variable, numbers: Numbers) -> str:
    """Return the heading of a question in a certain turn: `task.2.done_by`."""
    if not numbers:
        return variable.name
    steps: list[str] = []
    done = 0
    for repeat, number in zip(variable.repeats, numbers, strict=True):
        steps += [*repeat[done:], str(number)]
        done = len(repeat)
    return ".".join([*steps, *variable.path[done:]])


def _text(texts: Mapping[str, str], language: str) -> str:
    if not texts:
        return ""
    first = next(iter(texts))
    return texts[best([language], texts, default=best(["en"], texts, default=first))]


def _cells(variable: Variable, value: Any) -> list[Any]:  # noqa: ANN401 - answers are JSON
    if variable.kind != "choices":
        return [_cell(variable.kind, value)]
    if value is None:
        return [None] * (1 + len(variable.choices))
    taken = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return [" ".join(taken), *(int(choice.name in taken) for choice in variable.choices)]


def _cell(kind: Kind, value: Any) -> Any:  # noqa: ANN401 - as above
    if value is None:
        return None
    if kind == "integer" and isinstance(value, int | float) and float(value).is_integer():
        return int(value)
    if kind == "decimal" and isinstance(value, int | float):
        return float(value)
    if kind == "date" and isinstance(value, str):
        return _date(value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def _date(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return text


def differences_sheet(joined: Sequence[Joined], *, language: str) -> Sheet:
    """Return what differs between the versions of questionnaires, to be read beside the answers."""
    labels = (
        ("questionnaire", "text", say("Questionnaire")),
        ("before", "integer", say("Older version")),
        ("after", "integer", say("Newer version")),
        ("question", "text", say("Question or section; blank for the whole questionnaire")),
        ("difference", "text", say("What differs")),
        ("breaks", "flag", say("1 where answers cannot be put side by side just so")),
    )
    columns: list[Column] = []
    for name, kind, label in labels:
        free = name == "difference"
        columns.append(Column(name, kind, translate(label, language), free=free))  # type: ignore[arg-type] # one of the kinds
    rows = [
        (
            each.name,
            difference.before,
            difference.after,
            difference.path or None,
            translate(difference.message, language),
            int(difference.breaks),
        )
        for each in joined
        for difference in each.differences
    ]
    return Sheet("questionnaire_changes", tuple(columns), rows)

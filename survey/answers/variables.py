"""What a question is as a variable: its kind, its labels, its choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from survey.xlsform import Choice, Form, Question, Repeat
from survey.xlsform.kinds import METADATA

Kind = Literal["text", "integer", "decimal", "date", "choice", "choices"]
"""How answers are kept in a table; `choices` are several, in the order they were given."""

Path = tuple[str, ...]

KINDS: Mapping[str, Kind] = {
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "select_one": "choice",
    "select_one_from_file": "choice",
    "select_multiple": "choices",
    "select_multiple_from_file": "choices",
    "rank": "choices",
}
CLOSED = frozenset({"time", "datetime", "dateTime", "acknowledge", "start", "end", "today"})
"""Types whose answers are text, but not words that somebody chose."""
IDENTIFYING = (METADATA - {"start", "end", "today"}) | {
    "geopoint",
    "geotrace",
    "geoshape",
    "start-geopoint",
    "background-geopoint",
}
"""Types whose answers say who somebody is, or where."""
UNKEPT = frozenset({"note", "instanceID", "instanceName"})


@dataclass(frozen=True, slots=True)
class Variable:
    """One question as it is kept in tables, over all versions that ask it.

    Attributes:
        name: Its column: the names of its groups and itself, with full stops between them.
        path: The same as steps below the root: `("task", "done_by")`.
        type: Its type in the newest version that has it.
        kind: How its answers are kept.
        label: What is asked, by language.
        choices: What may be chosen, the newest version first.
        scale: Lowest and highest answer of a range, None for other questions.
        repeats: The repeats around it, outermost first.
        free: Whether answers are people's own words, which may hold names.
        identifying: Whether answers say who somebody is, or where.
        versions: The versions that ask it.
    """

    name: str
    path: Path
    type: str
    kind: Kind
    label: Mapping[str, str]
    choices: tuple[Choice, ...]
    scale: tuple[float, float] | None
    repeats: tuple[Path, ...]
    free: bool
    identifying: bool
    versions: tuple[int, ...]


def variables(form: Form, version: int) -> Iterator[Variable]:
    """Yield the questions of one version that hold answers, in its order."""
    repeats = [element.path[1:] for element in form.walk() if isinstance(element, Repeat)]
    for question in form.questions():
        path = question.path[1:]
        if question.type in UNKEPT or path[:1] == ("meta",):
            continue
        kind = _kind(question)
        choices = _choices(form, question)
        yield Variable(
            name=".".join(path),
            path=path,
            type=question.type,
            kind=kind,
            label=dict(question.label),
            choices=choices,
            scale=_scale(question),
            repeats=tuple(each for each in repeats if path[: len(each)] == each),
            free=_is_free(question, kind, choices),
            identifying=question.type in IDENTIFYING,
            versions=(version,),
        )


def _kind(question: Question) -> Kind:
    if question.type == "range":
        return "integer" if _whole(question.parameters) else "decimal"
    return KINDS.get(question.type, "text")


def _whole(parameters: Mapping[str, str]) -> bool:
    numbers = [float(parameters.get(name, 1)) for name in ("start", "step")]
    return all(number.is_integer() for number in numbers)


def _scale(question: Question) -> tuple[float, float] | None:
    if question.type != "range":
        return None
    ends = [float(question.parameters.get(name, default)) for name, default in ENDS]
    return min(ends), max(ends)


ENDS = (("start", 0.0), ("end", 10.0))


def _choices(form: Form, question: Question) -> tuple[Choice, ...]:
    source = question.choices
    if source is None or source.answers is not None:
        return ()
    if source.file is None:
        return tuple(form.choices.get(source.name, ()))
    rows = form.attached.get(source.file, ())
    return tuple(
        Choice(row.get(source.value, ""), {form.default_language: row.get(source.label, "")})
        for row in rows
    )


def _is_free(question: Question, kind: Kind, choices: tuple[Choice, ...]) -> bool:
    if kind in {"choice", "choices"}:
        return not choices
    return kind == "text" and question.type not in CLOSED

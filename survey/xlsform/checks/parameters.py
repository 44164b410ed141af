"""Checking the parameters column: which parameters a type knows, and what they may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse

from i18n import Message, say
from survey.xlsform.checks.report import Report
from survey.xlsform.outline import Entry, Outline
from survey.xlsform.references import references

_TRUTH = frozenset({"true", "false"})
_QUALITIES = frozenset({"voice-only", "low", "normal", "external"})
_CHOICE = frozenset({"randomize", "seed"})
_KNOWN: Mapping[str, frozenset[str]] = {
    "text": frozenset({"rows"}),
    "image": frozenset({"max-pixels", "app"}),
    "audio": frozenset({"quality"}),
    "background-audio": frozenset({"quality"}),
    "range": frozenset({"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"}),
    "rank": _CHOICE,
    "audit": frozenset(
        {
            "identify-user",
            "location-max-age",
            "location-min-interval",
            "location-priority",
            "track-changes",
            "track-changes-reasons",
        }
    ),
}


def check_parameters(outline: Outline, report: Report) -> None:
    """Check the parameters of every question."""
    for entry in outline.questions():
        found = entry.cell("parameters")
        if found is None:
            continue
        column, text = found
        for message in _wrong(entry, text):
            report.error("survey", entry.row, column.heading, message)
        for message in _without_effect(entry, text):
            report.warning("survey", entry.row, column.heading, message)


def _wrong(entry: Entry, text: str) -> list[Message]:
    try:
        given = parse(text, entry.row.number)
    except PyXFormError:
        return [say("Parameters are written name=value, with spaces between them.")]
    known = _known(entry)
    if known is None:
        return []
    problems = [
        say(
            "There is no parameter {name} here; there are {known}.",
            name=name,
            known=", ".join(sorted(known)),
        )
        for name in given
        if name not in known
    ]
    wrong = (_wrong_value(entry, name, given[name]) for name in given if name in known)
    problems += [problem for problem in wrong if problem is not None]
    if "seed" in given and given.get("randomize") != "true":
        problems.append(say("A seed needs randomize=true."))
    return problems


def _without_effect(entry: Entry, text: str) -> list[Message]:
    """Return which parameters are for apps on a phone and change nothing here."""
    given = {part.partition("=")[0].strip().lower() for part in text.replace(",", " ").split()}
    messages = {
        "quality": say(
            "quality changes nothing here: a recording is kept as the browser makes it."
        ),
        "app": say("app changes nothing here: the browser offers what the device has."),
    }
    known = _known(entry) or frozenset()
    return [message for name, message in messages.items() if name in given & known]


def _known(entry: Entry) -> frozenset[str] | None:
    """Return the parameters of a question's type, None where pyxform takes any."""
    kind = entry.type.name if entry.type else ""
    if kind in ("select_one", "select_multiple"):
        file = "." in ((entry.type.choices if entry.type else "") or "")
        return _CHOICE | {"value", "label"} if file else _CHOICE
    return _KNOWN.get(kind)


def _wrong_value(entry: Entry, name: str, value: str) -> Message | None:
    kind = entry.type.name if entry.type else ""
    numbers = {"start", "end", "step", "tick_interval", "placeholder"}
    if name in ("randomize", "track-changes", "identify-user") and value not in _TRUTH:
        return say("{name} is true or false.", name=name)
    if name == "seed" and not (_is(float, value) or references(value)):
        return say("A seed is a number or a question, such as ${brackets}.", brackets="{name}")
    if name in ("rows", "max-pixels") and not _is(int, value):
        return say("{name} is a whole number.", name=name)
    if kind == "range" and name in numbers and not _is(Decimal, value):
        return say("{name} is a number.", name=name)
    if name == "quality" and value not in _QUALITIES:
        return say("quality is one of {known}.", known=", ".join(sorted(_QUALITIES)))
    return None


def _is(kind: Callable[[str], object], value: str) -> bool:
    """Tell whether a value can be read as a kind of number, as pyxform will read it."""
    try:
        kind(value)
    except (ValueError, InvalidOperation):
        return False
    return True

"""What changed between two versions of a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from i18n import Message, say
from survey.filling.plan import formulas_of
from survey.xlsform import Choice, Element, Form, Question, Repeat, Texts
from survey.xlsform.kinds import METADATA
from survey.xlsform.model import Path


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        path: The question or section, such as `/data/take/kept`; `""` for the questionnaire as a
            whole and for its lists.
        message: What differs.
        breaks: Whether answers under the two versions can no longer be put side by side just so:
            a question is gone, or means something else.
    """

    path: str
    message: Message
    breaks: bool = False


def changes(before: Form, after: Form) -> list[Change]:
    """Return what differs between two versions, in the order of the newer one.

    A question is the same when it has the same name at the same place. A question that is gone and
    a new one of the same type and label count as one that was renamed.
    """
    old, new = _elements(before), _elements(after)
    renamed = _renamed(
        {path: element for path, element in old.items() if path not in new},
        {path: element for path, element in new.items() if path not in old},
    )
    found = _whole(before, after)
    for path, element in new.items():
        if path in old:
            found += _of_one(old[path], element)
        elif path in renamed:
            was = renamed[path]
            found.append(
                Change(
                    _written(path), say("Renamed; it was {name}.", name=_written(was)), breaks=True
                )
            )
            found += _of_one(old[was], element)
        else:
            found.append(Change(_written(path), say("New.")))
    gone = [path for path in old if path not in new and path not in renamed.values()]
    found += [Change(_written(path), say("Gone."), True) for path in gone]
    return found + _lists(before, after)


GENERATED = ("generated_table_list_label_", "reserved_name_for_field_list_labels_")
"""What the names of questions begin with that a table of questions gets without being written."""


def _elements(form: Form) -> dict[Path, Element]:
    """Return what the author wrote for people to see or to be worked out, by path."""
    return {
        element.path: element
        for element in form.walk()
        if element.path[1:2] != ("meta",)
        and not element.name.startswith(GENERATED)
        and not (isinstance(element, Question) and element.type in METADATA)
    }


def _renamed(gone: Mapping[Path, Element], fresh: Mapping[Path, Element]) -> dict[Path, Path]:
    """Return the old path of each new one that asks the same; each is taken once."""
    waiting = {path: _asks(element) for path, element in gone.items() if any(element.label)}
    found: dict[Path, Path] = {}
    for path, element in fresh.items():
        asked = _asks(element)
        was = next((old for old, what in waiting.items() if what == asked), None)
        if was is not None and any(element.label.values()):
            found[path] = was
            del waiting[was]
    return found


def _asks(element: Element) -> tuple[str, dict[str, str]]:
    return _kind(element), dict(element.label)


def _kind(element: Element) -> str:
    if isinstance(element, Question):
        return element.type
    return "repeat" if isinstance(element, Repeat) else "group"


def _written(path: Path) -> str:
    return "/" + "/".join(path)


def _whole(before: Form, after: Form) -> list[Change]:
    """Return what differs in the questionnaire as a whole."""
    found = []
    if before.title != after.title:
        found.append(Change("", say("The title was “{title}”.", title=before.title)))
    found += [
        Change("", say("A language is new: {language}.", language=tag))
        for tag in after.languages
        if tag not in before.languages
    ]
    found += [
        Change("", say("A language is gone: {language}.", language=tag))
        for tag in before.languages
        if tag not in after.languages
    ]
    return found


def _of_one(before: Element, after: Element) -> list[Change]:
    """Return what differs in one question or section."""
    path = _written(after.path)
    found = []
    if _kind(before) != _kind(after):
        message = say(
            "The type was {before} and is {after}.", before=_kind(before), after=_kind(after)
        )
        found.append(Change(path, message, True))
    found += [Change(path, message) for message in _texts(before.label, after.label)]
    if dict(before.hint) != dict(after.hint):
        found.append(Change(path, say("The hint has changed.")))
    if isinstance(before, Question) and isinstance(after, Question):
        if before.choices and after.choices and before.choices.name != after.choices.name:
            message = say(
                "The choices are those of {after}, not of {before}.",
                before=before.choices.name,
                after=after.choices.name,
            )
            found.append(Change(path, message, True))
        if dict(before.parameters) != dict(after.parameters):
            found.append(Change(path, say("The parameters have changed."), True))
    if before.appearance != after.appearance:
        found.append(Change(path, say("It is drawn differently.")))
    return found + _rules(before, after)


def _texts(before: Texts, after: Texts) -> list[Message]:
    """Return how a label differs, by language."""
    return [
        say(
            "The label in {language} was “{before}” and is “{after}”.",
            language=language,
            before=before.get(language, ""),
            after=after.get(language, ""),
        )
        for language in dict.fromkeys([*before, *after])
        if before.get(language, "") != after.get(language, "")
    ]


_RULES = {
    "relevant": say("It is asked under another condition."),
    "readonly": say("When it can only be looked at has changed."),
    "calculation": say("It is worked out differently."),
    "required": say("When it must be answered has changed."),
    "constraint": say("What may be answered has changed."),
    "choices": say("Which choices are offered has changed."),
    "seed": say("The order of the choices has changed."),
    "count": say("How often it is asked has changed."),
}


def _rules(before: Element, after: Element) -> list[Change]:
    """Return which rules differ, by their text."""
    old, new = _formulas(before), _formulas(after)
    return [
        Change(_written(after.path), _RULES[aspect], aspect == "calculation")
        for aspect in _RULES
        if old.get(aspect) != new.get(aspect)
    ]


def _formulas(element: Element) -> dict[str, str]:
    return {aspect.partition(":")[0]: formula.text for aspect, formula in formulas_of(element)}


def _lists(before: Form, after: Form) -> list[Change]:
    """Return which choices are new, gone or named otherwise in the lists both versions have."""
    found = []
    for name, choices in after.choices.items():
        old = {choice.name: choice for choice in before.choices.get(name, choices)}
        new = {choice.name: choice for choice in choices}
        found += [
            Change("", say("List {list}: the choice {name} is new.", list=name, name=each))
            for each in new
            if each not in old
        ]
        found += [
            Change("", say("List {list}: the choice {name} is gone.", list=name, name=each), True)
            for each in old
            if each not in new
        ]
        for each in (choice for choice in new if choice in old):
            found += _choice(name, old[each], new[each])
    return found


def _choice(list_name: str, before: Choice, after: Choice) -> list[Change]:
    return [
        Change(
            "",
            say(
                "List {list}, choice {name}: {change}",
                list=list_name,
                name=after.name,
                change=message,
            ),
        )
        for message in _texts(before.labels, after.labels)
    ]

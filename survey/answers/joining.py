"""All versions of a questionnaire as one: columns by name, differences listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import UUID

from sqlmodel import Session

from data.tables import Questionnaire
from i18n import Message
from survey.answers.variables import Kind, Path, Variable, variables
from survey.questionnaire_changes import changes
from survey.questionnaires import form_of, versions
from survey.xlsform import Choice, Form


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions of a questionnaire.

    Attributes:
        before: The older version.
        after: The newer one.
        path: The question, such as `/data/take/kept`; "" for the questionnaire as a whole.
        message: What differs.
        breaks: Whether answers under the two cannot be put side by side just so.
    """

    before: int
    after: int
    path: str
    message: Message
    breaks: bool


@dataclass(frozen=True)
class Joined:
    """A questionnaire over all its versions.

    Attributes:
        name: What it is called in the study.
        title: Its title in the newest version.
        numbers: The number of each version, by its key.
        variables: Every question that any version asks, in the order of the newest.
        order: The place of every question and section, by path.
        differences: What differs from version to version.
    """

    name: str
    title: str
    numbers: Mapping[UUID, int]
    variables: tuple[Variable, ...]
    order: Mapping[Path, int]
    differences: tuple[Difference, ...]

    @property
    def repeats(self) -> list[Path]:
        """The repeats, in order, each once."""
        found = {path: None for variable in self.variables for path in variable.repeats}
        return list(found)

    def variable(self, path: str) -> Variable | None:
        """Return the variable at a path like `/data/task/done_by`."""
        steps = tuple(path.strip("/").split("/"))[1:]
        return next((each for each in self.variables if each.path == steps), None)


def joined_of(*, session: Session, study_id: UUID) -> list[Joined]:
    """Return the questionnaires of a study, each over all its versions, by name."""
    by_name: dict[str, list[Questionnaire]] = {}
    for questionnaire in versions(session=session, study_id=study_id).values():
        by_name.setdefault(questionnaire.name, []).append(questionnaire)
    return [join(name, by_name[name]) for name in sorted(by_name)]


def join(name: str, questionnaires: Sequence[Questionnaire]) -> Joined:
    """Join the versions of one questionnaire.

    A question is the same where it has the same name at the same place. Where its kind changed,
    answers are kept as text; choices are those of all versions, with the newest labels.
    """
    newest_first = sorted(questionnaires, key=lambda each: each.version, reverse=True)
    forms = [form_of(each) for each in newest_first]
    found: dict[tuple[Path, tuple[Path, ...]], Variable] = {}
    for questionnaire, form in zip(newest_first, forms, strict=True):
        for variable in variables(form, questionnaire.version):
            key = (variable.path, variable.repeats)
            found[key] = _together(found[key], variable) if key in found else variable
    return Joined(
        name=name,
        title=forms[0].title,
        numbers={each.id: each.version for each in questionnaires},
        variables=tuple(_named(list(found.values()))),
        order=_order(forms),
        differences=tuple(_differences(newest_first, forms)),
    )


def _together(newer: Variable, older: Variable) -> Variable:
    known = {choice.name for choice in newer.choices}
    more: tuple[Choice, ...] = tuple(each for each in older.choices if each.name not in known)
    kind = _common(newer.kind, older.kind)
    return replace(
        newer,
        kind=kind,
        choices=newer.choices + more if kind in {"choice", "choices"} else (),
        free=newer.free or older.free,
        identifying=newer.identifying or older.identifying,
        versions=(*older.versions, *newer.versions),
    )


def _common(newer: Kind, older: Kind) -> Kind:
    """Return what holds the answers of both kinds."""
    if newer == older:
        return newer
    kinds = {newer, older}
    if kinds == {"integer", "decimal"}:
        return "decimal"
    return "choices" if kinds == {"choice", "choices"} else "text"


def _named(found: list[Variable]) -> list[Variable]:
    """Give two questions their own columns where one version repeats what another asks once."""
    names: dict[str, int] = {}
    result = []
    for variable in found:
        times = names[variable.name] = names.get(variable.name, 0) + 1
        name = variable.name if times == 1 else f"{variable.name}_{times}"
        result.append(replace(variable, name=name))
    return result


def _order(forms: Sequence[Form]) -> dict[Path, int]:
    order: dict[Path, int] = {}
    for form in forms:
        for element in form.walk():
            order.setdefault(element.path[1:], len(order))
    return order


def _differences(newest_first: Sequence[Questionnaire], forms: Sequence[Form]) -> list[Difference]:
    numbered = [(each.version, form) for each, form in zip(newest_first, forms, strict=True)][::-1]
    return [
        Difference(before, after, change.path, change.message, change.breaks)
        for (before, old), (after, new) in pairwise(numbered)
        for change in changes(old, new)
    ]

"""What must agree between the files of a study folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from i18n import Message, say
from survey.figures import paths_of
from survey.interviews.speakers import ROLES
from survey.study_folder.description import AssignmentPart
from survey.study_folder.files import StudyFolderError
from survey.study_folder.reading import AnswerLine, StudyFolder, read_folder
from survey.xlsform import Form, Question, Repeat


def read_study(folder: Path) -> StudyFolder:
    """Read a study folder.

    Raises:
        StudyFolderError: Every mistake in it, with file, row and column where there is one.
    """
    study, mistakes = read_folder(folder)
    for assignment in study.description.assignments:
        mistakes += _check_assignment(assignment, study)
    mistakes += _check_responses(study)
    mistakes += _check_interviews(study)
    mistakes += _check_figures(study)
    if mistakes:
        raise StudyFolderError(*mistakes)
    return study


def _check_assignment(assignment: AssignmentPart, study: StudyFolder) -> Iterator[Message]:
    name, form = assignment.questionnaire, study.forms.get(assignment.questionnaire)
    if form is None:
        yield say(
            "study.toml: the questionnaire {name} is assigned, but there is no file "
            "questionnaires/{name}.md, .xlsx, .xls or .csv.",
            name=name,
        )
    elif assignment.decision and not _asks_once(form, assignment.decision):
        yield say(
            "study.toml, assignment of {name}: {path} is not a question of it that is asked once. "
            "Write decision like /data/group/question.",
            name=name,
            path=assignment.decision,
        )
    known = {person.role for person in study.people}
    for role in assignment.roles:
        if known and role not in known:
            yield say(
                "study.toml, assignment of {name}: nobody has the role {role}. There are {roles}.",
                name=name,
                role=role,
                roles=", ".join(sorted(known - {""})) or "–",
            )


def _asks_once(form: Form, path: str) -> bool:
    """Tell whether there is a question at a path, and no repeat around it."""
    root, *steps = path.split("/")
    place = tuple(steps)
    around = (form.elements.get(place[:depth]) for depth in range(len(place)))
    return (
        not root
        and isinstance(form.elements.get(place), Question)
        and not any(isinstance(element, Repeat) for element in around)
    )


def _check_responses(study: StudyFolder) -> Iterator[Message]:
    codes = {entry.code for entry in study.people}
    first, last = study.description.study.start, study.description.study.end
    for name, lines in study.responses.items():
        for number, line in lines.items():
            place = f"responses/{name}.jsonl, row {number}"
            if line.person not in codes:
                yield say("{place}: there is no person {code}.", place=place, code=line.person)
            if not first <= line.day <= last:
                yield say(
                    "{place}: {day} lies outside of the study, which goes from {first} to {last}.",
                    place=place,
                    day=line.day.isoformat(),
                    first=first.isoformat(),
                    last=last.isoformat(),
                )
    for assignment in study.description.assignments:
        if assignment.schedule != "open":
            name = assignment.questionnaire
            yield from _check_entries(name, study.responses.get(name, {}))


def _check_entries(name: str, lines: dict[int, AnswerLine]) -> Iterator[Message]:
    """Find second entries of a person for a day with other answers than the first."""
    entries: dict[tuple[str, object], int] = {}
    for number, line in lines.items():
        first = entries.setdefault((line.person, line.day), number)
        if line.answers != lines[first].answers:
            yield say(
                "responses/{name}.jsonl, row {row}: the entry of {code} for {day} is already in "
                "row {first}, with other answers.",
                name=name,
                row=number,
                code=line.person,
                day=line.day.isoformat(),
                first=first,
            )


def _check_interviews(study: StudyFolder) -> Iterator[Message]:
    codes = {entry.code for entry in study.people}
    for part, _, _ in study.interviews:
        spoken = [who for who in part.speakers.values() if who not in ROLES]
        for who in dict.fromkeys([part.person, *spoken]):
            if who not in codes:
                yield say(
                    "interviews/interviews.toml, {file}: {who} is neither the code of a person "
                    "nor one of {roles}.",
                    file=part.file,
                    who=who,
                    roles=", ".join(ROLES),
                )


def _check_figures(study: StudyFolder) -> Iterator[Message]:
    for figure in study.figures:
        form = study.forms.get(figure.questionnaire)
        if form is None:
            yield say(
                "figures.toml, {figure}: there is no questionnaire {name}.",
                figure=figure.key,
                name=figure.questionnaire,
            )
            continue
        for path in paths_of(figure):
            if path and not isinstance(form.elements.get(tuple(path.split("/")[1:])), Question):
                yield say(
                    "figures.toml, {figure}: {path} is not a question of {name}.",
                    figure=figure.key,
                    path=path,
                    name=figure.questionnaire,
                )

"""Reading a study folder: all of it, with every mistake, before anything is changed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from i18n import Message, canonical, say
from survey.figures import Definition, FigureList, Rate, RatesError, read_rates
from survey.people_file import Entry, PeopleError, read_people
from survey.study_folder.call_folder import CallFolder, read_call
from survey.study_folder.description import Description
from survey.study_folder.files import (
    MATERIAL,
    StudyFolderError,
    bytes_of,
    files_in,
    shown,
    text_of,
)
from survey.tables import TableError
from survey.transcripts import Transcript, TranscriptError, read
from survey.xlsform import Form, FormError, attach, load


class AnswerLine(BaseModel):
    """One line of `responses/*.jsonl`: what somebody answered."""

    model_config = ConfigDict(extra="forbid")

    person: str
    day: date
    language: str = "und"
    answers: dict[str, Any]


class InterviewPart(BaseModel):
    """One `[[interviews]]` of `interviews/interviews.toml`.

    `person` is who was asked: the one label that neither `speakers` nor its own words explain.
    """

    model_config = ConfigDict(extra="forbid")

    file: str
    person: str
    date: date
    language: str
    interviewer: str = ""
    place: str = ""
    speakers: dict[str, str] = {}


class InterviewList(BaseModel):
    """The whole of `interviews/interviews.toml`."""

    interviews: list[InterviewPart] = []


@dataclass
class StudyFolder:
    """What a study folder holds.

    `forms` and `responses` are by the name of the questionnaire, the answers by their row;
    `material` holds the lists, pictures and sounds of each questionnaire, by its file and theirs.
    """

    description: Description
    people: list[Entry] = field(default_factory=list)
    questionnaires: dict[str, bytes] = field(default_factory=dict)
    material: dict[str, dict[str, bytes]] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    guide: dict[str, str] = field(default_factory=dict)
    responses: dict[str, dict[int, AnswerLine]] = field(default_factory=dict)
    interviews: list[tuple[InterviewPart, bytes, Transcript]] = field(default_factory=list)
    figures: list[Definition] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    call: CallFolder | None = None


def read_folder(folder: Path) -> tuple[StudyFolder, list[Message]]:
    """Read every file of a study folder.

    Returns:
        What could be read, and every mistake that a file has by itself, with its row and column
        where there is one.

    Raises:
        StudyFolderError: The description cannot be read.
    """
    study = StudyFolder(_description(folder / "study.toml"))
    return study, [
        *_read_people(folder / "people.csv", study),
        *_read_questionnaires(folder / "questionnaires", study),
        *_read_texts(folder / "consent", study.consent),
        *_read_texts(folder / "guide", study.guide),
        *_read_responses(folder / "responses", study),
        *_read_interviews(folder / "interviews", study),
        *_read_figures(folder / "figures.toml", study),
        *_read_rates(folder / "rates.csv", study),
        *_read_call(folder / "call", study),
    ]


def _description(path: Path) -> Description:
    if not path.is_file():
        raise StudyFolderError(
            say("{folder} is no study folder: it holds no study.toml.", folder=str(path.parent))
        )
    try:
        return Description.model_validate(tomllib.loads(text_of(path)))
    except tomllib.TOMLDecodeError as error:
        raise StudyFolderError(say("study.toml: {reason}.", reason=str(error))) from error
    except ValidationError as error:
        raise StudyFolderError(*_sentences("study.toml", error)) from error


def _sentences(place: str, error: ValidationError) -> list[Message]:
    return [
        say(
            "{place}, {where}: {reason}.",
            place=place,
            where=".".join(str(part) for part in problem["loc"]) or "–",
            reason=problem["msg"].removeprefix("Value error, "),
        )
        for problem in error.errors()
    ]


def _read_people(path: Path, study: StudyFolder) -> Iterator[Message]:
    if not path.exists():
        return
    teams = [team.code for team in study.description.teams]
    try:
        study.people = read_people(path.name, bytes_of(path), teams=teams)
    except (PeopleError, StudyFolderError) as error:
        yield from error.messages


def _read_questionnaires(folder: Path, study: StudyFolder) -> Iterator[Message]:
    for path in files_in(folder, ".md", ".xlsx", ".xls", ".csv"):
        try:
            content = bytes_of(path)
            beside = files_in(folder / path.stem, *MATERIAL)
            material = {each.name: bytes_of(each) for each in beside}
            study.forms[path.stem] = attach(load(content, file_type=path.suffix), material)
            study.questionnaires[path.name] = content
            study.material[path.name] = material
        except StudyFolderError as error:
            yield from error.messages
        except FormError as error:
            yield from (
                say("questionnaires/{file}: {problem}", file=path.name, problem=message)
                for message in error.messages
            )


def _read_texts(folder: Path, texts: dict[str, str]) -> Iterator[Message]:
    for path in files_in(folder, ".md"):
        try:
            texts[canonical(path.stem)] = text_of(path)
        except StudyFolderError as error:
            yield from error.messages


def _read_responses(folder: Path, study: StudyFolder) -> Iterator[Message]:
    for path in files_in(folder, ".jsonl"):
        lines = study.responses.setdefault(path.stem, {})
        try:
            # Not splitlines(): it also divides at U+2028 and the like, which stand in answers.
            rows = text_of(path).split("\n")
        except StudyFolderError as error:
            yield from error.messages
            continue
        for number, row in enumerate(rows, start=1):
            place = f"{shown(path)}, row {number}"
            try:
                if row.strip():
                    lines[number] = AnswerLine.model_validate(json.loads(row))
            except ValidationError as error:
                yield from _sentences(place, error)
            except (ValueError, RecursionError) as error:
                yield say("{place}: {reason}.", place=place, reason=str(error))


def _read_interviews(folder: Path, study: StudyFolder) -> Iterator[Message]:
    listing = folder / "interviews.toml"
    if not listing.exists():
        return
    try:
        parts = InterviewList.model_validate(tomllib.loads(text_of(listing)))
    except StudyFolderError as error:
        yield from error.messages
        return
    except tomllib.TOMLDecodeError as error:
        yield say("interviews/interviews.toml: {reason}.", reason=str(error))
        return
    except ValidationError as error:
        yield from _sentences("interviews/interviews.toml", error)
        return
    for part in parts.interviews:
        path = PurePath(part.file)
        if path.is_absolute() or ".." in path.parts:
            yield say("interviews/{file} lies outside of the study folder.", file=part.file)
            continue
        try:
            content = (folder / path).read_bytes()
        except (OSError, ValueError):  # it is missing, a folder, or no possible name
            yield say("interviews/{file} is listed, but there is no such file.", file=part.file)
            continue
        try:
            study.interviews.append((part, content, read(part.file, content)))
        except TranscriptError as error:
            yield from error.messages


def _read_figures(path: Path, study: StudyFolder) -> Iterator[Message]:
    if not path.exists():
        return
    try:
        study.figures = FigureList.model_validate(tomllib.loads(text_of(path))).figures
    except tomllib.TOMLDecodeError as error:
        yield say("figures.toml: {reason}.", reason=str(error))
    except ValidationError as error:
        yield from _sentences("figures.toml", error)
    except StudyFolderError as error:
        yield from error.messages


def _read_call(folder: Path, study: StudyFolder) -> Iterator[Message]:
    if not folder.is_dir():
        return
    try:
        study.call = read_call(folder)
    except StudyFolderError as error:
        yield from error.messages


def _read_rates(path: Path, study: StudyFolder) -> Iterator[Message]:
    if not path.exists():
        return
    try:
        study.rates = read_rates(path.name, bytes_of(path))
    except (TableError, RatesError, StudyFolderError) as error:
        yield from error.messages

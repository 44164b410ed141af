"""Reading a study folder: all of it, with every mistake, before anything is changed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from i18n import Message, Refusal, canonical, say
from survey.people import Entry, PeopleError, read_people
from survey.study_folder.description import Description
from survey.transcripts import Transcript, TranscriptError, read
from survey.xlsform import FormError, load


class StudyFolderError(Refusal):
    """The study folder has mistakes; nothing was changed."""


class AnswerLine(BaseModel):
    """One line of `responses/*.jsonl`: what somebody answered."""

    model_config = ConfigDict(extra="forbid")

    person: str
    day: date
    language: str = "und"
    answers: dict[str, Any]


class InterviewPart(BaseModel):
    """One `[[interviews]]` of `interviews/interviews.toml`."""

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
    """What a study folder holds, checked."""

    description: Description
    people: list[Entry] = field(default_factory=list)
    questionnaires: dict[str, bytes] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    guide: dict[str, str] = field(default_factory=dict)
    responses: dict[str, list[AnswerLine]] = field(default_factory=dict)
    interviews: list[tuple[InterviewPart, bytes, Transcript]] = field(default_factory=list)


def read_study(folder: Path) -> StudyFolder:
    """Read a study folder.

    Raises:
        StudyFolderError: Every mistake in it, with file, row and column where there is one.
    """
    description = _description(folder / "study.toml")
    study = StudyFolder(description)
    mistakes = [
        *_read_people(folder / "people.csv", study),
        *_read_questionnaires(folder / "questionnaires", study),
        *_read_texts(folder / "consent", study.consent),
        *_read_texts(folder / "guide", study.guide),
        *_read_responses(folder / "responses", study),
        *_read_interviews(folder / "interviews", study),
    ]
    mistakes += [
        say(
            "study.toml: the questionnaire {name} is assigned, but there is no file "
            "questionnaires/{name}.md, .xlsx, .xls or .csv.",
            name=assignment.questionnaire,
        )
        for assignment in description.assignments
        if assignment.questionnaire not in {Path(name).stem for name in study.questionnaires}
    ]
    if mistakes:
        raise StudyFolderError(*mistakes)
    return study


def _description(path: Path) -> Description:
    try:
        return Description.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise StudyFolderError(
            say("{folder} is no study folder: it holds no study.toml.", folder=str(path.parent))
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
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
        study.people = read_people(path.name, path.read_bytes(), teams=teams)
    except PeopleError as error:
        yield from error.messages


def _read_questionnaires(folder: Path, study: StudyFolder) -> Iterator[Message]:
    for path in sorted(folder.glob("*")):
        if path.suffix not in {".md", ".xlsx", ".xls", ".csv"}:
            continue
        content = path.read_bytes()
        try:
            load(content, file_type=path.suffix)
        except FormError as error:
            yield from (
                say("questionnaires/{file}: {problem}", file=path.name, problem=message)
                for message in error.messages
            )
        else:
            study.questionnaires[path.name] = content


def _read_texts(folder: Path, texts: dict[str, str]) -> Iterator[Message]:
    for path in sorted(folder.glob("*.md")):
        try:
            texts[canonical(path.stem)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield say("{file} is not UTF-8 text.", file=f"{folder.name}/{path.name}")


def _read_responses(folder: Path, study: StudyFolder) -> Iterator[Message]:
    codes = {entry.code for entry in study.people}
    for path in sorted(folder.glob("*.jsonl")):
        lines: list[AnswerLine] = []
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            place = f"responses/{path.name}, row {number}"
            try:
                line = AnswerLine.model_validate(json.loads(text))
            except json.JSONDecodeError as error:
                yield say("{place}: {reason}.", place=place, reason=error.msg)
            except ValidationError as error:
                yield from _sentences(place, error)
            else:
                lines.append(line)
                if line.person not in codes:
                    yield say("{place}: there is no person {code}.", place=place, code=line.person)
        study.responses[path.stem] = lines


def _read_interviews(folder: Path, study: StudyFolder) -> Iterator[Message]:
    listing = folder / "interviews.toml"
    if not listing.exists():
        return
    try:
        parts = InterviewList.model_validate(tomllib.loads(listing.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        yield say("interviews/interviews.toml: {reason}.", reason=str(error))
        return
    except ValidationError as error:
        yield from _sentences("interviews/interviews.toml", error)
        return
    for part in parts.interviews:
        try:
            content = (folder / part.file).read_bytes()
            study.interviews.append((part, content, read(part.file, content)))
        except FileNotFoundError:
            yield say("interviews/{file} is listed, but there is no such file.", file=part.file)
        except TranscriptError as error:
            yield from error.messages

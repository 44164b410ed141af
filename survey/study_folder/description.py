"""The shape of `study.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from i18n import canonical
from survey.studies import SLUG

Texts = dict[str, str]
"""A text by language tag."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name} is no time zone; write it like Asia/Shanghai") from error
    return name


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", text, re.ASCII):
        raise ValueError(f"{text} is no time of day; write it like 18:00")
    return text


def _hour_or_none(text: str) -> str:
    if text == "24:00":
        raise ValueError("24:00 is the end of a day; write 00:00 for midnight")
    return _clock(text) if text else ""


def _check_once(names: Sequence[str]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise ValueError(f"{', '.join(twice)} is there twice")


Clock = Annotated[str, AfterValidator(_clock)]


class Part(BaseModel):
    """A table of the file; unknown keys are mistakes, not decoration."""

    model_config = ConfigDict(extra="forbid")


class StudyPart(Part):
    """`[study]`."""

    slug: str = Field(pattern=SLUG)
    invented: bool = False
    languages: list[Annotated[str, AfterValidator(canonical)]] = Field(min_length=1)
    start: date
    end: date
    time_zone: Annotated[str, AfterValidator(_zone)]
    threshold: int = Field(default=3, ge=2)
    remind_at: Annotated[str, AfterValidator(_hour_or_none)] = "20:00"
    contact: str = ""
    title: Texts
    description: Texts = {}

    @model_validator(mode="after")
    def _ends_after_start(self) -> StudyPart:
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


class TeamPart(Part):
    """`[[teams]]`."""

    code: str = Field(min_length=1, max_length=40)
    name: Texts = {}


class ResearchQuestion(Part):
    """`[[research_questions]]`."""

    key: str
    text: Texts


class AssignmentPart(Part):
    """`[[assignments]]`: who answers which questionnaire, when."""

    questionnaire: str
    schedule: Literal["daily", "days", "once", "open"]
    days: list[date] = []
    opens: Clock = "00:00"
    closes: Clock = "24:00"
    late_days: int = Field(default=0, ge=0)
    minutes: int = Field(default=5, ge=1)
    roles: list[str] = []
    decision: str = ""
    title: Texts = {}

    @model_validator(mode="after")
    def _names_its_days(self) -> AssignmentPart:
        if self.schedule == "days" and not self.days:
            raise ValueError("the schedule days needs a list of days")
        return self


class EventPart(Part):
    """`[[events]]`: something that happened to everyone."""

    day: date
    title: Texts


class ConsentPart(Part):
    """`[consent]`."""

    version: str = "1"


class CodingPart(Part):
    """`[coding]`: what researchers see while they code."""

    hide_groups: bool = True


class Description(Part):
    """The whole of `study.toml`."""

    study: StudyPart
    teams: list[TeamPart] = []
    research_questions: list[ResearchQuestion] = []
    assignments: list[AssignmentPart] = []
    events: list[EventPart] = []
    consent: ConsentPart = ConsentPart()
    coding: CodingPart = CodingPart()

    @field_validator("teams")
    @classmethod
    def _each_team_once(cls, teams: list[TeamPart]) -> list[TeamPart]:
        _check_once([team.code for team in teams])
        return teams

    @field_validator("assignments")
    @classmethod
    def _each_questionnaire_once(cls, assignments: list[AssignmentPart]) -> list[AssignmentPart]:
        _check_once([assignment.questionnaire for assignment in assignments])
        return assignments

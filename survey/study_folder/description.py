"""The shape of `study.toml`."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from i18n import canonical

Texts = dict[str, str]
"""A text by language tag."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name} is no time zone; write it like Asia/Shanghai") from error
    return name


def _clock(text: str) -> str:
    if text != "24:00":
        time.fromisoformat(text)
    return text


Clock = Annotated[str, AfterValidator(_clock)]


class Part(BaseModel):
    """A table of the file; unknown keys are mistakes, not decoration."""

    model_config = ConfigDict(extra="forbid")


class StudyPart(Part):
    """`[study]`."""

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")
    invented: bool = False
    languages: list[Annotated[str, AfterValidator(canonical)]] = Field(min_length=1)
    start: date
    end: date
    time_zone: Annotated[str, AfterValidator(_zone)]
    threshold: int = Field(default=3, ge=2)
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

    code: str
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


class EventPart(Part):
    """`[[events]]`: something that happened to everyone."""

    day: date
    title: Texts


class ConsentPart(Part):
    """`[consent]`."""

    version: str = "1"


class Description(Part):
    """The whole of `study.toml`."""

    study: StudyPart
    teams: list[TeamPart] = []
    research_questions: list[ResearchQuestion] = []
    assignments: list[AssignmentPart] = []
    events: list[EventPart] = []
    consent: ConsentPart = ConsentPart()

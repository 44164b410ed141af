"""The study folders that ship to begin from, and beginning a study from one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from data.tables import Study
from i18n import say
from settings import ROOT
from survey.moving import moved
from survey.studies import check_slug
from survey.study_folder.checking import read_study
from survey.study_folder.files import StudyFolderError
from survey.study_folder.importing import import_study
from survey.study_folder.reading import StudyFolder

FOLDER = ROOT / "studies"
Texts = dict[str, str]


@dataclass(frozen=True)
class Template:
    """A study folder to begin from: its name, what it is called, what it is, how long it takes."""

    name: str
    title: Texts
    description: Texts
    days: int


def templates() -> list[Template]:
    """Return the templates that ship, by name; invented studies are none."""
    return [found for path in sorted(FOLDER.glob("*/study.toml")) if (found := _template(path))]


def _template(path: Path) -> Template | None:
    described = tomllib.loads(path.read_text(encoding="utf-8"))["study"]
    if described.get("invented"):
        return None
    return Template(
        name=path.parent.name,
        title=described["title"],
        description=described.get("description", {}),
        days=(described["end"] - described["start"]).days + 1,
    )


def begin(
    name: str,
    *,
    session: Session,
    slug: str,
    start: date,
    end: date,
    title: Texts | None = None,
    contact: str = "",
    coordinator: UUID | None = None,
) -> Study:
    """Make a study of a template; its days move along with its first one.

    Args:
        name: Of the template.
        session: The caller's transaction.
        slug: What the study is called for machines.
        start: Its first day.
        end: Its last one.
        title: What it is called, by language; as the template by default.
        contact: To whom people write.
        coordinator: The account that coordinates it; by default a new one of each role is made.

    Raises:
        StudyFolderError: There is no such template, there is a study of that slug, or the last
            day lies before the first.
        StudyError: A study cannot be called so.
    """
    check_slug(slug)
    if end < start:
        raise StudyFolderError(say("The last day lies before the first one."))
    known = {each.name for each in templates()}
    if name not in known:
        raise StudyFolderError(
            say(
                "There is no template {name}. There are: {names}.",
                name=name,
                names=", ".join(sorted(known)) or "–",
            )
        )
    folder = _moved(read_study(FOLDER / name), start, end)
    folder.description.study = folder.description.study.model_copy(
        update={
            "slug": slug,
            "start": start,
            "end": end,
            "contact": contact or folder.description.study.contact,
            "title": folder.description.study.title | (title or {}),
        }
    )
    return import_study(folder, session=session, coordinator=coordinator)


def _moved(folder: StudyFolder, start: date, end: date) -> StudyFolder:
    """Move every day of a study folder to its place between the first day and the last."""
    described = folder.description.study
    days = partial(moved, before=(described.start, described.end), after=(start, end))
    for assignment in folder.description.assignments:
        assignment.days = [days(day) for day in assignment.days]
    for event in folder.description.events:
        event.day = days(event.day)
    if folder.call:
        # Applications come before the study, or they would be too late.
        folder.call.description.opens += start - described.start
        folder.call.description.closes += start - described.start
    return folder

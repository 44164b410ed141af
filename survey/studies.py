"""The studies of an installation."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Study, Team
from i18n import Refusal, say
from survey.entering import open_account

SLUG = r"^[a-z0-9][a-z0-9-]{0,79}$"
"""How the short name of a study is written."""


class StudyError(Refusal):
    """There is no such study, and none can be called so."""


def slugs(*, session: Session) -> list[str]:
    """Return the slugs of all studies; calls and audiences are not among them."""
    return list(
        session.exec(
            select(Study.slug).where(Study.kind == "study").order_by(col(Study.created_at))
        ).all()
    )


def find(*, session: Session, slug: str | None) -> Study:
    """Return a study; without a slug the only one besides the demo, or the demo alone.

    A call or an audience is found by its own slug only.

    Raises:
        StudyError: There is none, or several to choose from.
    """
    known = slugs(session=session)
    if slug is None:
        others = [each for each in known if each != "demo"] or known
        if len(others) != 1:
            raise StudyError(
                say("Say which study: {slugs}.", slugs=", ".join(others))
                if others
                else say("There is no study yet.")
            )
        slug = others[0]
    study = session.exec(select(Study).where(Study.slug == slug)).first()
    if study is None:
        raise StudyError(
            say("There is no study {slug}. There are: {slugs}.", slug=slug, slugs=", ".join(known))
        )
    return study


def whole(*, session: Session, slug: str | None) -> Study:
    """Return a study that is none of the calls and audiences that belong to another.

    Raises:
        StudyError: There is none, or the slug is that of a call or an audience.
    """
    study = find(session=session, slug=slug)
    if study.kind != "study":
        raise StudyError(
            say("{slug} belongs to another study and goes where that one goes.", slug=study.slug)
        )
    return study


def find_or_make(*, session: Session, slug: str) -> Study:
    """Return a study, made empty if there is none with this slug.

    Raises:
        StudyError: No study can have this slug.
    """
    study = session.exec(select(Study).where(Study.slug == slug)).first()
    if study is None:
        check_slug(slug)
        today = date.today()  # noqa: DTZ011 - the operator's own calendar
        study = Study(
            slug=slug, start=today, end=today, time_zone="UTC", texts={"title": {"en": slug}}
        )
        session.add(study)
        session.flush()
        for role in ("interviewer", "researcher", "coordinator"):
            open_account(session=session, study_id=study.id, role=role)
    return study


def check_slug(slug: str) -> None:
    """Make sure that a study can have this slug.

    Raises:
        StudyError: It cannot.
    """
    if not re.fullmatch(SLUG, slug, re.ASCII):
        raise StudyError(
            say(
                "A study cannot be called {slug}. Use small letters (a to z), digits and "
                "hyphens, 80 at most.",
                slug=slug,
            )
        )


def family(study: Study, *, session: Session) -> list[Study]:
    """Return a study with the call and the audience that belong to it."""
    belonging = session.exec(
        select(Study).where(Study.parent_id == study.id).order_by(col(Study.slug))
    ).all()
    return [study, *belonging]


def team_codes(*, session: Session, study_id: UUID) -> list[str]:
    """Return the codes of the teams of a study."""
    return list(session.exec(select(Team.code).where(Team.study_id == study_id)).all())


def teams_of(*, session: Session, study_id: UUID) -> dict[UUID, Team]:
    """Return the teams of a study by key, in the order of their codes."""
    found = session.exec(
        select(Team).where(Team.study_id == study_id).order_by(col(Team.code))
    ).all()
    return {team.id: team for team in found}

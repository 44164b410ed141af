"""Beginning a study: empty, or as a copy of one that is here, without its people and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import partial
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import available_timezones

from sqlmodel import Session, col, select

from data.history import record
from data.tables import (
    Assignment,
    Attachment,
    Audience,
    Call,
    Questionnaire,
    Study,
    Team,
)
from data.tables.base import Table
from i18n import say
from survey import consent
from survey.moving import moved
from survey.studies import StudyError, check_slug, family
from survey.study_folder.importing import staff

Texts = Mapping[str, str]
Row = TypeVar("Row", bound=Table)


def begin_empty(
    *,
    session: Session,
    slug: str,
    title: Texts,
    start: date,
    end: date,
    languages: list[str],
    time_zone: str = "UTC",
    contact: str = "",
    coordinator: UUID | None = None,
) -> Study:
    """Make a study in which nothing is asked yet.

    Args:
        session: The caller's transaction.
        slug: What it is called for machines.
        title: What it is called, by language.
        start: Its first day.
        end: Its last one.
        languages: In which it speaks to people.
        time_zone: Whose wall clock counts where a person has none.
        contact: To whom people write.
        coordinator: The account that coordinates it; by default a new one of each role is made.

    Raises:
        StudyError: It cannot be called so, ends before it starts, or there is no such time zone.
    """
    _check(slug, start, end, session=session)
    if time_zone not in available_timezones():
        raise StudyError(
            say("{zone} is no time zone; write it like Asia/Shanghai.", zone=time_zone)
        )
    study = Study(
        slug=slug,
        languages=languages,
        start=start,
        end=end,
        time_zone=time_zone,
        texts={"title": dict(title), "description": {}, "contact": contact},
    )
    session.add(study)
    session.flush()
    staff(study, coordinator, session=session)
    _note(study, "nothing", session=session, account_id=coordinator)
    return study


def begin_copy(
    source: Study,
    *,
    session: Session,
    slug: str,
    start: date,
    end: date | None = None,
    title: Texts | None = None,
    coordinator: UUID | None = None,
) -> Study:
    """Make a study like another: what is asked when, the consent text, the design and the teams.

    People, answers, interviews, links and what was made of them stay where they are; of every
    questionnaire the newest version is taken. A call or an audience is copied with it, closed.

    Args:
        source: The study that is copied.
        session: The caller's transaction.
        slug: What the copy is called for machines.
        start: Its first day; every other day moves along.
        end: Its last one; by default it is as long as the other.
        title: What it is called, by language; as the other by default.
        coordinator: The account that coordinates it; by default a new one of each role is made.

    Raises:
        StudyError: It cannot be called so, or ends before it starts.
    """
    later = start - source.start
    last = end or source.end + later
    _check(slug, start, last, session=session)
    whole, *belonging = family(source, session=session)
    days = partial(moved, before=(source.start, source.end), after=(start, last))
    texts = deepcopy(whole.texts)
    texts["title"] = {**texts.get("title", {}), **(title or {})}
    study = _again(
        whole, slug=slug, start=start, end=last, texts=texts, design=_moved(whole.design, days),
        invented=False, closed_at=None,
    )  # fmt: skip
    session.add(study)
    session.flush()
    _fill(whole, study, days, session=session)
    for each in belonging:
        ending = each.slug.removeprefix(whole.slug).strip("-") or each.kind
        copy = _again(
            each, slug=f"{slug}-{ending}"[:80], parent_id=study.id, start=each.start + later,
            end=each.end + later, design=_moved(each.design, days), invented=False, closed_at=None,
        )  # fmt: skip
        session.add(copy)
        session.flush()
        _fill(each, copy, days, session=session)
    staff(study, coordinator, session=session)
    _note(study, source.slug, session=session, account_id=coordinator)
    return study


def _check(slug: str, start: date, end: date, *, session: Session) -> None:
    check_slug(slug)
    if end < start:
        raise StudyError(say("The last day lies before the first one."))
    if session.exec(select(Study.id).where(Study.slug == slug)).first():
        raise StudyError(
            say("There is already a study called {slug}. It was not changed.", slug=slug)
        )


def _note(study: Study, like: str, *, session: Session, account_id: UUID | None) -> None:
    record(
        "study.begun", session=session, study_id=study.id, account_id=account_id,
        subject="study", subject_id=study.id, source=like,
    )  # fmt: skip


def _again(row: Row, **changes: Any) -> Row:  # noqa: ANN401 - columns of the table
    """Return a new row like another."""
    values = deepcopy(row.model_dump(exclude={"id", "created_at"}))
    return type(row)(**(values | changes))


def _moved(design: Mapping[str, Any], days: Callable[[date], date]) -> dict[str, Any]:
    """Return a design whose events have moved; rates of currencies are of their own days."""
    made = deepcopy(dict(design))
    for event in made.get("events", []):
        event["day"] = days(date.fromisoformat(event["day"])).isoformat()
    return made


def _fill(
    source: Study, copy: Study, moved_day: Callable[[date], date], *, session: Session
) -> None:
    """Copy what a study asks, of whom and with which consent."""
    for kind in (Team, Call, Audience):
        changes: dict[str, Any] = {"study_id": copy.id}
        changes |= {"open": False} if kind is Call else {}
        changes |= {"visitors": 0} if kind is Audience else {}
        for row in session.exec(select(kind).where(kind.study_id == source.id)).all():
            session.add(_again(row, **changes))
    text = consent.current(session=session, study_id=source.id)
    if text:
        session.add(_again(text, study_id=copy.id))
    for assignment in session.exec(
        select(Assignment).where(Assignment.study_id == source.id)
    ).all():
        days = [moved_day(date.fromisoformat(day)).isoformat() for day in assignment.days]
        session.add(_again(assignment, study_id=copy.id, days=days))
    _ask(source, copy, session=session)


def _ask(source: Study, copy: Study, *, session: Session) -> None:
    """Copy the newest version of every questionnaire, with the files that came with it."""
    newest: dict[str, Questionnaire] = {}
    for each in session.exec(
        select(Questionnaire)
        .where(Questionnaire.study_id == source.id)
        .order_by(col(Questionnaire.version))
    ).all():
        newest[each.name] = each
    digests = {digest for each in newest.values() for digest in each.files.values()}
    for each in newest.values():
        session.add(_again(each, study_id=copy.id, version=1))
    seen: set[tuple[str, str]] = set()
    for kept in session.exec(
        select(Attachment).where(
            Attachment.study_id == source.id, col(Attachment.sha256).in_(digests)
        )
    ).all():
        if (kept.sha256, kept.filename) not in seen:
            session.add(_again(kept, study_id=copy.id))
            seen.add((kept.sha256, kept.filename))
    session.flush()

"""A person's calendar: when they are asked to write, for the calendar app on their phone.

Its address cannot be guessed and needs no signing in. It is made of a key of the person's row under
the server's seal, so that another key closes it. It holds days, times and what questionnaires are
called; nothing that anybody wrote.
"""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Account, Assignment, Membership, Person, Reminding, Study
from data.tables.base import now
from i18n import Refusal, say, translate
from settings import settings
from survey import calendar
from survey.calendar import Window
from survey.own_calendar import changes_in
from survey.questionnaires import assignments
from survey.reminding.choices import choice_to_write, own_choice
from survey.reminding.letter import of
from survey.reminding.planning import language_for
from survey.responses import days_done
from survey.sealing import seal, unseal
from survey.today import plan_of, zone_of

if TYPE_CHECKING:
    from icalendar import Event

PURPOSE = "calendar"
REFRESH = timedelta(hours=6)


class FeedError(Refusal):
    """There is no calendar at this address."""


class GoneError(FeedError):
    """There was one, and it was closed."""


def address_of(*, session: Session, person_id: UUID) -> str | None:
    """Return the address of a person's calendar; None where they have none."""
    own = own_choice(session=session, person_id=person_id)
    if own is None or own.feed is None:
        return None
    return f"{settings().public_url}/calendar/{seal(PURPOSE, own.feed)}.ics"


def renew(*, session: Session, person: Person, account_id: UUID | None = None) -> None:
    """Give a person's calendar an address; one that it had before opens nothing any more."""
    choice_to_write(session=session, person_id=person.id).feed = uuid4()
    _record("feed.opened", person, session=session, account_id=account_id)


def close(*, session: Session, person: Person, account_id: UUID | None = None) -> None:
    """Take the address of a person's calendar away."""
    choice_to_write(session=session, person_id=person.id).feed = None
    _record("feed.closed", person, session=session, account_id=account_id)


def _record(action: str, person: Person, *, session: Session, account_id: UUID | None) -> None:
    record(
        action,
        session=session,
        study_id=person.study_id,
        account_id=account_id,
        subject="person",
        subject_id=person.id,
    )


def read(*, session: Session, token: str) -> bytes:
    """Return the calendar behind an address, as RFC 5545 has it.

    Raises:
        GoneError: It was closed, or the person withdrew.
        FeedError: There never was one.
    """
    key = unseal(PURPOSE, token)
    if key is None:
        raise FeedError(say("There is no calendar at this address."))
    found = session.exec(
        select(Person, Study, Account)
        .join(Reminding, col(Reminding.person_id) == col(Person.id))
        .join(Study, col(Study.id) == col(Person.study_id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(Reminding.feed == key, col(Person.withdrawn_at).is_(None))
    ).first()
    if found is None:
        raise GoneError(say("This calendar was closed."))
    person, study, account = found
    return written(
        session=session,
        study=study,
        person=person,
        key=key,
        language=language_for(person, account, study),
    )


def written(*, session: Session, study: Study, person: Person, key: UUID, language: str) -> bytes:
    """Write the calendar of a person.

    Args:
        session: The caller's transaction.
        study: Their study.
        person: Whose days these are.
        key: What the ids of the events follow from, so that apps know them again.
        language: Of the titles.
    """
    from icalendar import Calendar  # only where somebody's app asks for it

    zone = zone_of(person, study)
    name = of(study.texts.get("title", {}), language, study.slug)
    made = Calendar()
    made.add("prodid", "-//Zhenqing//Zhenqing//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", zone.key)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    changes = changes_in(session=session, study_id=study.id).of(person)
    for assignment in assignments(session=session, study_id=study.id, role=person.role):
        plan = plan_of(assignment, study)
        done = days_done(
            session=session, person_id=person.id, questionnaire=assignment.questionnaire
        )
        for day in calendar.days_of(plan, changes):
            window = calendar.window(plan, day, zone, changes)
            if not window.excused or day in done:
                uid = uuid5(key, f"{assignment.questionnaire}/{day.isoformat()}")
                made.add_component(
                    _event(assignment, window, zone, uid=uid, done=day in done, language=language)
                )
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(
    assignment: Assignment,
    window: Window,
    zone: ZoneInfo,
    *,
    uid: UUID,
    done: bool,
    language: str,
) -> Event:
    from icalendar import Event  # as above

    site = settings().public_url
    title = of(assignment.title, language, assignment.questionnaire)
    lasts = say("It takes about {minutes} min.", minutes=assignment.minutes)
    made = Event()
    made.add("uid", f"{uid}@{urlsplit(site).hostname}")
    made.add("dtstamp", now())
    made.add("summary", f"✓ {title}" if done else title)
    made.add("description", f"{translate(lasts, language)}\n{site}")
    made.add("url", site)
    opens, closes = (moment.astimezone(zone) for moment in (window.opens, window.closes))
    if opens.time() == closes.time() == dt.time(0):
        made.add("dtstart", opens.date())
        made.add("dtend", closes.date())
    else:
        made.add("dtstart", opens)
        made.add("dtend", closes)
    made.add("transp", "TRANSPARENT")  # nobody is busy because a diary is open
    return made

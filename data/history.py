"""The record of who did what to what and when.

It can only grow: the database refuses to change or delete an event. It holds no names and no
answers, and it outlives what it speaks of.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from io import StringIO
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import AuditEvent

COLUMNS = ("at", "account", "action", "said", "subject", "subject_id", "details")


def record(
    action: str,
    *,
    session: Session,
    study_id: UUID | None = None,
    account_id: UUID | None = None,
    subject: str = "",
    subject_id: UUID | None = None,
    **details: Any,  # noqa: ANN401 - counts, codes and file names of any plain type
) -> None:
    """Add an event to the history.

    Args:
        action: A verb and its object, such as `names.read` or `questionnaire.published`.
        session: The caller's transaction: the event is kept if and only if the change is.
        study_id: The study it happened in.
        account_id: Who did it; none for the server itself.
        subject: The kind of thing it was done to.
        subject_id: Its key.
        details: Plain facts; never a name, never an answer.
    """
    session.add(
        AuditEvent(
            action=action,
            study_id=study_id,
            account_id=account_id,
            subject=subject,
            subject_id=subject_id,
            details=details,
        )
    )


def actions_of(*, session: Session, study_id: UUID) -> dict[str, int]:
    """Return the kinds of events that a study's history holds, with how many of each."""
    found = session.exec(
        select(AuditEvent.action, func.count())
        .where(AuditEvent.study_id == study_id)
        .group_by(col(AuditEvent.action))
        .order_by(col(AuditEvent.action))
    ).all()
    return dict(found)


def events(
    *,
    session: Session,
    study_id: UUID,
    actions: Collection[str] | None = None,
    accounts: Collection[UUID] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[AuditEvent]:
    """Return events of a study, newest first.

    Args:
        session: The caller's transaction.
        study_id: The study.
        actions: Only these kinds; all by default.
        accounts: Only what these accounts did; everybody's by default.
        since: Only from this moment on.
        until: Only before this moment.
        limit: At most so many.
    """
    wanted = select(AuditEvent).where(AuditEvent.study_id == study_id)
    if actions is not None:
        wanted = wanted.where(col(AuditEvent.action).in_(actions))
    if accounts is not None:
        wanted = wanted.where(col(AuditEvent.account_id).in_(accounts))
    if since is not None:
        wanted = wanted.where(col(AuditEvent.at) >= since)
    if until is not None:
        wanted = wanted.where(col(AuditEvent.at) < until)
    return list(
        session.exec(wanted.order_by(col(AuditEvent.at).desc(), col(AuditEvent.id)).limit(limit))
    )


def to_csv(
    found: Iterable[AuditEvent], *, accounts: dict[UUID, str], said: Callable[[str], str]
) -> bytes:
    """Write events as CSV (UTF-8 with a mark for spreadsheets), moments in UTC.

    Args:
        found: The events.
        accounts: What each account is called: a code or a role, never a name.
        said: What says an action in words.
    """
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for event in found:
        who = accounts.get(event.account_id, str(event.account_id)) if event.account_id else ""
        facts = "; ".join(f"{name}: {value}" for name, value in sorted(event.details.items()))
        key = str(event.subject_id) if event.subject_id else ""
        what = said(event.action)
        cells = (event.at.isoformat(), who, event.action, what, event.subject, key, facts)
        writer.writerow([_inert(cell) for cell in cells])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") and cell else cell

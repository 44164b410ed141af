"""Exports of a study: who asked, who allowed those that are not masked, and who is in which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import Session, col, select, update

from data import exported
from data.history import record
from data.tables import Account, Export, ExportRequest, Membership, Person
from data.tables.base import now
from i18n import Refusal, say

OPEN_FOR = timedelta(days=3)
"""How long an unmasked export may be allowed, and made once it was."""
KEPT_FOR = timedelta(days=7)
"""How long an archive can be downloaded."""
UNMASKED_KEPT_FOR = timedelta(days=1)


NOT_ALLOWED = say("This unmasked export is not allowed, or no longer. Ask for it again.")


class ExportError(Refusal):
    """This export is not allowed, or there is none any more."""


def ask_unmasked(
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
    name: str,
    reason: str,
    wanted: Mapping[str, Any],
) -> ExportRequest:
    """Ask another coordinator to allow one unmasked export.

    Args:
        session: The caller's transaction.
        study_id: The study.
        account_id: Who asks: a coordinator.
        name: What they are called.
        reason: What the export is for.
        wanted: Format and language.

    Raises:
        ExportError: Name or reason are missing, or they are no coordinator.
    """
    if not name.strip() or not reason.strip():
        raise ExportError(say("Write who you are and what it is for."))
    _require_coordinator(session=session, study_id=study_id, account_id=account_id)
    request = ExportRequest(
        study_id=study_id,
        asked_by=account_id,
        asked_name=name.strip()[:120],
        reason=reason.strip()[:2000],
        wanted=dict(wanted),
        expires_at=now() + OPEN_FOR,
    )
    session.add(request)
    session.flush()
    _note("export.requested", request, account_id, session=session)
    return request


def decide(
    *, session: Session, request_id: UUID, account_id: UUID, name: str, approved: bool
) -> ExportRequest:
    """Allow an unmasked export, or refuse it.

    Raises:
        ExportError: Whoever decides asked for it themselves, is no coordinator of the study, gave
            no name or that of who asked, or it was decided or lapsed already.
    """
    request = session.get_one(ExportRequest, request_id)
    _require_coordinator(session=session, study_id=request.study_id, account_id=account_id)
    if request.asked_by == account_id:
        raise ExportError(say("Somebody else has to allow what you asked for."))
    if not name.strip():
        raise ExportError(say("Write who you are."))
    if _same(name, request.asked_name):
        raise ExportError(
            say("This is the name of the person who asked. Somebody else has to allow it.")
        )
    moment = now()
    changed = session.exec(
        update(ExportRequest)
        .where(
            col(ExportRequest.id) == request_id,
            col(ExportRequest.decided_at).is_(None),
            col(ExportRequest.expires_at) > moment,
        )
        .values(
            decided_by=account_id,
            decided_name=name.strip()[:120],
            decided_at=moment,
            approved=approved,
        )
    )
    if changed.rowcount != 1:
        raise ExportError(say("This was decided already, or it has lapsed."))
    session.refresh(request)
    _note("export.approved" if approved else "export.refused", request, account_id, session=session)
    return request


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _require_coordinator(*, session: Session, study_id: UUID, account_id: UUID) -> None:
    found = session.exec(
        select(Membership.id)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            Membership.account_id == account_id,
            Membership.study_id == study_id,
            Membership.role == "coordinator",
            col(Account.disabled).is_(False),
        )
    ).first()
    if found is None:
        raise ExportError(say("Only coordinators ask for unmasked exports and allow them."))


def _note(action: str, request: ExportRequest, account_id: UUID, *, session: Session) -> None:
    record(
        action,
        session=session,
        study_id=request.study_id,
        account_id=account_id,
        subject="export_request",
        subject_id=request.id,
    )


def requests_of(*, session: Session, study_id: UUID) -> list[ExportRequest]:
    """Return what was asked for in a study, newest first."""
    return list(
        session.exec(
            select(ExportRequest)
            .where(ExportRequest.study_id == study_id)
            .order_by(col(ExportRequest.created_at).desc())
        ).all()
    )


def is_open(request: ExportRequest) -> bool:
    """Whether a request still waits for somebody to decide."""
    return request.decided_at is None and request.expires_at > now()


def is_usable(request: ExportRequest) -> bool:
    """Whether the export may be made: allowed, not lapsed, not made yet."""
    return request.approved and request.used_at is None and request.expires_at > now()


def use(*, session: Session, request_id: UUID, account_id: UUID | None) -> ExportRequest:
    """Use up what was allowed.

    Raises:
        ExportError: It is not allowed, not to this account, not any more, or was used already.
    """
    moment = now()
    changed = session.exec(
        update(ExportRequest)
        .where(
            col(ExportRequest.id) == request_id,
            col(ExportRequest.asked_by) == account_id,
            col(ExportRequest.approved).is_(True),
            col(ExportRequest.decided_by).is_not(None),
            col(ExportRequest.used_at).is_(None),
            col(ExportRequest.expires_at) > moment,
        )
        .values(used_at=moment)
    )
    if changed.rowcount != 1:
        raise ExportError(NOT_ALLOWED)
    return session.get_one(ExportRequest, request_id, populate_existing=True)


def check_usable(*, session: Session, request_id: UUID, account_id: UUID | None) -> None:
    """Make sure that an unmasked export is allowed, before the work begins.

    Raises:
        ExportError: It is not, not to this account, not any more, or was used already.
    """
    request = session.get(ExportRequest, request_id)
    if request is None or request.asked_by != account_id or not is_usable(request):
        raise ExportError(NOT_ALLOWED)


def note_export(export: Export, *, session: Session, by_command: bool = False) -> None:
    """Keep the row of an export and record that it was made.

    Args:
        export: The row, whole.
        session: The caller's transaction.
        by_command: Whether the operator made it with a command; its file is the operator's.

    Raises:
        ExportError: Somebody in it has withdrawn while it was being made.
    """
    if by_command:
        export.removed_at = now()
    session.add(export)
    session.flush()
    # Waits for a withdrawal that is under way; one that comes later finds the row (see below).
    gone = session.exec(
        select(Person.withdrawn_at)
        .where(Person.study_id == export.study_id, col(Person.id).in_(map(UUID, export.people)))
        .with_for_update(read=True)
    ).all()
    if any(gone):
        raise ExportError(say("Somebody has just withdrawn. Make the export again."))
    record(
        "study.exported",
        session=session,
        study_id=export.study_id,
        account_id=export.account_id,
        subject="export",
        subject_id=export.id,
        format=export.format,
        masked=export.masked,
        people=len(export.people),
        sha256=export.sha256,
    )


def exports_of(*, session: Session, study_id: UUID) -> list[Export]:
    """Return the exports that were made of a study, newest first."""
    return list(
        session.exec(
            select(Export).where(Export.study_id == study_id).order_by(col(Export.made_at).desc())
        ).all()
    )


def content_of(export: Export, *, session: Session, account_id: UUID) -> bytes:
    """Return the archive of an export to whoever may have it, and record that they took it.

    Raises:
        ExportError: It is not kept any more, or it is unmasked and somebody else's.
    """
    if not export.masked and export.account_id != account_id:
        raise ExportError(say("Only the person who asked for an unmasked export can download it."))
    if export.removed_at is not None:
        raise ExportError(say("This file is not kept any more. Ask for a new one."))
    try:
        content = exported.read(export.id)
    except FileNotFoundError as error:
        raise ExportError(say("This file is not kept any more. Ask for a new one.")) from error
    record(
        "export.downloaded",
        session=session,
        study_id=export.study_id,
        account_id=account_id,
        subject="export",
        subject_id=export.id,
    )
    return content


def withdrawn_since(export: Export, *, session: Session) -> list[str]:
    """Return the codes of those who are in an export and withdrew after it was made."""
    keys = set(export.people)
    gone = session.exec(
        select(Person)
        .where(Person.study_id == export.study_id, col(Person.withdrawn_at).is_not(None))
        .order_by(col(Person.code))
    )
    return [person.code for person in gone if str(person.id) in keys]


def holding(*, session: Session, person: Person) -> list[Export]:
    """Return the exports that hold what a person gave, newest first."""
    known = exports_of(session=session, study_id=person.study_id)
    return [export for export in known if str(person.id) in export.people]


def forget_archives(*, session: Session, person: Person) -> int:
    """Remove the archives here that hold what a person gave; that they were made stays known."""
    # Changes nothing, but waits for an export that is being finished, and lets none be after it.
    session.exec(
        update(Person)
        .where(col(Person.id) == person.id)
        .values(withdrawn_at=col(Person.withdrawn_at))
    )
    kept = [each for each in holding(session=session, person=person) if each.removed_at is None]
    _remove(kept, session=session)
    return len(kept)


def clear_away(*, session: Session) -> int:
    """Remove the archives whose time is over, of every study, and count them."""
    moment = now()
    kept = session.exec(select(Export).where(col(Export.removed_at).is_(None))).all()
    over = [
        each
        for each in kept
        if each.made_at + (KEPT_FOR if each.masked else UNMASKED_KEPT_FOR) < moment
    ]
    _remove(over, session=session)
    return len(over)


def _remove(exports: Sequence[Export], *, session: Session) -> None:
    """Remove archives: from the list now, from the disk once the caller commits."""
    for export in exports:
        export.removed_at = now()
        session.add(export)
        key = export.id
        event.listen(session, "after_commit", lambda _, key=key: exported.remove(key), once=True)
    session.flush()

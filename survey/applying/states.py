"""How an application stands, and what may follow what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, update

from data.history import record
from data.tables import Application
from i18n import Message, Refusal, say


class State(StrEnum):
    """How an application stands."""

    DRAFT = "draft"
    SENT = "sent"
    SHORT = "shortlisted"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFUSED = "refused"


SAID: Mapping[State, Message] = {
    State.DRAFT: say("being written"),
    State.SENT: say("sent"),
    State.SHORT: say("on the short list"),
    State.INVITED: say("invited"),
    State.ACCEPTED: say("is coming"),
    State.DECLINED: say("is not coming"),
    State.REFUSED: say("not chosen"),
}
"""How each state is called."""

BEFORE: Mapping[State, frozenset[State]] = {
    State.SENT: frozenset({State.DRAFT, State.SHORT}),
    State.SHORT: frozenset({State.SENT}),
    State.INVITED: frozenset({State.SENT, State.SHORT, State.REFUSED}),
    State.REFUSED: frozenset({State.SENT, State.SHORT}),
    State.ACCEPTED: frozenset({State.INVITED, State.DECLINED}),
    State.DECLINED: frozenset({State.INVITED, State.ACCEPTED}),
}
"""What each state may follow."""

HERE = frozenset(State) - {State.DRAFT}
"""Those that reached the people who choose."""


class StateError(Refusal):
    """The application does not stand so any more; somebody else was first."""


def change(
    application: Application,
    to: State,
    *,
    session: Session,
    account_id: UUID | None = None,
    before: Collection[State] | None = None,
    **values: datetime,
) -> None:
    """Let an application stand otherwise; of two people at the same moment one succeeds.

    Args:
        application: Which; brought up to date.
        to: How it shall stand.
        session: The caller's transaction.
        account_id: Who changes it.
        before: What it may follow; as `BEFORE` says by default.
        values: Moments to write down with it.

    Raises:
        StateError: It stands in a way that this cannot follow.
    """
    allowed = BEFORE[to] if before is None else before
    columns: dict[str, Any] = {"state": to.value, **values}
    changed = session.exec(
        update(Application)
        .where(
            col(Application.id) == application.id,
            col(Application.state).in_([state.value for state in allowed]),
            col(Application.participant_id).is_(None),
        )
        .values(**columns)
    )
    session.refresh(application)
    if changed.rowcount != 1:
        raise StateError(
            say(
                "This has changed in the meantime: the application now stands as “{state}”. "
                "Nothing was done.",
                state=SAID[State(application.state)],
            )
        )
    record(
        f"application.{to.value}",
        session=session,
        study_id=application.study_id,
        account_id=account_id,
        subject="application",
        subject_id=application.id,
    )

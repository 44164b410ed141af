"""The truth about reminders: their rows, how one is claimed, and how each ended.

No reminder is sent twice, whatever crashes. A row exists before anything is sent, and it goes from
`waiting` to `claimed` to `sending` by updates that only one worker's claim can make. Until
`sending` is committed nothing of a letter was handed over, so a claim that was left behind may be
taken again; after that nobody can say whether it went out, so it becomes `unknown` and stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from data.database import open_session
from data.tables import Letter, Reminder
from data.tables.base import now
from survey.reminding.planning import KIND, Planned
from survey.reminding.records import SENDING_LASTS

CLAIM_LASTS = timedelta(minutes=2)
"""After so long a claim of which nothing was sent is given up; its holder cannot send any more."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=10), timedelta(minutes=20))
"""Before the second try, the third and so on; the last one before all further ones."""

AT_ONCE = 100
Sendable = TypeVar("Sendable", Reminder, Letter)
"""What is claimed and sent in this way."""
INSERTS: dict[str, Callable[[type[Reminder]], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def write_down(planned: Iterable[Planned]) -> None:
    """Make a waiting row for each reminder, where there is none yet."""
    rest = iter(planned)
    while some := list(islice(rest, AT_ONCE)):
        moment = now()
        rows = [_row(each, moment) for each in some]
        with open_session() as session:
            insert = INSERTS[session.get_bind().dialect.name](Reminder)
            session.exec(insert.values(rows).on_conflict_do_nothing())
            session.commit()


def _row(planned: Planned, moment: datetime) -> dict[str, Any]:
    return {
        "id": uuid5(planned.person_id, f"{KIND}/{planned.due.isoformat()}"),
        "study_id": planned.study_id,
        "person_id": planned.person_id,
        "kind": KIND,
        "due": planned.due,
        "status": "waiting",
        "language": planned.language,
        "until": planned.until,
        "next_at": moment,
        "tries": 0,
        "problem": "",
        "changed_at": moment,
    }


def waiting(
    *,
    session: Session,
    limit: int,
    tried: Collection[UUID] = (),
    table: type[Reminder | Letter] = Reminder,
) -> list[UUID]:
    """Return what is to be sent and whose turn has come, first what soon makes no sense any more.

    Args:
        session: The caller's transaction.
        limit: At most so many.
        tried: Those not to return.
        table: Of which kind.
    """
    moment = now()
    found = session.exec(
        select(table.id)
        .where(
            table.status == "waiting",
            table.next_at <= moment,
            table.until > moment,
        )
        .order_by(col(table.until), col(table.id))
        .limit(limit + len(tried))
    ).all()
    return [key for key in found if key not in tried][:limit]


def claim(key: UUID, table: type[Sendable]) -> Sendable | None:
    """Take something that waits; of two workers only one gets it. Its `runner` is this claim."""
    with open_session() as session:
        mine = uuid4()
        taken = session.exec(
            update(table)
            .where(col(table.id) == key, col(table.status) == "waiting")
            .values(status="claimed", runner=mine, tries=col(table.tries) + 1, changed_at=now())
        )
        session.commit()
        if taken.rowcount != 1:
            return None
        return session.get_one(table, key, populate_existing=True)


def hand_over(claimed: Reminder | Letter) -> bool:
    """Say, just before the text is handed over, that from now on it may have gone out.

    Returns:
        Whether the claim still held. If not, another worker has it and nothing may be sent.
    """
    return _end(claimed, "sending", expected=("claimed",))


def sent(claimed: Reminder | Letter) -> None:
    """Say that the mail server took a letter; that may come to light after it was given up."""
    _end(claimed, "sent", expected=("sending", "unknown"), problem="", sent_at=now())


def lost(claimed: Reminder | Letter, problem: str) -> None:
    """Say that nobody can know whether the mail server took a letter."""
    _end(claimed, "unknown", expected=("sending",), problem=problem)


def refused(
    claimed: Reminder | Letter, problem: str, *, expected: Collection[str] = ("claimed", "sending")
) -> None:
    """Say that this letter will never be taken, and certainly did not go out."""
    _end(claimed, "refused", expected=expected, problem=problem)


def needless(claimed: Reminder | Letter) -> None:
    """Say that nothing is due any more, or that the person wants none."""
    _end(claimed, "needless")


def put_back(claimed: Reminder | Letter, problem: str, *, counted: bool = True) -> None:
    """Say that a letter certainly did not go out and may be tried again later.

    Args:
        claimed: The reminder.
        problem: What kind of failure it was.
        counted: Whether the pause grows with it.
    """
    tries = max(claimed.tries if counted else 1, 1)
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    _end(claimed, "waiting", problem=problem, next_at=now() + pause)


def _end(
    claimed: Reminder | Letter,
    status: str,
    *,
    expected: Collection[str] = ("claimed", "sending"),
    **values: Any,  # noqa: ANN401 - columns
) -> bool:
    table = type(claimed)
    with open_session() as session:
        changed = session.exec(
            update(table)
            .where(
                col(table.id) == claimed.id,
                col(table.runner) == claimed.runner,
                col(table.status).in_(expected),
            )
            .values(status=status, changed_at=now(), **values)
        )
        session.commit()
    return bool(changed.rowcount == 1)


def settle(moment: datetime, table: type[Reminder | Letter] = Reminder) -> None:
    """Release claims left behind, give up on words that never came, and close what is too late."""
    changes = (
        ("claimed", col(table.changed_at) < moment - CLAIM_LASTS, "waiting"),
        ("sending", col(table.changed_at) < moment - SENDING_LASTS, "unknown"),
        ("waiting", col(table.until) <= moment, "missed"),
    )
    with open_session() as session:
        for before, when, after in changes:
            session.exec(
                update(table)
                .where(col(table.status) == before, when)
                .values(status=after, changed_at=moment)
            )
        session.commit()

"""Deleting a study for good, with what belongs to it, and the receipt that says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Table as AnyTable
from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from data import exported, files, search_index
from data.closed import letting
from data.erasing import scrub
from data.history import record
from data.study_rows import SHARED, naming_accounts, within
from data.tables import (
    Account,
    Attachment,
    AuditEvent,
    Embedding,
    Export,
    Membership,
    Passage,
    Person,
    Study,
    metadata,
)
from data.tables.base import now
from i18n import Refusal, say
from survey.studies import family

DELETED = "study.deleted"


class DeletionError(Refusal):
    """The study was not deleted."""


@dataclass(frozen=True)
class Receipt:
    """What was deleted, when and by whom: counts, and no word of anybody's.

    Attributes:
        key: By which it is found again: that of the event in the history.
        study_id: The study.
        slug: What it was called for machines.
        at: When.
        account_id: Who did it; None for the operator.
        rows: How many rows went, by table; tables of which there were none are left out.
        files: How many kept files nobody else uses, and went.
        withdrawn: How many of the people had withdrawn before.
    """

    key: UUID
    study_id: UUID
    slug: str
    at: datetime
    account_id: UUID | None
    rows: dict[str, int]
    files: int
    withdrawn: int

    def text(self) -> str:
        """Return the receipt as plain text."""
        who = f"account {self.account_id}" if self.account_id else "the operator, by command"
        lines = [
            f"Receipt {self.key}",
            f"The study {self.slug} ({self.study_id}) was deleted for good.",
            f"When: {self.at.isoformat(timespec='seconds')}",
            f"By: {who}",
            f"Rows deleted: {sum(self.rows.values())}",
            *(f"  {table}: {count}" for table, count in sorted(self.rows.items())),
            f"Kept files deleted: {self.files}",
            f"People who had withdrawn before: {self.withdrawn}",
            "The history of the study, which holds no names and no answers, is kept.",
            "Archives and backups made before still hold it; they are with whoever took them.",
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Removed:
    """What went from the database, and what is still to be cleared once that is committed.

    Attributes:
        studies: The study and what belonged to it.
        rows: How many rows of each table.
        digests: Contents that only its rows named.
        exports: Exports whose archives may still be there.
        withdrawn: How many people had withdrawn before.
    """

    studies: tuple[UUID, ...]
    rows: dict[str, int]
    digests: tuple[str, ...]
    exports: tuple[UUID, ...]
    withdrawn: int


def delete_study(
    study: Study, *, typed: str, session: Session, account_id: UUID | None = None
) -> Receipt:
    """Delete a study with everything that belongs to it, for good, and commit.

    It commits itself, because files can go only once nothing names them any more.

    Args:
        study: Which.
        typed: Its slug, as whoever deletes it typed it.
        session: A session with nothing else to commit.
        account_id: Who deletes it; None for the operator.

    Raises:
        DeletionError: What was typed is not its slug; nothing was changed.
    """
    if typed.strip() != study.slug:
        raise DeletionError(
            say("To delete this study, type its short name, {slug}.", slug=study.slug)
        )
    slug, study_id = study.slug, study.id
    removed = remove(study, session=session)
    receipt = Receipt(
        key=uuid4(),
        study_id=study_id,
        slug=slug,
        at=now(),
        account_id=account_id,
        rows=removed.rows,
        files=len(removed.digests),
        withdrawn=removed.withdrawn,
    )
    record(
        DELETED,
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="receipt",
        subject_id=receipt.key,
        slug=slug,
        rows=sum(removed.rows.values()),
        files=receipt.files,
        people=removed.rows.get("person", 0),
        entries=removed.rows.get("response", 0),
        tables=removed.rows,
    )
    session.commit()
    clear(removed, session=session)
    return receipt


def remove(study: Study, *, session: Session) -> Removed:
    """Delete the rows of a study, of what belongs to it, and what only they needed.

    Call `clear` after the commit.
    """
    keys = tuple(each.id for each in family(study, session=session))
    rows = {
        table.name: count
        for table in metadata.sorted_tables
        if table.name not in SHARED and (count := _count(table, keys, session=session))
    }
    removed = Removed(
        studies=keys,
        rows=rows,
        digests=tuple(_only_here(keys, session=session)),
        exports=tuple(session.exec(select(Export.id).where(col(Export.study_id).in_(keys))).all()),
        withdrawn=session.exec(
            select(func.count())
            .select_from(Person)
            .where(col(Person.study_id).in_(keys), col(Person.withdrawn_at).is_not(None))
        ).one(),
    )
    accounts = session.exec(
        select(Membership.account_id).where(col(Membership.study_id).in_(keys))
    ).all()
    with letting(session):
        vectors = _forget_vectors(keys, session=session)
        session.exec(delete(Study).where(col(Study.id).in_(keys)))
        session.expire_all()
        gone = _forget_accounts(set(accounts), session=session)
    rows |= {name: count for name, count in (("embedding", vectors), ("account", gone)) if count}
    return removed


def clear(removed: Removed, *, session: Session) -> None:
    """Delete the files of what was removed, after the commit, and scrub the database."""
    files.discard(removed.digests, session=session)
    for key in removed.exports:
        exported.remove(key)
    for key in removed.studies:
        search_index.path_of(key).unlink(missing_ok=True)
    session.rollback()  # nothing is read any more, or the log of the database could not be emptied
    scrub()


def _count(table: AnyTable, keys: Collection[UUID], *, session: Session) -> int:
    found = session.connection().scalar(
        select(func.count()).select_from(table).where(within(table, keys))
    )
    return int(found or 0)


def _only_here(keys: Collection[UUID], *, session: Session) -> Sequence[str]:
    """Return the contents that no row of another study names."""
    elsewhere = select(Attachment.sha256).where(col(Attachment.study_id).not_in(keys))
    return session.exec(
        select(Attachment.sha256)
        .where(col(Attachment.study_id).in_(keys), col(Attachment.sha256).not_in(elsewhere))
        .distinct()
    ).all()


def _forget_vectors(keys: Collection[UUID], *, session: Session) -> int:
    """Delete the vectors of texts that stand in no other study."""
    here = select(Passage.text_hash).where(col(Passage.study_id).in_(keys))
    elsewhere = select(Passage.text_hash).where(col(Passage.study_id).not_in(keys))
    gone = session.exec(
        delete(Embedding).where(
            col(Embedding.text_hash).in_(here), col(Embedding.text_hash).not_in(elsewhere)
        )
    )
    return int(gone.rowcount)


def _forget_accounts(accounts: Collection[UUID], *, session: Session) -> int:
    """Delete those of these accounts that nothing names any more, and count them."""
    named: set[UUID] = set()
    for table, column in naming_accounts():
        found = session.connection().execute(
            select(column).select_from(table).where(column.in_(accounts)).distinct()
        )
        named.update(found.scalars())
    gone = [key for key in accounts if key not in named]
    session.exec(delete(Account).where(col(Account.id).in_(gone)))
    return len(gone)


@dataclass(frozen=True)
class Gone:
    """A study that was deleted: its slug, when, and the key of the receipt."""

    slug: str
    at: datetime
    receipt: UUID | None


def deleted(*, session: Session) -> list[Gone]:
    """Return the studies that were deleted here, the latest first."""
    found = session.exec(
        select(AuditEvent).where(AuditEvent.action == DELETED).order_by(col(AuditEvent.at).desc())
    ).all()
    return [Gone(str(each.details.get("slug", "")), each.at, each.subject_id) for each in found]

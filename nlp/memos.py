"""Memos: what researchers note about a theme or a passage while they read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Memo, Passage, ThemeRun
from data.tables.base import now
from i18n import Refusal, say
from nlp.masking_review import known

LONGEST = 10_000


class MemoError(Refusal):
    """The memo cannot be kept so; nothing was changed."""


def about_passages(keys: Sequence[str], *, session: Session) -> dict[str, list[Memo]]:
    """Return the memos on passages, the oldest first, by the passage's key as text."""
    found: dict[str, list[Memo]] = {}
    for memo in session.exec(
        select(Memo)
        .where(col(Memo.passage_id).in_([UUID(key) for key in keys]))
        .order_by(col(Memo.created_at))
    ):
        found.setdefault(str(memo.passage_id), []).append(memo)
    return found


def about_themes(themes: Collection[int], *, session: Session, run_id: UUID) -> list[Memo]:
    """Return the memos on themes of a run, the oldest first.

    Args:
        themes: A theme with those that became part of it.
        session: The caller's transaction.
        run_id: The run.
    """
    return list(
        session.exec(
            select(Memo)
            .where(Memo.run_id == run_id, col(Memo.theme).in_(themes))
            .order_by(col(Memo.created_at))
        )
    )


def stranded(*, session: Session, run: ThemeRun) -> list[Memo]:
    """Return the memos on themes that no theme of a run continues, the newest first."""
    return list(
        session.exec(
            select(Memo)
            .where(
                Memo.study_id == run.study_id,
                col(Memo.theme).is_not(None),
                col(Memo.run_id) != run.id,
            )
            .order_by(col(Memo.created_at).desc())
        )
    )


def note(
    text: str,
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID | None,
    passage_id: UUID | None = None,
    run_id: UUID | None = None,
    theme: int | None = None,
) -> Memo:
    """Keep a memo on a passage, or on a theme of a run. Known names are masked in it.

    Raises:
        MemoError: It is empty or too long, or the passage is gone.
    """
    masked = _masked(text, session=session, study_id=study_id, account_id=account_id)
    if passage_id is not None:
        passage = session.get(Passage, passage_id)
        if passage is None or passage.study_id != study_id:
            raise MemoError(say("This passage is no longer there."))
    memo = Memo(
        study_id=study_id,
        account_id=account_id,
        passage_id=passage_id,
        run_id=run_id,
        theme=theme,
        text=masked,
    )
    session.add(memo)
    session.flush()
    _record("memo.written", memo, session=session, account_id=account_id)
    return memo


def change(
    memo_id: UUID, text: str, *, seen: int, session: Session, account_id: UUID | None
) -> None:
    """Change a memo; an empty text takes it away.

    Args:
        memo_id: The memo.
        text: What it says now.
        seen: The `revision` that whoever changes it had before their eyes.
        session: The caller's transaction.
        account_id: Who changes it.

    Raises:
        MemoError: Somebody changed it meanwhile, or the text is too long.
    """
    memo = session.get(Memo, memo_id)
    mine = session.exec(
        update(Memo)
        .where(col(Memo.id) == memo_id, col(Memo.revision) == seen)
        .values(revision=seen + 1, changed_at=now())
    )
    if memo is None or mine.rowcount != 1:
        raise MemoError(say("Somebody changed this memo in the meantime. Look at it again."))
    session.refresh(memo)
    if not text.strip():
        _record("memo.removed", memo, session=session, account_id=account_id)
        session.delete(memo)
    else:
        memo.text = _masked(text, session=session, study_id=memo.study_id, account_id=account_id)
        session.add(memo)
        _record("memo.changed", memo, session=session, account_id=account_id)
    session.flush()


def carry(
    old: ThemeRun, new: ThemeRun, heir: Callable[[int], int | None], *, session: Session
) -> None:
    """Take the memos on themes along to a newer run, to the theme that continues theirs.

    Args:
        old: The run they were written about.
        new: The newer run.
        heir: Gives for a theme of the old run the one that continues it; where none does, the memo
            stays where it is (`stranded`).
        session: The caller's transaction.
    """
    for memo in session.exec(
        select(Memo).where(Memo.run_id == old.id, col(Memo.theme).is_not(None))
    ).all():
        continued = heir(memo.theme) if memo.theme is not None else None
        if continued is not None:
            memo.run_id, memo.theme = new.id, continued
            session.add(memo)
    session.flush()


def _masked(text: str, *, session: Session, study_id: UUID, account_id: UUID | None) -> str:
    text = text.strip()
    if not text:
        raise MemoError(say("There is nothing to keep yet."))
    if len(text) > LONGEST:
        raise MemoError(
            say("A memo has at most {most} characters; this one has {count}.",
                most=LONGEST, count=len(text))
        )  # fmt: skip
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="masking a memo"
    )
    return names.mask(text, language="und").text


def _record(action: str, memo: Memo, *, session: Session, account_id: UUID | None) -> None:
    record(
        action,
        session=session,
        study_id=memo.study_id,
        account_id=account_id,
        subject="memo",
        subject_id=memo.id,
    )

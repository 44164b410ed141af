"""Which marks count: what coders settled on where they did, and never what would end blindness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Coding, Study
from nlp.coding.blind import finished, hides_groups, visible
from nlp.coding.places import Place, place_of


@dataclass(frozen=True)
class Chosen:
    """The marks that somebody may see together.

    Attributes:
        codings: Of each text what was decided together; where nothing was, what each coder marked.
        read: The texts that somebody coded or finished: a text without a mark among them was read
            and left unmarked.
        kept_back: How many marks are left out so that a coder stays blind.
    """

    codings: list[Coding]
    read: frozenset[Place]
    kept_back: int = 0


def choose(*, session: Session, study: Study, account_id: UUID | None) -> Chosen:
    """Choose the marks of a study that somebody may see together.

    Whoever codes sees others' marks only in texts that they have finished themselves; where the
    study hides groups from coders, their own in unfinished texts are left out too, because a table
    by team would tell the team of what they are coding. Whoever does not code sees all.

    Args:
        session: Where to read.
        study: The study.
        account_id: Who looks; None for the chapter and the worker.
    """
    marks = session.exec(
        select(Coding)
        .where(
            Coding.study_id == study.id,
            col(Coding.lost_at).is_(None),
            col(Coding.person_id).is_not(None),
        )
        .order_by(col(Coding.created_at), col(Coding.id))
    ).all()
    # That something is not about a code is decided too: a decided mark that does not stand.
    decided = {place_of(each) for each in marks if each.version == "decided"}
    standing = [each for each in marks if each.removed_at is None]
    done = finished(session=session, study_id=study.id)
    if account_id is None or not _codes(account_id, standing, done):
        return Chosen(settled(standing, decided), frozenset({*map(place_of, standing), *done}))
    mine = {place for place, who in done.items() if account_id in who}
    seen = visible(standing, done, account_id=account_id)
    if hides_groups(study):
        seen = [each for each in seen if place_of(each) in mine]
    return Chosen(
        settled(seen, decided), frozenset({*map(place_of, seen), *mine}), len(standing) - len(seen)
    )


def _codes(account_id: UUID, codings: Sequence[Coding], done: Mapping[Place, set[UUID]]) -> bool:
    """Whether somebody codes in this study."""
    return any(each.account_id == account_id for each in codings) or any(
        account_id in who for who in done.values()
    )


def settled(codings: Sequence[Coding], decided: Set[Place]) -> list[Coding]:
    """Return of texts about which something was decided those marks, of others everybody's own."""
    return [each for each in codings if (each.version == "decided") == (place_of(each) in decided)]

"""Drafts: unsent answers, one row a question, readable by their author only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from data.tables import Draft
from data.tables.base import now
from i18n import Refusal, say
from survey.filling import AddressError, Filling
from survey.xlsform import Form, Question, Repeat

TURN = re.compile(r"/([^/\[\]]+)(?:\[(\d+)\])?")
"""A step of a path: its name, and which turn of a repeat it is."""


MOST_TURNS = 1000
"""A draft that claims to be in a later turn of a repeat is refused."""


class StaleDraftError(Refusal):
    """Somewhere else a newer text was written; `current` is that draft."""

    def __init__(self, current: Draft) -> None:
        super().__init__(
            say("This was changed on another device or in another tab. Choose which text to keep.")
        )
        self.current = current


def question_at(form: Form, path: str) -> Question | None:
    """Return the question a form has at a path, in whatever turn of its repeats; None without."""
    if not re.fullmatch(f"(?:{TURN.pattern})+", path):
        return None
    place: tuple[str, ...] = ()
    for name, number in TURN.findall(path):
        place = (*place, name)
        if number and not isinstance(form.elements.get(place), Repeat):
            return None
        if number and not 1 <= int(number) <= MOST_TURNS:
            return None
    found = form.elements.get(place)
    return found if isinstance(found, Question) else None


def drafts_of(*, session: Session, account_id: UUID, instance_id: UUID) -> dict[str, Draft]:
    """Return an author's drafts of one entry, by path."""
    found = session.exec(
        select(Draft).where(Draft.account_id == account_id, Draft.instance_id == instance_id)
    ).all()
    return {draft.path: draft for draft in found}


def keep(
    *,
    session: Session,
    account_id: UUID,
    questionnaire_id: UUID,
    instance_id: UUID,
    path: str,
    value: Any,  # noqa: ANN401 - an answer in its JSON form
    revision: int,
) -> tuple[int, datetime]:
    """Keep the answer to one question; blank answers are kept too, so that clearing is not undone.

    Args:
        session: The caller's transaction.
        account_id: The author.
        questionnaire_id: The version being answered.
        instance_id: The entry.
        path: The question.
        value: The answer.
        revision: The revision that the author's text was based on, 0 for none.

    Returns:
        The new revision and when it was kept.

    Raises:
        StaleDraftError: Another tab or device has written since; nothing was changed. The same
            text again is no conflict.
    """
    moment = now()
    changed = session.exec(
        update(Draft)
        .where(
            col(Draft.account_id) == account_id,
            col(Draft.instance_id) == instance_id,
            col(Draft.path) == path,
            col(Draft.revision) == revision,
        )
        .values(
            value=value,
            revision=revision + 1,
            questionnaire_id=questionnaire_id,
            updated_at=moment,
        )
    )
    if changed.rowcount == 1:
        return revision + 1, moment
    current = _find(session=session, account_id=account_id, instance_id=instance_id, path=path)
    if current is None:
        draft = Draft(
            account_id=account_id,
            questionnaire_id=questionnaire_id,
            instance_id=instance_id,
            path=path,
            value=value,
            updated_at=moment,
        )
        try:
            with session.begin_nested():
                session.add(draft)
        except IntegrityError:
            current = _find(
                session=session, account_id=account_id, instance_id=instance_id, path=path
            )
            if current is None:
                raise  # the author was deleted in the meantime
        else:
            return draft.revision, moment
    if current.value == value:
        return current.revision, current.updated_at
    raise StaleDraftError(current)


def _find(*, session: Session, account_id: UUID, instance_id: UUID, path: str) -> Draft | None:
    return session.exec(
        select(Draft).where(
            Draft.account_id == account_id, Draft.instance_id == instance_id, Draft.path == path
        )
    ).first()


def restore(filling: Filling, drafts: Mapping[str, Draft]) -> None:
    """Put drafts back into a filling, in the order of the form; repeats grow as needed.

    A draft whose question a new version of the questionnaire no longer has stays in the database
    and is left out here.
    """
    order = {path: place for place, path in enumerate(filling.form.elements)}
    for path, draft in sorted(drafts.items(), key=lambda item: _in_order(item[0], order)):
        try:
            _grow(filling, path)
            filling.answer(path, draft.value)
        except AddressError:
            continue


def _in_order(path: str, order: Mapping[tuple[str, ...], int]) -> list[tuple[int, int]]:
    """Return what to sort a path by: a question that others hang on stands before them."""
    steps = TURN.findall(path)
    names = tuple(name for name, _ in steps)
    return [
        (order.get(names[: depth + 1], -1), int(number or 1))
        for depth, (_, number) in enumerate(steps)
    ]


def keep_beginning(
    *,
    session: Session,
    account_id: UUID,
    questionnaire_id: UUID,
    instance_id: UUID,
    filling: Filling,
    drafts: Mapping[str, Draft],
) -> None:
    """Keep what a filling notes once, when it begins: its moment, answers that are worked out then.

    Every visit makes a new filling of the drafts; without this the beginning would move along.
    """
    for node in filling.root.inside():
        if not isinstance(node.element, Question) or node.path() in drafts:
            continue
        question, value = node.element, filling.value(node.path())
        if value is None or not (question.type in {"start", "today"} or question.dynamic_default):
            continue
        with suppress(StaleDraftError):  # another tab noted it first
            keep(
                session=session,
                account_id=account_id,
                questionnaire_id=questionnaire_id,
                instance_id=instance_id,
                path=node.path(),
                value=value,
                revision=0,
            )


def _grow(filling: Filling, path: str) -> None:
    """Add turns to the repeats on a path until it exists."""
    place = ""
    for name, number in TURN.findall(path):
        place = f"{place}/{name}"
        if number:
            while filling.repeat_count(place) < int(number):
                filling.add_repeat(place)
            place = f"{place}[{number}]"


def replace(
    *,
    session: Session,
    account_id: UUID,
    questionnaire_id: UUID,
    instance_id: UUID,
    repeat: str,
    filling: Filling,
) -> None:
    """Keep a repeat anew after a turn was added or removed: the numbers of its turns changed.

    The revisions go on from the highest so far, so that a text still based on the old numbers is
    refused as stale and does not end up in another turn.
    """
    inside = (
        col(Draft.account_id) == account_id,
        col(Draft.instance_id) == instance_id,
        col(Draft.path).startswith(f"{repeat}[", autoescape=True),
    )
    highest = session.exec(select(func.max(col(Draft.revision))).where(*inside)).one() or 0
    session.exec(delete(Draft).where(*inside))
    for place in filling.walk():
        if place.part == "question" and place.path.startswith(f"{repeat}["):
            session.add(
                Draft(
                    account_id=account_id,
                    questionnaire_id=questionnaire_id,
                    instance_id=instance_id,
                    path=place.path,
                    value=filling.value(place.path),
                    revision=highest + 1,
                )
            )

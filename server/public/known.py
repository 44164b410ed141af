"""The public links of this installation, kept in memory: a wrong address costs no database work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.database import open_session
from data.tables import PublicLink, Questionnaire, Study, Visit
from survey import questionnaires
from survey.audience.links import State, state_of
from survey.xlsform import Form

FRESH = 2.0
"""Seconds for which what was read is believed."""


@dataclass(eq=False)
class Known:
    """An open address.

    Attributes:
        link: Its row.
        study: The audience it belongs to.
        questionnaire: The version that is asked.
        count: How many answered.
        pages: Ready pages by what was asked for: one a language, the kiosk, the walls.
    """

    link: PublicLink
    study: Study
    questionnaire: Questionnaire
    count: int
    pages: dict[Any, bytes] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """What is asked."""
        return questionnaires.form_of(self.questionnaire)

    @property
    def state(self) -> State:
        """Whether answers are taken now."""
        return state_of(self.link, self.study, count=self.count)

    def page(self, asked: object, make: Callable[[], str]) -> bytes:
        """Return a ready page, made unless it is there."""
        page = self.pages.get(asked)
        if page is None:
            page = self.pages[asked] = make().encode()
        return page

    def same(self, other: Known) -> bool:
        """Tell whether pages made for another reading hold for this one."""
        return (
            self.link.model_dump() == other.link.model_dump()
            and self.study.model_dump() == other.study.model_dump()
            and self.questionnaire.id == other.questionnaire.id
            and self.state == other.state
        )


class Register:
    """All public links by slug, read again when what is known is older than `FRESH`."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def stale(self) -> bool:
        """Tell whether what is known should be read again before it is used."""
        return time.monotonic() - self._read_at > FRESH

    def get(self, slug: str) -> Known | None:
        """Return a link as it was when last read."""
        return self._known.get(slug.lower())

    def all(self) -> list[Known]:
        """Return all links as they were when last read."""
        return list(self._known.values())

    def refresh(self) -> None:
        """Read the links again, unless somebody has just done so.

        Raises:
            SQLAlchemyError: The database cannot be read; what was known stays.
        """
        with self._lock:
            if not self.stale():
                return
            begun = time.monotonic()
            with open_session() as session:
                read = _read(session)
            for slug, known in read.items():
                before = self._known.get(slug)
                if before is not None and known.same(before):
                    known.pages = before.pages
            self._known = read
            self._read_at = begun


def _read(session: Session) -> dict[str, Known]:
    rows = session.exec(
        select(PublicLink, Study).join(Study, col(Study.id) == col(PublicLink.study_id))
    ).all()
    counts: dict[UUID, int] = dict(
        session.exec(select(Visit.link_id, func.count()).group_by(col(Visit.link_id))).all()
    )
    asked: dict[tuple[UUID, str], Questionnaire | None] = {}
    found = {}
    for link, study in rows:
        key = (link.study_id, link.questionnaire)
        if key not in asked:
            asked[key] = questionnaires.latest(session=session, study_id=key[0], name=key[1])
        if newest := asked[key]:
            found[link.slug] = Known(link, study, newest, counts.get(link.id, 0))
    return found


register = Register()
"""The links of this process."""

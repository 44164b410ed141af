"""How far a quotation is: from the shelf to what its author chose, as it reads now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import (
    Passage,
    Person,
    Questionnaire,
    Quotation,
    QuotationRelease,
    QuotationTranslation,
    Response,
    Team,
)
from nlp.privacy.leaving import without_codes
from nlp.quoting.wording import digest, words_of
from nlp.sources import REPEAT
from survey.questionnaires import form_of

Texts = dict[str, str]


class Standing(StrEnum):
    """How far a quotation is; only named and unattributed ones are printed."""

    OUTDATED = "outdated"
    UNSENT = "unsent"
    CHANGED = "changed"
    WAITING = "waiting"
    REFUSED = "refused"
    NAMED = "named"
    UNATTRIBUTED = "unattributed"


OPEN = (Standing.OUTDATED, Standing.UNSENT, Standing.CHANGED, Standing.WAITING)
"""What somebody still has to do something about."""
RELEASED = (Standing.NAMED, Standing.UNATTRIBUTED)


@dataclass(frozen=True)
class Quoted:
    """A quotation as it stands.

    Attributes:
        quotation: Its row.
        words: What it says, masked; empty where that reads differently by now.
        language: Its language; empty where its passage is gone.
        person: The code of whoever said it.
        team: The code of their team then; empty where there is none.
        role: Their role.
        day: The day it belongs to.
        spoken: Whether it was said in an interview.
        question: What was asked, by language; empty for interviews.
        translations: By language.
        release: That its author was asked; None where they were not.
    """

    quotation: Quotation
    words: str
    language: str
    person: str
    team: str
    role: str
    day: dt.date | None
    spoken: bool
    question: Texts
    translations: Mapping[str, QuotationTranslation]
    release: QuotationRelease | None

    @property
    def key(self) -> UUID:
        """The quotation's key."""
        return self.quotation.id

    @property
    def checked(self) -> dict[str, QuotationTranslation]:
        """The translations that somebody compared with the original."""
        return {tag: each for tag, each in self.translations.items() if each.checked_at}

    @property
    def showing(self) -> dict[str, Any]:
        """What a person is shown of it now, as sums that tell whether it changed."""
        return {
            "words": digest(self.words),
            "around": digest(self.question),
            "translations": {tag: digest(each.text) for tag, each in self.checked.items()},
        }

    @property
    def standing(self) -> Standing:
        """How far it is.

        A choice holds for exactly the words and surroundings that were shown. A translation that
        came or changed since does not undo it: that translation alone is not released.
        """
        if not self.words:
            return Standing.OUTDATED
        if self.release is None:
            return Standing.UNSENT
        shown, now = self.release.shown, self.showing
        if (shown.get("words"), shown.get("around")) != (now["words"], now["around"]):
            return Standing.CHANGED
        return Standing(self.release.choice or Standing.WAITING)

    @property
    def settled(self) -> bool:
        """Whether its author has decided: it is printed as they said, or not at all."""
        return self.standing in {*RELEASED, Standing.REFUSED}

    @property
    def unseen(self) -> list[str]:
        """The languages of checked translations that its author has not been shown."""
        if self.release is None:
            return []
        shown = self.release.shown.get("translations", {})
        now = self.showing["translations"]
        return sorted(tag for tag in now if shown.get(tag) != now[tag])

    @property
    def shown(self) -> dict[str, QuotationTranslation]:
        """The checked translations that its author was shown, as they still read."""
        return {tag: each for tag, each in self.checked.items() if tag not in self.unseen}

    def plain(self, codes: re.Pattern[str]) -> str:
        """Return the words with `[colleague]` for every code."""
        return without_codes(self.words, codes, self.language)

    def translated(self, tag: str, codes: re.Pattern[str]) -> str:
        """Return the checked translation into a language the same way; empty without one."""
        kept = self.checked.get(tag)
        return without_codes(kept.text, codes, tag) if kept else ""


def shelf_of(*, session: Session, study_id: UUID, person_id: UUID | None = None) -> list[Quoted]:
    """Return the quotations of a study in the order in which they were chosen.

    Args:
        session: The caller's transaction.
        study_id: The study.
        person_id: Only those of this person; everybody's by default.
    """
    wanted = select(Quotation).where(Quotation.study_id == study_id)
    if person_id:
        wanted = wanted.where(Quotation.person_id == person_id)
    rows = session.exec(wanted.order_by(col(Quotation.created_at), col(Quotation.id))).all()
    return quoted(rows, session=session)


def quoted(rows: Sequence[Quotation], *, session: Session) -> list[Quoted]:
    """Return quotations as they stand, in the order given."""
    keys = [row.id for row in rows]
    passages: dict[UUID | None, tuple[Passage | None, Questionnaire | None, str | None]] = {
        passage.id: (passage, questionnaire, team)
        for passage, questionnaire, team in session.exec(
            select(Passage, Questionnaire, Team.code)
            .outerjoin(Response, col(Response.id) == col(Passage.response_id))
            .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
            .outerjoin(Team, col(Team.id) == col(Response.team_id))
            .where(col(Passage.id).in_([row.passage_id for row in rows if row.passage_id]))
        )
    }
    people = {
        person.id: (person, team)
        for person, team in session.exec(
            select(Person, Team.code)
            .outerjoin(Team, col(Team.id) == col(Person.team_id))
            .where(col(Person.id).in_({row.person_id for row in rows}))
        )
    }
    translations: dict[UUID, dict[str, QuotationTranslation]] = {}
    for each in session.exec(
        select(QuotationTranslation)
        .where(col(QuotationTranslation.quotation_id).in_(keys))
        .order_by(col(QuotationTranslation.language))
    ):
        translations.setdefault(each.quotation_id, {})[each.language] = each
    releases = {
        each.quotation_id: each
        for each in session.exec(
            select(QuotationRelease).where(col(QuotationRelease.quotation_id).in_(keys))
        )
    }
    nowhere = (None, None, None)
    found = []
    for row in rows:
        passage, questionnaire, then = passages.get(row.passage_id, nowhere)
        person, team = people[row.person_id]
        found.append(
            Quoted(
                quotation=row,
                words=words_of(row, passage) or "",
                language=passage.language if passage else "",
                person=person.code,
                team=then or team or "",
                role=person.role,
                day=passage.day if passage else None,
                spoken=bool(passage and passage.turn_id),
                question=_question(passage, questionnaire),
                translations=translations.get(row.id, {}),
                release=releases.get(row.id),
            )
        )
    return found


def one(quotation_id: UUID, *, session: Session) -> Quoted | None:
    """Return one quotation as it stands; None where it is gone."""
    row = session.get(Quotation, quotation_id, populate_existing=True)
    return quoted([row], session=session)[0] if row else None


def _question(passage: Passage | None, questionnaire: Questionnaire | None) -> Texts:
    if passage is None or questionnaire is None:
        return {}
    path = tuple(REPEAT.sub("", passage.path).strip("/").split("/"))
    element = form_of(questionnaire).elements.get(path)
    return dict(element.label) if element else {}

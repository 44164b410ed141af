"""The entries behind a number, as a researcher reads them: masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Questionnaire, Response, Study
from nlp.exporting.hiding import Hiding
from nlp.masking_review import known
from survey.people import people_of
from survey.readable import lines


@dataclass(frozen=True)
class Behind:
    """One entry: its day, its language, and each question with its answer, masked."""

    key: UUID
    day: dt.date
    language: str
    lines: list[tuple[str, str]]


def hiding_of(*, session: Session, study: Study, account_id: UUID | None, purpose: str) -> Hiding:
    """Return what masks the texts of a study; that names were read for it is recorded."""
    names = known(session=session, study_id=study.id, account_id=account_id, purpose=purpose)
    codes = [person.code for person in people_of(session=session, study_id=study.id)]
    return Hiding(names, codes)


def behind(
    keys: Sequence[UUID], *, session: Session, study: Study, account_id: UUID, language: str
) -> list[Behind]:
    """Return entries in the order asked for, without those that are gone.

    Args:
        keys: Entries, a page of them.
        session: The caller's transaction: that names were read for masking is recorded in it.
        study: Their study.
        account_id: Who reads.
        language: In which the questions are written.
    """
    rows = session.exec(
        select(Response, Questionnaire)
        .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .where(Response.study_id == study.id, col(Response.id).in_(keys))
    ).all()
    found = {response.id: (response, questionnaire) for response, questionnaire in rows}
    hiding = hiding_of(
        session=session, study=study, account_id=account_id, purpose="reading entries"
    )
    return [
        Behind(
            key,
            response.day,
            response.language,
            [
                (hiding.text(line.label), hiding.text(line.value, response.language))
                for line in lines(response, questionnaire, language=language)
            ],
        )
        for key in keys
        if key in found
        for response, questionnaire in [found[key]]
    ]

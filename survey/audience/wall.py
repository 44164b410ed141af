"""What a wall display says now: how many answered, what, and the words that were approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import Passage, PassageTheme, PublicLink
from survey.audience.figures import Chart, charts, responses_of
from survey.audience.moderating import answers_written, titles_written
from survey.xlsform import Form

WORDS = 12
"""So many approved texts take turns."""
THEMES = 5


@dataclass(frozen=True)
class Wall:
    """What is shown.

    Attributes:
        people: How many answered; 0 while there are too few to say anything.
        charts: What they answered.
        words: Approved texts, the newest first, each with its language.
        themes: Approved titles with how many people speak of them; most first.
    """

    people: int
    charts: Sequence[Chart]
    words: Sequence[tuple[str, str]]
    themes: Sequence[tuple[str, int]]


def wall_of(
    link: PublicLink, form: Form, *, session: Session, language: str, threshold: int
) -> Wall:
    """Return what the wall of a link shows.

    Args:
        link: The link.
        form: Its questionnaire.
        session: Where to read.
        language: In which language.
        threshold: The study's: nothing is said of fewer people.
    """
    responses = responses_of(link, session=session)
    if len(responses) < threshold:
        return Wall(0, [], [], [])
    written = answers_written(
        session=session, study_id=link.study_id, questionnaire=link.questionnaire
    )
    said = {each.text: each.language for each in reversed(written) if each.shown}
    words = list(reversed(said.items()))[:WORDS]
    return Wall(
        len(responses),
        charts(form, responses, language=language, threshold=threshold),
        words,
        _themes(link, session=session, language=language, threshold=threshold),
    )


def _themes(
    link: PublicLink, *, session: Session, language: str, threshold: int
) -> list[tuple[str, int]]:
    titles: dict[UUID, str] = {}
    for each in titles_written(session=session, study_id=link.study_id):
        if each.shown and each.theme_id and (each.path == language or each.theme_id not in titles):
            titles[each.theme_id] = each.text
    counted = session.exec(
        select(PassageTheme.theme_id, func.count(func.distinct(Passage.person_id)))
        .join(Passage, col(Passage.id) == col(PassageTheme.passage_id))
        .where(col(PassageTheme.theme_id).in_(titles), col(PassageTheme.main).is_(True))
        .group_by(col(PassageTheme.theme_id))
    ).all()
    found = [(titles[key], people) for key, people in counted if people >= threshold]
    return sorted(found, key=lambda pair: -pair[1])[:THEMES]

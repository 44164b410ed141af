"""Passages and themes as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import pandas as pd
from sqlmodel import Session, col, select

from data.tables import Passage, Person, Questionnaire, Response, Study, Team
from i18n import say
from nlp.exporting.columns import columns_of
from nlp.results import Found, latest_run, read_run, title_of
from nlp.sources import REPEAT, sources
from survey.answers import Sheet


@dataclass(frozen=True)
class Understood:
    """What was understood, as sheets, and the keys of those whose words are in it."""

    sheets: list[Sheet]
    people: set[UUID]


def understood(*, session: Session, study: Study, language: str, masked: bool) -> Understood:
    """Return passages and themes of the newest run, as people decided them.

    Args:
        session: Where to read.
        study: The study.
        language: Of labels and titles.
        masked: Whether passages are their masked text, or the words as they were written.
    """
    run = latest_run(session=session, study_id=study.id)
    found = read_run(session=session, run=run) if run else None
    passages, people = _passages(
        found, session=session, study=study, language=language, masked=masked
    )
    sheets = [passages]
    if found:
        sheets += [_themes(found, language), _belonging(found, language), _shares(found, language)]
    return Understood(sheets, people)


def _passages(
    found: Found | None, *, session: Session, study: Study, language: str, masked: bool
) -> tuple[Sheet, set[UUID]]:
    columns = columns_of(
        language,
        ("passage", "text", say("The passage")),
        ("entry", "text", say("The entry it is from; blank for interviews")),
        ("person", "text", say("Code of the person")),
        ("team", "text", say("Team at that time")),
        ("day", "date", say("Day it was written or said")),
        ("language", "text", say("Language of the passage")),
        ("source", "text", say("Where it was said: entry or interview")),
        ("question", "text", say("Question it answers")),
        ("theme", "integer", say("Theme it mostly belongs to; blank for none")),
        ("text", "text", say("Its words")),
        free=frozenset({"text"}),
    )
    originals = {} if masked else _originals(session=session, study=study)
    main = {} if found is None else {str(key): int(theme) for key, theme in found.main.items()}
    rows = []
    people = set()
    for passage, person, team, questionnaire in _rows(session=session, study=study):
        source = (passage.turn_id or passage.response_id, passage.path)
        text = passage.masked if masked else originals.get(source, "")[passage.start : passage.end]
        theme = main.get(str(passage.id), -1)
        question = f"{questionnaire}:{REPEAT.sub('', passage.path)}" if questionnaire else None
        people.add(passage.person_id)
        rows.append(
            (
                str(passage.id),
                str(passage.response_id) if passage.response_id else None,
                person,
                team,
                passage.day,
                passage.language,
                "interview" if passage.turn_id else "entry",
                question,
                theme if theme >= 0 else None,
                text,
            )
        )
    return Sheet("passages", columns, rows, tongue="language"), people


def _rows(*, session: Session, study: Study) -> list[tuple[Passage, str, str | None, str | None]]:
    found = session.exec(
        select(Passage, Person, Team.code, Questionnaire.name)
        .join(Person, col(Person.id) == col(Passage.person_id))
        .outerjoin(Response, col(Response.id) == col(Passage.response_id))
        .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .outerjoin(Team, col(Team.id) == col(Response.team_id))
        .where(Passage.study_id == study.id)
        .order_by(col(Passage.day), col(Passage.id))
    ).all()
    return [(passage, person.code, team, name) for passage, person, team, name in found]


def _originals(*, session: Session, study: Study) -> dict[tuple[UUID | None, str], str]:
    return {
        (source.turn_id or source.response_id, source.path): source.text
        for source in sources(session=session, study_id=study.id)
    }


def _themes(found: Found, language: str) -> Sheet:
    columns = columns_of(
        language,
        ("theme", "integer", say("Number of the theme")),
        ("title", "text", say("What it is called")),
        ("named_by", "text", say("Who named it: person or computer")),
        ("set_aside", "flag", say("1 where people set it aside")),
        ("share", "decimal", say("Mean over people of its share, 0 to 1")),
        ("voices", "integer", say("How many people speak of it")),
        ("keywords", "text", say("Its words in every language")),
        free=frozenset({"title", "keywords"}),
    )
    rows = []
    for theme in (*found.themes, *found.hidden):
        share = found.theme_shares.get(theme.number, found.set_aside.get(theme.number))
        words = [
            f"{tag}: {', '.join(several)}"
            for tag, several in sorted(theme.keywords.items())
            if several
        ]
        rows.append(
            (
                theme.number,
                title_of(theme, language),
                "person" if theme.number in found.decisions.names else "computer",
                int(theme.number in found.decisions.hidden),
                None if share is None else float(share),
                int(theme.measures.get("voices", 0)),
                "\n".join(words) or None,
            )
        )
    return Sheet("themes", columns, rows)


def _belonging(found: Found, language: str) -> Sheet:
    columns = columns_of(
        language,
        ("passage", "text", say("The passage")),
        ("theme", "integer", say("Number of the theme")),
        ("share", "decimal", say("How much of the passage belongs to it, 0 to 1")),
    )
    rows = [
        (key, theme, share)
        for shares in (found.shares, found.hidden_shares)
        for key, theme, share in _cells(shares)
        if share > 0
    ]
    return Sheet("passage_themes", columns, sorted(rows))


def _cells(shares: pd.DataFrame) -> Iterator[tuple[str, int, float]]:
    """Yield each cell of a table of shares with the key of its row and its theme."""
    values = shares.to_numpy(dtype=np.float64)
    themes = [int(theme) for theme in shares.columns.tolist()]
    for key, row in zip(shares.index, values, strict=True):
        for theme, share in zip(themes, row, strict=True):
            yield str(key), theme, float(share)


def _shares(found: Found, language: str) -> Sheet:
    columns = columns_of(
        language,
        ("person", "text", say("Code of the person")),
        ("theme", "integer", say("Number of the theme")),
        ("share", "decimal", say("Mean share of the person’s passages, 0 to 1")),
    )
    return Sheet("person_themes", columns, list(_cells(found.person_shares)))

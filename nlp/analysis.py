"""One theme run from texts to stored themes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import func, insert
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from data.tables import (
    Passage,
    PassageTheme,
    Person,
    Questionnaire,
    Response,
    Team,
    Theme,
    ThemeRun,
)
from i18n import Message, Refusal, say
from nlp.cards import language_card, made_of, plain, theme_card
from nlp.deciding import carry
from nlp.encoders import Encoder, Vectors, load
from nlp.gathering import gather
from nlp.mapping import draw_map, keep_map
from nlp.neutral import neutralise
from nlp.results import latest_run, read_run, title_of
from nlp.sources import REPEAT
from nlp.themes import Themes, ThemeSettings, find_themes
from nlp.vectors import vectors_of
from settings import settings as operator

Tell = Callable[[float, Message], None]

ROWS = 20_000
"""Rows written at once."""


class AnalysisError(Refusal):
    """There is nothing to find themes in."""


def analyse(
    *, study_id: UUID, session: Session, tell: Tell, settings: ThemeSettings | None = None
) -> ThemeRun:
    """Find the themes of a study and keep them; the caller commits.

    New texts are cut and masked first, and vectors are committed as they are made, so that a run
    that was interrupted goes on where it was.

    Raises:
        AnalysisError: The study holds no text yet.
    """
    tell(0.02, say("Reading what people wrote"))
    gather(session=session, study_id=study_id)
    passages = frame(session=session, study_id=study_id)
    if passages.empty:
        raise AnalysisError(say("There is no text in this study yet."))
    tell(0.15, say("Comparing what {count} passages mean", count=len(passages)))
    encoder = load(operator().encoder)
    vectors = vectors_of(
        list(passages["text"]),
        encoder=encoder,
        session=session,
        tell=lambda share: tell(
            0.15 + 0.45 * share, say("Comparing what {count} passages mean", count=len(passages))
        ),
    )
    neutral = neutralise(vectors, list(passages["language"]), encoder=encoder)
    tell(0.65, say("Looking for themes that hold"))
    themes = find_themes(
        passages, vectors=neutral, settings=settings, asked=_asked(settings, encoder)
    )
    tell(0.9, say("Checking what languages do to the themes"))
    card = plain(
        asdict(themes.quality)
        | language_card(passages, themes, encoder=encoder, raw=vectors, neutral=neutral)
        | theme_card(themes)
        | made_of(passages)
    )
    places = draw_map(neutral, list(passages.index), seed=themes.settings.seed)
    tell(0.95, say("Writing the themes down"))
    before = latest_run(session=session, study_id=study_id)
    run = keep(themes, card, session=session, study_id=study_id, encoder=encoder.name)
    keep_map(places, run_id=run.id, session=session)
    if before:
        run.quality = run.quality | {"since": carry(before, run, session=session)}
    return run


def _asked(settings: ThemeSettings | None, encoder: Encoder) -> Vectors | None:
    """Return the vectors of the research questions that guide the run."""
    if settings is None or not settings.questions:
        return None
    languages, texts = zip(*settings.questions, strict=True)
    return neutralise(encoder.encode(texts), languages, encoder=encoder)


def frame(*, session: Session, study_id: UUID) -> pd.DataFrame:
    """Return the passages of a study as `find_themes` takes them.

    Besides text, language and person: `source` (`interview` or `reflection`), `question` (nothing
    for interviews) and `team`, which the card describes.
    """
    rows = session.execute(
        rows_of(
            col(Passage.id),
            col(Passage.masked),
            col(Passage.language),
            col(Person.code),
            col(Passage.turn_id).is_not(None),
            col(Questionnaire.name),
            col(Passage.path),
            col(Team.code),
        )
        .join(Person, col(Person.id) == col(Passage.person_id))
        .outerjoin(Response, col(Response.id) == col(Passage.response_id))
        .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .outerjoin(Team, col(Team.id) == func.coalesce(col(Response.team_id), col(Person.team_id)))
        .where(col(Passage.study_id) == study_id)
    )
    return pd.DataFrame(
        [
            {
                "id": str(key),
                "text": masked,
                "language": language,
                "person": person,
                "source": "interview" if spoken else "reflection",
                "question": None if spoken else f"{questionnaire or ''}:{REPEAT.sub('', path)}",
                "team": team,
            }
            for key, masked, language, person, spoken, questionnaire, path, team in rows
        ],
        columns=["id", "text", "language", "person", "source", "question", "team"],
    ).set_index("id")


def keep(
    themes: Themes, card: Mapping[str, Any], *, session: Session, study_id: UUID, encoder: str
) -> ThemeRun:
    """Write a run down: its card, its themes and which passages belong to them."""
    run = ThemeRun(
        study_id=study_id,
        encoder=encoder,
        settings=asdict(themes.settings),
        quality={**card, "empty_passages": [str(key) for key in themes.empty]},
    )
    session.add(run)
    session.flush()
    kept = {
        number: Theme(
            run_id=run.id,
            number=number,
            titles=themes.titles.get(number, {}),
            keywords=themes.keywords.get(number, {}),
            measures={
                "voices": int(themes.voices[number]),
                "stability": float(themes.stability[number]),
                "clarity": float(themes.clarity[number]),
            },
        )
        for number in map(int, themes.shares.columns)
    }
    session.add_all(kept.values())
    session.flush()
    rows = _belonging(themes, {number: theme.id for number, theme in kept.items()})
    for start in range(0, len(rows), ROWS):
        session.execute(insert(PassageTheme), rows[start : start + ROWS])
    return run


def _belonging(themes: Themes, keys: Mapping[int, UUID]) -> list[dict[str, Any]]:
    """Return a row for every passage and theme it has a share in.

    Objects would cost a minute for 100,000 passages; plain rows cost seconds.
    """
    weights = themes.shares.to_numpy()
    passages = [UUID(str(key)) for key in themes.shares.index]
    assigned = themes.assignments.reindex(themes.shares.index).tolist()
    columns = [int(column) for column in themes.shares.columns]
    rank = {
        (UUID(str(passage)), number): place
        for number, listed in themes.typical.items()
        for place, passage in enumerate(listed)
    }
    return [
        {
            "passage_id": passages[row],
            "theme_id": keys[columns[column]],
            "weight": float(weights[row, column]),
            "main": assigned[row] == columns[column],
            "typical": rank.get((passages[row], columns[column])),
        }
        for row, column in zip(*map(np.ndarray.tolist, np.nonzero(weights > 0)), strict=True)
    ]


def describe(*, run_id: UUID, session: Session, language: str = "en") -> str:
    """Say the themes of a run in plain text: share, voices, words, and what is typical."""
    found = read_run(session=session, run=session.get_one(ThemeRun, run_id))
    lines = [
        f"{len(found.themes)} themes in {len(found.passages)} passages "
        f"by {found.passages['person'].nunique()} people"
    ]
    for theme in found.themes:
        share, voices = found.theme_shares[theme.number], theme.measures["voices"]
        lines.append(f"\n{title_of(theme, language)}  ({share:.0%}, {voices} voices)")
        lines += [f"  {tag}: {', '.join(words)}" for tag, words in theme.keywords.items()]
        lines += [
            f"  “{found.passages['masked'][passage]}”"
            for passage in found.typical.get(theme.number, [])[:3]
        ]
    return "\n".join(lines)

"""One theme run from texts to stored themes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import insert
from sqlmodel import Session, col, select

from data.tables import Passage, PassageTheme, Person, Theme, ThemeRun
from i18n import Message, Refusal, say
from nlp.deciding import carry
from nlp.encoders import Encoder, load
from nlp.gathering import gather
from nlp.mapping import draw_map
from nlp.neutral import bias, coverage, neutralise
from nlp.results import latest_run, read_run, title_of
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
    session.commit()
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
    themes = find_themes(passages, vectors=neutral, settings=settings)
    tell(0.9, say("Checking what languages do to the themes"))
    card = plain(asdict(themes.quality)) | _language(passages, encoder)
    tell(0.95, say("Writing the themes down"))
    before = latest_run(session=session, study_id=study_id)
    run = keep(themes, card, session=session, study_id=study_id, encoder=encoder.name)
    draw_map(
        neutral, list(passages.index), run_id=run.id, session=session, seed=themes.settings.seed
    )
    if before:
        run.quality = run.quality | {"since": carry(before, run, session=session)}
    return run


def _language(passages: pd.DataFrame, encoder: Encoder) -> dict[str, Any]:
    """Measure the language bias before and after, and name the languages nobody has checked."""
    written = sorted(set(passages["language"]) - {"und", "mul"})
    measured = bias(encoder, written)
    unchecked = [each.language for each in coverage(written) if not each.verified]
    return {
        "language_bias": plain(asdict(measured)) if measured else {},
        "unchecked_languages": unchecked,
    }


def frame(*, session: Session, study_id: UUID) -> pd.DataFrame:
    """Return the passages of a study as `find_themes` takes them."""
    rows = session.exec(
        select(Passage, Person.code)
        .join(Person, col(Person.id) == col(Passage.person_id))
        .where(Passage.study_id == study_id)
    ).all()
    return pd.DataFrame(
        [
            {
                "id": str(passage.id),
                "text": passage.masked,
                "language": passage.language,
                "person": code,
                "source": "interview" if passage.turn_id else passage.path,
            }
            for passage, code in rows
        ],
        columns=["id", "text", "language", "person", "source"],
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


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a card holds
    """Turn a card into what JSON can hold: plain numbers, text keys, nothing for not-a-number."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


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

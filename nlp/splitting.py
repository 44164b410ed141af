"""Splitting a theme: the computer proposes the parts, a person asked for it."""

from __future__ import annotations

from uuid import UUID

import pandas as pd
from sqlalchemy import insert
from sqlmodel import Session, select

from data.tables import PassageTheme, Theme, ThemeEdit, ThemeRun
from i18n import Refusal, say
from nlp.analysis import ROWS
from nlp.deciding import Desk, split
from nlp.encoders import load
from nlp.neutral import neutralise
from nlp.results import Found, read_run
from nlp.themes import Themes, ThemeSettings, find_themes
from nlp.vectors import vectors_of
from settings import settings as operator

FEWEST = 6
"""Passages below which a theme is read rather than split."""


class SplitError(Refusal):
    """This theme cannot be split."""


def split_theme(
    run_id: UUID, number: int, *, session: Session, account_id: UUID | None, seen: int, parts: int
) -> list[int]:
    """Split a theme into parts of like meaning and write it down as that person's decision.

    The parts are themes of the same run with words of their own; a passage that belonged to the
    theme in part belongs to the parts in the same part. The caller commits.

    Args:
        run_id: The run.
        number: The theme, as people decided it.
        session: The caller's transaction; vectors that were missing are committed.
        account_id: Who asked for it.
        seen: Position of the last decision that their screen showed.
        parts: How many parts are wanted.

    Returns:
        The numbers of the parts.

    Raises:
        SplitError: There are too few passages, or they all mean the same.
        OvertakenError: Somebody decided about this theme in the meantime.
    """
    run = session.get_one(ThemeRun, run_id)
    found = read_run(session=session, run=run)
    shares = found.shares[number] if number in found.shares else pd.Series(dtype=float)
    mine = found.passages.loc[shares.index[shares > 0]]
    if len(mine) < FEWEST:
        raise SplitError(
            say(
                "This theme has too few passages to be split; a passage can be moved by itself.",
            )
        )
    themes = _look_again(mine, run, session=session, parts=parts)
    if themes.shares.shape[1] < 2:
        raise SplitError(say("The passages of this theme are too alike to be split."))
    made = _write(themes, found, number, session=session)
    desk = Desk(session=session, run_id=run_id, account_id=account_id, seen=seen)
    edit: ThemeEdit = split(desk, number, parts=made)
    return list(edit.after["parts"])


def _look_again(passages: pd.DataFrame, run: ThemeRun, *, session: Session, parts: int) -> Themes:
    """Find themes among the passages of one; every passage goes somewhere."""
    encoder = load(operator().encoder)
    vectors = vectors_of(list(passages["masked"]), encoder=encoder, session=session)
    neutral = neutralise(vectors, list(passages["language"]), encoder=encoder)
    settings = ThemeSettings(number=parts, certainty=0.0, seed=int(run.settings.get("seed", 0)))
    texts = passages.rename(columns={"masked": "text"})[["text", "language", "person"]]
    return find_themes(texts, vectors=neutral, settings=settings)


def _write(themes: Themes, found: Found, number: int, *, session: Session) -> list[int]:
    """Write the parts down as themes of the run, with their passages; return their numbers."""
    taken = session.exec(select(Theme.number).where(Theme.run_id == found.run.id)).all()
    first = max(taken) + 1
    weights = themes.shares.copy()
    # An empty answer can be here only because a person moved it here; it stays with the largest.
    weights.loc[weights.sum(axis=1) == 0, 0] = 1.0
    weights = weights.div(weights.sum(axis=1), axis=0)
    weights = weights.mul(found.shares.loc[weights.index, number], axis=0)
    made = []
    for place in map(int, weights.columns):
        theme = Theme(
            run_id=found.run.id,
            number=first + place,
            titles=themes.titles.get(place, {}),
            keywords=themes.keywords.get(place, {}),
            measures={
                "voices": int(themes.voices[place]),
                "clarity": float(themes.clarity[place]),
                "split_from": number,
            },
        )
        session.add(theme)
        session.flush()
        made.append(theme.number)
        _belong(weights[place], themes.typical.get(place, []), theme, session=session)
    return made


def _belong(weights: pd.Series, typical: list[object], theme: Theme, *, session: Session) -> None:
    rank = {str(key): place for place, key in enumerate(typical)}
    rows = [
        {
            "passage_id": UUID(str(key)),
            "theme_id": theme.id,
            "weight": float(weight),
            "main": False,
            "typical": rank.get(str(key)),
        }
        for key, weight in weights[weights > 0].items()
    ]
    for start in range(0, len(rows), ROWS):
        session.execute(insert(PassageTheme), rows[start : start + ROWS])

"""Beginning a theme from a code: what people marked becomes a theme of the run."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from data.tables import Code, Passage, PassageTheme, Study, Theme, ThemeRun
from i18n import Refusal, say
from nlp.coded.reading import Coded, read_coded
from nlp.coding.codebook import code_of
from nlp.deciding.decisions import Decisions
from nlp.deciding.making import Desk, begin, describe, rename

TYPICAL = 10
"""Passages to read first."""


class BeginError(Refusal):
    """This code cannot become a theme."""


def begin_theme(
    code_id: UUID,
    *,
    session: Session,
    study: Study,
    run: ThemeRun,
    account_id: UUID | None,
    seen: int,
    language: str,
) -> int:
    """Begin a theme with the passages that carry a code, and write it down as a decision.

    The theme has the code's name and description. Its passages leave the themes they were in; they
    go back when the decision is undone. The caller commits.

    Args:
        code_id: The code; what is marked with one below it belongs too.
        session: The caller's transaction.
        study: The study.
        run: Its newest run.
        account_id: Who begins it; of marks they may not see yet nothing is used.
        seen: Position of the last decision that their screen showed.
        language: In which the code is named and described.

    Returns:
        The theme's number.

    Raises:
        BeginError: A theme was begun from it already, or no passage of the run carries it.
        CodebookError: The code is not there any more.
        OvertakenError: Somebody decided at the same moment.
    """
    code = code_of(code_id, session=session, study_id=study.id)
    desk = Desk(session=session, run_id=run.id, account_id=account_id, seen=seen)
    if str(code_id) in desk.decisions.begun.values():
        raise BeginError(say("A theme was begun from this code already."))
    coded = read_coded(session=session, study=study, account_id=account_id)
    theme = _make(code, coded, run, {language: code.name}, session=session)
    if theme is None:
        raise BeginError(
            say("No passage of this run carries this code. Find the themes again, then begin it.")
        )
    begin(desk, theme.number, code_id=code_id)
    rename(desk, theme.number, code.name[:120], language=language)
    if code.description.strip():
        describe(desk, theme.number, code.description, language=language)
    return theme.number


def begin_again(
    decisions: Decisions, old: ThemeRun, new: ThemeRun, *, session: Session
) -> dict[int, tuple[int, UUID]]:
    """Make the themes that were begun from codes anew in a newer run, with what is marked now.

    Args:
        decisions: What holds of the old run.
        old: The old run.
        new: The newer one.
        session: The caller's transaction.

    Returns:
        For each such theme of the old run the new number and the code; those whose code is gone, or
        carried by no passage any more, are missing.
    """
    if not decisions.begun:
        return {}
    study = session.get_one(Study, new.study_id)
    coded = read_coded(session=session, study=study, account_id=None)
    titles = {
        theme.number: dict(theme.titles)
        for theme in session.exec(select(Theme).where(Theme.run_id == old.id))
    }
    made: dict[int, tuple[int, UUID]] = {}
    for number, key in sorted(decisions.begun.items()):
        code = _standing(UUID(key), study.id, session=session)
        theme = code and _make(code, coded, new, titles.get(number, {}), session=session)
        if code and theme:
            made[number] = theme.number, code.id
    return made


def _standing(code_id: UUID, study_id: UUID, *, session: Session) -> Code | None:
    """Return a code, or the one it became part of; None where it was taken out."""
    code = session.get(Code, code_id)
    while code is not None and code.merged_into:
        code = session.get(Code, code.merged_into)
    return code if code and code.study_id == study_id and not code.removed_at else None


def _make(
    code: Code, coded: Coded, run: ThemeRun, titles: dict[str, str], *, session: Session
) -> Theme | None:
    """Write the theme and its passages; None where the run has no passage of the code."""
    if code.id not in coded.carries:
        return None
    marked = coded.passages[coded.carries[code.id]]
    keys = _of_run(marked, run, session=session)
    if not keys:
        return None
    last = session.exec(select(func.max(Theme.number)).where(Theme.run_id == run.id)).one()
    theme = Theme(
        run_id=run.id,
        number=0 if last is None else last + 1,
        titles=titles,
        measures={"voices": int(marked.loc[keys, "person"].nunique()), "from_code": str(code.id)},
    )
    session.add(theme)
    session.flush()
    session.execute(insert(PassageTheme), _rows(marked.loc[keys], theme))
    return theme


def _of_run(marked: pd.DataFrame, run: ThemeRun, *, session: Session) -> list[str]:
    """Return those of the passages that the run saw."""
    cut = {
        str(key)
        for key in session.exec(
            select(Passage.id).where(
                Passage.study_id == run.study_id, col(Passage.created_at) <= run.created_at
            )
        )
    }
    return [str(key) for key in marked.index if key in cut]


def _rows(marked: pd.DataFrame, theme: Theme) -> list[dict[str, Any]]:
    """Return what to write; the first to read are of different people."""
    turn = marked.groupby("person").cumcount()
    order = list(turn.sort_values(kind="stable").index[:TYPICAL])
    rank = {key: place for place, key in enumerate(order)}
    return [
        {
            "passage_id": UUID(str(key)),
            "theme_id": theme.id,
            "weight": 1.0,
            "main": False,
            "typical": rank.get(key),
        }
        for key in marked.index
    ]

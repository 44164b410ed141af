"""Beginning a check: the sample is drawn once, what the coders read is kept as it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session

from data.history import record
from data.tables import CheckedTheme, CheckQuestion, ThemeCheck
from i18n import say
from nlp.checking.answering import CheckError
from nlp.checking.sampling import EACH, draw
from nlp.results import Found

MOST = 100
"""Passages inside a theme, for each language, that a check may ask about."""


def begin(
    found: Found,
    number: int,
    description: dict[str, str],
    *,
    session: Session,
    account_id: UUID | None,
    each: int = EACH,
) -> ThemeCheck:
    """Draw the passages of a theme that people will be asked about.

    Args:
        found: The run as people decided it.
        number: The theme.
        description: What it is about, by language: all that coders read of it besides its title.
        session: The caller's transaction.
        account_id: Who begins.
        each: As for `draw`.

    Raises:
        CheckError: The run has no such theme, nobody said what it is about, or there is nothing to
            ask about.
    """
    theme = next((theme for theme in found.themes if theme.number == number), None)
    if theme is None:
        raise CheckError(say("This run has no such theme."))
    if not any(text.strip() for text in description.values()):
        raise CheckError(say("Say first what the theme is about: coders judge by that alone."))
    # A seed of its own for every check: another one of the same theme asks about other passages.
    seed = uuid4().int % 2**31
    sample = draw(found, number, each=min(max(each, 1), MOST), seed=seed)
    if sample.empty:
        raise CheckError(say("There are no passages to ask about."))
    check = ThemeCheck(
        study_id=found.run.study_id,
        account_id=account_id,
        title=dict(theme.titles),
        description=dict(description),
        seed=seed,
    )
    session.add(check)
    session.flush()
    session.add(
        CheckedTheme(
            check_id=check.id,
            run_id=found.run.id,
            number=number,
            members=[number, *found.decisions.members(number)],
        )
    )
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "check_id": check.id,
            "passage_id": UUID(str(key)),
            **{str(name): value for name, value in each.items()},
        }
        for key, each in sample.to_dict("index").items()
    ]
    session.execute(insert(CheckQuestion), rows)
    record(
        "check.begun",
        session=session,
        study_id=check.study_id,
        account_id=account_id,
        subject="theme_check",
        subject_id=check.id,
        passages=len(rows),
    )
    return check

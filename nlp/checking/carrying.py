"""Checks live on: a theme that a newer run continues stays checked, as far as its passages do."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session, col, select

from data.tables import CheckedTheme, ThemeCheck, ThemeRun
from nlp.checking.fitting import same
from nlp.deciding.decisions import Decisions


def carry_checks(
    old: ThemeRun,
    new: ThemeRun,
    decisions: Decisions,
    now: Decisions,
    heir: Callable[[int], int | None],
    *,
    session: Session,
) -> None:
    """Say which themes of a newer run were checked already.

    What people said of a passage stays true whatever the computer says of it now; what it says is
    read from the newer run. A check of a theme that was described anew, merged or split since, or
    that no theme continues, stays with the old run.

    Args:
        old: The run that was checked.
        new: The newer one.
        decisions: What holds of the old run.
        now: What holds of the newer one.
        heir: Gives for a theme of the old run the one that continues it.
        session: The caller's transaction.
    """
    rows = session.exec(
        select(CheckedTheme, ThemeCheck)
        .join(ThemeCheck, col(ThemeCheck.id) == col(CheckedTheme.check_id))
        .where(CheckedTheme.run_id == old.id)
    ).all()
    for about, check in rows:
        number = heir(about.number)
        if number is None or not same(about, check, decisions):
            continue
        session.add(
            CheckedTheme(
                check_id=check.id,
                run_id=new.id,
                number=number,
                members=[number, *now.members(number)],
                carried=True,
            )
        )
    session.flush()

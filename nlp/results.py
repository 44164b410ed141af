"""Reading a theme run back: its themes, its passages with who and when, and shares by person.

Light enough for the web process: pandas and nothing heavier.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from uuid import UUID

import pandas as pd
from sqlmodel import Session, col, select

from data.tables import Passage, PassageTheme, Person, Response, Team, Theme, ThemeRun
from i18n import DEFAULT_LANGUAGE, best

Grouping = Literal["team", "nationality", "role", "language"]


@dataclass(frozen=True)
class Found:
    """One run, read back.

    Attributes:
        run: Its row.
        themes: Its themes, the most frequent first.
        passages: A row for each passage (index: its key as text): masked, language, person (code),
            team, nationality, role (of the person), source (`reflection` or `interview`), day.
        shares: Passage x theme number: how much of a passage belongs to a theme, 0 to 1.
        typical: For each theme number, passages in the order in which to read them.
    """

    run: ThemeRun
    themes: list[Theme]
    passages: pd.DataFrame
    shares: pd.DataFrame
    typical: dict[int, list[str]]

    @cached_property
    def person_shares(self) -> pd.DataFrame:
        """Person x theme: the mean over each person's passages, empty answers left out.

        What is missing to 1 is in no theme.
        """
        said = self.shares.drop(index=self.run.quality.get("empty_passages", []), errors="ignore")
        shares: pd.DataFrame = said.groupby(self.passages["person"]).mean()
        return shares

    @cached_property
    def theme_shares(self) -> pd.Series:
        """The mean over people of each theme's share: everyone counts once."""
        return self.person_shares.mean()

    def groups(self, by: Grouping) -> pd.Series:
        """Return the group of each person; those without one are left out."""
        each = self.passages.groupby("person")[by].agg(lambda values: str(values.mode().iat[0]))
        return each[each != ""]


def title_of(theme: Theme, language: str) -> str:
    """Return what a theme is called: the name somebody gave it, else the suggested title."""
    if theme.name:
        return theme.name
    if not theme.titles:
        return str(theme.number)
    first = next(iter(theme.titles))
    return theme.titles[best([language, DEFAULT_LANGUAGE], theme.titles, default=first)]


def latest_run(*, session: Session, study_id: UUID) -> ThemeRun | None:
    """Return the newest finished run of a study."""
    return session.exec(
        select(ThemeRun)
        .where(ThemeRun.study_id == study_id)
        .order_by(col(ThemeRun.created_at).desc())
    ).first()


def read_run(*, session: Session, run: ThemeRun) -> Found:
    """Read a run with everything that screens and chapter show of it."""
    themes = list(
        session.exec(select(Theme).where(Theme.run_id == run.id).order_by(col(Theme.number))).all()
    )
    passages = _passages(session=session, run=run)
    belongs = pd.DataFrame(
        [
            (str(row.passage_id), row.theme_id, row.weight, row.typical)
            for row in session.exec(
                select(PassageTheme).where(
                    col(PassageTheme.theme_id).in_([theme.id for theme in themes])
                )
            )
        ],
        columns=["passage", "theme_id", "weight", "typical"],
    )
    belongs["theme"] = belongs["theme_id"].map({theme.id: theme.number for theme in themes})
    belongs = belongs[belongs["passage"].isin(passages.index)]
    shares = (
        belongs.pivot_table(index="passage", columns="theme", values="weight", aggfunc="sum")
        .reindex(index=passages.index, columns=[theme.number for theme in themes])
        .fillna(0.0)
        .astype(float)
    )
    chosen = belongs.dropna(subset=["typical"]).sort_values("typical")
    typical = {
        number: list(chosen.loc[chosen["theme"] == number, "passage"])
        for number in [theme.number for theme in themes]
    }
    found = Found(run, themes, passages, shares, typical)
    order = found.theme_shares
    themes.sort(key=lambda theme: (-float(order.get(theme.number, 0.0)), theme.number))
    return found


def _passages(*, session: Session, run: ThemeRun) -> pd.DataFrame:
    """Return the passages of the study that the run saw: those that were there when it ended."""
    teams = dict(
        session.exec(select(Team.id, Team.code).where(Team.study_id == run.study_id)).all()
    )
    rows = session.exec(
        select(Passage, Person, Response.team_id)
        .join(Person, col(Person.id) == col(Passage.person_id))
        .outerjoin(Response, col(Response.id) == col(Passage.response_id))
        .where(Passage.study_id == run.study_id)
    ).all()
    return pd.DataFrame(
        [
            {
                "passage": str(passage.id),
                "masked": passage.masked,
                "language": passage.language,
                "person": person.code,
                "team": teams.get(team, "") if (team := team_then or person.team_id) else "",
                "nationality": person.nationalities[0] if person.nationalities else "",
                "role": person.role,
                "source": "interview" if passage.turn_id else "reflection",
                "day": passage.day,
            }
            for passage, person, team_then in rows
        ],
        columns=[
            "passage",
            "masked",
            "language",
            "person",
            "team",
            "nationality",
            "role",
            "source",
            "day",
        ],
    ).set_index("passage")

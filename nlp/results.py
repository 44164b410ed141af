"""Reading a theme run back: its themes, its passages with who and when, and shares by person.

Light enough for the web process: pandas and nothing heavier.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import String, cast
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, select

from data.tables import (
    Passage,
    PassageTheme,
    Theme,
    ThemeRun,
)
from i18n import DEFAULT_LANGUAGE, best
from nlp.deciding import Decisions, Parts, apply, decisions_of, is_begun, is_part, log_of
from nlp.passage_rows import AT_ONCE, COLUMNS, as_key, passage_rows
from nlp.themes import Carrier, carried

Grouping = Literal["team", "nationality", "role", "language"]
WITHIN_TEAMS: tuple[Grouping, ...] = ("nationality", "role", "language")
"""Groupings that a team may stand behind: people are exchanged within their team only."""


@dataclass(frozen=True)
class Found:
    """One run, read back.

    Attributes:
        run: Its row.
        themes: Its themes without those set aside, the most frequent first.
        passages: A row for each passage (index: its key as text): masked, language, person (code),
            team, nationality, role (of the person), source (`reflection` or `interview`), question
            (`questionnaire:path`, repeats not counted; empty for interviews), day.
        shares: Passage x theme number: how much of a passage belongs to a theme, 0 to 1.
        typical: For each theme number, passages in the order in which to read them.
        hidden: Themes that people set aside, the most frequent first.
        hidden_shares: Passage x theme number of those.
        decisions: What people decided; empty where the run is read as the computer proposed it.
        parts: What people split themes into or began from a code, whether it holds or not; kept
            with what the computer proposed.
    """

    run: ThemeRun
    themes: list[Theme]
    passages: pd.DataFrame
    shares: pd.DataFrame
    typical: dict[int, list[str]]
    hidden: list[Theme] = field(default_factory=list)
    hidden_shares: pd.DataFrame = field(default_factory=pd.DataFrame)
    decisions: Decisions = field(default_factory=Decisions)
    parts: Parts = field(default_factory=lambda: Parts([], pd.DataFrame(), {}))

    @cached_property
    def person_shares(self) -> pd.DataFrame:
        """Person x theme: the mean over each person's passages, empty answers left out.

        What is missing to 1 is in no theme, or in one that was set aside.
        """
        return self._by_person(self.shares)

    def shares_without(self, failing: Mapping[int, Collection[str]]) -> pd.DataFrame:
        """Return the same as `person_shares`, some themes without passages in some languages.

        Args:
            failing: For each of these themes the languages. Who wrote in no other has no share in
                the theme: NaN.
        """
        shares = self.person_shares.copy()
        for number, languages in failing.items():
            if number in shares.columns:
                kept = self.passages.index[~self.passages["language"].isin(list(languages))]
                shares[number] = self._by_person(self.shares.loc[kept, [number]])[number]
        return shares

    @cached_property
    def theme_shares(self) -> pd.Series:
        """The mean over people of each theme's share: everyone counts once."""
        return self.person_shares.mean()

    @cached_property
    def set_aside(self) -> pd.Series:
        """The same for the themes that people set aside."""
        return self._by_person(self.hidden_shares).mean()

    @cached_property
    def main(self) -> pd.Series:
        """The theme to which most of each passage belongs, set aside or not; -1 for none."""
        return main_theme(pd.concat([self.shares, self.hidden_shares], axis=1))

    def among(self, keys: pd.Index) -> Found:
        """Return the same themes in some of the passages, those without any left out.

        Args:
            keys: The passages, some of this run's.
        """
        parts = Parts(
            [*self.themes, *self.hidden],
            pd.concat([self.shares, self.hidden_shares], axis=1).loc[keys],
            self.typical,
        )
        return _found(self.run, self.passages.loc[keys], parts, self.decisions)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Keys of the empty answers, without those that people put into a theme."""
        moved = {key for key, to in self.decisions.moved.items() if to is not None}
        return frozenset(self.run.quality.get("empty_passages", [])) - moved

    @cached_property
    def carried(self) -> dict[int, Carrier]:
        """Themes that one team carries: they may be a film's plot."""
        return carried(self.person_shares, self.groups("team"))

    def _by_person(self, shares: pd.DataFrame) -> pd.DataFrame:
        said = shares.drop(index=list(self.empty), errors="ignore")
        means: pd.DataFrame = said.groupby(self.passages["person"]).mean()
        return means

    def groups(self, by: Grouping) -> pd.Series:
        """Return the group of each person; those without one are left out."""
        each = self.passages.groupby("person")[by].agg(lambda values: str(values.mode().iat[0]))
        return each[each != ""]


def title_of(theme: Theme, language: str) -> str:
    """Return what a theme is called in a language, by people or by the computer."""
    if not theme.titles:
        return str(theme.number)
    first = next(iter(theme.titles))
    return theme.titles[best([language, DEFAULT_LANGUAGE], theme.titles, default=first)]


def titles_of(run_id: UUID, *, session: Session, language: str) -> dict[int, str]:
    """Return what all themes of a run are called, by number, without reading its passages."""
    names = decisions_of(log_of(session=session, run_id=run_id)).names
    themes = session.exec(select(Theme).where(Theme.run_id == run_id)).all()
    return {
        theme.number: title_of(
            Theme(run_id=run_id, number=theme.number, titles=names.get(theme.number, theme.titles)),
            language,
        )
        for theme in themes
    }


def main_theme(shares: pd.DataFrame) -> pd.Series:
    """Return for each passage the number of the theme it belongs to most; -1 for none."""
    if shares.empty:
        return pd.Series(-1, index=shares.index, dtype="int64")
    weights = shares.to_numpy()
    best = weights.argmax(axis=1)
    inside = weights[np.arange(len(best)), best] > 0
    numbers = shares.columns.to_numpy(dtype="int64")
    return pd.Series(np.where(inside, numbers[best], -1), index=shares.index)


def latest_run(*, session: Session, study_id: UUID) -> ThemeRun | None:
    """Return the newest finished run of a study."""
    return session.exec(
        select(ThemeRun)
        .where(ThemeRun.study_id == study_id)
        .order_by(col(ThemeRun.created_at).desc())
    ).first()


def read_run(*, session: Session, run: ThemeRun, decided: bool = True) -> Found:
    """Read a run with everything that screens and chapter show of it.

    Args:
        session: Where to read.
        run: The run.
        decided: Whether what people decided is applied; without it, what the computer proposed.
    """
    proposed = read_proposed(session=session, run=run)
    if not decided:
        return proposed
    return decide(proposed, decisions_of(log_of(session=session, run_id=run.id)))


def read_proposed(*, session: Session, run: ThemeRun) -> Found:
    """Read a run as the computer proposed it."""
    themes = list(
        session.exec(select(Theme).where(Theme.run_id == run.id).order_by(col(Theme.number))).all()
    )
    passages = _passages(session=session, run=run)
    numbers = [theme.number for theme in themes]
    belongs = _belongs(run, session=session)
    belongs["row"] = passages.index.get_indexer(pd.Index(belongs["passage"]))
    belongs = belongs[belongs["row"] >= 0]
    weights = np.zeros((len(passages), len(numbers)), dtype=np.float32)
    weights[belongs["row"], pd.Index(numbers).get_indexer(pd.Index(belongs["theme"]))] = belongs[
        "weight"
    ]
    shares = pd.DataFrame(weights, index=passages.index, columns=numbers)
    chosen = belongs.dropna(subset=["typical"]).sort_values("typical")
    typical = {number: list(chosen.loc[chosen["theme"] == number, "passage"]) for number in numbers}
    found = _found(
        run,
        passages,
        _some(Parts(themes, shares, typical), parts_only=False),
        Decisions(),
    )
    return replace(found, parts=_some(Parts(themes, shares, typical), parts_only=True))


def _some(parts: Parts, *, parts_only: bool) -> Parts:
    themes = [theme for theme in parts.themes if (is_part(theme) or is_begun(theme)) == parts_only]
    numbers = [theme.number for theme in themes]
    return Parts(themes, parts.shares[numbers], parts.typical)


def decide(proposed: Found, decisions: Decisions) -> Found:
    """Return a run as people decided it; the proposed one stays as it is."""
    parts = apply(
        Parts(
            [*proposed.themes, *proposed.parts.themes],
            pd.concat([proposed.shares, proposed.parts.shares], axis=1),
            proposed.typical | proposed.parts.typical,
        ),
        decisions,
    )
    return _found(proposed.run, proposed.passages, parts, decisions)


def _found(run: ThemeRun, passages: pd.DataFrame, parts: Parts, decisions: Decisions) -> Found:
    """Count the voices, leave out what is empty or set aside, and put themes in order."""
    main = main_theme(parts.shares)
    voices = passages["person"][main >= 0].groupby(main[main >= 0]).nunique()
    themes = [
        Theme(
            id=theme.id,
            run_id=theme.run_id,
            number=theme.number,
            titles=theme.titles,
            keywords=theme.keywords,
            measures={**theme.measures, "voices": int(voices.get(theme.number, 0))},
        )
        for theme in parts.themes
    ]
    filled = [theme for theme in themes if parts.shares[theme.number].any()]
    shown = [theme for theme in filled if theme.number not in decisions.hidden]
    hidden = [theme for theme in filled if theme.number in decisions.hidden]
    found = Found(
        run,
        shown,
        passages,
        parts.shares[[theme.number for theme in shown]],
        {theme.number: parts.typical.get(theme.number, []) for theme in filled},
        hidden,
        parts.shares[[theme.number for theme in hidden]],
        decisions,
    )
    _order(shown, found.theme_shares)
    _order(hidden, found.set_aside)
    return found


def _order(themes: list[Theme], shares: pd.Series) -> None:
    themes.sort(key=lambda theme: (-float(shares.get(theme.number, 0.0)), theme.number))


def _belongs(run: ThemeRun, *, session: Session) -> pd.DataFrame:
    rows = session.execute(
        rows_of(
            cast(col(PassageTheme.passage_id), String),
            col(Theme.number),
            col(PassageTheme.weight),
            col(PassageTheme.typical),
        )
        .join(Theme, col(Theme.id) == col(PassageTheme.theme_id))
        .where(col(Theme.run_id) == run.id),
        execution_options={"yield_per": AT_ONCE},
    )
    columns: dict[str, list[Any]] = {name: [] for name in ("passage", "theme", "weight", "typical")}
    for key, number, weight, typical in rows:
        columns["passage"].append(as_key(key))
        columns["theme"].append(number)
        columns["weight"].append(weight)
        columns["typical"].append(typical)
    return pd.DataFrame(columns)


def _passages(*, session: Session, run: ThemeRun) -> pd.DataFrame:
    """Return the passages that the run saw and that are still there."""
    rows = passage_rows(run.study_id, col(Passage.masked), session=session, until=run.created_at)
    return pd.DataFrame(rows, columns=COLUMNS).set_index("passage")

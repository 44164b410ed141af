from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlmodel import Session

from data.tables import Embedding, Theme, ThemeRun
from nlp.encoders import text_hash
from nlp.results import Found
from nlp.sensitivity import check, entries, narrowed, raw_shares

PEOPLE = 16
EACH = 8
ENCODER = "two numbers"


def found(*, only_in_interviews: bool = False, empty: list[str] | None = None) -> Found:
    """People of two teams; team A writes of theme 0, or says so in interviews only."""
    dice = np.random.default_rng(1)
    rows, weights = [], []
    for number in range(PEOPLE):
        team = "AB"[number % 2]
        for place in range(EACH):
            spoken = place % 2 == 1
            rows.append(
                {
                    "passage": f"{number}-{place}",
                    "masked": f"Text {place} by {number}.",
                    "language": "en" if place < EACH // 2 else "de",
                    "person": f"P{number:02}",
                    "team": team,
                    "nationality": "CN" if number % 4 < 2 else "DE",
                    "role": "director",
                    "source": "interview" if spoken else "reflection",
                    "question": "" if spoken else f"daily:/data/{'why' if place else 'how'}",
                    "day": date(2026, 6, 1 + place // 2),
                }
            )
            about = team == "A" and (spoken or not only_in_interviews)
            weights.append(0.9 if dice.random() < (0.85 if about else 0.25) else 0.1)
    passages = pd.DataFrame(rows).set_index("passage")
    shares = pd.DataFrame({0: weights, 1: 1 - np.array(weights)}, index=passages.index)
    run = ThemeRun(encoder=ENCODER, quality={"empty_passages": empty or []}, settings={})
    themes = [Theme(number=number, titles={}, keywords={}, measures={}) for number in (0, 1)]
    return Found(run, themes, passages, shares, {})


def p_of(table: pd.DataFrame, kind: str, value: str = "") -> float:
    row = table[(table["kind"] == kind) & (table["value"] == value) & (table["theme"] == 0)]
    return float(row["p_adjusted"].iloc[0])


def test_a_difference_that_is_everywhere_holds_in_every_part() -> None:
    table = check(found(), "team", threshold=3)
    assert {"all", "source", "question", "language", "minimum"} == set(table["kind"])
    assert (table.loc[table["kind"] != "question", "p_adjusted"] < 0.05).all()
    assert set(table.loc[table["theme"] == 0, "most"]) == {"A"}
    assert set(table.columns).isdisjoint({"share", "difference"})


def test_a_difference_between_interviews_is_none_between_reflections() -> None:
    table = check(found(only_in_interviews=True), "team", threshold=3)
    assert p_of(table, "all") < 0.05
    assert p_of(table, "source", "interview") < 0.01
    assert p_of(table, "source", "reflection") > 0.05


def test_nationalities_are_exchanged_within_teams() -> None:
    run = found()
    nations = {"A": "CN", "B": "DE"}
    run.passages["nationality"] = [nations[team] for team in run.passages["team"].tolist()]
    table = check(run, "nationality", threshold=3)
    assert not table["separable"].any()
    assert table["p"].isna().all()


def test_parts_with_too_few_people_are_not_asked() -> None:
    run = found()
    run.passages.loc[run.passages["person"] != "P00", "language"] = "en"
    assert "de" not in set(check(run, "team", threshold=3)["value"])
    assert check(run, "team", threshold=9).empty


def test_people_with_few_entries_can_be_left_out() -> None:
    run = found()
    few = run.passages[
        (run.passages["person"] != "P00") | (run.passages["day"] == date(2026, 6, 1))
    ]
    part = Found(run.run, run.themes, few, run.shares.loc[few.index], {})
    counted = entries(part)
    assert counted.loc["P00"].to_dict() == {"entries": 2, "passages": 2, "days": 1}
    assert counted.loc["P01"].to_dict() == {"entries": 8, "passages": 8, "days": 4}
    assert "P00" not in narrowed(part, minimum=3).index
    assert "P00" in narrowed(part, minimum=2).index


def test_empty_answers_count_nowhere() -> None:
    run = found(empty=["0-0"])
    assert entries(run).loc["P00", "passages"] == EACH - 1
    mean = run.shares[run.passages["person"] == "P00"].drop(index="0-0").mean()
    assert narrowed(run).loc[["P00"]].to_numpy()[0] == pytest.approx(mean.to_numpy())


def keep_vectors(run: Found, session: Session, *, by: str) -> None:
    """Keep vectors in which passages with the same value of a column lie together."""
    dice = np.random.default_rng(3)
    table = run.passages
    known = zip(table["masked"].to_list(), table[by].to_list(), strict=True)
    for text, value in known:
        first = value in {"en", 0}
        vector = np.array([first, not first]) + 0.05 * dice.normal(size=2)
        stored = (vector / np.linalg.norm(vector)).astype("<f4").tobytes()
        session.merge(Embedding(text_hash=text_hash(text), encoder=ENCODER, vector=stored))
    session.commit()


def test_raw_vectors_that_know_the_language_only_find_no_difference(session: Session) -> None:
    run = found()
    keep_vectors(run, session, by="language")
    raw = raw_shares(run, session=session)
    assert raw.shape == run.shares.shape
    assert raw.sum(axis=1).max() == pytest.approx(1, abs=1e-5)
    table = check(run, "team", threshold=3, raw=raw)
    assert p_of(table, "all") < 0.05
    assert p_of(table, "raw") > 0.05


def test_raw_vectors_that_know_the_theme_say_the_same(session: Session) -> None:
    run = found()
    run.passages["theme"] = np.where(run.shares[0] > 0.5, 0, 1)
    keep_vectors(run, session, by="theme")
    table = check(run, "team", threshold=3, raw=raw_shares(run, session=session))
    assert p_of(table, "raw") < 0.05


def test_without_kept_vectors_there_is_nothing_to_check(session: Session) -> None:
    run = found()
    assert raw_shares(run, session=session).empty
    assert "raw" not in set(check(run, "team", threshold=3, raw=run.shares.iloc[:0])["kind"])


def test_a_run_says_which_theme_one_team_carries() -> None:
    run = found()
    assert run.carried == {}
    run.shares.loc[run.passages["team"] == "B", 0] = 0.0
    again = Found(run.run, run.themes, run.passages, run.shares, {})
    assert again.carried[0].group == "A"

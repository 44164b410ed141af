import numpy as np
import pandas as pd
import pytest

from nlp.compare import group_shares


def test_share_is_the_mean_over_people_inside_its_interval() -> None:
    shares = pd.DataFrame({"t": [0.1, 0.2, 0.6, 0.4, 0.5, 0.3]}, index=list("uvwxyz"))
    table = group_shares(shares, dict(zip("uvwxyz", "aaabbb", strict=True)), threshold=2)
    assert table["share"].tolist() == pytest.approx([0.3, 0.4])
    assert table["people"].tolist() == [3, 3]
    assert ((table["low"] < table["share"]) & (table["share"] < table["high"])).all()
    assert table["low"].ge(0).all()


def test_people_who_all_say_the_same_are_not_taken_for_certain() -> None:
    rng = np.random.default_rng(0)
    shares = pd.DataFrame({"t": [0.05] * 4 + list(rng.random(10))})
    table = group_shares(shares, {i: "few" if i < 4 else "many" for i in range(14)}, threshold=2)
    few = table.set_index("group").loc["few"]
    assert few["high"] > 0.3


def test_hidden_groups_show_nothing() -> None:
    shares = pd.DataFrame({"t": np.linspace(0.1, 0.9, 14)})
    groups = {i: "a" if i < 2 else "bcd"[i % 3] for i in range(14)}
    table = group_shares(shares, groups, threshold=3)
    hidden = table[table["suppressed"]]
    assert len(hidden) == 2
    assert hidden[["share", "low", "high", "people"]].isna().all(axis=None)


def test_intervals_of_a_few_people_keep_their_level() -> None:
    rng = np.random.default_rng(1)
    held = []
    groups = {i: int(i >= 4) for i in range(20)}
    for _ in range(150):
        values = np.where(rng.random((20, 4)) < 0.4, 0, rng.beta(2, 6, (20, 4)))
        table = group_shares(pd.DataFrame(values), groups, threshold=2)
        few = table[(table["group"] == 0) & ~table["suppressed"]]
        held += ((few["low"] <= 0.15) & (few["high"] >= 0.15)).tolist()
    assert np.mean(held) >= 0.93

import datetime as dt

import pandas as pd
import pytest

from nlp.compare import over_time

DAY = dt.date(2026, 6, 1)


def entries(people: int = 6, days: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"person": f"P{p}", "day": DAY + dt.timedelta(days=d), "money": 0.1 * d, "trust": 0.0}
            for p in range(people)
            for d in range(days)
        ]
    )


def test_each_person_counts_once_a_day_however_much_they_wrote() -> None:
    talkative = pd.DataFrame([{"person": "P0", "day": DAY, "money": 1.0, "trust": 0.0}] * 9)
    table = over_time(pd.concat([entries(), talkative]), threshold=5)
    first = table[(table["theme"] == "money")].iloc[0]
    assert first["share"] == pytest.approx(0.9 / 6)
    assert first["people"] == 6


def test_days_with_few_people_are_not_shown_and_nobody_speaking_is() -> None:
    every = entries()
    late = every[~((every["person"] > "P2") & (every["day"] > DAY))]
    table = over_time(late, threshold=5)
    money = table[table["theme"] == "money"]
    assert money["suppressed"].tolist() == [False, True, True, True]
    assert money["share"].isna().tolist() == [False, True, True, True]
    assert table[table["theme"] == "trust"].iloc[0]["share"] == 0


def test_spans_of_several_days_do_not_overlap() -> None:
    table = over_time(entries(days=5), threshold=5, every=2)
    money = table[table["theme"] == "money"]
    assert [day.date() - DAY for day in money["day"]] == [dt.timedelta(days=d) for d in (0, 2, 4)]
    assert money["share"].tolist() == pytest.approx([0.05, 0.25, 0.4])


def test_groups_are_followed_apart_and_protected() -> None:
    groups = {f"P{p}": "AB"[p % 2] for p in range(12)}
    table = over_time(entries(12), threshold=5, groups=groups)
    money = table[(table["theme"] == "money") & (table["day"] > pd.Timestamp(DAY))]
    assert money["group"].tolist() == ["A"] * 3 + ["B"] * 3
    assert not money["suppressed"].any()
    assert table[table["theme"] == "trust"]["suppressed"].all()


def test_no_entries_give_an_empty_table() -> None:
    assert over_time(entries().iloc[:0], threshold=5).empty
    undated = entries().assign(day=None)
    assert over_time(undated, threshold=5).empty

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.compare import crosstab
from nlp.compare.crosstab import EVERYBODY


def people(*kinds: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(kinds, columns=["team", "nation"][: len(kinds[0])])


def test_counts_and_totals_by_people() -> None:
    table = crosstab(
        people(*[("A", "zh")] * 6, *[("B", "de")] * 7), ["team", "nation"], threshold=5
    )
    found = table.set_index(["team", "nation"])["people"]
    assert found["A", "zh"] == found["A", EVERYBODY] == 6
    assert found[EVERYBODY, EVERYBODY] == 13
    assert np.isnan(found["A", "de"])
    assert table["suppressed"].sum() == 2


def test_a_few_people_cannot_be_worked_out_from_totals() -> None:
    kinds = [("A", "zh")] * 8 + [("A", "de")] * 2 + [("B", "zh")] * 9 + [("B", "de")] * 10
    table = crosstab(people(*kinds), ["team", "nation"], threshold=5)
    hidden = set(map(tuple, table.loc[table["suppressed"], ["team", "nation"]].to_numpy()))
    assert ("A", "de") in hidden
    assert len(hidden) >= 2
    assert table.loc[table["suppressed"], "people"].isna().all()


def test_blanks_are_a_kind_of_their_own_and_nobody_is_no_crash() -> None:
    table = crosstab(people(("A", None), ("A", " "), ("A", "de")), ["team", "nation"], threshold=1)  # type: ignore[arg-type] # a blank is what is tested
    found = table.set_index(["team", "nation"])["people"]
    assert found["A", ""] == 2
    empty = crosstab(people(("A", "x")).iloc[:0], ["team", "nation"], threshold=5)
    assert empty["suppressed"].all()


@given(
    st.lists(st.sampled_from(list(product("AB", "xyz"))), min_size=1, max_size=9),
    st.integers(2, 4),
)
@settings(max_examples=15, deadline=None)
def test_every_hidden_small_cell_fits_a_number_above_the_threshold(
    kinds: list[tuple[str, str]], threshold: int
) -> None:
    """Checked the slow way: all tables of whole numbers that agree with what is shown."""
    table = crosstab(people(*kinds), ["team", "nation"], threshold=threshold)
    shown = table[~table["suppressed"]]
    assert (shown["people"] >= threshold).all()
    cells = table.set_index(["team", "nation"])["people"]
    if table["suppressed"].sum() == 0 or np.isnan(cells[EVERYBODY, EVERYBODY]):
        return
    total = int(cells[EVERYBODY, EVERYBODY])
    rows, columns = sorted({t for t, _ in kinds}), sorted({n for _, n in kinds})
    inner = list(product(rows, columns))
    full = _with_totals({cell: kinds.count(cell) for cell in inner}, rows, columns)
    names = [tuple(row) for row in table[["team", "nation"]].to_numpy()]
    few = [name for name in names if np.isnan(cells[name]) and 0 < full[name] < threshold]
    reach = dict.fromkeys(few, 0)
    for numbers in _fitting(inner, cells, total):
        counts = _with_totals(dict(zip(inner, numbers, strict=True)), rows, columns)
        if all(np.isnan(cells[name]) or cells[name] == counts[name] for name in names):
            reach = {name: max(most, counts[name]) for name, most in reach.items()}
    assert all(most >= threshold for most in reach.values())


def _fitting(
    inner: list[tuple[str, str]], cells: "pd.Series[float]", total: int
) -> list[tuple[int, ...]]:
    choices = [range(total + 1) if np.isnan(cells[cell]) else [int(cells[cell])] for cell in inner]
    found: list[tuple[int, ...]] = [()]
    for choice in choices:
        found = [(*f, n) for f in found for n in choice if sum(f) + n <= total]
    return [f for f in found if sum(f) == total]


def _with_totals(
    counts: dict[tuple[str, str], int], rows: list[str], columns: list[str]
) -> dict[tuple[str, str], int]:
    full = dict(counts)
    for row in rows:
        full[row, EVERYBODY] = sum(counts[row, column] for column in columns)
    for column in columns:
        full[EVERYBODY, column] = sum(counts[row, column] for row in rows)
    full[EVERYBODY, EVERYBODY] = sum(counts.values())
    return full

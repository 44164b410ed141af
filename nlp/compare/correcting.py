"""Correcting differences for passages that lie in the wrong theme, by what blind coders say.

Themes are never exactly what a reader would say. Passages in the wrong theme make groups look more
alike than they are, or, where a language leaves a trace, less alike. How much can be told from a
sample of the study's own passages that people coded without seeing what the computer said.

`error_rates` says how well passages lie in each theme. `corrected` uses the codes: with `s` a
passage's share in a theme, known of all passages, and `h` what the coder says, known of a random
sample, a group's mean is `mean(r s)` plus, over the sample, `mean(h - r s)`. Whatever the errors
are, and whether or not they are the same in all groups, this is right on average (the regression
estimator of two-phase samples, Cochran 1977, Sampling Techniques, ch. 12; with a computer's labels:
Angelopoulos et al. 2023, Science 382, 669-674). `r` is the slope of h on s: the better the
computer, the more its shares count and the less it matters how few were coded. People count once
each, and are what the interval is about.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.sample import Labels, labels

Floats = NDArray[np.float64]
DRAWS = 2_000
FEWEST = 10
"""Coded passages that a group needs."""
RATES = ["hits", "false_alarms", "slope", "slope_low", "slope_high", "coded", "coded_people"]
CORRECTED = ["corrected", "corrected_low", "corrected_high"]


def error_rates(
    shares: pd.DataFrame,
    codes: pd.DataFrame,
    people: Labels,
    *,
    weights: pd.Series | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how well passages lie in their themes, from passages that people coded blindly.

    Args:
        shares: Passage x theme, what the computer found, 0 to 1.
        codes: Passage x theme, what people say who did not see it: 1 or True where the theme
            applies, 0 or False where it does not, NaN where nobody said. A subset of the passages,
            drawn at random.
        people: Passage -> who wrote it. People are what is drawn again for the intervals.
        weights: How many passages each coded one stands for, where they were not drawn with equal
            chances; None: one each.
        seed: Makes the intervals repeatable.

    Returns:
        One row for each theme of `codes` (index): `hits` (mean share where the theme applies),
        `false_alarms` (where it does not), `slope` (their difference) with the ends of its 95 %
        interval `slope_low` and `slope_high`, `coded` passages and `coded_people`. NaN where
        nothing coded applies, or everything.
    """
    rows = {
        theme: _rate(
            shares[theme].reindex(said.index).to_numpy(dtype=float),
            said.to_numpy(dtype=float),
            _owners(people, said.index),
            _weights(weights, said.index),
            seed,
        )
        for theme in codes.columns
        for said in [codes[theme].dropna()]
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=RATES).astype(float)


def corrected(
    table: pd.DataFrame,
    shares: pd.DataFrame,
    codes: pd.DataFrame,
    people: Labels,
    groups: Labels,
    *,
    weights: pd.Series | None = None,
) -> pd.DataFrame:
    """Add corrected differences to a comparison.

    p values stay as they are: they ask whether groups differ in what the computer found.

    Args:
        table: What `compare` or `compare_in_steps` returned, without strata.
        shares: Passage x theme, what the computer found, 0 to 1; empty answers left out.
        codes: As for `error_rates`.
        people: Passage -> who wrote it.
        groups: Person -> group.
        weights: As for `error_rates`.

    Returns:
        The table with `corrected`, `corrected_low` and `corrected_high` (95 %, Student's with
        Welch's degrees of freedom over people), within -1 and 1. NaN where the row is suppressed,
        nobody coded the theme, or a group has fewer than `FEWEST` coded passages.
    """
    owner = pd.Series(people).reindex(shares.index).dropna()
    group_of = labels(groups)
    group = owner.map(group_of).dropna()
    own = shares.loc[group.index]
    known: dict[object, dict[object, Floats]] = {}
    for theme in [theme for theme in codes.columns if theme in shares.columns]:
        said = codes[theme].reindex(own.index).to_numpy(dtype=np.float64)
        weight = _weights(weights, own.index)
        known[theme] = _values(
            own[theme].to_numpy(dtype=np.float64), said, weight, owner[group.index], group
        )
    ends = [
        _difference(known.get(row.theme, {}), row.group, row.other, hidden=bool(row.suppressed))
        for row in table.itertuples()
    ]
    return table.assign(
        **{name: [end[place] for end in ends] for place, name in enumerate(CORRECTED)}
    )


def _values(
    shares: Floats, said: Floats, weights: Floats, owner: pd.Series, group: pd.Series
) -> dict[object, Floats]:
    """Return for each group one value a person, whose mean is the group's corrected share."""
    coded = ~np.isnan(said)
    slope = _slope(shares[coded], said[coded], weights[coded])
    size = owner.map(owner.value_counts()).to_numpy(dtype=float)
    # Each coded passage stands for so many of its person's, and each person counts once.
    stands_for = np.where(coded, weights, 0.0) / size
    apart = np.where(coded, said - slope * shares, 0.0)
    rows = pd.DataFrame(
        {
            "person": owner.to_numpy(),
            "group": group.to_numpy(),
            "share": slope * shares,
            "weight": stands_for,
            "coded": coded,
            "apart": stands_for * apart,
        }
    )
    found: dict[object, Floats] = {}
    for name, part in rows.groupby("group"):
        if part["coded"].sum() < FEWEST:
            continue
        by_person = part.groupby("person").agg(
            share=("share", "mean"), weight=("weight", "sum"), apart=("apart", "sum")
        )
        weight = by_person["weight"].to_numpy()
        middle = by_person["apart"].sum() / weight.sum()
        # How far each person moves the ratio of the two sums (linearised).
        moved = (by_person["apart"].to_numpy() - middle * weight) / weight.mean()
        found[name] = by_person["share"].to_numpy() + middle + moved
    return found


def _slope(shares: Floats, said: Floats, weights: Floats) -> float:
    """Return the slope of codes on shares, from 0 (they say nothing) to 1 (they say it all)."""
    if len(said) < FEWEST or np.ptp(shares) == 0:
        return 0.0
    centred = shares - np.average(shares, weights=weights)
    slope = (weights * centred * said).sum() / (weights * centred**2).sum()
    return float(np.clip(slope, 0, 1))


def _difference(
    known: dict[object, Floats], group: object, other: object, *, hidden: bool
) -> tuple[float, float, float]:
    """Return the difference of two groups' means and the ends of its interval."""
    from scipy.special import stdtrit

    if hidden or group not in known or other not in known:
        return np.nan, np.nan, np.nan
    first, second = known[group], known[other]
    if min(len(first), len(second)) < 2:
        return np.nan, np.nan, np.nan
    one, two = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    below = one**2 / (len(first) - 1) + two**2 / (len(second) - 1)
    freedom = (one + two) ** 2 / below if below > 0 else 1.0
    half = float(stdtrit(freedom, 0.975)) * float(np.sqrt(one + two))
    middle = float(first.mean() - second.mean())
    low, found, high = np.clip([middle - half, middle, middle + half], -1, 1)
    return float(found), float(low), float(high)


def _weights(weights: pd.Series | None, coded: pd.Index) -> Floats:
    if weights is None:
        return np.ones(len(coded))
    return weights.reindex(coded).fillna(0).to_numpy(dtype=float)


def _owners(people: Labels, coded: pd.Index) -> NDArray[np.intp]:
    """Number the people of coded passages; a passage without a person has one of its own."""
    known = pd.Series(people).reindex(coded)
    named = [f"\0{place}" if pd.isna(person) else str(person) for place, person in enumerate(known)]
    return pd.factorize(np.array(named, dtype=object), sort=True)[0]


def _rate(
    shares: Floats, said: Floats, person: NDArray[np.intp], weights: Floats, seed: int
) -> list[float]:
    """Return the rates of one theme, with an interval from drawing coded people again.

    The interval is the wider of percentiles and of Student's with as many people: with few coded
    people percentiles alone are too narrow.
    """
    from scipy.special import stdtrit

    count = int(person.max(initial=-1)) + 1
    parts = (said, said * shares, 1 - said, (1 - said) * shares)
    sums = np.stack([np.bincount(person, weights * part, count) for part in parts], axis=1)
    hits, false_alarms = (float(mean[0]) for mean in _means(sums.sum(axis=0)[None, :]))
    slope = hits - false_alarms
    sizes = [float(len(said)), float(count)]
    if not np.isfinite(slope) or count < 2:
        return [hits, false_alarms, slope, np.nan, np.nan, *sizes]
    rng = np.random.default_rng([seed, count])
    times: Floats = rng.multinomial(count, np.full(count, 1 / count), DRAWS).astype(np.float64)
    drawn: Floats = times @ sums
    again = np.subtract(*_means(drawn))
    again = again[np.isfinite(again)]
    half = float(stdtrit(count - 1, 0.975) * again.std() * np.sqrt(count / (count - 1)))
    low, high = np.quantile(again, [0.025, 0.975])
    return [
        hits,
        false_alarms,
        slope,
        float(min(low, slope - half)),
        float(min(max(high, slope + half), 1.0)),
        *sizes,
    ]


def _means(sums: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums[:, 1] / sums[:, 0], sums[:, 3] / sums[:, 2]

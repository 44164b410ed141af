"""Does the comparison call chance a finding, and do its intervals keep their promise?

People are drawn from the real interviewees and put into groups at random: nothing differs, so what
is found is false. Beside it the test that most tools offer, chi-square on texts. Intervals are
tried on shares with a known difference, groups of 11 and 11, 5 and 17, 3 and 19 people.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.report import report
from nlp.compare import compare, compare_in_steps, omnibus

INTERVIEWS = Path("../shared/benchmarks/creative-interviews/interviews.csv")
PEOPLE, THEMES = 22, 8
SIZES = {"11_11": (11, 11), "5_17": (5, 17), "3_19": (3, 19)}


def interviewees() -> pd.DataFrame:
    """Return passages of the real interviewees: person, and theme by plain k-means."""
    from sklearn.cluster import KMeans

    from nlp.encoders import load
    from nlp.passages import cut
    from survey.transcripts import read, read_table

    rows = []
    for key, text in read_table(INTERVIEWS.name, INTERVIEWS.read_bytes()):
        for turn in read(f"{key}.txt", text.encode()).turns:
            if turn.speaker == "User":
                rows += [(key, piece.text) for piece in cut(turn.text, languages=["en"])]
    passages = pd.DataFrame(rows, columns=["person", "text"])
    vectors = load().encode(passages["text"])
    passages["theme"] = KMeans(THEMES, n_init=4, random_state=0).fit_predict(vectors)
    return passages


def person_shares(passages: pd.DataFrame) -> pd.DataFrame:
    """Return each person's shares of the themes."""
    return pd.crosstab(passages["person"], passages["theme"], normalize="index")


def random_groups(
    people: pd.Index, draws: int, sizes: tuple[int, ...]
) -> Iterator[tuple[list[str], pd.Series]]:
    """Yield people drawn at random, and the groups they are put into at random."""
    rng = np.random.default_rng(1)
    labels = [chr(97 + group) for group, size in enumerate(sizes) for _ in range(size)]
    for _ in range(draws):
        drawn = list(rng.permutation(people)[: len(labels)])
        yield drawn, pd.Series(labels, index=drawn)


def chi_square_finds(passages: pd.DataFrame, groups: pd.Series) -> int:
    """Count themes that chi-square on texts calls different at .05."""
    from scipy.stats import chi2_contingency

    texts = passages[passages["person"].isin(groups.index)]
    group = texts["person"].map(groups)
    found = 0
    for theme in range(THEMES):
        table = pd.crosstab(group, texts["theme"] == theme)
        found += bool(table.shape[1] == 2 and chi2_contingency(table).pvalue < 0.05)
    return found


def false_findings(passages: pd.DataFrame, draws: int) -> dict[str, float]:
    """Return how often chance is called a finding."""
    shares = person_shares(passages)
    flagged = any_pair = any_theme = chi = chi_any = 0
    for drawn, groups in random_groups(shares.index, draws, (6, 6, 5, 5)):
        themes = omnibus(shares.loc[drawn], groups, threshold=3)
        pairs = compare(shares.loc[drawn], groups, threshold=3)
        steps = compare_in_steps(shares.loc[drawn], groups, threshold=3)
        flagged += int((themes["p"] <= 0.05).sum())
        any_theme += bool(
            (themes["p_adjusted"] <= 0.05).any() or (steps["p_adjusted"] <= 0.05).any()
        )
        any_pair += bool((pairs["p_adjusted"] <= 0.05).any())
        texts = chi_square_finds(passages, groups)
        chi += texts
        chi_any += bool(texts)
    return {
        "flagged_themes": flagged / (draws * THEMES),
        "draws_with_a_finding": any_theme / draws,
        "draws_with_a_pair": any_pair / draws,
        "chi_square_flagged_themes": chi / (draws * THEMES),
        "chi_square_draws_with_a_finding": chi_any / draws,
    }


def teams_that_stick_together(draws: int) -> float:
    """Return how often a nationality inside one team is called different, team correlation .3."""
    rng = np.random.default_rng(2)
    found = 0
    teams = np.repeat(np.arange(4), [6, 6, 5, 5])
    nations = np.array(["CN"] * PEOPLE, dtype=object)
    nations[:4] = "DE"
    nations[[7, 8, 13, 14, 18, 19]] = "FR"
    index = [f"p{number}" for number in range(PEOPLE)]
    for _ in range(draws):
        noise = rng.normal(size=(PEOPLE, THEMES)) * np.sqrt(0.7)
        together = rng.normal(size=(4, THEMES))[teams] * np.sqrt(0.3)
        shares = pd.DataFrame(1 / (1 + np.exp(-(noise + together))) / THEMES, index=index)
        table = compare_in_steps(
            shares,
            pd.Series(nations, index=index),
            threshold=3,
            strata=pd.Series(teams, index=index),
        )
        found += bool((table["theme_p_adjusted"] <= 0.05).any())
    return found / draws


def coverage(sizes: tuple[int, int], draws: int) -> float:
    """Return how often the interval holds a known difference of skewed shares with many zeros."""
    rng = np.random.default_rng(3)
    held = []
    index = [f"p{number}" for number in range(sum(sizes))]
    groups = pd.Series(["a"] * sizes[0] + ["b"] * sizes[1], index=index)
    for _ in range(draws):
        first, second = _skewed(rng, sizes[0], 0.30), _skewed(rng, sizes[1], 0.15)
        shares = pd.DataFrame({0: np.concatenate([first, second])}, index=index)
        row = compare(shares, groups, threshold=2).iloc[0]
        held.append(bool(row["low"] <= 0.15 <= row["high"]))
    return float(np.mean(held))


def _skewed(rng: np.random.Generator, size: int, mean: float) -> NDArray[np.float64]:
    """Draw shares of a few texts each: beta habits of people, seen through ten texts."""
    habits = rng.beta(mean * 3, (1 - mean) * 3, size)
    return rng.binomial(10, habits) / 10


def level_bound(draws: int, level: float = 0.05) -> float:
    """Return the share above which 5 % is refuted by a one-sided binomial test at 95 %."""
    from scipy.stats import binom

    return float(binom.ppf(0.95, draws, level)) / draws


def main() -> None:
    """Measure and print the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=300)
    draws = parser.parse_args().draws
    false = false_findings(interviewees(), draws)
    figures = {key: value for key, value in false.items() if not key.startswith("chi")}
    figures["team_correlation_draws_with_a_finding"] = teams_that_stick_together(draws)
    figures |= {f"coverage_{name}": coverage(sizes, 1000) for name, sizes in SIZES.items()}
    bound = level_bound(draws)
    report(
        "compare",
        figures,
        {
            "flagged_themes": ("<=", level_bound(draws * THEMES)),
            "draws_with_a_finding": ("<=", bound),
            "draws_with_a_pair": ("<=", bound),
            "team_correlation_draws_with_a_finding": ("<=", bound),
            **{f"coverage_{name}": (">=", 0.93) for name in SIZES},
        },
        baseline={key: value for key, value in false.items() if key.startswith("chi")},
        runs=draws,
    )


if __name__ == "__main__":
    main()

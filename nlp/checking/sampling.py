"""Drawing the passages that people are asked about, with what each stands for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nlp.results import Found

EACH = 20
"""Passages drawn inside a theme, and as many outside, for each language."""
UNKNOWN = "und"
"""Passages of a few words whose language nobody can tell: they say nothing about one."""
COLUMNS = ["language", "stratum", "weight", "position"]


def draw(found: Found, number: int, *, each: int = EACH, seed: int = 0) -> pd.DataFrame:
    """Draw passages of a theme and of what surrounds it, for each language.

    Those that the computer put into the theme (`in`) tell how much of it is right. What it missed
    is looked for among the others: half where it saw a trace of the theme (`near`), where most of
    what was missed will be, half anywhere else (`far`). Within language and stratum every passage
    has the same chance. Passages that mix languages are asked about as those of a language are:
    the computer may read these worse. Empty answers and unknown languages are left out.

    Args:
        found: The run as people decided it.
        number: The theme.
        each: How many to draw inside, and how many outside, in each language, where there are as
            many.
        seed: Makes the sample repeatable.

    Returns:
        Passage (index) with `language`, `stratum`, `weight` (how many passages it stands for) and
        `position`, its place in the order of asking, which says nothing of stratum or language.
    """
    said = found.passages[["language"]].drop(index=list(found.empty), errors="ignore")
    said = said[said["language"] != UNKNOWN].sort_index()
    shares = found.shares[number].reindex(said.index)
    inside = found.main.reindex(said.index) == number
    stratum = np.select([inside, shares > 0], ["in", "near"], default="far")
    rng = np.random.default_rng([seed, number])
    drawn = []
    for _, part in said.assign(stratum=stratum).groupby("language"):
        sizes = part["stratum"].value_counts().reindex(["in", "near", "far"], fill_value=0)
        for name, wanted in _wanted(sizes, each).items():
            if wanted:
                rows = part[part["stratum"] == name]
                chosen = rows.iloc[rng.choice(len(rows), wanted, replace=False)]
                drawn.append(chosen.assign(weight=len(rows) / wanted))
    if not drawn:
        return pd.DataFrame(columns=COLUMNS)
    sample = pd.concat(drawn)
    return sample.assign(position=rng.permutation(len(sample)))[COLUMNS].sort_values("position")


def _wanted(sizes: pd.Series, each: int) -> dict[str, int]:
    """Say how many to draw from each stratum: where one outside is too small, the other gives."""
    near = min(int(sizes["near"]), max(each // 2, each - int(sizes["far"])))
    far = min(int(sizes["far"]), each - near)
    return {"in": min(int(sizes["in"]), each), "near": near, "far": far}

"""How far themes go with something else: language, person, source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def adjusted_mutual_information(themes: Sequence[int], others: Sequence[str | None]) -> float:
    """Mutual information of two labellings, corrected for chance (Vinh, Epps, Bailey 2010).

    Returns:
        0 for what chance gives, 1 for the same labelling; 0 where either has one label only.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    known = np.array([not pd.isna(other) for other in others], dtype=bool)
    theme = np.asarray(themes)[known]
    other = pd.factorize(np.asarray(others, dtype=object)[known], sort=True)[0]
    if len(set(theme.tolist())) < 2 or len(set(other.tolist())) < 2:
        return 0.0
    return float(adjusted_mutual_info_score(theme, other))

"""What the card of a run says beyond the figures of `find_themes`.

What languages do to it, the marks of single themes, and what identifies the passages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from nlp.encoders import Encoder, Vectors
from nlp.neutral import bias, coverage, not_understood, same_theme
from nlp.neutral.bias import Labels, held_out
from nlp.neutral.reference import reference
from nlp.themes import Themes, ThemeSettings, join

UNNAMED = frozenset({"und", "mul"})


def language_card(
    passages: pd.DataFrame, themes: Themes, *, encoder: Encoder, raw: Vectors, neutral: Vectors
) -> dict[str, Any]:
    """Measure the language bias before and after, and name the languages not to be relied on.

    Returns:
        `language_bias` (of the vectors; see `nlp.neutral.bias`), `translations_together` (before
        and after: how often translations of one reference sentence would be in the same of this
        run's themes), `unchecked_languages` (their reference nobody has checked),
        `unserved_languages` (without reference) and `not_understood` (the encoder does not
        understand them: what they say is not to be relied on).
    """
    written = sorted(set(passages["language"]) - UNNAMED)
    measured = bias(encoder, written)
    covered = coverage(written)
    return {
        "language_bias": asdict(measured) if measured else {},
        "translations_together": {
            "before": _together(raw, themes, encoder, written, treated=False),
            "after": _together(neutral, themes, encoder, written, treated=True),
        },
        "unchecked_languages": [each.language for each in covered if not each.verified],
        "unserved_languages": [each.language for each in covered if each.served_by is None],
        "not_understood": not_understood(encoder, written),
    }


def _together(
    vectors: Vectors, themes: Themes, encoder: Encoder, languages: list[str], *, treated: bool
) -> float:
    """Return how often translations join the same theme, nothing left without one."""

    def assign(rows: Vectors) -> Labels:
        shares = join(vectors, themes.shares, rows, settings=ThemeSettings(certainty=0))
        found: Labels = shares.argmax(axis=1)
        return found

    if not themes.shares.shape[1]:
        return float("nan")
    return same_theme(assign, encoder, languages, vectors=held_out(encoder)[int(treated)])


def theme_card(themes: Themes) -> dict[str, Any]:
    """Return what is told about single themes: marks, the tree, and what answers the questions."""
    return {
        "one_voice": themes.one_voice,
        "unclear": themes.unclear,
        "carried": {theme: asdict(carrier) for theme, carrier in themes.carried.items()},
        "hierarchy": [asdict(branch) for branch in themes.hierarchy],
        "answers": [asdict(answer) for answer in themes.answers],
    }


def made_of(passages: pd.DataFrame) -> dict[str, str]:
    """Identify what a run was made of: with settings and versions this repeats it exactly."""
    rows = sorted(
        zip(
            passages["text"].tolist(),
            passages["language"].tolist(),
            passages["person"].tolist(),
            strict=True,
        )
    )
    return {
        "passages_digest": sha256(repr(rows).encode("utf-8", "replace")).hexdigest(),
        "reference_digest": reference().digest,
    }


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a card holds
    """Turn a card into what JSON can hold: plain numbers, text keys, nothing for not-a-number."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

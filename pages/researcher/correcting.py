"""The same differences, corrected by what people said who read a sample of passages blindly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from nlp.chapter.differences import Differences
from nlp.checking.correcting import correct, correctable
from nlp.results import WITHIN_TEAMS, Found, Grouping
from pages.navigation import CHECKING, FOLDER
from pages.researcher.checked import checked
from pages.words import t


def correcting(
    found: Found,
    by: Grouping,
    result: Differences,
    titles: Mapping[int, str],
    names: Mapping[str, str],
) -> None:
    """Let the reader see corrected differences beside the uncorrected ones.

    Args:
        found: The run as people decided it.
        by: What makes the groups.
        result: The comparison.
        titles: What its themes are called.
        names: What the groups are called.
    """
    checks = correctable(checked(found))
    if not st.toggle(t("Correct for what the computer gets wrong"), key="corrected"):
        return
    if not checks:
        st.caption(
            t("Two people have not checked any theme in every language yet: nothing to go by.")
        )
        st.page_link(
            str(FOLDER / CHECKING.file), label=t("Check themes"), icon=":material/arrow_forward:"
        )
        return
    if by in WITHIN_TEAMS and found.groups("team").nunique() > 1:
        st.caption(
            t("Only teams can be corrected: the other groups are compared within their teams.")
        )
        return
    table = correct(result.table, found, checks, found.groups(by))
    shown = table[~table["suppressed"]]
    if shown.empty:
        st.caption(t("Groups that could point to single people are not shown."))
        return
    st.dataframe(
        pd.DataFrame([_line(row, titles, names) for row in shown.to_dict("records")]),
        hide_index=True,
        key="corrected-table",
    )
    st.caption(
        t(
            "Differences in percentage points of what a person writes, with 95 % intervals. What "
            "people said of the sample is known without error; the computer’s shares help where "
            "nobody read. That is right on average whatever the computer gets wrong, and less "
            "sure: the fewer passages were read, the wider. p belongs to the uncorrected "
            "difference. Only checked themes are here, in the languages that were checked, also "
            "those in which a theme fails."
        )
    )


def _line(
    row: Mapping[Any, Any], titles: Mapping[int, str], names: Mapping[str, str]
) -> dict[str, object]:
    return {
        t("Theme"): titles.get(row["theme"], str(row["theme"])),
        t("Groups"): f"{names.get(row['group'], row['group'])} – "
        f"{names.get(row['other'], row['other'])}",
        t("Uncorrected"): _points(row["difference"], row["low"], row["high"]),
        t("Corrected"): _points(row["corrected"], row["corrected_low"], row["corrected_high"]),
        t("Share where it applies"): _share(row["hits"]),
        t("Share where it does not"): _share(row["false_alarms"]),
    }


def _points(value: float, low: float, high: float) -> str:
    if math.isnan(value):
        return "–"
    inside = "" if math.isnan(low) else f" ({low * 100:+.0f} … {high * 100:+.0f})"
    return f"{value * 100:+.0f}{inside}".replace("-", "−")


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0%}"

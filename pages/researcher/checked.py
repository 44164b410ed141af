"""What checking the computer brought, on the researcher's screens."""

from __future__ import annotations

import math
from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.agreement import Agreement, written
from nlp.checking import Checked, Verdict, checks_of, state
from nlp.checking.rates import Rate
from nlp.results import Found, title_of
from pages import words
from pages.researcher.findings import findings
from pages.words import t, tn


def checked(found: Found) -> dict[int, Checked]:
    """Return the checks of the themes of a run, by theme; computed again when anything changed.

    Args:
        found: The run as people decided it; of some of its passages the checks are those of all.
    """
    whole = findings(found.run.study_id)
    of = whole if whole is not None and whole.run.id == found.run.id else found
    with open_session() as session:
        key = state(of, session=session)
    return _checked(key, of)


@st.cache_resource(max_entries=4, show_spinner=False)
def _checked(key: tuple[object, ...], _found: Found) -> dict[int, Checked]:  # noqa: ARG001 - what the answer depends on
    with open_session() as session:
        return checks_of(_found, session=session)


def standing(check: Checked | None) -> str:
    """Say in a few words whether people checked a theme, and what came of it."""
    if check is None or not (check.verdicts or check.counts):
        return t("computed, unreviewed")
    if not check.counts:
        return t("computed; the check no longer fits")
    if not check.verdicts:
        return t("computed, being checked")
    told = []
    if holding := _languages(check, "holds"):
        told.append(t("holds in {languages}", languages=holding))
    if failing := _languages(check, "fails"):
        told.append(t("fails in {languages}", languages=failing))
    verdict = words.together(told) or t("not decided")
    return t("checked by people: {verdict}", verdict=verdict)


def _languages(check: Checked, standing: str) -> str:
    tags = [tag for tag, each in check.verdicts.items() if each.standing == standing]
    return words.together([words.language_name(tag) for tag in tags])


def results(found: Found, checks: dict[int, Checked], *, account_id: UUID) -> None:
    """Show what came out for each theme and language, where this person may see it.

    Args:
        found: The run.
        checks: Its checks.
        account_id: Who looks: a language in which they have begun and not finished stays hidden, or
            they would no longer be blind.
    """
    rows = []
    hidden = 0
    for number, check in checks.items():
        for tag, verdict in check.verdicts.items():
            if tag in check.unfinished.get(account_id, ()):
                hidden += 1
            else:
                rows.append(_row(_title(found, number), tag, check, verdict))
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="checks")
        st.caption(
            t(
                "The unit is a passage. Agreement is Krippendorff’s alpha: 1 is perfect, 0 is what "
                "chance would bring; from 0.8 on people agree well, below 0.67 too little to "
                "conclude anything. Right: how much of what the computer put into the theme is "
                "about it. Found: how much of what is about it the computer put there. In brackets "
                "the 95 % intervals, from drawing the people who wrote again."
            )
        )
        st.caption(
            t(
                "A theme fails in a language where even the upper end of “right” or “found” lies "
                "below one half: it is then compared without the passages in that language. It "
                "holds where both lower ends reach one half. Everything else is open."
            )
        )
    if hidden:
        st.caption(
            tn(
                "One result is kept from you until you have finished it yourself.",
                "{count} results are kept from you until you have finished them yourself.",
                hidden,
            )
        )


def fit(check: Checked) -> str:
    """Say whether a check still fits the theme; empty where nothing needs saying."""
    told = {
        "fits": "",
        "renamed": t("The theme was named anew since; what it is about reads the same."),
        "changed": t(
            "The theme was described anew, merged or split since: this check no longer fits. "
            "Check it again."
        ),
        "grown": t("Many passages came after this check: it no longer fits. Check it again."),
    }[check.fit]
    carried = t("Carried over from an earlier run: what people said of a passage stays true.")
    return " ".join(part for part in (told, carried if check.carried else "") if part)


def _title(found: Found, number: int) -> str:
    for theme in (*found.themes, *found.hidden):
        if theme.number == number:
            return title_of(theme, words.language())
    return str(number)


def _row(title: str, tag: str, check: Checked, verdict: Verdict) -> dict[str, object]:
    verdicts = {
        "holds": t("holds"),
        "fails": t("fails: not compared across this language"),
        "open": t("open: people do not agree what it is")
        if verdict.unclear
        else t("open: too few passages to tell"),
    }
    return {
        t("Theme"): title,
        t("Language"): words.language_name(tag),
        t("Verdict"): verdicts[verdict.standing] if check.counts else t("no longer fits"),
        t("Passages"): verdict.passages,
        t("Coders"): verdict.people.coders,
        t("People agree"): _agreed(verdict.people),
        t("Computer agrees"): _agreed(verdict.computer),
        t("Right"): _share(verdict.precision),
        t("Found"): _share(verdict.recall),
    }


def _agreed(measured: Agreement) -> str:
    """Write an alpha with its interval."""
    return written(measured.alpha, measured.low, measured.high)


def _share(measured: Rate) -> str:
    if math.isnan(measured.value):
        return "–"
    return f"{measured.value:.0%} ({measured.low:.0%} … {measured.high:.0%})"

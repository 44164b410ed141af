"""Who has applied, and how do they stand?"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Call
from nlp.applying.agreeing import agreement
from pages import words
from pages.coordinator.calling import no_call, the_call
from pages.navigation import APPLICANT, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey.applying.calls import criteria_of
from survey.applying.choosing import Standing, standings
from survey.applying.doubles import Double, doubles
from survey.applying.funnel import Funnel, funnel
from survey.applying.states import SAID, State

me = require_role("coordinator")
found_call = the_call(me)
if found_call is None:
    no_call()
call, study = found_call
with open_session() as opened:
    numbers = funnel(session=opened, call=call)
    listed = standings(session=opened, call=call)
codes = {each.application.id: each.person.code for each in listed}


@st.cache_data(ttl=120, max_entries=20, show_spinner=False)
def pairs_of(study_id: UUID, applied: int, _call: Call) -> list[Double]:  # noqa: ARG001 - the key
    """Return the likely doubles of a call; every text is compared with every other."""
    with open_session() as session:
        return doubles(session=session, call=_call)


def steps(numbers: Funnel) -> None:
    """Show how many came how far."""
    shown = [
        (t("Begun"), numbers.begun),
        (t("Applied"), numbers.applied),
        (t("Reviewed"), numbers.reviewed),
        (t("Invited"), numbers.invited),
        (t("Coming"), numbers.accepted),
    ]
    with st.container(horizontal=True, key="funnel"):
        for name, number in shown:
            st.metric(name, number, width=110)
    if numbers.withdrawn:
        st.caption(
            tn(
                "One application was withdrawn; nothing of it is left.",
                "{count} applications were withdrawn; nothing of them is left.",
                numbers.withdrawn,
            )
        )


def origins(numbers: Funnel) -> None:
    """Show from where people applied, and in which languages they work."""
    with st.expander(t("By country and language"), key="origins"):
        left, right = st.columns(2)
        left.dataframe(
            _counted(
                numbers.countries,
                t("Country or region"),
                {code: words.country_name(code) for code in numbers.countries},
            ),
            hide_index=True,
        )
        right.dataframe(
            _counted(
                numbers.languages,
                t("First language"),
                {tag: words.language_name(tag) for tag in numbers.languages},
            ),
            hide_index=True,
        )
        st.caption(
            t(
                "In the report groups of fewer than {threshold} people are put together.",
                threshold=study.threshold,
            )
        )


def _counted(counts: Mapping[str, int], name: str, called: Mapping[str, str]) -> pd.DataFrame:
    rows = [(called[key] or t("not known"), number) for key, number in counts.items()]
    return pd.DataFrame(rows, columns=[name, t("Applied")])


def likely_doubles(pairs: list[Double]) -> None:
    """Show which applications may be one person's; nobody but a coordinator decides that."""
    if not pairs:
        return
    title = tn(
        "One pair may be the same person twice",
        "{count} pairs may be the same person twice",
        len(pairs),
    )
    with st.expander(title, icon=":material/content_copy:", key="doubles"):
        st.write(
            t("Look at both before you do anything: brothers, sisters and friends are alike too.")
        )
        for pair in pairs:
            reasons = words.together([tell(reason) for reason in pair.reasons])
            with st.container(horizontal=True, vertical_alignment="center"):
                st.write(f"{codes[pair.one]} – {codes[pair.other]}: {reasons}")
                for key in (pair.one, pair.other):
                    if st.button(codes[key], key=f"double-{pair.one}-{pair.other}-{key}"):
                        go(APPLICANT, application=key)


def how_far_agreed() -> None:
    """Say how far reviewers agree on each criterion, once somebody looks."""
    with st.expander(t("How far reviewers agree"), key="agreement", on_change="rerun") as expander:
        if not expander.open:
            return
        with open_session() as session:
            agreed = agreement(session=session, call=call)
        if not agreed:
            st.write(t("So far no two reviewers have finished the same applications."))
            return
        st.write(
            t(
                "Krippendorff’s alpha for ordered scores: 1 is full agreement, 0 is chance. Below "
                "0.667 a ranking by these scores says little (Krippendorff)."
            )
        )
        rows = [
            {
                t("Criterion"): words.of(dict(each.text), each.key),
                "α": round(agreed[each.key].alpha, 2),
                t("95 % interval"): f"{agreed[each.key].low:.2f} – {agreed[each.key].high:.2f}",
                t("Applications"): agreed[each.key].units,
                t("Reviewers"): agreed[each.key].coders,
            }
            for each in criteria_of(call)
            if each.key in agreed
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def row_of(each: Standing) -> dict[str, object]:
    """Return what the list says of an application; names are on its own page."""
    return {
        t("Code"): each.person.code,
        t("State"): tell(SAID[each.state]),
        t("Mean"): None if each.mean is None else round(100 * each.mean),
        t("Spread"): None if each.spread is None else round(100 * each.spread),
        t("Reviews"): len(each.marks),
        t("Country or region"): words.together(
            [words.country_name(code) for code in each.facts.nationalities]
        ),
        t("Language"): words.together([words.language_name(tag) for tag in each.facts.languages]),
        t("Role"): each.facts.role,
    }


def choose(listed: list[Standing]) -> None:
    """Show the list, and open one of it."""
    states = [state for state in State if any(each.state is state for each in listed)]
    wanted = st.pills(
        t("Show"),
        states,
        selection_mode="multi",
        format_func=lambda state: tell(SAID[state]),
        key="states",
    )
    shown = [each for each in listed if not wanted or each.state in wanted]
    with st.container(key="wide-list"):
        picked = st.dataframe(
            pd.DataFrame([row_of(each) for each in shown]),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key="applications",
        )["selection"]["rows"]
    st.caption(
        t("Mean and spread are of all finished reviews, weighted by criterion, from 0 to 100.")
    )
    who = st.selectbox(
        t("Read, short-list or answer"),
        shown,
        index=picked[0] if picked and picked[0] < len(shown) else None,
        format_func=lambda each: each.person.code,
        placeholder=t("Choose an application"),
        key=f"who-{picked}",
    )
    if who and st.button(t("Open"), type="primary", key="open"):
        go(APPLICANT, application=who.application.id)


st.title(
    tn("One application has arrived", "{count} applications have arrived", numbers.applied)
    if numbers.applied
    else t("No application has arrived yet"),
    anchor=False,
)
steps(numbers)
if listed:
    likely_doubles(pairs_of(study.id, numbers.applied, call))
    choose(listed)
    origins(numbers)
    how_far_agreed()
else:
    st.write(t("As soon as somebody sends theirs it stands here. The door is under “The call”."))

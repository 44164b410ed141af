"""Where do coders differ, and what do we settle on?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.agreement import written
from nlp.coding.codebook import codes
from nlp.coding.coders import coders
from nlp.settling import by_code, differences, take_over, unsettled
from pages.navigation import CODING, FOLDER
from pages.researcher.difference import difference, texts_behind
from pages.researcher.starring import attempt, refused
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
who = {"study_id": me.study.id, "account_id": me.identity.account_id}
A_PAGE = 10
WELL, TENTATIVE = 0.8, 2 / 3
"""Alpha from which on people agree well, and below which nothing follows (Krippendorff 2004)."""


def heading(count: int, *, compared: bool) -> str:
    """Answer the question in one line."""
    if not compared:
        return t("Agreement comes after two people coded the same text")
    if not found:
        return t("How far do coders agree?")
    if count:
        return tn("One difference to settle", "{count} differences to settle", count)
    return t("Nothing is left to settle")


def lead() -> str:
    """Say in a line on how many codes people agree well, and on how many not."""
    alphas = [each.measured.alpha for each in agreed]
    well, weak = sum(each >= WELL for each in alphas), sum(each < TENTATIVE for each in alphas)
    said = [t("People agree well on {well} of {count} codes.", well=well, count=len(alphas))]
    if weak:
        said.append(
            tn(
                "On one they agree too little to conclude anything.",
                "On {count} they agree too little to conclude anything.",
                weak,
            )
        )
    return " ".join(said)


def table() -> None:
    """Show how far coders agree on each code."""
    rows = [
        {
            t("Coded as"): each.code.name,
            t("Agreement (alpha)"): written(
                each.measured.alpha, each.measured.low, each.measured.high
            ),
            t("Passages"): each.measured.units,
            t("marked by anybody"): each.marked,
            t("marked by all"): each.together,
            t("Coders"): each.measured.coders,
        }
        for each in agreed
    ]
    if len(agreed) > 1:
        st.write(lead())
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="agreement")
    st.caption(
        t(
            "The unit is a passage, one thought, of texts that two coders have finished; passages "
            "that nobody marked with anything are left out, because they would make agreement look "
            "better than it is. Agreement is Krippendorff’s alpha: 1 is perfect, 0 is what chance "
            "would bring; from 0.8 on people agree well, below 0.67 too little to conclude "
            "anything. In brackets the 95 % interval, from drawing the people who wrote again; "
            "there is none as long as one person alone wrote all of it."
        )
    )


def settle() -> None:
    """List the differences, those that are open first."""
    names = {code.id: code.name for code in known.values()}
    used = list(dict.fromkeys(each.code.id for each in found))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            t("Coded as"),
            [None, *used],
            format_func=lambda key: names[key] if key else t("All codes"),
            key="differing-code",
        )
        everything = st.toggle(t("Show what is settled, too"), key="settled-too")
    listed = [
        each
        for each in found
        if code in (None, each.code.id) and (everything or each.state == "open")
    ]
    pages = max(1, -(-len(listed) // A_PAGE))
    # What is settled leaves the list: whoever was on its last page is then on the one before.
    page = min(int(st.session_state.get("differing-page", 1)), pages)
    shown = listed[(page - 1) * A_PAGE : page * A_PAGE]
    with open_session() as session:
        texts = texts_behind(shown, session=session, **who)
        session.commit()
    for each in shown:
        difference(me, each, texts, everybody)
    if pages > 1:
        st.session_state["differing-page"] = page
        st.pagination(pages, key="differing-page")


def agreed_ones() -> None:
    """Offer to take what everybody marked alike into the decided version."""
    st.button(
        t("Take over what you agree on"),
        icon=":material/done_all:",
        key="take-over",
        help=t(
            "What all coders of a text marked alike becomes part of the decided version. What each "
            "marked by themselves stays."
        ),
        on_click=lambda: attempt(lambda session: take_over(session=session, **who)),
    )


with open_session() as opened:
    agreed = by_code(session=opened, study_id=me.study.id)
    found = differences(session=opened, study_id=me.study.id, account_id=me.identity.account_id)
    known = codes(session=opened, study_id=me.study.id)
    everybody = coders(session=opened, study_id=me.study.id)

st.title(heading(unsettled(found), compared=bool(agreed)), anchor=False)
refused()
if not agreed:
    st.write(
        t(
            "As soon as two people have finished the same text, you see here how far they agree, "
            "and settle together where they differ. Until then each codes blind to the other."
        )
    )
    st.page_link(str(FOLDER / CODING.file), label=t("Coding"), icon=CODING.icon)
    st.stop()
table()
if found:
    st.subheader(t("Where you differ"), anchor=False)
    settle()
else:
    st.caption(t("Differences are shown in texts that you have finished yourself."))
agreed_ones()

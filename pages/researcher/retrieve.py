"""What was said where codes meet?"""

from __future__ import annotations

from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.coded import Combination, Nearness, Relation, combined
from nlp.coding.texts import addresses, texts_of
from nlp.reading import questions
from nlp.results import title_of
from pages import words
from pages.navigation import CODING, FOLDER
from pages.researcher import filtering
from pages.researcher.coded import coded_of, kept_back, nothing_yet
from pages.researcher.findings import findings
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
coded = coded_of(me)
if not coded.used:
    nothing_yet(coded)
found = findings(me.study.id)
PAGE = 10
RELATIONS: dict[Relation, str] = {
    "alone": t("whatever else is there"),
    "and": t("and"),
    "or": t("or"),
    "not": t("but not"),
}
NEARNESS: dict[Nearness, str] = {
    "overlapping": t("overlapping"),
    "near": t("at most 100 characters away"),
    "text": t("in the same answer or turn"),
}
names = {
    branch.code.id: "\u2003" * branch.depth + branch.code.name
    for branch in coded.branches
    if branch.code.id in coded.used
}


def asked() -> UUID | None:
    """Return the code that the address asks for."""
    known = {str(key): key for key in names}
    return known.get(st.query_params.get("code", ""))


def choose() -> Combination:
    """Ask which stretches are wanted."""
    codes = list(names)
    wanted = asked()
    with st.container(key="combination"):
        first = st.selectbox(
            t("Marked with"),
            codes,
            index=codes.index(wanted) if wanted else 0,
            format_func=names.__getitem__,
            key="first-code",
        )
        relation: Relation = st.segmented_control(
            t("And another code"),
            list(RELATIONS),
            default="alone",
            required=True,
            format_func=RELATIONS.__getitem__,
            label_visibility="collapsed",
            key="relation",
        )
        if relation == "alone" or len(codes) < 2:
            return Combination(first)
        second = st.selectbox(
            t("The other code"),
            [code for code in codes if code != first],
            format_func=names.__getitem__,
            key="second-code",
        )
        if relation == "or":
            return Combination(first, "or", second)
        nearness = st.selectbox(
            t("How near"), list(NEARNESS), format_func=NEARNESS.__getitem__, key="nearness"
        )
        return Combination(first, relation, second, nearness)


def of_theme(stretches: pd.DataFrame) -> pd.DataFrame:
    """Keep the stretches whose passage belongs to a theme that somebody chose."""
    if found is None:
        return stretches
    titles = {theme.number: title_of(theme, words.language()) for theme in found.themes}
    chosen = st.selectbox(
        t("In the theme"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=t("All"),
        key="retrieve-theme",
    )
    if chosen is None:
        return stretches
    inside = set(found.main.index[found.main == chosen])
    return stretches[stretches["passage"].isin(inside)]


def listing(stretches: pd.DataFrame) -> None:
    """Show stretches, masked, a page at a time."""
    pages = max(1, -(-len(stretches) // PAGE))
    place = f"page-retrieve-{pages}-{len(stretches)}"
    page = int(st.session_state.get(place, 1))
    shown = stretches.iloc[(page - 1) * PAGE : page * PAGE]
    with open_session() as session:
        texts = texts_of(
            shown["place"],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        where = addresses(set(shown["place"]), session=session, study_id=me.study.id)
        asked_for = questions(session=session, study_id=me.study.id)
        session.commit()
    for number, row in enumerate(shown.to_dict(orient="records")):
        text = texts.get(row["place"])
        if text is None or row["place"] not in where:
            continue
        start, end = text.to_masked(row["start"], row["end"])
        with st.container(key=f"passage-{page}-{number}"):
            question = words.of(asked_for.get(row["question"])) or t("Interview")
            st.caption(f"{question} · {words.language_name(row['language'])}")
            st.text(text.text[start:end])
            st.page_link(
                str(FOLDER / CODING.file),
                label=t("Read it in its text"),
                icon=":material/arrow_forward:",
                query_params=where[row["place"]],
            )
    if pages > 1:
        st.pagination(pages, key=place)


head = st.container()
stretches = of_theme(combined(coded, choose()))
kept_back(coded)
if stretches.empty:
    head.title(t("Nothing is marked like this"), anchor=False)
    st.write(t("Choose other codes, or let them be further apart."))
    st.stop()
filtered = filtering.ask(me, stretches)
if not filtered.shown:
    head.title(t("What was said where codes meet?"), anchor=False)
    st.info(
        t("Not shown, to protect people: too few of them remain, or are left out."),
        icon=":material/shield_person:",
    )
    st.stop()
head.title(tn("One person says this", "{count} people say this", filtered.people), anchor=False)
st.caption(tn("One stretch of text", "{count} stretches of text", len(filtered.passages)))
listing(filtered.passages)

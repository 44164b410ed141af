"""Who says something like this?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from nlp import memos, quoting
from nlp.reading import Reading, masked_texts, readings
from nlp.searching import Corpus, containing, like_passage, like_text
from pages import words
from pages.interviewer.escaping import plain
from pages.navigation import FOLDER, SHELF
from pages.researcher import filtering
from pages.researcher.filtering import Filtered
from pages.researcher.finding import ask_for_what_is_missing, be_ready, corpus_of
from pages.researcher.starring import memo_on_passage, refused, star
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
PAGE = 10
MEANING, EXACT = "meaning", "exact"


def asked() -> tuple[str, str, str]:
    """Return what is searched for, how, and the passage to which others should be similar."""
    wanted = st.query_params.get("q", "")
    how = EXACT if st.query_params.get("how") == EXACT else MEANING
    return wanted, how, "" if wanted else st.query_params.get("like", "")


def ask() -> None:
    """Take what is searched for; the address follows, so that it can be sent to others."""
    wanted, how, _ = asked()
    ways = {MEANING: t("By meaning"), EXACT: t("Exact words")}
    with st.form("search", border=False):
        text = st.text_input(
            t("What are you looking for?"),
            wanted,
            placeholder=t("A question or a sentence, in any language"),
            key="wanted",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            way = st.segmented_control(
                t("How"),
                list(ways),
                default=how,
                required=True,
                format_func=ways.__getitem__,
                label_visibility="collapsed",
                key="how",
            )
            sent = st.form_submit_button(
                t("Search"), type="primary", icon=":material/search:", key="go"
            )
    if sent:
        st.query_params.from_dict({"q": text.strip(), "how": way})
        st.session_state.pop("found-page", None)
        st.rerun()


def heading(count: int | None) -> str:
    """Answer in one line."""
    wanted, how, like = asked()
    said = plain(wanted)
    if count is None:
        return t("Who says something like this?")
    if like:
        return t("Who says something similar?")
    if not count:
        return t("Nobody says “{words}”", words=said)
    if how == EXACT:
        return tn("One passage says “{words}”", "{count} passages say “{words}”", count, words=said)
    return t("Closest to “{words}”", words=said)


def find(corpus: Corpus, filtered: Filtered) -> list[str] | None:
    """Return the passages that were found; None where nothing was asked for."""
    wanted, how, like = asked()
    within = filtered.passages.index if filtered.active else None
    if like:
        return like_passage(like, corpus, within=within)
    if not wanted:
        return None
    if how == MEANING:
        return like_text(wanted, corpus, within=within)
    with open_session() as session:
        return containing(wanted, session=session, study_id=me.study.id, within=within)


def look_for_similar(key: str) -> None:
    """Look for passages that are similar to one."""
    st.query_params.from_dict({"like": key})
    st.session_state.pop("found-page", None)
    st.session_state["wanted"] = ""


def show(reading: Reading, *, chosen: set[str]) -> None:
    """Show one passage with what can be done with it."""
    with st.container(key=f"found-{reading.key}"):
        question = words.of(reading.question) or reading.turn_before
        language = words.language_name(reading.language)
        st.caption(plain(f"{question} · {language}" if question else language))
        with st.container(key=f"quoted-{reading.key}"):
            st.text(reading.masked)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            star(me, reading.key, chosen=reading.key in chosen)
            st.button(
                t("Similar"),
                icon=":material/join:",
                type="tertiary",
                help=t("Passages that mean something similar, in every language"),
                key=f"like-{reading.key}",
                on_click=look_for_similar,
                args=(reading.key,),
            )
            memo_on_passage(me, reading.key, noted.get(reading.key, []))


def start(key: str) -> None:
    """Show the passage to which the others are similar."""
    with open_session() as session:
        text = masked_texts([key], session=session, study_id=me.study.id).get(key, "")
    if text:
        with st.container(key=f"quoted-first-{key}"):
            st.text(text)
        st.caption(t("Similar to this:"))


refused()
top = st.container()
ask()
be_ready()
corpus = corpus_of(me.study.id)
if corpus.passages.empty:
    top.title(t("Searching comes after the first passages"), anchor=False)
    st.write(t("Find the themes first: entries and interviews are cut into passages for that."))
    st.stop()
ask_for_what_is_missing(me.study.id, me.identity.account_id, corpus)
filtered = filtering.ask(me, corpus.passages)
found = find(corpus, filtered) if filtered.shown else None
top.title(heading(None if found is None else len(found)), anchor=False)
if corpus.missing:
    st.caption(
        tn(
            "One passage is new and not found by its meaning yet.",
            "{count} passages are new and not found by their meaning yet.",
            corpus.missing,
        )
    )
    wait_for("search", me.study.id)
if not filtered.shown:
    st.info(
        t("Not shown, to protect people: too few of them remain, or are left out."),
        icon=":material/shield_person:",
    )
    st.stop()
st.caption(
    tn(
        "Among one passage by {people}",
        "Among {count} passages by {people}",
        len(filtered.passages),
        people=tn("one person", "{count} people", filtered.people),
    )
)
if found is None:
    st.write(
        t(
            "A question in German finds answers in Chinese: what is searched for is the meaning. "
            "Choose what you want to quote; it is gathered on the shelf."
        )
    )
    st.page_link(str(FOLDER / SHELF.file), label=t("To the shelf"), icon=SHELF.icon)
    st.stop()
pages = max(1, -(-len(found) // PAGE))
page = min(int(st.session_state.get("found-page", 1)), pages)
keys = found[(page - 1) * PAGE : page * PAGE]
with open_session() as opened:
    shown = readings(keys, session=opened, study_id=me.study.id, account_id=me.identity.account_id)
    chosen = quoting.starred(keys, session=opened)
    noted = memos.about_passages(keys, session=opened)
    opened.commit()
if asked()[1] == MEANING and found:
    st.caption(t("The most similar first; further down the likeness is loose."))
if asked()[2]:
    start(asked()[2])
for each in shown:
    show(each, chosen=chosen)
if pages > 1:
    st.pagination(pages, key="found-page")

"""What shall I read next, and what do I mark in it?"""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from data.tables import Study
from nlp.coding import blind
from nlp.coding.codebook import codes
from nlp.coding.listing import Listed, listed
from nlp.coding.places import gone
from pages.navigation import CODEBOOK, CODING, FOLDER, go
from pages.researcher.coding_list import choose_text, name_of
from pages.researcher.desk import desk
from pages.researcher.starring import attempt, refused
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
who = {"study_id": me.study.id, "account_id": me.identity.account_id}


def wanted(found: list[Listed]) -> Listed | None:
    """Return the text that the address asks for; None where it asks for none that is here."""
    for kind in ("entry", "interview"):
        if asked := st.query_params.get(kind):
            return next(
                (each for each in found if (each.kind, str(each.id)) == (kind, asked)), None
            )
    return None


def next_of(found: list[Listed], here: Listed) -> Listed | None:
    """Return what to read after a text: what is unread, from there on."""
    at = found.index(here)
    return next((each for each in found[at + 1 :] + found[:at] if each.state != "finished"), None)


def read(found: list[Listed], here: Listed) -> None:
    """Show one text to be coded."""
    st.title(t("What is said here?"), anchor=False)
    st.caption(name_of(me, here, found))
    refused()
    if not has_codes:
        st.write(t("Codes come first: make a few in the codebook, then mark words with them."))
        st.page_link(str(FOLDER / CODEBOOK.file), label=t("Codebook"), icon=CODEBOOK.icon)
    with st.container(key="wide-coding"):
        desk(me, here.kind, here.id, version=f"{here.finished}-{here.others}")
    with st.container(horizontal=True, key="coding-doors"):
        finishing(here)
        following = next_of(found, here)
        if following and st.button(
            t("The next text"),
            icon=":material/arrow_forward:",
            key="next-text",
            type="primary" if here.finished else "secondary",
        ):
            go(CODING, **{following.kind: following.id})
        if st.button(t("All texts"), icon=":material/list:", key="all-texts"):
            go(CODING)


def finishing(here: Listed) -> None:
    """Let the coder say that they have finished, or that they go on."""
    places = list(here.places)
    if not here.finished:
        st.button(
            t("I have finished this text"),
            icon=":material/check:",
            key="finish",
            type="primary",
            help=t("What you left unmarked then counts as read. Until then nobody sees your marks, "
                   "and you see nobody’s."),
            on_click=lambda: attempt(lambda session: blind.finish(places, session=session, **who)),
        )  # fmt: skip
        return
    if not here.others:
        st.button(
            t("Open it again"),
            icon=":material/edit:",
            key="reopen",
            on_click=lambda: attempt(lambda session: blind.reopen(places, session=session, **who)),
        )
        return
    st.caption(
        tn(
            "Another coder has finished this text too: what each of you marked stands as it is.",
            "{count} others have finished this text too: what each of you marked stands as it is.",
            here.others,
        )
    )


def overview(found: list[Listed]) -> None:
    """Show which texts there are and offer the next one."""
    refused()
    open_ones = [each for each in found if each.state != "finished"]
    if not found:
        st.title(t("Here you mark what people wrote and said"), anchor=False)
        st.write(t("As soon as there are entries or interviews, they can be read and coded here."))
        return
    st.title(
        tn("One text waits for you", "{count} texts wait for you", len(open_ones))
        if open_ones
        else t("You have read everything"),
        anchor=False,
    )
    st.write(
        t("Team and nationality are hidden while you code.")
        if blind.hides_groups(me.study)
        else t("Who wrote or said it is shown while you code.")
    )
    first = next((each for each in found if each.state == "begun"), None) or next(
        iter(open_ones), None
    )
    with st.container(horizontal=True):
        if first and st.button(
            t("Go on reading") if first.state == "begun" else t("Read the first one"),
            type="primary",
            icon=":material/arrow_forward:",
            key="read-next",
        ):
            go(CODING, **{first.kind: first.id})
        st.page_link(str(FOLDER / CODEBOOK.file), label=t("Codebook"), icon=CODEBOOK.icon)
    choose_text(me, found)
    st.toggle(
        t("Hide team and nationality while coding, for everybody"),
        value=blind.hides_groups(me.study),
        key="hide-groups",
        on_change=lambda: attempt(hide),
    )


def hide(session: Session) -> None:
    """Hide or show who it is, for every coder of the study."""
    blind.hide_groups(
        session.get_one(Study, me.study.id),
        hidden=st.session_state["hide-groups"],
        session=session,
        account_id=me.identity.account_id,
    )


def look(session: Session) -> tuple[list[Listed], bool]:
    """Return the texts, and whether there are codes."""
    return listed(session=session, **who), bool(codes(session=session, study_id=me.study.id))


with open_session() as opened:
    texts, has_codes = look(opened)
shown = wanted(texts)
if shown:
    read(texts, shown)
else:
    if {"entry", "interview"} & set(st.query_params):
        st.warning(tell(gone().messages[0]), icon=":material/front_hand:")
    overview(texts)

"""Which codes do we mark with, and what does each of them mean?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from nlp.coding.codebook import Branch, branches, history, uses
from nlp.coding.coders import coders
from nlp.coding.undoing import last_edit, undo
from pages import words
from pages.interviewer.escaping import plain
from pages.navigation import CODING, FOLDER
from pages.researcher.code import OPEN, book, code_card
from pages.researcher.code_history import sentence, who_did
from pages.researcher.codebook_files import files
from pages.researcher.starring import attempt, refused
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
SHOWN = 60


def heading(found: list[Branch]) -> str:
    """Answer in one line."""
    if not found:
        return t("What do you want to mark?")
    used = sum(1 for branch in found if marks.get(branch.code.id))
    return tn("One code, {used} in use", "{count} codes, {used} in use", len(found), used=used)


def add(found: list[Branch]) -> None:
    """Offer to add a code."""
    names = {"": t("none, at the top")} | {
        str(branch.code.id): indented(branch) for branch in found
    }
    with (
        st.expander(t("Add a code"), icon=":material/add:", expanded=not found, key="add-code"),
        st.form("new-code", clear_on_submit=True, border=False),
    ):
        st.text_input(t("Name"), key="new-name", max_chars=200)
        st.selectbox(
            t("Below"),
            list(names),
            format_func=names.__getitem__,
            key="new-below",
        )
        st.text_area(t("What it means"), key="new-description", height=90)
        st.form_submit_button(t("Add this code"), type="primary", key="make-code", on_click=made)


def made() -> None:
    """Add the code that was described."""
    said = st.session_state
    attempt(
        lambda session: book(me, session).make(
            said["new-name"],
            parent_id=UUID(said["new-below"]) if said["new-below"] else None,
            description=said["new-description"],
        )
    )


def indented(branch: Branch) -> str:
    """Return the name of a code with what shows how deep it stands."""
    return "\u2003" * branch.depth + branch.code.name


def row(branch: Branch, found: list[Branch]) -> None:
    """Show one code; the open one with everything about it."""
    code = branch.code
    count, people = marks.get(code.id, (0, 0))
    is_open = st.session_state.get(OPEN) == code.id
    with st.container(key=f"code-row-{branch.depth}-{code.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "\u2003" * branch.depth + code.name,
                icon=":material/expand_less:" if is_open else ":material/label:",
                type="tertiary",
                key=f"open-{code.id}",
                on_click=lambda: st.session_state.update({OPEN: None if is_open else code.id}),
            )
            if count:
                said = tn("one mark", "{count} marks", count)
                by = tn("by one coder", "by {count} coders", people)
                st.caption(f"{said} {by}")
        if code.description and not is_open:
            st.caption(plain("\u2003" * branch.depth + code.description[:200]))
        if is_open:
            code_card(me, branch, found, count)


def last_change() -> None:
    """Say what was done last, and offer to take it back."""
    last = last_edit(edits)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(sentence(last, edits)))
        st.button(
            t("Take it back"),
            icon=":material/undo:",
            key="undo-codebook",
            on_click=lambda: attempt(lambda session: undo(book(me, session), seen=last.position)),
        )


def everything_done() -> None:
    """Show the history of the codebook, the newest first."""
    if not edits:
        return
    with st.expander(t("What was changed"), icon=":material/history:", key="codebook-history"):
        for edit in reversed(edits[-SHOWN:]):
            when = words.moment(edit.created_at, me.zone)
            st.caption(plain(f"{when} · {who_did(edit, who)} · {sentence(edit, edits)}"))


with open_session() as opened:
    codes = branches(session=opened, study_id=me.study.id)
    marks = uses(session=opened, study_id=me.study.id)
    edits = history(session=opened, study_id=me.study.id)
    who = coders(session=opened, study_id=me.study.id)
st.title(heading(codes), anchor=False)
refused()
if not codes:
    st.write(
        t(
            "A code is a name for something that people speak of. Say what it means and when it is "
            "used, so that others mark the same with it."
        )
    )
else:
    st.page_link(str(FOLDER / CODING.file), label=t("Code the texts"), icon=CODING.icon)
add(codes)
last_change()
for each in codes:
    row(each, codes)
files(me, empty=not codes)
everything_done()

"""One code of the codebook: what it means, and changing, moving, merging, splitting it."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from nlp.coding.blind import open_to
from nlp.coding.codebook import COLOURS, Branch
from nlp.coding.editing import Codebook
from nlp.coding.texts import masked_words
from pages.interviewer.escaping import plain
from pages.researcher.code_themes import code_themes
from pages.researcher.starring import attempt
from pages.who import Here
from pages.words import t, tn

OPEN = "open-code"
"""Which code is open."""
MOST = 100
"""Marks offered when a code is split."""


def book(me: Here, session: Session) -> Codebook:
    """Return the study's codebook in the hands of whoever is here."""
    return Codebook(session=session, study_id=me.study.id, account_id=me.identity.account_id)


def code_card(me: Here, branch: Branch, found: list[Branch], count: int) -> None:
    """Show everything about a code.

    Args:
        me: Who is here.
        branch: The code.
        found: All codes, in order.
        count: How many marks it has.
    """
    _say(me, branch)
    others = [each for each in found if each.code.id not in {b.code.id for b in branch.walk()}]
    with st.container(horizontal=True):
        _move(me, branch, found, others)
        if others:
            _merge(me, branch, others)
        if count > 1:
            _split(me, branch)
        _remove(me, branch, count)
    if count:
        code_themes(me, branch)


def _say(me: Here, branch: Branch) -> None:
    code = branch.code
    place = f"{code.id}-{code.revision}"
    labels = {
        "jade": t("green"),
        "indigo": t("blue"),
        "ochre": t("yellow"),
        "plum": t("purple"),
        "slate": t("grey"),
    }
    with st.form(f"code-{place}"):
        st.text_input(t("Name"), code.name, key=f"name-{place}", max_chars=200)
        for field, label in (
            ("description", t("What it means")),
            ("includes", t("When it is used")),
            ("excludes", t("When it is not used")),
            ("memo", t("A memo")),
        ):
            st.text_area(label, getattr(code, field), key=f"{field}-{place}", height=80)
        st.text_area(
            t("Examples, one a line"),
            "\n".join(code.examples),
            key=f"examples-{place}",
            height=80,
        )
        st.selectbox(
            t("Colour"),
            COLOURS,
            index=COLOURS.index(code.colour) if code.colour in COLOURS else 0,
            format_func=labels.__getitem__,
            key=f"colour-{place}",
        )
        st.form_submit_button(
            t("Keep"), key=f"keep-{place}", on_click=_keep, args=(me, code.id, code.revision)
        )


def _keep(me: Here, code_id: UUID, revision: int) -> None:
    said = {
        field: st.session_state[f"{field}-{code_id}-{revision}"]
        for field in ("name", "description", "includes", "excludes", "memo", "colour", "examples")
    }
    said["examples"] = said["examples"].splitlines()
    attempt(lambda session: book(me, session).change(code_id, seen=revision, **said))


def _move(me: Here, branch: Branch, found: list[Branch], others: list[Branch]) -> None:
    code = branch.code
    beside = [
        each.code.id
        for each in found
        if each.depth == branch.depth and each.code.parent_id == code.parent_id
    ]
    at = beside.index(code.id)
    for sign, help_text, to, impossible in (
        ("↑", t("Up"), at - 1, at == 0),
        ("↓", t("Down"), at + 1, at == len(beside) - 1),
    ):
        st.button(
            sign,
            help=help_text,
            key=f"{sign}-{code.id}",
            disabled=impossible,
            on_click=lambda to=to: attempt(
                lambda session: book(me, session).move(
                    code.id, parent_id=code.parent_id, position=to
                )
            ),
        )
    with st.popover(t("Move")):
        names = {"": t("none, at the top")} | {str(each.code.id): each.code.name for each in others}
        below = st.selectbox(
            t("Below"), list(names), format_func=names.__getitem__, key=f"below-{code.id}"
        )
        st.button(
            t("Move it there"),
            key=f"move-{code.id}",
            on_click=lambda: attempt(
                lambda session: book(me, session).move(
                    code.id, parent_id=UUID(below) if below else None
                )
            ),
        )


def _merge(me: Here, branch: Branch, others: list[Branch]) -> None:
    code = branch.code
    with st.popover(t("Merge")):
        names = {each.code.id: each.code.name for each in others}
        into = st.selectbox(
            t("Becomes part of"), list(names), format_func=names.__getitem__, key=f"into-{code.id}"
        )
        st.caption(t("Its marks and the codes below it go along."))
        st.button(
            t("Merge them"),
            key=f"merge-{code.id}",
            on_click=lambda: attempt(lambda session: book(me, session).merge(code.id, into)),
        )


def _split(me: Here, branch: Branch) -> None:
    code = branch.code
    with st.popover(t("Split")):
        with open_session() as session:
            everything = book(me, session).marks([code.id])
            known = open_to(
                everything,
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
            )
            marks = known[:MOST]
            said = masked_words(
                marks,
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
            )
            session.commit()
        st.caption(t("Which of these belong to a code of their own?"))
        if hidden := len(everything) - len(known):
            st.caption(
                tn(
                    "One mark of others is not here: it lies in a text that you have not finished.",
                    "{count} marks of others are not here: they lie in texts that you have not "
                    "finished.",
                    hidden,
                )
            )
        chosen = [
            mark.id
            for mark in marks
            if st.checkbox(plain(said.get(mark.id, "…")[:160]), key=f"goes-{mark.id}")
        ]
        if len(known) > MOST:
            st.caption(t("The first {count} are shown.", count=MOST))
        name = st.text_input(t("Name of the new code"), key=f"split-name-{code.id}")
        st.button(
            tn("Give it one mark", "Give it {count} marks", len(chosen)),
            key=f"split-{code.id}",
            disabled=not chosen or not name.strip(),
            on_click=lambda: attempt(
                lambda session: book(me, session).split(code.id, name, chosen)
            ),
        )


def _remove(me: Here, branch: Branch, count: int) -> None:
    code = branch.code
    with st.popover(t("Remove")):
        st.write(
            tn(
                "One mark goes with it. Merging keeps it.",
                "{count} marks go with it. Merging keeps them.",
                count,
            )
            if count
            else t("Nothing is marked with it.")
        )
        st.button(
            tn("Remove the code and its mark", "Remove the code and its {count} marks", count)
            if count
            else t("Remove the code"),
            key=f"remove-{code.id}",
            on_click=lambda: attempt(lambda session: book(me, session).remove(code.id)),
        )

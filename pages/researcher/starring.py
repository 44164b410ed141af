"""What one does with a passage wherever it is read: choose it for the shelf, note something."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from data.tables import Memo
from i18n import Refusal
from nlp import memos, quoting
from nlp.results import Found
from pages.who import Here
from pages.words import t, tell, tn

SAID = "said-about-quoting"
"""Why the last thing could not be done; shown once at the top of the screen."""


def attempt(work: Callable[[Session], object]) -> None:
    """Do something in a transaction; where it is refused, keep why for the next run."""
    try:
        with open_session() as session:
            work(session)
            session.commit()
    except Refusal as refusal:
        st.session_state[SAID] = [tell(message) for message in refusal.messages]


def refused() -> None:
    """Say at the top of a screen why the last thing could not be done."""
    for sentence in st.session_state.pop(SAID, ()):
        st.warning(sentence, icon=":material/front_hand:")


def star(me: Here, key: str, *, chosen: bool) -> None:
    """Offer to choose a passage for the shelf, or to leave it there no longer.

    Args:
        me: Who chooses.
        key: The passage.
        chosen: Whether something of it is on the shelf.
    """
    st.button(
        t("On the shelf") if chosen else t("Quote"),
        icon=":material/star:" if chosen else ":material/star_border:",
        type="tertiary",
        help=t("Take it off the shelf") if chosen else t("Put it on the shelf of quotations"),
        key=f"star-{key}",
        on_click=_turn,
        args=(me, key, chosen),
    )


def _turn(me: Here, key: str, chosen: bool) -> None:
    account = me.identity.account_id

    def work(session: Session) -> None:
        if chosen:
            quoting.unstar(UUID(key), session=session, account_id=account)
        else:
            quoting.put(
                session=session, study_id=me.study.id, passage_id=UUID(key), account_id=account
            )

    attempt(work)


def memo_on_passage(me: Here, key: str, known: list[Memo]) -> None:
    """Show what was noted about a passage, and take another note."""
    with st.popover(
        tn("One note", "{count} notes", len(known)) if known else t("Note"),
        icon=":material/sticky_note_2:",
        type="tertiary",
        key=f"memo-{key}",
    ):
        _memos(me, known, place=key, passage_id=UUID(key))


def memos_on_theme(me: Here, found: Found, theme: int) -> None:
    """Show what was noted about a theme and those that became part of it; take another note."""
    run_id = found.run.id
    with open_session() as session:
        known = memos.about_themes(
            [theme, *found.decisions.members(theme)], session=session, run_id=run_id
        )
    label = tn("One note on this theme", "{count} notes on this theme", len(known))
    with st.expander(
        label if known else t("Note something about this theme"),
        icon=":material/sticky_note_2:",
        key=f"memos-{theme}",
    ):
        _memos(me, known, place=f"theme-{theme}", run_id=run_id, theme=theme)


def stranded_memos(found: Found) -> None:
    """Show what was noted about themes of earlier runs that no theme continues."""
    with open_session() as session:
        left = memos.stranded(session=session, run=found.run)
    if not left:
        return
    with st.expander(
        tn(
            "One note on a theme that is not there any more",
            "{count} notes on themes that are not there any more",
            len(left),
        ),
        icon=":material/sticky_note_2:",
        key="memos-left",
    ):
        for memo in left:
            st.text(memo.text)


def _memos(
    me: Here,
    known: list[Memo],
    *,
    place: str,
    passage_id: UUID | None = None,
    run_id: UUID | None = None,
    theme: int | None = None,
) -> None:
    account = me.identity.account_id
    for memo in known:
        field = f"memo-text-{memo.id}-{memo.revision}"
        st.text_area(
            t("Note"), memo.text, key=field, label_visibility="collapsed", height="content"
        )
        st.button(
            t("Keep the change"),
            help=t("An empty note is removed."),
            key=f"memo-keep-{memo.id}",
            on_click=lambda memo=memo, field=field: attempt(
                lambda session: memos.change(
                    memo.id,
                    st.session_state[field],
                    seen=memo.revision,
                    session=session,
                    account_id=account,
                )
            ),
        )
    field = f"memo-new-{place}-{len(known)}"
    st.text_area(
        t("A new note"),
        key=field,
        placeholder=t("What strikes you? What does it remind you of?"),
        height=96,
    )
    st.button(
        t("Keep the note"),
        key=f"memo-add-{place}",
        on_click=lambda: attempt(
            lambda session: memos.note(
                st.session_state[field],
                session=session,
                study_id=me.study.id,
                account_id=account,
                passage_id=passage_id,
                run_id=run_id,
                theme=theme,
            )
        ),
    )

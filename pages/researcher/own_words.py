"""What the authors of the chapter write themselves, place by place."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import ChapterText
from nlp.chapter.authors import OvertakenTextError, Slot, slots, texts_of, write_text
from pages.who import Here
from pages.words import t, tell, tn
from survey.studies import teams_of

OVERTAKEN = "overtaken-text"


def own_words(me: Here, language: str) -> None:
    """Let the authors write their own paragraphs in the chapter's language.

    Args:
        me: Who writes.
        language: The chapter's.
    """
    with open_session() as session:
        teams = list(teams_of(session=session, study_id=me.study.id).values())
        texts = texts_of(session=session, study_id=me.study.id, language=language)
    places = slots(me.study, teams, language=language)
    written = sum(slot.key in texts for slot in places)
    with st.expander(
        tn(
            "Your own words: {written} of one place",
            "Your own words: {written} of {count} places",
            len(places),
            written=written,
        ),
        icon=":material/edit_note:",
        key="own-words",
    ):
        chosen = st.selectbox(
            t("Place"),
            places,
            format_func=lambda slot: _named(slot, texts),
            key=f"place-{language}",
        )
        _write(me, chosen, texts.get(chosen.key), language)


def _named(slot: Slot, texts: dict[str, ChapterText]) -> str:
    """Say what belongs in a place, and whether it is there."""
    sign = "✓" if slot.key in texts else "·"
    return f"{sign} {tell(slot.title)}"


def _write(me: Here, slot: Slot, kept: ChapterText | None, language: str) -> None:
    revision = kept.revision if kept else 0
    overtaken = st.session_state.get(OVERTAKEN, {}).get((slot.key, language))
    if overtaken:
        st.warning(tell(overtaken.messages[0]), icon=":material/front_hand:")
        st.text(overtaken.text)
    key = f"{slot.key}-{language}"
    # In a form, so that leaving the box sends nothing.
    with st.form(f"own-{key}", border=False):
        text = st.text_area(
            tell(slot.title), kept.text if kept else "", height=260, key=f"text-{key}"
        )
        # What the writer saw when they began, not what is there by the time they save.
        seen = st.session_state.setdefault(f"seen-{key}", revision)
        if not st.form_submit_button(t("Keep it"), key=f"keep-{key}"):
            return
    st.session_state.pop(OVERTAKEN, None)
    try:
        with open_session() as session:
            row = write_text(
                slot.key,
                text,
                session=session,
                study_id=me.study.id,
                language=language,
                account_id=me.identity.account_id,
                seen=revision if overtaken else seen,
            )
            session.commit()
            st.session_state[f"seen-{key}"] = row.revision
    except OvertakenTextError as refusal:
        st.session_state[OVERTAKEN] = {(slot.key, language): refusal}
    st.rerun()

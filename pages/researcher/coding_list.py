"""The texts there are to code: what each is called, and choosing one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.database import open_session
from nlp.coding.blind import hides_groups
from nlp.coding.listing import Listed
from pages import words
from pages.navigation import CODING, go
from pages.who import Here
from pages.words import t, tn
from survey.people import people_of

SHOWN = 20
ICONS = {
    "unread": ":material/radio_button_unchecked:",
    "begun": ":material/timelapse:",
    "finished": ":material/check_circle:",
}


def name_of(me: Here, each: Listed, found: Sequence[Listed]) -> str:
    """Say which text it is; whose it is only where the study does not hide it from coders."""
    number = 1 + [other for other in found if other.kind == each.kind].index(each)
    kind = (
        t("Interview {number}", number=number)
        if each.kind == "interview"
        else t("Entry {number}", number=number)
    )
    day = words.day(each.day, today=me.today) if each.day else ""
    people = "" if hides_groups(me.study) else words.together(_codes(me, each))
    return " · ".join(part for part in (kind, people, day) if part)


def _codes(me: Here, each: Listed) -> list[str]:
    with open_session() as session:
        people = people_of(session=session, study_id=me.study.id)
    return [person.code for person in people if person.id in each.people]


def _progress(each: Listed) -> str:
    """Say how long a text is, how far the coder is with it, and whether others have finished it."""
    said = [
        tn("one character", "{count} characters", each.length),
        tn("one mark", "{count} marks", each.marks) if each.marks else "",
        tn("one lost", "{count} lost", each.lost) if each.lost else "",
        tn("finished by one other", "finished by {count} others", each.others)
        if each.others
        else "",
    ]
    return " · ".join(part for part in said if part)


def choose_text(me: Here, found: Sequence[Listed]) -> None:
    """Let the coder take any text; what they have not read comes first."""
    labels = {"unread": t("Unread"), "begun": t("Begun"), "finished": t("Finished")}
    parts = {state: [each for each in found if each.state == state] for state in labels}
    state = st.segmented_control(
        t("Which"),
        list(labels),
        default=next((each for each in labels if parts[each]), "unread"),
        required=True,
        format_func=lambda key: f"{labels[key]} {len(parts[key])}",
        label_visibility="collapsed",
        key="which-texts",
    )
    part = parts[state]
    pages = max(1, -(-len(part) // SHOWN))
    page = min(int(st.session_state.get("texts-page", 1)), pages)
    for each in part[(page - 1) * SHOWN : page * SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if st.button(
                name_of(me, each, found),
                icon=ICONS[each.state],
                key=f"text-{each.id}",
                type="tertiary",
            ):
                go(CODING, **{each.kind: each.id})
            st.caption(_progress(each))
    if not part:
        st.caption(t("None."))
    if pages > 1:
        st.pagination(pages, key="texts-page")

"""Bringing a people file: what it would change, and changing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Person, Team
from i18n import Message, Refusal
from pages.coordinator.people_words import column_name
from pages.who import Here
from pages.words import t, tell, tn, together
from survey.people_file import COLUMNS, Entry, doubts, read_people
from survey.people_import import Change, Difference, import_people

SECRET = {"name", "nicknames", "email"}
"""Columns of which is said that they change, not from what to what."""
SHOWN = 30


def bring_people(me: Here, people: Sequence[Person], teams: Mapping[UUID, Team]) -> None:
    """Take in a file of people after showing what it would change."""
    st.subheader(t("Bring a people file"), anchor=False)
    if said := st.session_state.pop("people-brought", None):
        st.success(said, icon=":material/check:")
    st.write(
        t(
            "CSV or Excel with the columns code, name, nicknames, team, role, nationalities, "
            "languages, time_zone, email. Several values in a cell are separated by semicolons. "
            "Columns that the file does not have stay as they are, and nobody is removed."
        )
    )
    st.download_button(
        t("An empty file to fill in"),
        "\ufeff" + ",".join(COLUMNS) + "\n",
        file_name="people.csv",
        mime="text/csv",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        key="empty-people",
    )
    turn = st.session_state.setdefault("people-turn", 0)
    uploaded = st.file_uploader(
        t("People file"), type=["csv", "tsv", "xlsx"], key=f"people-file-{turn}"
    )
    if not uploaded:
        return
    try:
        codes = [team.code for team in teams.values()]
        entries = read_people(uploaded.name, uploaded.getvalue(), teams=codes)
        with open_session() as session:
            # Tried without a commit: what the file would change.
            preview = import_people(entries, session=session, study=me.study)
    except Refusal as refusal:
        _refuse(refusal.messages)
        return
    _preview(preview, entries, people)
    _doubt(doubts(uploaded.name, entries))
    if not preview.new and not preview.changed:
        return
    if st.button(t("Take these people in"), type="primary", key="import"):
        with open_session() as session:
            import_people(
                entries, session=session, study=me.study, account_id=me.identity.account_id
            )
            session.commit()
        st.session_state["people-brought"] = said_of(preview)
        st.session_state["people-turn"] = turn + 1
        st.rerun()


def _refuse(messages: Sequence[Message]) -> None:
    st.error(
        tn(
            "One mistake is in the file. Nothing was changed.",
            "{count} mistakes are in the file. Nothing was changed.",
            len(messages),
        )
    )
    st.markdown("\n".join(f"- {tell(message)}" for message in messages[:SHOWN]))
    if len(messages) > SHOWN:
        st.caption(t("The first {count} are shown.", count=SHOWN))


def _doubt(messages: Sequence[Message]) -> None:
    if messages:
        st.warning(t("Please check these; they are taken as they are:"))
        st.markdown("\n".join(f"- {tell(message)}" for message in messages[:SHOWN]))


def said_of(change: Change) -> str:
    """Say what an import does."""
    new = tn("one new person", "{count} new people", len(change.new))
    changed = tn("one changed", "{count} changed", len(change.changed))
    return t(
        "{new}, {changed}, {same} as they were.", new=new, changed=changed, same=len(change.same)
    )


def _preview(change: Change, entries: Sequence[Entry], people: Sequence[Person]) -> None:
    st.write(said_of(change))
    if change.new:
        st.caption(t("New: {codes}", codes=together(change.new)))
    if change.differences:
        rows = [
            _row(code, difference)
            for code, found in change.differences.items()
            for difference in found
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)
    if change.withdrawn:
        st.caption(t("Withdrew, and stay untouched: {codes}", codes=together(change.withdrawn)))
    named = {entry.code for entry in entries}
    others = [person.code for person in people if person.code not in named]
    if others:
        st.caption(
            tn(
                "One person is not in the file and stays as they are.",
                "{count} people are not in the file and stay as they are.",
                len(others),
            )
        )


def _row(code: str, difference: Difference) -> dict[str, str]:
    secret = difference.column in SECRET
    return {
        t("Code"): code,
        t("What"): column_name(difference.column),
        t("Until now"): "…" if secret and difference.before else difference.before,
        t("From now on"): "…" if secret and difference.after else difference.after,
    }

"""Who did what, and when?"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pandas as pd
import streamlit as st

from data import history
from data.database import open_session
from data.tables import AuditEvent
from pages import words
from pages.coordinator.history_words import count_of, facts_of, subject_of
from pages.who import require_role
from pages.words import t
from survey.history_names import names_in
from survey.history_sentences import action_in
from survey.people import accounts_of

SHOWN = 500

me = require_role("coordinator")


def accounts() -> dict[UUID, str]:
    """Return what each account is called here: a code or a role with a number, never a name."""
    with open_session() as session:
        members = accounts_of(session=session, study_id=me.study.id)
    roles = {
        "interviewer": t("Interviewer"),
        "researcher": t("Researcher"),
        "coordinator": t("Coordinator"),
    }
    called: dict[UUID, str] = {}
    count = dict.fromkeys(roles, 0)
    for account_id, role, code in members:
        if code:
            called[account_id] = code
        elif role in roles:
            count[role] += 1
            called.setdefault(account_id, f"{roles[role]} {count[role]}")
    return called


def who_did(event: AuditEvent, called: dict[UUID, str]) -> str:
    """Say who did it."""
    if event.account_id is None:
        return t("the server")
    return called.get(event.account_id, t("an account that is gone"))


called = accounts()
with open_session() as opened:
    kinds = history.actions_of(session=opened, study_id=me.study.id)
total = sum(kinds.values())
st.title(t("Who did what, and when?"), anchor=False)
st.write(count_of(total))
st.write(
    t(
        "Every change and every look at a name is here. Nothing can be removed from it, and it "
        "holds no names and no answers."
    )
)
with st.container(horizontal=True, key="filters"):
    wanted = st.multiselect(
        t("What"),
        list(kinds),
        format_func=partial(action_in, words.language()),
        placeholder=t("Everything"),
        key="what",
    )
    people = st.multiselect(
        t("Who"),
        sorted(called, key=called.__getitem__),
        format_func=called.__getitem__,
        placeholder=t("Everybody"),
        key="who",
    )
    span = st.date_input(
        t("When"), value=(me.today - timedelta(days=30), me.today), key="when", format="YYYY-MM-DD"
    )
first, last = span if isinstance(span, tuple) and len(span) == 2 else (None, None)


def midnight(day: object, *, after: int = 0) -> datetime | None:
    """Return the moment at which a day begins here, or the day after."""
    if day is None:
        return None
    found = datetime.fromisoformat(f"{day}T00:00") + timedelta(days=after)
    return found.replace(tzinfo=me.zone)


def found(limit: int | None = None) -> list[AuditEvent]:
    """Return what the filters leave."""
    with open_session() as session:
        return history.events(
            session=session,
            study_id=me.study.id,
            actions=wanted or None,
            accounts=people or None,
            since=midnight(first),
            until=midnight(last, after=1),
            limit=limit,
        )


def export() -> bytes:
    """Return what the filters leave as a table to take away, and record that it was taken."""
    content = history.to_csv(found(), accounts=called, said=partial(action_in, words.language()))
    with open_session() as session:
        history.record(
            "history.exported",
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        session.commit()
    return content


shown = found(SHOWN)
if not shown:
    st.write(t("Nothing of this kind happened in these days."))
    st.stop()
with open_session() as opened:
    named = names_in(shown, session=opened, study_id=me.study.id, accounts=called)
st.dataframe(
    pd.DataFrame(
        [
            {
                t("When"): event.at.astimezone(me.zone),
                t("Who"): who_did(event, called),
                t("What"): action_in(words.language(), event.action),
                t("To what"): subject_of(event, named),
                t("Facts"): facts_of(event),
            }
            for event in shown
        ]
    ),
    hide_index=True,
    column_config={
        t("When"): st.column_config.DatetimeColumn(t("When"), format="YYYY-MM-DD HH:mm")
    },
)
if len(shown) == SHOWN:
    st.caption(t("The newest {count} are shown; the file holds all of them.", count=SHOWN))
st.download_button(
    t("Download as a table"),
    words.spoken_later(export),
    file_name=f"history-{me.today.isoformat()}.csv",
    mime="text/csv",
    type="primary",
    icon=":material/download:",
    on_click="ignore",
    key="export",
)

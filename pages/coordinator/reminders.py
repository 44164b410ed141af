"""Who was reminded?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from datetime import timedelta

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Reminder, Study
from data.tables.base import now
from pages import words
from pages.who import require_role
from pages.words import t, tn
from settings import settings
from survey.nudging import reminder as messenger_message
from survey.reminding import planning
from survey.reminding.choices import USUAL_HOUR, choose_for_study
from survey.reminding.planning import Silent
from survey.reminding.records import log_of, standing

DAYS = 7
STEP = dt.timedelta(minutes=15)

me = require_role("coordinator")
since = me.today - timedelta(days=DAYS - 1)
with open_session() as opened:
    log = log_of(session=opened, study_id=me.study.id, since=since)
    silent = planning.unreachable(session=opened, study=me.study, now=now())


def said() -> dict[str, str]:
    """Return what becomes of reminders, in words."""
    return {
        "sent": t("sent"),
        "waiting": t("waits to be sent"),
        "claimed": t("is being sent"),
        "sending": t("is being sent"),
        "unknown": t("not known"),
        "refused": t("refused by the mail server"),
        "missed": t("missed"),
        "needless": t("no longer needed"),
    }


def heading() -> str:
    """Answer the question in one line."""
    count = sum(each.due == me.today and each.status == "sent" for each, _ in log)
    if count:
        return tn("One person was reminded today", "{count} people were reminded today", count)
    return t("Nobody was reminded today")


def state() -> None:
    """Say what keeps reminders from going out, and what became of the last ones."""
    if me.study.invented:
        st.write(t("This study is invented: nothing is sent to anybody."))
    elif not settings().smtp_host:
        st.write(
            t(
                "No mail server is set, so nothing is sent. Whoever runs this server names one "
                "with SMTP_HOST and MAIL_FROM."
            )
        )
    counted = Counter(standing(each, now()) for each, _ in log)
    if not counted:
        return
    with st.container(horizontal=True, key="numbers"):
        st.metric(t("Sent in {count} days", count=DAYS), counted["sent"])
        st.metric(t("Not known"), counted["unknown"])
        st.metric(t("Missed"), counted["missed"])
        st.metric(t("Refused"), counted["refused"])
    if counted["unknown"]:
        st.write(
            t(
                "Not known: the connection broke while a reminder was handed over. It may have "
                "arrived, so it is not sent again."
            )
        )


def table(found: list[tuple[Reminder, str]]) -> pd.DataFrame:
    """Return the log, a row a reminder; it holds no address, no name and no answer."""
    called = said()
    return pd.DataFrame(
        [
            {
                t("Day"): each.due,
                t("Code"): code,
                t("What became of it"): called[standing(each, now())],
                t("Sent"): words.moment(each.sent_at, me.zone) if each.sent_at else "",
                t("Language"): words.language_name(each.language),
                t("Tries"): each.tries,
                t("Trouble"): each.problem,
            }
            for each, code in found
        ]
    )


def default_hour() -> None:
    """Let the coordinator say what holds for people who chose nothing."""
    st.subheader(t("When are people reminded?"), anchor=False)
    st.write(
        t(
            "Everybody can choose their own hour under “My data”, or none. This holds for those "
            "who chose nothing, on their own clock."
        )
    )
    wanted = st.toggle(
        t("Remind people by e-mail"), value=bool(me.study.remind_at), key="study-remind"
    )
    at = st.time_input(
        t("At what time?"),
        value=dt.time.fromisoformat(me.study.remind_at or USUAL_HOUR),
        step=STEP,
        key="study-hour",
        disabled=not wanted,
        width=200,
    )
    hour = at.strftime("%H:%M") if at else USUAL_HOUR
    if (hour if wanted else "") != me.study.remind_at:
        with open_session() as session:
            choose_for_study(
                session=session,
                study=session.get_one(Study, me.study.id),
                wanted=wanted,
                at=hour,
                account_id=me.identity.account_id,
            )
            session.commit()
        st.rerun()


def message_for(each: Silent) -> None:
    """Show one person with a message to copy."""
    message = messenger_message(each.person, me.study, each.due)
    with st.expander(each.person.code, key=f"silent-{each.person.code}"):
        st.caption(
            t("A message to copy, in {language}", language=words.language_name(message.language))
        )
        st.code(message.text, language=None, wrap_lines=True)


st.title(heading(), anchor=False)
state()
if silent:
    st.subheader(
        tn(
            "One person has something due and no e-mail address",
            "{count} people have something due and no e-mail address",
            len(silent),
        ),
        anchor=False,
    )
    for one in silent:
        message_for(one)
if log:
    st.subheader(t("What became of the last reminders?"), anchor=False)
    st.dataframe(table(log), hide_index=True)
elif not me.study.invented:
    st.write(t("What is sent in the next days will be here, with what became of it."))
default_hour()

"""Files of other programs: opened, shown what would come in and what not, taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data.database import open_session
from i18n import Message, Refusal
from pages.interviewer.escaping import plain
from pages.who import Here
from pages.words import t, tell, tn, together

if TYPE_CHECKING:
    from nlp.exchange.counting import Unit
    from nlp.exchange.report import Report

TYPES = ["qdpx", "qdc", "sqlite3", "xlsx", "csv"]
SHOWN = 100
UNITS: dict[str, Unit | None] = {"": None, "code points": "code points", "UTF-16": "UTF-16"}


def bringing_in(me: Here) -> None:
    """Let somebody bring a file, look at what is in it, and take it in."""
    st.write(
        t(
            "A project or codebook of another program (.qdpx, .qdc), a project of Taguette "
            "(.sqlite3) or its table of highlights (.xlsx, .csv). First you see what would come "
            "in; nothing is changed before you say so."
        )
    )
    if brought := st.session_state.pop("exchange-brought", None):
        st.success(said_of(brought, done=True), icon=":material/check:")
        _details(brought)
    turn = st.session_state.setdefault("exchange-turn", 0)
    uploaded = st.file_uploader(
        t("File of another program"), type=TYPES, key=f"exchange-file-{turn}"
    )
    if not uploaded:
        return
    unit = _unit() if uploaded.name.lower().endswith("qdpx") else ""
    seen = f"{uploaded.file_id} {unit}"
    try:
        if st.session_state.get("exchange-seen") != seen:
            with st.spinner(t("Reading the file")):
                st.session_state["exchange-report"] = _report(
                    me, uploaded.name, uploaded.getvalue(), UNITS[unit], keep=False
                )
            st.session_state["exchange-seen"] = seen
        report = st.session_state["exchange-report"]
        _preview(report)
        if report.is_nothing:
            return
        if st.button(t("Take this in"), type="primary", key="exchange-take"):
            st.session_state["exchange-brought"] = _report(
                me, uploaded.name, uploaded.getvalue(), UNITS[unit], keep=True
            )
            st.session_state["exchange-turn"] = turn + 1
            st.session_state.pop("exchange-seen")
            st.rerun()
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))


def _unit() -> str:
    ways = {
        "": t("Find it out from the file"),
        "code points": t("In characters, as the standard says"),
        "UTF-16": t("In UTF-16 units, as some programs do"),
    }
    unit = st.selectbox(
        t("How does the file count positions?"),
        list(ways),
        format_func=ways.__getitem__,
        help=t("Only where emoji or rare characters are in the texts does this change anything."),
        key="exchange-file-unit",
    )
    return unit or ""


def _report(me: Here, filename: str, content: bytes, unit: Unit | None, *, keep: bool) -> Report:
    """Return what a file brings; `keep` brings it."""
    from nlp.exchange.bringing import bring, plan
    from nlp.exchange.opening import read

    reading = read(filename, content, unit=unit)
    with open_session() as session:
        with session.no_autoflush:
            what = plan(
                reading,
                session=session,
                study=me.study,
                account_id=me.identity.account_id,
                trusted="coordinator" in me.identity.roles,
            )
        if keep:
            bring(what, session=session)
        session.commit()
    return what.report


def said_of(report: Report, *, done: bool) -> str:
    """Say in a sentence what comes in, or came in."""
    listed = _counted(report.codings, report.codes, report.texts)
    return t("Taken in: {parts}.", parts=listed) if done else t("New: {parts}.", parts=listed)


def _counted(codings: int, codes: int, texts: int) -> str:
    """Say how many there are of each, without those of which there are none."""
    parts = {
        tn("one coding", "{count} codings", codings): codings,
        tn("one code", "{count} codes", codes): codes,
        tn("one text", "{count} texts", texts): texts,
    }
    return together([said for said, count in parts.items() if count])


def _preview(report: Report) -> None:
    st.subheader(t("What is in it"), anchor=False)
    if report.is_nothing:
        known = report.codings_known or report.codes_known or report.texts_known
        st.info(
            t("All of this is here already.") if known else t("There is nothing in it to take in.")
        )
    else:
        st.write(said_of(report, done=False))
    _details(report)


def _details(report: Report) -> None:
    if known := _counted(report.codings_known, report.codes_known, report.texts_known):
        st.caption(t("Here already: {parts}.", parts=known))
    if report.coders:
        st.caption(
            tn(
                "The codings are of one person who is not in this study; they are kept as a coder.",
                "The codings are of {count} people who are not in this study; they are kept as "
                "coders.",
                report.coders,
            )
        )
    if report.counting:
        st.caption(tell(report.counting))
    _listed(t("Not taken"), report.left, icon=":material/block:")
    _listed(t("Taken otherwise than the file says"), report.remarks, icon=":material/info:")


def _listed(title: str, messages: tuple[Message, ...], *, icon: str) -> None:
    if not messages:
        return
    with st.expander(title, icon=icon, expanded=len(messages) <= 5):
        st.markdown("\n".join(f"- {plain(tell(message))}" for message in messages[:SHOWN]))
        if len(messages) > SHOWN:
            st.caption(t("The first {count} are shown.", count=SHOWN))

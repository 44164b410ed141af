"""Files for other programs: asked for, waited for, downloaded."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from jobs import ledger
from pages import words
from pages.researcher.past_exports import CODED, past
from pages.waiting import wait_for
from pages.who import Here
from pages.words import t, tell
from survey import exports

KEPT = 10
UNITS = ("code points", "UTF-16")


def taking_out(me: Here) -> None:
    """Let somebody choose a file, make it, and show those that were made."""
    with open_session() as session:
        exports.clear_away(session=session)
        session.commit()
        made = exports.exports_of(session=session, study_id=me.study.id)
    st.write(
        t(
            "Texts, codes, codings, memos and the people as cases, as other programs for "
            "qualitative work read them. Names are masked, and what only few people share is left "
            "out. Every file that is made is recorded."
        )
    )
    forms = {
        "qdpx": t("A project (.qdpx) for ATLAS.ti, MAXQDA, NVivo, QualCoder and others"),
        "qdc": t("Only the codebook (.qdc)"),
        "coded-docx": t("Coded passages to read, as a Word document"),
        "coded-csv": t("Coded passages as a table, as CSV"),
    }
    form = st.radio(
        t("What do you need?"), list(forms), format_func=forms.__getitem__, key="exchange-form"
    )
    unit = _unit() if form == "qdpx" else UNITS[0]
    coordinator = "coordinator" in me.identity.roles
    if form != "qdc":
        st.caption(
            t("The codings of everybody are in it, also in texts that you are still coding.")
            if coordinator
            else t("Codings of others are in it for texts that you and they have finished coding.")
        )
    job = wait_for("exchange", me.study.id)
    running = job is not None and job.status in ledger.UNFINISHED
    if st.button(t("Make the file"), type="primary", disabled=running, key="exchange-make"):
        _ask(me, form, unit, everything=coordinator)
    if job is not None and job.status == "done" and job.result.get("left"):
        _stayed([tell(ledger.as_message(each)) for each in job.result["left"]])
    coded = [each for each in made if each.format in CODED]
    if coded:
        st.subheader(t("Files that were made"), anchor=False)
        for each in coded[:KEPT]:
            past(me, each)


def _unit() -> str:
    ways = {
        "code points": t("In characters, as the standard says"),
        "UTF-16": t("In UTF-16 units, as some programs do"),
    }
    unit = st.selectbox(
        t("How does the other program count positions?"),
        UNITS,
        format_func=ways.__getitem__,
        help=t(
            "Emoji and rare characters count as one or as two. If passages are shifted behind an "
            "emoji in the other program, make the file again the other way."
        ),
        key="exchange-unit",
    )
    return unit or UNITS[0]


def _ask(me: Here, form: str, unit: str, *, everything: bool) -> None:
    try:
        ledger.ask(
            "exchange",
            study_id=me.study.id,
            account_id=me.identity.account_id,
            form=form,
            unit=unit,
            everything=everything,
            language=words.language(),
        )
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
        return
    st.rerun()


def _stayed(sentences: list[str]) -> None:
    """Say what the newest file does not hold."""
    st.caption(t("Not in the newest file:"))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))

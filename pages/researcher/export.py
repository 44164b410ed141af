"""How do I take the data out?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Export
from i18n import INTERFACE_LANGUAGES, Refusal
from jobs import ledger
from pages import words
from pages.researcher.approving import approving, asking
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tell, tn
from survey import exports

me = require_role("researcher", "coordinator")
FORMATS = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet", "spss": "SPSS"}
UNITS = ("B", "kB", "MB", "GB")


def size_of(count: float) -> str:
    """Say how large a file is."""
    for unit in UNITS:
        if count < 1000 or unit == UNITS[-1]:
            return f"{count:.0f} {unit}"
        count /= 1000
    return ""


def content(export: Export) -> bytes:
    """Return the file of an export; that it was taken is recorded."""
    with open_session() as session:
        found = exports.content_of(export, session=session, account_id=me.identity.account_id)
        session.commit()
    return found


def past(export: Export) -> None:
    """Show one export: what it is, who in it withdrew since, and its file while it is kept."""
    with st.container(border=True, key=f"export-{export.id}"):
        kind = t("masked") if export.masked else t("not masked")
        when = words.moment(export.made_at, me.zone)
        name = FORMATS.get(export.format, export.format)
        st.write(f"**{name}** · {kind} · {when} · {size_of(export.size)}")
        with open_session() as session:
            gone = exports.withdrawn_since(export, session=session)
        st.caption(tn("It holds one person.", "It holds {count} people.", len(export.people)))
        if gone:
            st.warning(
                t(
                    "Withdrew since then, and still in copies of it: {codes}.",
                    codes=", ".join(gone),
                ),
                icon=":material/person_off:",
            )
        mine = export.masked or export.account_id == me.identity.account_id
        if export.removed_at is not None:
            st.caption(t("The file is not kept here any more."))
        elif mine:
            st.download_button(
                t("Download"),
                lambda: content(export),
                file_name=f"{me.study.slug}-{export.made_at:%Y%m%d-%H%M}-{export.format}.zip",
                mime="application/zip",
                icon=":material/download:",
                on_click="ignore",
                key=f"download-{export.id}",
            )


with open_session() as opened:
    exports.clear_away(session=opened)
    opened.commit()
    made = exports.exports_of(session=opened, study_id=me.study.id)

st.title(t("Export the data"), anchor=False)
st.write(
    t(
        "Every answer, passage and theme as tables, with a codebook, in one archive. Names, "
        "telephone numbers and addresses in people’s words are masked. Every export is recorded."
    )
)
approving(me)
kind = st.segmented_control(
    t("Format"), list(FORMATS), default="csv", required=True, format_func=FORMATS.__getitem__,
    key="format",
)  # fmt: skip
tags = list(dict.fromkeys([*me.study.languages, *INTERFACE_LANGUAGES]))
language = st.selectbox(
    t("Language of labels and codebook"),
    tags,
    index=tags.index(words.language()) if words.language() in tags else 0,
    format_func=words.language_name,
    key="export-language",
)
job = wait_for("export", me.study.id)
running = job is not None and job.status in ledger.UNFINISHED
if st.button(t("Make the export"), type="primary", disabled=running, key="make"):
    try:
        ledger.ask(
            "export",
            study_id=me.study.id,
            account_id=me.identity.account_id,
            format=kind,
            language=language,
        )
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
    st.rerun()
if made:
    st.subheader(t("Earlier exports"), anchor=False)
    for each in made[:20]:
        past(each)
if "coordinator" in me.identity.roles:
    asking(me, kind, language, running=running)

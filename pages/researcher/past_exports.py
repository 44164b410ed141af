"""A file that was made: what it is, who in it withdrew since, and the file while it is kept."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Export
from pages import words
from pages.who import Here
from pages.words import t, tn
from survey import exports

NAMES = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet", "spss": "SPSS"}
CODED = {"qdpx": ".qdpx", "qdc": ".qdc", "coded-docx": ".docx", "coded-csv": ".csv"}
"""Files for other programs, and how their names end."""
UNITS = ("B", "kB", "MB", "GB")


def size_of(count: float) -> str:
    """Say how large a file is."""
    for unit in UNITS:
        if count < 1000 or unit == UNITS[-1]:
            return f"{count:.0f} {unit}"
        count /= 1000
    return ""


def name_of(form: str) -> str:
    """Say what kind of file an export is."""
    coded = {
        "qdpx": t("Project (.qdpx)"),
        "qdc": t("Codebook (.qdc)"),
        "coded-docx": t("Coded passages (Word)"),
        "coded-csv": t("Coded passages (CSV)"),
    }
    return coded.get(form) or NAMES.get(form, form)


def content(me: Here, export: Export) -> bytes:
    """Return the file of an export; that it was taken is recorded."""
    with open_session() as session:
        found = exports.content_of(export, session=session, account_id=me.identity.account_id)
        session.commit()
    return found


def open_to(me: Here, export: Export) -> bool:
    """Whether somebody may have a masked file that another one made.

    What others coded is not for those who may still be coding the same texts.
    """
    blind = export.format in CODED and export.format != "qdc"
    return not blind or "coordinator" in me.identity.roles


def past(me: Here, export: Export) -> None:
    """Show one export: what it is, who in it withdrew since, and its file while it is kept."""
    coded = export.format in CODED
    ending = CODED.get(export.format, f"-{export.format}.zip")
    with st.container(border=True, key=f"export-{export.id}"):
        kind = t("masked") if export.masked else t("not masked")
        when = words.moment(export.made_at, me.zone)
        name = name_of(export.format)
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
        mine = export.account_id == me.identity.account_id or (
            export.masked and open_to(me, export)
        )
        if export.removed_at is not None:
            st.caption(t("The file is not kept here any more."))
        elif mine:
            st.download_button(
                t("Download"),
                lambda: content(me, export),
                file_name=f"{me.study.slug}-{export.made_at:%Y%m%d-%H%M}{ending}",
                mime="application/octet-stream" if coded else "application/zip",
                icon=":material/download:",
                on_click="ignore",
                key=f"download-{export.id}",
            )

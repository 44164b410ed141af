"""The chapter that was made last, as long as it is kept."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Export, Job
from i18n import Refusal
from pages import words
from pages.who import Here
from pages.words import t, tell
from survey.exports import content_of, withdrawn_since

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}


def download(me: Here, job: Job) -> None:
    """Offer what a job made, or say why it is not there any more."""
    with open_session() as session:
        export = session.get(Export, UUID(job.result["export"]))
        gone = withdrawn_since(export, session=session) if export else []
    if export is None:
        return
    if gone:
        st.info(
            t("Since it was made somebody withdrew. Make it again, and do not use the old one."),
            icon=":material/person_remove:",
        )
        return
    if export.removed_at is not None:
        return
    st.download_button(
        t("Download the chapter"),
        lambda: _content(me, export),
        file_name=f"{me.study.slug}-{export.language}.{export.format}",
        mime=MEDIA[export.format],
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )
    st.caption(
        t(
            "Made {when} ({language}).",
            when=words.moment(export.made_at, me.zone),
            language=words.language_name(export.language),
        )
    )


def _content(me: Here, export: Export) -> bytes:
    with open_session() as session:
        try:
            content = content_of(export, session=session, account_id=me.identity.account_id)
        except Refusal as refusal:
            content = tell(refusal.messages[0]).encode()
        session.commit()
    return content

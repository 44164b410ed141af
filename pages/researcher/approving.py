"""Unmasked exports: a coordinator asks, another one allows it or does not."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import ExportRequest
from i18n import Refusal
from jobs import ledger
from pages import words
from pages.who import Here
from pages.words import t, tell
from survey import exports


def approving(me: Here) -> None:
    """Show a coordinator what waits for their decision."""
    if "coordinator" not in me.identity.roles:
        return
    with open_session() as session:
        requests = exports.requests_of(session=session, study_id=me.study.id)
    for request in requests:
        if exports.is_open(request) and request.asked_by != me.identity.account_id:
            _decide(me, request)


def _decide(me: Here, request: ExportRequest) -> None:
    with st.container(border=True, key=f"request-{request.id}"):
        st.subheader(t("Somebody asks for an export without masking"), anchor=False)
        st.write(
            t(
                "{name} asks for one export that is not masked. It lapses {when}.",
                name=request.asked_name,
                when=words.moment(request.expires_at, me.zone),
            )
        )
        st.caption(t("What it is for"))
        st.text(request.reason)
        name = st.text_input(t("Your name"), key=f"name-{request.id}", max_chars=120)
        with st.container(horizontal=True):
            allow = st.button(t("Allow this one export"), key=f"allow-{request.id}")
            refuse = st.button(t("Do not allow it"), type="tertiary", key=f"refuse-{request.id}")
        if not (allow or refuse):
            return
        try:
            with open_session() as session:
                exports.decide(
                    session=session,
                    request_id=request.id,
                    account_id=me.identity.account_id,
                    name=name,
                    approved=allow,
                )
                session.commit()
            st.rerun()
        except Refusal as refusal:
            for message in refusal.messages:
                st.error(tell(message))


def asking(me: Here, form: str, language: str, *, running: bool) -> None:
    """Let a coordinator ask for an unmasked export, and make it once it is allowed."""
    with open_session() as session:
        requests = exports.requests_of(session=session, study_id=me.study.id)
    mine = [each for each in requests if each.asked_by == me.identity.account_id]
    for request in mine:
        _mine(me, request, running=running)
    with st.expander(t("Without masking"), icon=":material/visibility:", key="unmasked"):
        st.write(
            t(
                "For this another coordinator of the study has to say yes, with their name. It "
                "holds for three days and for one export, and is recorded."
            )
        )
        name = st.text_input(t("Your name"), key="asked-name", max_chars=120)
        reason = st.text_area(t("What is it for?"), key="asked-reason", max_chars=2000)
        if st.button(t("Ask another coordinator"), key="ask-unmasked"):
            try:
                with open_session() as session:
                    exports.ask_unmasked(
                        session=session,
                        study_id=me.study.id,
                        account_id=me.identity.account_id,
                        name=name,
                        reason=reason,
                        wanted={"format": form, "language": language},
                    )
                    session.commit()
                st.rerun()
            except Refusal as refusal:
                for message in refusal.messages:
                    st.error(tell(message))


def _mine(me: Here, request: ExportRequest, *, running: bool) -> None:
    """Show how a request of one's own stands."""
    if exports.is_open(request):
        st.info(
            t(
                "You asked for an export without masking. Another coordinator has to decide until "
                "{when}.",
                when=words.moment(request.expires_at, me.zone),
            ),
            icon=":material/hourglass_empty:",
        )
    elif exports.is_usable(request):
        with st.container(border=True, key=f"usable-{request.id}"):
            st.write(
                t(
                    "{name} allowed your export without masking. Make it once, until {when}.",
                    name=request.decided_name,
                    when=words.moment(request.expires_at, me.zone),
                )
            )
            if st.button(t("Make it now"), disabled=running, key=f"use-{request.id}"):
                ledger.ask(
                    "export",
                    study_id=me.study.id,
                    account_id=me.identity.account_id,
                    request=str(request.id),
                    **request.wanted,
                )
                st.rerun()

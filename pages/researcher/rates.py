"""The rates with which money is counted, for a figure that counts money."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.history import record
from data.tables import Study
from i18n import Refusal
from nlp.answers import Answers
from pages.who import Here
from pages.words import t, tell
from survey.figures import MoneyFigure, as_design, read_rates


def rates(me: Here, found: Answers, key: str) -> None:
    """Offer to bring rates, where a figure that counts money is shown."""
    shown = next((each for each in found.definitions if each.key == key), None)
    if not isinstance(shown, MoneyFigure):
        return
    with st.expander(t("Bring other rates"), icon=":material/currency_exchange:", key="rates"):
        st.write(
            t(
                "A table with the columns date, currency, rate and source: what one unit of the "
                "currency was worth in {currency} from that day on. It replaces the rates so far.",
                currency=shown.counted_in,
            )
        )
        uploaded = st.file_uploader(t("Table of rates"), type=["csv", "xlsx"], key="rates-file")
        if uploaded and st.button(t("Count with these rates"), key="rates-take"):
            try:
                brought = read_rates(uploaded.name, uploaded.getvalue())
            except Refusal as refusal:
                for message in refusal.messages[:30]:
                    st.error(tell(message))
                return
            with open_session() as session:
                study = session.get_one(Study, me.study.id)
                study.design = {**study.design, "rates": as_design(brought)}
                session.add(study)
                record(
                    "rates.brought",
                    session=session,
                    study_id=study.id,
                    account_id=me.identity.account_id,
                    rates=len(brought),
                )
                session.commit()
            st.rerun()

"""The copies that a browser holds of texts on their way to the server."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from pages.drawing.writing import version

CLEAR = f"""
const device = new URL("app/static/writing/device.js?{version()}", document.baseURI);
export default async ({{ data }}) => (await import(device)).clear(data.owner);
"""
_clearing = st.components.v2.component("zhenqing_clearing", js=CLEAR, isolate_styles=False)


def forget_copies(account_id: UUID) -> None:
    """Remove from this device what an account wrote on it and did not send."""
    _clearing(key="clearing", data={"owner": str(account_id)})

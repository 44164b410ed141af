"""Beginning a new page of a questionnaire at its top, wherever the page before was left."""

from __future__ import annotations

import streamlit as st

_top = st.components.v2.component(
    "zhenqing_top",
    js="""
export default ({ data, parentElement }) => {
  const main = parentElement.closest('[data-testid="stMain"]');
  if (main && main.dataset.sheet && main.dataset.sheet !== data) main.scrollTo(0, 0);
  if (main) main.dataset.sheet = data;
};
""",
    isolate_styles=False,
)


def begin_at_top(sheet: str, *, key: str) -> None:
    """Scroll to the top when another page is shown than before.

    Args:
        sheet: What tells the page from the others.
        key: What tells the questionnaire from others on the screen.
    """
    _top(key=f"top-{key}", data=sheet)

"""A questionnaire drawn without a browser, and what it would keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

EVERY_KIND = (Path(__file__).parent / "every_kind.md").read_text(encoding="utf-8")
LENSES = b"name,label\nl35,35 mm\nl50,50 mm\n"


def script() -> None:
    """Draw the questionnaire of the session; runs inside the app under test."""
    import streamlit as st

    from pages.drawing import draw
    from pages.drawing.preview import Table
    from survey.filling import Filling
    from survey.xlsform import attach, load

    state = st.session_state
    form = attach(load(state["source"].encode(), file_type=".md"), state["files"])
    filling = Filling(
        form, answers=state["answers"], language=state["language"], instance_id="uuid:test"
    )
    kept: dict[str, object] = state["kept"]

    def save(path: str, value: object) -> None:
        kept[path] = value
        state["answers"] = filling.draft()

    def turned(_repeat: str) -> None:
        state["answers"] = filling.draft()
        st.rerun()

    state["complete"] = draw(
        filling,
        key="test",
        save=save,
        turns_changed=turned,
        insist=state["insist"],
        shelf=state.setdefault("shelf", Table()),
        material=state["files"].get,
    )


Screen = Callable[..., AppTest]


@pytest.fixture
def screen() -> Screen:
    """Give a function that draws a questionnaire: `session_state.kept` is what was saved."""

    def drawn(
        source: str = EVERY_KIND,
        *,
        answers: dict[str, Any] | None = None,
        language: str = "en",
        insist: bool = False,
    ) -> AppTest:
        app = AppTest.from_function(script, default_timeout=30)
        app.session_state["source"] = source
        app.session_state["files"] = {"lenses.csv": LENSES}
        app.session_state["answers"] = answers
        app.session_state["language"] = language
        app.session_state["insist"] = insist
        app.session_state["kept"] = {}
        return run(app)

    return drawn


def run(done: Any) -> AppTest:
    """Run the screen again, after something was done to one of its widgets or as it is.

    An accident in it fails the test.
    """
    app: AppTest = done.run()
    assert not app.exception, app.exception
    return app

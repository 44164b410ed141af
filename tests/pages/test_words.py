"""The language in which a screen speaks, and the files that are made for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pages import words


def test_a_file_made_after_the_screens_run_speaks_the_screens_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("streamlit.session_state", {words.KEY: "zh-Hans"})
    make = words.spoken_later(lambda: words.t("Today"))
    monkeypatch.setattr("streamlit.session_state", {})
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(make).result() == "今天"
        assert elsewhere.submit(words.language).result() == "en"

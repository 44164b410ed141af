"""What is logged says where it went wrong and nothing of what was written."""

from __future__ import annotations

import logging

import pytest

from data.incidents import note


def test_the_kind_and_place_are_logged_and_the_message_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        int("他今天没有来")
    except ValueError as error:
        note(logging.getLogger("test"), "a screen failed", error)
    assert "a screen failed: ValueError at" in caplog.text
    assert "test_incidents.py" in caplog.text
    assert "他今天没有来" not in caplog.text

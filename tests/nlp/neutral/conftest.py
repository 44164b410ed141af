"""Every test in a folder of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(own_settings: None) -> None:
    """Let no test see what another cached."""

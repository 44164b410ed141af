"""Loading what themes need before anybody asks for them."""

from __future__ import annotations

import logging
import time

from data.incidents import note

log = logging.getLogger(__name__)

QUIET_SECONDS = 10.0
"""How long the server has the machine to itself first."""


def warm() -> None:
    """Import the libraries and load the encoder, so that the first run does not wait for it."""
    time.sleep(QUIET_SECONDS)
    try:
        import nlp.analysis  # noqa: F401 - with all it needs
        from nlp.encoders import load
        from settings import settings

        load(settings().encoder).encode(["."])
    except Exception as error:
        # What is wrong is said to whoever asks for themes; the worker has other work too.
        note(log, "the encoder could not be loaded ahead of time", error)

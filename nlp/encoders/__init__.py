"""Encoders: sentences become unit vectors that lie close where the meaning is close.

`load()` gives the encoder of the settings; `encode_with_cache` encodes only what is not known yet.
Importing this package loads no model and no heavy library.
"""

from nlp.encoders.cache import encode_with_cache, text_hash
from nlp.encoders.encoder import Encoder, EncoderError, Vectors
from nlp.encoders.loading import BUNDLED, load

__all__ = [
    "BUNDLED",
    "Encoder",
    "EncoderError",
    "Vectors",
    "encode_with_cache",
    "load",
    "text_hash",
]

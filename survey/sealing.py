"""Addresses that open one thing without signing in: a key under the server's seal.

A sealed key cannot be guessed, and is worth nothing to whoever has the database alone.
"""

from __future__ import annotations

import base64
import hmac
from binascii import Error
from hashlib import sha256
from uuid import UUID

from settings import settings

SEAL_BYTES = 16


def _seal(purpose: str, key: UUID) -> bytes:
    secret = settings().secret_key.encode()
    return hmac.new(secret, f"{purpose}/{key}".encode(), sha256).digest()[:SEAL_BYTES]


def seal(purpose: str, key: UUID) -> str:
    """Return a key with a seal for one purpose, as text that an address may hold."""
    return base64.urlsafe_b64encode(key.bytes + _seal(purpose, key)).decode().rstrip("=")


def unseal(purpose: str, text: str) -> UUID | None:
    """Return the key of a sealed text; None where the seal is not ours or for something else."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (Error, ValueError):
        return None
    if len(raw) != 16 + SEAL_BYTES:
        return None
    key = UUID(bytes=raw[:16])
    return key if hmac.compare_digest(raw[16:], _seal(purpose, key)) else None

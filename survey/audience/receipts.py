"""The code on a receipt, with which a visitor can delete what they answered."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

from i18n import Refusal
from settings import settings

LETTERS = "abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
"""Its last letters cannot be guessed by asking a server."""
WRITTEN = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")


class ReceiptError(Refusal):
    """No answer belongs to this code."""


def new_code() -> str:
    """Return the code of a new receipt."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return a code as it is kept, however it was typed; None where it cannot be one.

    Example:
        >>> read_code("ABCD-efgh jkmn"), read_code("abc")
        ('abcdefghjkmn', None)
    """
    plain = re.sub(r"[\s\-–·.]", "", text).lower()
    return plain if WRITTEN.fullmatch(plain) else None


def spell(code: str) -> str:
    """Write a code so that it can be copied by hand.

    Example:
        >>> spell("abcdefghjkmn")
        'abcd-efgh-jkmn'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def fingerprint(purpose: str, text: str) -> str:
    """Return what is kept instead of a code or a device, worth nothing without the server's key."""
    secret = settings().secret_key.encode()
    return hmac.new(secret, f"public/{purpose}/{text}".encode(), sha256).hexdigest()

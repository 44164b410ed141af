"""E-mail addresses of applicants: what is one, and which are the same."""

from __future__ import annotations

import hmac
import re
import unicodedata
from hashlib import sha256
from uuid import UUID

from i18n import Refusal, say
from settings import settings

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""
SHAPE = re.compile(
    r"[^\s@,;:<>()\[\]\\\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
)
ONE_BOX = {"gmail.com", "googlemail.com"}
"""Where dots in the name mean nothing and both ends are one."""


class AddressError(Refusal):
    """This is no address that a letter could reach."""


def checked(text: str) -> str:
    """Return an address as letters are sent to it.

    Raises:
        AddressError: It is none.

    Example:
        >>> checked(" Ana.Lima@Film.Example ")
        'Ana.Lima@film.example'
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    name, _, place = plain.rpartition("@")
    found = f"{name}@{place.lower()}"
    if len(found) > LONGEST or not found.isascii() or not SHAPE.fullmatch(found):
        raise AddressError(say("This is no e-mail address. Write it like name@example.org."))
    return found


def same(address: str) -> str:
    """Return what all spellings of one address have in common.

    Example:
        >>> same("Ana.Lima+film@googlemail.com")
        'analima@gmail.com'
    """
    name, _, place = address.casefold().rpartition("@")
    name = name.split("+")[0] or name
    if place in ONE_BOX:
        name, place = name.replace(".", ""), "gmail.com"
    return f"{name}@{place}"


def digest(study_id: UUID, address: str) -> str:
    """Return the keyed hash by which an address is found again in one call."""
    secret = settings().secret_key.encode()
    return hmac.new(secret, f"{study_id}/{same(address)}".encode(), sha256).hexdigest()

"""Tickets: what a device shows instead of an account, and the small work it proves to have done.

A ticket names a device and when its page was loaded, under the server's seal, so that the server
keeps nothing about devices that only look. Work is proven per ticket: a number that makes the hash
of ticket and number begin with `BITS` zero bits, after which a browser looks for a moment while its
person reads. Checking it takes microseconds, so that a flood can be turned away before any work is
done for it (Dwork and Naor, 1992; the form of Hashcash).
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256

from settings import settings

COOKIE = "visitor"
COOKIE_DAYS = 180
"""One answer a device is asked for during a study, not for ever."""
BITS = 15
LIFE = 24 * 3600
"""Seconds after which a page must be loaded again; a kiosk asks for a new ticket by itself."""
LONGEST = 80
_ZEROS = 1 << (256 - BITS)


@dataclass(frozen=True)
class Ticket:
    """A ticket that is ours.

    Attributes:
        device: Which device, random and known to it alone.
        issued: When, in seconds since 1970.
        text: As it is written.
    """

    device: str
    issued: int
    text: str

    @property
    def fresh(self) -> bool:
        """Whether its page was loaded not too long ago."""
        return self.age < LIFE

    @property
    def age(self) -> float:
        """How many seconds ago it was issued."""
        return time.time() - self.issued


def _seal(text: str) -> str:
    key = settings().secret_key.encode()
    return hmac.new(key, b"ticket/" + text.encode(), sha256).hexdigest()[:20]


def issue(device: str = "") -> str:
    """Return a new ticket for a device; for a new device without one."""
    text = f"{device or secrets.token_hex(10)}.{int(time.time())}"
    return f"{text}.{_seal(text)}"


def read(text: str) -> Ticket | None:
    """Return a ticket if it is one of ours, however old."""
    if len(text) > LONGEST:
        return None
    named, _, seal = text.rpartition(".")
    device, _, issued = named.partition(".")
    if not named or not hmac.compare_digest(seal.encode(), _seal(named).encode()):
        return None
    return Ticket(device, int(issued), text)


def is_proven(ticket: Ticket, number: str) -> bool:
    """Tell whether a number proves the work for a ticket."""
    if len(number) > 12 or not number.isascii() or not number.isdigit():
        return False
    digest = sha256(f"{ticket.text}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") < _ZEROS


def prove(text: str) -> str:
    """Do the work for a ticket, as the script of the page does."""
    number, start = 0, text.encode() + b":"
    while int.from_bytes(sha256(start + str(number).encode()).digest(), "big") >= _ZEROS:
        number += 1
    return str(number)

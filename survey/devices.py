"""Signed-in devices: which there are, what they are called, and signing one out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select, update

from data.history import record
from data.tables import SignIn
from data.tables.base import now
from survey.entering import Identity

SEEN_EVERY = timedelta(hours=1)
"""So often it is written down that a device is in use: at every click would be a write a click."""

# Most browsers claim to be several others as well: the first that fits is meant. The browsers
# inside messengers come first, since links are sent there.
BROWSERS = (
    ("WeChat", r"MicroMessenger/"),
    ("DingTalk", r"DingTalk/"),
    ("QQ", r"\bQQ/|MQQBrowser/"),
    ("WhatsApp", r"WhatsApp/"),
    ("Telegram", r"Telegram"),
    ("LINE", r"\bLine/"),
    ("Instagram", r"Instagram"),
    ("Facebook", r"FBA[NV]/"),
    ("Edge", r"\bEdg(A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Chrome OS", r"CrOS"),
    ("Linux", r"Linux"),
)


@dataclass(frozen=True)
class Device:
    """A device that is signed in.

    Attributes:
        id: Its sign-in.
        browser: What the browser is called; empty if unknown.
        system: What it runs on; empty if unknown.
        since: When it came in.
        seen: When it was last in use, to the hour.
        here: Whether it is the one that asks.
    """

    id: UUID
    browser: str
    system: str
    since: datetime
    seen: datetime
    here: bool = False


def browser_of(user_agent: str) -> str:
    """Return what a browser is called, from what it says of itself; empty if unknown."""
    return _first(BROWSERS, user_agent)


def system_of(user_agent: str) -> str:
    """Return what a device runs on, from what its browser says; empty if unknown."""
    return _first(SYSTEMS, user_agent)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in names if re.search(sign, user_agent)), "")


def devices_of(
    *, session: Session, account_id: UUID, study_id: UUID, here: UUID | None = None
) -> list[Device]:
    """Return the devices that are signed in, the one that asks first, then the last seen.

    Args:
        session: The caller's transaction.
        account_id: Whose.
        study_id: In which study.
        here: The sign-in of the device that asks.
    """
    found = session.exec(
        select(SignIn).where(
            SignIn.account_id == account_id,
            SignIn.study_id == study_id,
            col(SignIn.revoked_at).is_(None),
            SignIn.expires_at > now(),
        )
    ).all()
    devices = [
        Device(
            id=each.id,
            browser=browser_of(each.device),
            system=system_of(each.device),
            since=each.created_at,
            seen=each.seen_at or each.created_at,
            here=each.id == here,
        )
        for each in found
    ]
    return sorted(devices, key=lambda each: (each.here, each.seen), reverse=True)


def remove(device_id: UUID, *, session: Session, identity: Identity) -> bool:
    """Sign one of somebody's own devices out, and tell whether it was still in."""
    removed = session.exec(
        update(SignIn)
        .where(
            col(SignIn.id) == device_id,
            col(SignIn.account_id) == identity.account_id,
            col(SignIn.study_id) == identity.study_id,
            col(SignIn.revoked_at).is_(None),
        )
        .values(revoked_at=now())
    )
    if removed.rowcount != 1:
        return False
    record(
        "device.removed", session=session, study_id=identity.study_id,
        account_id=identity.account_id, subject="sign_in", subject_id=device_id,
    )  # fmt: skip
    return True


def see(sign_in_id: UUID, *, session: Session, at: datetime | None = None) -> bool:
    """Note that a device is in use, and tell whether that had to be written."""
    moment = at or now()
    noted = session.exec(
        update(SignIn)
        .where(
            col(SignIn.id) == sign_in_id,
            or_(col(SignIn.seen_at).is_(None), col(SignIn.seen_at) < moment - SEEN_EVERY),
        )
        .values(seen_at=moment)
    )
    return bool(noted.rowcount)

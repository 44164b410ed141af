"""The devices somebody is signed in on: named in words, and signed out one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from data.tables import AuditEvent, Membership
from data.tables.base import now
from survey import devices, entering
from survey.entering import Identity
from tests.studies_for_tests import a_person, a_study

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
AGENTS = {
    f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1": ("Safari", "iPhone"),
    f"{IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI": ("WeChat", "iPhone"),
    f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1": ("Chrome", "iPhone"),
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36": ("Samsung Internet", "Android"),
    "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114 Mobile Safari/537.36": (
        "Chrome", "HarmonyOS",
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 "
    "Edg/126.0": ("Edge", "Windows"),
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0": ("Firefox", "Linux"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605":
        ("Safari", "macOS"),
    "curl/8.5": ("", ""),
    "": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("agent", AGENTS)
def test_a_browser_is_named_the_way_people_know_it(agent: str) -> None:
    assert (devices.browser_of(agent), devices.system_of(agent)) == AGENTS[agent]


def come_in(session: Session, membership: Membership, agent: str = "") -> Identity:
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token, device=agent)
    session.flush()
    found = entering.identify(session=session, cookie=cookie)
    assert found
    return found


def listed(session: Session, who: Identity) -> list[devices.Device]:
    return devices.devices_of(
        session=session, account_id=who.account_id, study_id=who.study_id, here=who.sign_in_id
    )


def test_devices_are_listed_this_one_first_and_signed_out(session: Session) -> None:
    a_study(session)
    membership = session.exec(select(Membership)).one()
    phone = come_in(session, membership, next(iter(AGENTS)))
    laptop = come_in(session, membership)
    found = listed(session, phone)
    assert [each.here for each in found] == [True, False]
    assert (found[0].browser, found[0].system) == ("Safari", "iPhone")
    assert devices.remove(laptop.sign_in_id, session=session, identity=phone)
    assert not devices.remove(laptop.sign_in_id, session=session, identity=phone)
    assert [each.id for each in listed(session, phone)] == [phone.sign_in_id]
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "device.removed")).one()
    assert event.subject_id == laptop.sign_in_id


def test_nobody_signs_out_somebody_elses_device(session: Session) -> None:
    study = a_study(session)
    other = a_person(session, study, "P02")
    one, two = session.exec(select(Membership).order_by(Membership.person_id == other.id)).all()  # type: ignore[arg-type] # a column
    mine, theirs = come_in(session, one), come_in(session, two)
    assert not devices.remove(theirs.sign_in_id, session=session, identity=mine)
    assert [each.id for each in listed(session, theirs)] == [theirs.sign_in_id]


def test_that_a_device_is_in_use_is_written_once_an_hour(session: Session) -> None:
    a_study(session)
    me = come_in(session, session.exec(select(Membership)).one())
    at = now()
    steps = [timedelta(0), timedelta(minutes=59), timedelta(minutes=61)]
    assert [devices.see(me.sign_in_id, session=session, at=at + step) for step in steps] == [
        True, False, True,
    ]  # fmt: skip
    session.expire_all()
    assert listed(session, me)[0].seen == at + steps[-1]

"""Links, codes, devices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from data.tables import Account, Invite, Membership, SignIn
from data.tables.base import now
from survey import entering
from tests.studies_for_tests import a_study


@pytest.fixture
def membership(session: Session) -> Membership:
    study = a_study(session)
    session.commit()
    return session.exec(select(Membership).where(Membership.study_id == study.id)).one()


def test_a_personal_link_lets_in_again_and_again(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership)
    cookies = {entering.enter(session=session, token=token) for _ in range(2)}
    people = {entering.identify(session=session, cookie=cookie).account_id for cookie in cookies}  # type: ignore[union-attr] # fails the test when nobody
    assert len(cookies) == 2
    assert people == {membership.account_id}


def test_an_invite_code_lets_in_once(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership, once=True)
    entering.enter(session=session, token=token)
    with pytest.raises(entering.EnteringError):
        entering.enter(session=session, token=token)


def test_looking_at_a_code_does_not_use_it_up(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership, once=True)
    assert entering.find(session=session, token=token)
    assert entering.enter(session=session, token=token)


def test_a_new_link_replaces_the_old_one_and_leaves_devices_alone(
    session: Session, membership: Membership
) -> None:
    old = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=old)
    new = entering.invite(session=session, membership=membership)
    assert entering.find(session=session, token=old) is None
    assert entering.find(session=session, token=new)
    assert entering.identify(session=session, cookie=cookie)


def test_revoking_closes_the_link_and_its_devices(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token)
    entering.revoke(session=session, membership=membership)
    assert entering.find(session=session, token=token) is None
    assert entering.identify(session=session, cookie=cookie) is None


def test_tokens_are_not_in_the_database(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token)
    stored = [*session.exec(select(Invite.token_hash)), *session.exec(select(SignIn.token_hash))]
    assert token not in stored
    assert cookie not in stored


@pytest.mark.parametrize("cookie", [None, "", "x", "' OR 1=1 --"])
def test_an_unknown_cookie_is_nobody(session: Session, cookie: str | None) -> None:
    assert entering.identify(session=session, cookie=cookie) is None


def test_a_sign_in_ends_when_it_expires(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token)
    later = now() + timedelta(days=91)
    assert entering.identify(session=session, cookie=cookie, at=later) is None


def test_a_disabled_account_is_out_at_once(session: Session, membership: Membership) -> None:
    cookie = entering.enter(
        session=session, token=entering.invite(session=session, membership=membership)
    )
    account = session.get_one(Account, membership.account_id)
    account.disabled = True
    session.add(account)
    session.flush()
    assert entering.identify(session=session, cookie=cookie) is None


def test_signing_out_ends_this_device_only(session: Session, membership: Membership) -> None:
    token = entering.invite(session=session, membership=membership)
    here, there = (entering.enter(session=session, token=token) for _ in range(2))
    entering.leave(session=session, cookie=here)
    assert entering.identify(session=session, cookie=here) is None
    assert entering.identify(session=session, cookie=there)

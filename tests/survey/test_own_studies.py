"""One account in several studies: going over is its own act, and each study stays apart."""

from __future__ import annotations

from functools import partial

import pytest
from sqlmodel import Session, select

from data.tables import Account, Membership, Person, SignIn, Study
from survey import colleagues, entering, pins
from survey.colleagues import ColleagueError
from survey.entering import Identity
from survey.own_studies import OwnStudyError, elsewhere, join, own_studies, switch
from survey.questionnaires import assignments
from survey.responses import instance_of
from survey.withdrawal import withdraw
from survey.writing import ElsewhereError, assignment_to_write
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def pair(session: Session) -> tuple[Study, Study]:
    return a_study(session, slug="one"), a_study(session, slug="two")


def member_of(study: Study, session: Session) -> Membership:
    return session.exec(
        select(Membership).where(Membership.study_id == study.id, Membership.role == "participant")
    ).one()


def come_in(member: Membership, session: Session) -> tuple[Identity, str]:
    cookie = entering.enter(
        session=session, token=entering.invite(session=session, membership=member)
    )
    found = entering.identify(session=session, cookie=cookie)
    assert found
    return found, cookie


def again(cookie: str, session: Session) -> Identity:
    session.flush()
    found = entering.identify(session=session, cookie=cookie)
    assert found
    return found


def joined(pair: tuple[Study, Study], session: Session) -> tuple[Identity, str]:
    """Come in to the first study and add the second one."""
    me, cookie = come_in(member_of(pair[0], session), session)
    token = entering.invite(session=session, membership=member_of(pair[1], session))
    join(session=session, identity=me, token=f"https://set.example/enter/{token}/")
    return again(cookie, session), cookie


def test_a_person_in_two_studies_has_two_codes_and_goes_over(
    session: Session, pair: tuple[Study, Study]
) -> None:
    one, two = pair
    me, cookie = joined(pair, session)
    own = {each.study.slug: each for each in own_studies(session=session, account_id=me.account_id)}
    assert {slug: each.code for slug, each in own.items()} == {"one": "P01", "two": "P01"}
    assert session.exec(select(elsewhere(me))).one()
    first = me.person_id
    switch(session=session, identity=me, study_id=two.id)
    there = again(cookie, session)
    assert there.study_id == two.id
    assert there.roles == {"participant"}
    assert there.person_id not in {None, first}
    switch(session=session, identity=there, study_id=one.id)
    assert again(cookie, session).person_id == first


def test_nobody_goes_where_they_have_no_part(session: Session, pair: tuple[Study, Study]) -> None:
    me, cookie = come_in(member_of(pair[0], session), session)
    assert not session.exec(select(elsewhere(me))).one()
    with pytest.raises(OwnStudyError):
        switch(session=session, identity=me, study_id=pair[1].id)
    assert again(cookie, session).study_id == pair[0].id


def test_who_withdrew_from_a_study_cannot_go_back(
    session: Session, pair: tuple[Study, Study]
) -> None:
    one, two = pair
    me, cookie = joined(pair, session)
    switch(session=session, identity=me, study_id=two.id)
    withdraw(session=session, person=session.get_one(Person, me.person_id))
    there = again(cookie, session)
    assert there.study_id == two.id
    with pytest.raises(OwnStudyError):
        switch(session=session, identity=there, study_id=one.id)


def test_a_device_that_goes_over_forgets_the_pin(
    session: Session, pair: tuple[Study, Study]
) -> None:
    me, cookie = joined(pair, session)
    pins.choose("4711", session=session, identity=me)
    switch(session=session, identity=me, study_id=pair[1].id)
    assert session.get_one(SignIn, me.sign_in_id).knows_pin_at is None
    switch(session=session, identity=again(cookie, session), study_id=pair[0].id)
    assert pins.sight_of(again(cookie, session), session=session) is pins.Sight.ASK


def test_a_link_that_was_used_joins_nothing(session: Session, pair: tuple[Study, Study]) -> None:
    me, _ = come_in(member_of(pair[0], session), session)
    theirs = member_of(pair[1], session)
    used = entering.invite(session=session, membership=theirs)
    entering.enter(session=session, token=used)
    fresh = entering.invite(session=session, membership=theirs)
    for token in (used, fresh, "no such code", ""):
        with pytest.raises(OwnStudyError):
            join(session=session, identity=me, token=token)
    assert len(own_studies(session=session, account_id=me.account_id)) == 1


def test_the_account_of_an_invitation_goes_with_it(
    session: Session, pair: tuple[Study, Study]
) -> None:
    before = member_of(pair[1], session).account_id
    me, _ = joined(pair, session)
    assert session.get(Account, before) is None
    token = colleagues.invite_colleague(session=session, study_id=pair[1].id, role="researcher")
    join(session=session, identity=me, token=token)
    with pytest.raises(OwnStudyError):
        join(session=session, identity=me, token=token)
    own = own_studies(session=session, account_id=me.account_id)
    assert {each.study.slug: each.roles for each in own}["two"] == {"participant", "researcher"}


def test_what_is_written_for_the_other_study_is_told_where_it_belongs(
    session: Session, pair: tuple[Study, Study]
) -> None:
    me, cookie = joined(pair, session)
    [assignment] = assignments(session=session, study_id=pair[0].id)
    person = session.get_one(Person, me.person_id)
    wanted = partial(
        assignment_to_write,
        session=session,
        assignment_id=assignment.id,
        day=pair[0].start,
        instance_id=instance_of(assignment, person, pair[0].start),
    )
    assert wanted(identity=me)
    switch(session=session, identity=me, study_id=pair[1].id)
    with pytest.raises(ElsewhereError):
        wanted(identity=again(cookie, session))


def working(study: Study, session: Session) -> dict[str, str]:
    found = colleagues.colleagues(session=session, study_id=study.id)
    return {each.membership.role: each.label for each in found}


def test_a_role_that_is_taken_away_takes_its_devices_along(
    session: Session, pair: tuple[Study, Study]
) -> None:
    one, _ = pair
    token = colleagues.invite_colleague(
        session=session, study_id=one.id, role="researcher", label="Reads along"
    )
    assert working(one, session) == {"researcher": "Reads along"}
    cookie = entering.enter(session=session, token=token)
    me = again(cookie, session)
    [role] = colleagues.colleagues(session=session, study_id=one.id)
    colleagues.give_role(
        session=session, study_id=one.id, account_id=me.account_id, role="interviewer"
    )
    other = entering.enter(
        session=session,
        token=entering.invite(
            session=session,
            membership=session.exec(
                select(Membership).where(Membership.role == "interviewer")
            ).one(),
        ),
    )
    colleagues.remove_role(session=session, study_id=one.id, membership_id=role.membership.id)
    session.flush()
    assert entering.identify(session=session, cookie=cookie) is None
    assert again(other, session).roles == {"interviewer"}


def test_roles_of_another_study_and_of_participants_are_not_taken(
    session: Session, pair: tuple[Study, Study]
) -> None:
    one, two = pair
    colleagues.invite_colleague(session=session, study_id=two.id, role="researcher")
    [theirs] = colleagues.colleagues(session=session, study_id=two.id)
    for key in (theirs.membership.id, member_of(one, session).id):
        with pytest.raises(ColleagueError):
            colleagues.remove_role(session=session, study_id=one.id, membership_id=key)


def test_the_last_coordinator_stays(session: Session, pair: tuple[Study, Study]) -> None:
    one, _ = pair
    cookies = []
    for _ in range(2):
        token = colleagues.invite_colleague(session=session, study_id=one.id, role="coordinator")
        cookies.append(token)
    entering.enter(session=session, token=cookies[0])
    first = next(
        each for each in colleagues.colleagues(session=session, study_id=one.id) if each.seen_at
    )
    with pytest.raises(ColleagueError):
        colleagues.remove_role(session=session, study_id=one.id, membership_id=first.membership.id)
    entering.enter(session=session, token=cookies[1])
    colleagues.remove_role(session=session, study_id=one.id, membership_id=first.membership.id)
    assert len(colleagues.colleagues(session=session, study_id=one.id)) == 1

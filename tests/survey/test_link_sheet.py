"""Cards with personal links: each opens the door for its person, and for nobody else."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlmodel import Session, select

from data.tables import Membership, Person, Study, Team
from data.tables.base import now
from survey import entering
from survey.link_sheet import Card, make_cards, picture, sheet
from tests.studies_for_tests import a_person, a_study

ADDRESS = "https://film.example"


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    a_person(session, made, "P02").languages = ["de"]
    a_person(session, made, "P03").withdrawn_at = now()
    session.commit()
    return made


def made(session: Session, study: Study, *, with_names: bool = False) -> list[Card]:
    people = session.exec(select(Person).order_by(Person.code)).all()
    teams = {team.id: team.name for team in session.exec(select(Team)).all()}
    return make_cards(
        people, session=session, study=study, teams=teams, address=ADDRESS, with_names=with_names
    )


def test_each_card_lets_its_person_in_and_closes_the_link_before(
    session: Session, study: Study
) -> None:
    first, second = made(session, study), made(session, study)
    assert [card.code for card in second] == ["P01", "P02"]
    for card in first:
        assert entering.find(session=session, token=card.address.rpartition("/")[2]) is None
    for card in second:
        invite = entering.find(session=session, token=card.address.rpartition("/")[2])
        assert invite
        member = session.get_one(Membership, invite.membership_id)
        assert member.person_id
        assert session.get_one(Person, member.person_id).code == card.code
    assert set(entering.ways_in(session=session, study_id=study.id)) == {
        person.id for person in session.exec(select(Person).where(Person.code != "P03"))
    }


def test_a_card_speaks_its_persons_language_and_names_only_where_asked(
    session: Session, study: Study
) -> None:
    page = sheet(made(session, study), title="Links", language="en").decode()
    assert page.count('class="card"') == 2
    assert re.findall(r'class="card" lang="([^"]+)"', page) == ["zh-Hans", "de"]
    assert "王小明" not in page
    assert "Team A" in page
    named = sheet(made(session, study, with_names=True), title="Links", language="en").decode()
    assert "王小明" in named
    assert "<script" not in named


def test_eight_cards_fill_a_page_and_titles_are_harmless() -> None:
    cards = [Card(f"P{n}", "<b>", "", "en", f"{ADDRESS}/enter/{n}") for n in range(17)]
    page = sheet(cards, title="<script>alert(1)</script>", language="en").decode()
    assert page.count('class="sheet"') == 3
    assert "<script>" not in page
    assert "&lt;b&gt;" in page
    assert "size: A4" in unescape(page)


def test_the_picture_is_of_the_address() -> None:
    import segno

    drawn = picture(f"{ADDRESS}/enter/abc")
    path = drawn.find("path")
    assert path is not None
    expected = segno.make(f"{ADDRESS}/enter/abc", error="m", micro=False)
    assert path.get("d", "") in expected.svg_inline(border=0, omitsize=True)
    assert (drawn.get("viewBox") or "").split()[2] == str(expected.symbol_size(border=0)[0])

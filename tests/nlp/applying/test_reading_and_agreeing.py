from __future__ import annotations

import pytest
from sqlmodel import Session

from data.tables import Person, Questionnaire
from nlp.applying.agreeing import agreement
from nlp.applying.reading import told
from survey.applying import choosing
from tests.applying_for_tests import a_call, a_reviewer, applied, reviewed
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def read(session: Session, *, blind: bool) -> str:
    call = a_call(session, a_study(session))
    applied(
        session,
        call,
        1,
        name="Robin Wiesenthal",
        experience="I am Robin Wiesenthal. Write to robin@film.example or see https://film.example/r.",
    )
    (found,) = choosing.standings(session=session, call=call)
    questionnaire = session.get_one(Questionnaire, found.response.questionnaire_id)
    lines = told(found.response, questionnaire, found.person, blind=blind, language="en")
    return "\n".join(f"{each.label}: {each.text}" for each in lines)


def test_a_blind_reader_sees_neither_name_nor_address_nor_what_is_marked(session: Session) -> None:
    shown = read(session, blind=True)
    for hidden in ("Robin", "Wiesenthal", "film.example", "5550", "Your phone", "Your name"):
        assert hidden not in shown
    assert "What have you made?: I am [A0001]." in shown
    assert "Country: DE" in shown


def test_where_the_call_is_not_blind_everything_is_there(session: Session) -> None:
    shown = read(session, blind=False)
    assert "Robin Wiesenthal" in shown
    assert "+49 30" in shown


def test_a_name_is_masked_from_the_moment_the_form_is_sent(session: Session) -> None:
    call = a_call(session, a_study(session))
    application = applied(session, call, 1, name="Robin Wiesenthal")
    assert session.get_one(Person, application.person_id).name == "Robin Wiesenthal"


def test_agreement_is_one_where_all_say_the_same_and_unknown_for_one_reader(
    session: Session,
) -> None:
    call = a_call(session, a_study(session))
    sent = [applied(session, call, number) for number in range(6)]
    one, other = a_reviewer(session, call), a_reviewer(session, call)
    for number, each in enumerate(sent):
        reviewed(session, call, each, one, 1 + number % 5, 1 + number % 5, 3)
    assert agreement(session=session, call=call) == {}
    for number, each in enumerate(sent):
        reviewed(session, call, each, other, 1 + number % 5, 5 - number % 5, 3)
    found = agreement(session=session, call=call)
    assert found["craft"].alpha == pytest.approx(1)
    assert found["sincerity"].alpha < 0
    assert found["craft"].units == 6

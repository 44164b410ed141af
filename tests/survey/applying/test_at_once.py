"""What must hold on every database when two people do something at the same moment."""

from __future__ import annotations

import threading

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from data.database import open_session
from data.tables import Application, Letter
from survey.applying import choosing
from survey.applying.doubles import doubles
from survey.applying.funnel import funnel, grouped
from survey.applying.starting import ask_for_link, tidy
from survey.applying.states import State, StateError
from tests.applying_for_tests import a_call, applied, study_of
from tests.studies_for_tests import a_study


def test_of_two_coordinators_who_answer_at_once_one_succeeds(installation: object) -> None:
    assert installation
    with open_session() as session:
        call = a_call(session, a_study(session))
        keys = [applied(session, call, number).id for number in range(4)]
        session.commit()
    told: list[str] = []
    start = threading.Barrier(2)

    def answer(what: State) -> None:
        for key in keys:
            start.wait()
            try:
                with open_session() as session:
                    choosing.answer(
                        session.get_one(Application, key),
                        what,
                        session=session,
                        subject="About your application",
                        text="{link}",
                    )
                    session.commit()
            except StateError as error:
                told.append(str(error))

    both = [threading.Thread(target=answer, args=(State.INVITED,)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    with open_session() as session:
        letters = session.exec(select(Letter).where(Letter.kind == "answer")).all()
        states = {each.state for each in session.exec(select(Application)).all()}
    assert len(letters) == len(keys) == len(told)
    assert states == {"invited"}
    assert "Nothing was done." in told[0]
    assert "invited" in told[0]


def test_many_who_begin_at_once_all_get_their_own_code(installation: object) -> None:
    assert installation
    with open_session() as session:
        study = study_of(session, a_call(session, a_study(session)))
        session.commit()

    def begin(number: int) -> None:
        for _ in range(20):
            try:
                with open_session() as session:
                    address = f"p{number // 2}@film.example"  # each address twice
                    ask_for_link(session=session, study=study, address=address, language="en")
                    session.commit()
            except IntegrityError:
                continue
            return

    everybody = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()
    with open_session() as session:
        assert len(session.exec(select(Application)).all()) == 4
        assert len(session.exec(select(Letter)).all()) == 8


def test_every_list_is_read_from_either_database(installation: object) -> None:
    assert installation
    with open_session() as session:
        call = a_call(session, a_study(session))
        for number in range(3):
            applied(session, call, number)
        session.commit()
        assert len(choosing.standings(session=session, call=call)) == 3
        assert funnel(session=session, call=call).applied == 3
        assert doubles(session=session, call=call) == []
        assert tidy(session=session) == 0


def test_small_groups_never_stand_alone() -> None:
    for counts in ({"CN": 9, "FR": 1}, {"CN": 9, "FR": 2, "IT": 2}, {"CN": 2}, {"A": 3, "B": 1}):
        shown = grouped(counts, threshold=3)
        assert all(number >= 3 for number in shown.values())
        hidden = sum(counts.values()) - sum(shown.values())
        assert hidden == 0 or not shown

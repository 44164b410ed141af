"""Several coders of the same texts: agreement, differences, talk and the decided version."""

from __future__ import annotations

import math
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Account, Coding, CodingTalk, Interview, Passage, Person, Study, Turn
from i18n import Refusal
from nlp.coding.blind import finish
from nlp.coding.editing import Codebook
from nlp.coding.marking import codings, mark
from nlp.coding.places import Place
from nlp.settling import by_code, decide, differences, take_over, talk, unsettled
from nlp.settling.units import units
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study

# What is asked of the database here is asked of both in the tests of coding.
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SENTENCES = ("We paid too much. ", "It rained all day. ", "王小明 slept at last. ", "😀𠮷 again. ")
TEXT = "".join(SENTENCES).strip()


@pytest.fixture
def study(session: Session) -> Study:
    return a_study(session)


@pytest.fixture
def coders(session: Session) -> list[UUID]:
    made = [Account(label=name) for name in ("Ada", "Bo", "Cy")]
    session.add_all(made)
    session.flush()
    return [account.id for account in made]


@pytest.fixture
def money(session: Session, study: Study, coders: list[UUID]) -> UUID:
    book = Codebook(session=session, study_id=study.id, account_id=coders[0])
    return book.make("Money").id


def turn_of(session: Session, study: Study, person: Person, *, cut: bool = True) -> Place:
    """Let somebody say the sentences in an interview; each is a passage."""
    interview = Interview(
        study_id=study.id,
        key=f"i-{uuid4()}",
        day=date(2026, 6, 3),
        languages=["en"],
        speakers={"A": {"person": str(person.id)}},
    )
    session.add(interview)
    session.flush()
    turn = Turn(interview_id=interview.id, position=0, speaker="A", text=TEXT)
    session.add(turn)
    session.flush()
    place = 0
    for sentence in SENTENCES if cut else ():
        end = place + len(sentence.strip())
        session.add(
            Passage(
                study_id=study.id,
                person_id=person.id,
                turn_id=turn.id,
                start=place,
                end=end,
                language="en",
                masked=sentence.strip(),
                text_hash=uuid4().hex,
            )
        )
        place += len(sentence)
    session.flush()
    return Place(turn_id=turn.id)


@pytest.fixture
def people(session: Session, study: Study) -> list[Person]:
    first = session.exec(select(Person).where(Person.code == "P01")).one()
    return [first, *(a_person(session, study, f"P0{number}") for number in range(2, 6))]


def stretch(sentence: int) -> tuple[int, int]:
    start = sum(map(len, SENTENCES[:sentence]))
    return start, start + len(SENTENCES[sentence].strip())


def say(
    session: Session, study: Study, coder: UUID, place: Place, code: UUID, *sentences: int
) -> None:
    """Mark sentences with a code and finish the text."""
    who: dict[str, Any] = {"session": session, "study_id": study.id, "account_id": coder}
    for sentence in sentences:
        mark(place, *stretch(sentence), [code], **who)
    finish([place], **who)


def test_agreement_is_about_passages_that_somebody_marked(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    book = Codebook(session=session, study_id=study.id, account_id=coders[0])
    rain = book.make("Rain").id
    for person in people:
        place = turn_of(session, study, person)
        for coder in coders[:2]:
            mark(place, *stretch(1), [rain], session=session, study_id=study.id, account_id=coder)
            say(session, study, coder, place, money, 0)
    found = {each.code.name: each for each in by_code(session=session, study_id=study.id)}
    assert set(found) == {"Money", "Rain"}
    for each in found.values():
        # Sentences 2 and 3 were marked by nobody: 5 texts with 2 passages each remain.
        assert (each.measured.units, each.measured.coders, each.measured.clusters) == (10, 2, 5)
        assert (each.marked, each.together) == (5, 5)
        assert each.measured.alpha == pytest.approx(1.0)
        assert each.measured.low < 1
    assert differences(session=session, study_id=study.id, account_id=coders[0]) == []


def test_a_text_that_one_coder_finished_is_not_compared(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 0)
    mark(place, *stretch(1), [money], session=session, study_id=study.id, account_id=coders[1])
    assert units(session=session, study_id=study.id) == []
    assert by_code(session=session, study_id=study.id) == []


def test_a_third_coder_who_did_not_read_a_text_is_missing_there(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    one, two = (turn_of(session, study, person) for person in people[:2])
    for coder in coders:
        say(session, study, coder, one, money, 0, 1)
    for coder in coders[:2]:
        say(session, study, coder, two, money, 2)
    (found,) = by_code(session=session, study_id=study.id)
    assert (found.measured.units, found.measured.coders, found.together) == (3, 3, 3)
    assert math.isnan(found.measured.alpha)  # everybody marked every passage: nothing to tell


def test_a_coder_who_left_still_counts_and_one_who_is_gone_does_not(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 0, 1)
    say(session, study, coders[1], place, money, 0)
    session.get_one(Account, coders[0]).disabled = True
    session.flush()
    (found,) = by_code(session=session, study_id=study.id)
    assert (found.measured.coders, found.marked, found.together) == (2, 2, 1)
    who: dict[str, Any] = {"session": session, "study_id": study.id, "account_id": coders[1]}
    decide(place, stretch(1)[0], money, holds=True, **who)
    assert unsettled(differences(**who)) == 0
    session.delete(session.get_one(Account, coders[0]))
    session.flush()
    session.expire_all()
    assert by_code(session=session, study_id=study.id) == []
    assert len(codings(session=session, study_id=study.id, version="decided")) == 2


def test_what_differs_is_shown_to_those_who_finished(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 0, 3)
    say(session, study, coders[1], place, money, 0)
    (found,) = differences(session=session, study_id=study.id, account_id=coders[0])
    assert (found.unit.start, found.unit.end) == stretch(3)
    assert (set(found.marked_by), set(found.left_by)) == ({coders[0]}, {coders[1]})
    assert found.state == "open"
    assert differences(session=session, study_id=study.id, account_id=coders[2]) == []


def test_a_text_that_was_not_cut_yet_is_compared_by_its_sentences(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0], cut=False)
    say(session, study, coders[0], place, money, 0, 1)
    say(session, study, coders[1], place, money, 0)
    (found,) = differences(session=session, study_id=study.id, account_id=coders[0])
    assert (found.unit.start, found.unit.end) == stretch(1)


def test_a_mark_across_passages_counts_where_it_lies(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    begin, end = stretch(1)[0] - 3, stretch(1)[1] + 2
    mark(place, begin, end, [money], session=session, study_id=study.id, account_id=coders[0])
    say(session, study, coders[0], place, money)
    say(session, study, coders[1], place, money, 1)
    assert differences(session=session, study_id=study.id, account_id=coders[0]) == []


def test_settling_keeps_what_each_marked(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 0, 1, 2)
    say(session, study, coders[1], place, money, 0)
    who: dict[str, Any] = {"session": session, "study_id": study.id, "account_id": coders[1]}
    decide(place, stretch(1)[0], money, holds=True, **who)
    decide(place, stretch(2)[0], money, holds=False, **who)

    def decided() -> list[tuple[int, int]]:
        standing = codings(session=session, study_id=study.id, version="decided")
        return [(each.start, each.end) for each in standing]

    assert decided() == [stretch(0), stretch(1)]
    found = differences(session=session, study_id=study.id, account_id=coders[0])
    assert [each.state for each in found] == ["holds", "not"]
    assert unsettled(found) == 0
    own = codings(session=session, study_id=study.id, version="own")
    assert sorted(each.start for each in own) == sorted(
        stretch(number)[0] for number in (0, 0, 1, 2)
    )
    decide(place, stretch(1)[0], money, holds=False, **who)
    decide(place, stretch(2)[0], money, holds=True, **who)
    assert decided() == [stretch(0), stretch(2)]
    decide(place, stretch(2)[0], money, holds=True, **who)
    assert decided() == [stretch(0), stretch(2)]


def test_what_all_agree_on_is_taken_over_once(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    for coder in coders[:2]:
        say(session, study, coder, place, money, 0, 2)
    assert take_over(session=session, study_id=study.id, account_id=coders[2]) == 0
    assert take_over(session=session, study_id=study.id, account_id=coders[0]) == 2
    assert take_over(session=session, study_id=study.id, account_id=coders[1]) == 0
    assert len(codings(session=session, study_id=study.id, version="decided")) == 2


def test_what_is_said_is_masked_and_goes_with_the_words(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 2)
    say(session, study, coders[1], place, money)
    who: dict[str, Any] = {"session": session, "study_id": study.id, "account_id": coders[0]}
    talk(place, stretch(2)[0], money, " 王小明 means sleep, not money. ", **who)
    (found,) = differences(**who)
    (said,) = found.talk
    assert "王小明" not in said.text
    assert said.text.endswith("means sleep, not money.")
    withdraw(session=session, person=people[0])
    session.expire_all()
    assert session.exec(select(CodingTalk)).all() == []
    assert session.exec(select(Coding)).all() == []
    assert differences(**who) == []


def test_what_is_not_there_to_settle_is_refused(
    session: Session, study: Study, coders: list[UUID], money: UUID, people: list[Person]
) -> None:
    place = turn_of(session, study, people[0])
    say(session, study, coders[0], place, money, 2)
    say(session, study, coders[1], place, money)
    start = stretch(2)[0]
    good: dict[str, Any] = {
        "place": place,
        "start": start,
        "code_id": money,
        "account_id": coders[0],
    }
    for wrong in (
        {"start": start + 1},
        {"code_id": uuid4()},
        {"account_id": coders[2]},
        {"place": Place(turn_id=uuid4())},
        {"study_id": uuid4()},
    ):
        asked: dict[str, Any] = {"study_id": study.id, "session": session, **good, **wrong}
        with pytest.raises(Refusal):
            decide(holds=True, **asked)
        with pytest.raises(Refusal):
            talk(text="…", **asked)
    for text in ("  ", "x" * 3_000):
        with pytest.raises(Refusal):
            talk(text=text, session=session, study_id=study.id, **good)
    assert codings(session=session, study_id=study.id, version="decided") == []

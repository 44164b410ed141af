"""Choosing exact words, translating them, and what becomes of them when the text changes."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.database import open_session
from data.tables import Passage, Quotation, QuotationTranslation, Response
from nlp import quoting
from nlp.encoders import text_hash
from nlp.quoting import QuotingError, Standing
from survey import corrections
from tests.quoting_for_tests import HOSTILE, Set, a_quotable_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def here(session: Session) -> Set:
    return a_quotable_study(session)


def chosen(session: Session, here: Set, passage: Passage, words: str | None = None) -> Quotation:
    made = quoting.put(
        session=session,
        study_id=here.study.id,
        passage_id=passage.id,
        account_id=here.researcher,
        words=words,
    )
    session.commit()
    return made


def translated(session: Session, here: Set, quotation: Quotation, text: str = "So tired.") -> None:
    quoting.translate(
        quotation.id,
        text,
        language="en",
        translator="Lin Xia",
        machine=False,
        seen=quotation.revision,
        session=session,
        account_id=here.researcher,
    )
    session.commit()


def test_an_exact_stretch_is_quoted_and_choosing_it_twice_is_once(
    session: Session, here: Set
) -> None:
    first = chosen(session, here, here.written, "今天很累。")
    again = chosen(session, here, here.written, "今天很累。")
    assert first.id == again.id
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert (only.words, only.person, only.language) == ("今天很累。", "P01", "zh-Hans")
    assert only.question["zh-Hans"] == "真情流露的一刻"


def test_changed_words_are_no_quotation(session: Session, here: Set) -> None:
    with pytest.raises(QuotingError, match="exact words"):
        chosen(session, here, here.written, "今天不累。")


def test_overlapping_words_are_not_quoted_twice(session: Session, here: Set) -> None:
    chosen(session, here, here.written, "今天很累。")
    with pytest.raises(QuotingError, match="on the shelf already"):
        chosen(session, here, here.written)


def test_markup_and_formulas_are_words_like_others(session: Session, here: Set) -> None:
    chosen(session, here, here.hostile)
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert only.words == HOSTILE


def test_of_two_who_change_a_quotation_the_second_is_told(session: Session, here: Set) -> None:
    made = chosen(session, here, here.written)
    seen = made.revision
    translated(session, here, made)
    with open_session() as other, pytest.raises(QuotingError, match="in the meantime"):
        quoting.narrow(made.id, "今天很累。", seen=seen, session=other, account_id=here.researcher)
    with open_session() as other:
        quoting.take_off(made.id, seen=seen + 1, session=other, account_id=None)
        other.commit()
    with pytest.raises(QuotingError, match="took this quotation off"):
        quoting.check(
            made.id,
            language="en",
            checker="Mara",
            seen=seen + 1,
            session=session,
            account_id=None,
        )


def test_a_translation_is_checked_by_somebody_else_and_again_when_it_changes(
    session: Session, here: Set
) -> None:
    made = chosen(session, here, here.written)
    translated(session, here, made)

    def check(checker: str) -> QuotationTranslation:
        session.refresh(made)
        return quoting.check(
            made.id,
            language="en",
            checker=checker,
            seen=made.revision,
            session=session,
            account_id=here.researcher,
        )

    with pytest.raises(QuotingError, match="somebody else"):
        check("lin xia")
    session.rollback()
    assert check("Mara Weber").checked_at
    session.commit()
    session.refresh(made)
    translated(session, here, made, "So very tired.")
    (kept,) = session.exec(select(QuotationTranslation)).all()
    assert (kept.text, kept.checker, kept.checked_at) == ("So very tired.", "", None)


def test_names_are_masked_in_translations(session: Session, here: Set) -> None:
    made = chosen(session, here, here.written)
    translated(session, here, made, "Mia Berger had the camera rolling again.")
    (kept,) = session.exec(select(QuotationTranslation)).all()
    assert kept.text == "[P02] had the camera rolling again."


def test_quoting_fewer_words_takes_the_check_away(session: Session, here: Set) -> None:
    made = chosen(session, here, here.written)
    translated(session, here, made)
    session.refresh(made)
    quoting.check(
        made.id,
        language="en",
        checker="Mara",
        seen=made.revision,
        session=session,
        account_id=None,
    )
    session.commit()
    session.refresh(made)
    quoting.narrow(made.id, "今天很累。", seen=made.revision, session=session, account_id=None)
    session.commit()
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert only.words == "今天很累。"
    assert not only.checked


def test_a_corrected_text_outdates_its_quotation_and_takes_the_translation_along(
    session: Session, here: Set
) -> None:
    made = chosen(session, here, here.written)
    translated(session, here, made)
    response = here.written.response_id
    assert response
    entry = session.get_one(Response, response)
    corrections.correct(
        session=session,
        person=here.one,
        instance_id=response,
        based_on=entry.sha256,
        answers={"mood": 7, "moment": "今天不累。"},
    )
    session.commit()
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert only.standing is Standing.OUTDATED
    assert only.words == ""
    assert session.exec(select(QuotationTranslation)).all() == []


def test_words_that_stay_follow_a_correction_elsewhere_in_the_text(
    session: Session, here: Set
) -> None:
    """The passage keeps its identity where its sentence does; the quotation lies inside it."""
    chosen(session, here, here.hostile)
    here.hostile.start += 10
    here.hostile.end += 10
    session.add(here.hostile)
    session.commit()
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert only.words == HOSTILE


def test_a_name_masked_later_outdates_what_it_stands_in(session: Session, here: Set) -> None:
    chosen(session, here, here.spoken)
    here.spoken.masked = here.spoken.masked.replace("mine", "[P01]")
    here.spoken.text_hash = text_hash(here.spoken.masked)
    session.add(here.spoken)
    session.commit()
    (only,) = quoting.shelf_of(session=session, study_id=here.study.id)
    assert only.standing is Standing.OUTDATED


def test_a_star_comes_off_only_while_nobody_has_worked_on_it(session: Session, here: Set) -> None:
    made = chosen(session, here, here.written)
    key = str(here.written.id)
    assert quoting.starred([key, str(here.spoken.id)], session=session) == {key}
    translated(session, here, made)
    with pytest.raises(QuotingError, match="translated or sent"):
        quoting.unstar(here.written.id, session=session, account_id=None)
    session.rollback()
    chosen(session, here, here.spoken)
    quoting.unstar(here.spoken.id, session=session, account_id=None)
    assert quoting.starred([str(here.spoken.id)], session=session) == set()

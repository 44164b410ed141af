"""Finding passages by meaning in any language, by exact words, and forgetting them."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data import search_index
from data.tables import Passage, Study
from nlp.encoders import text_hash
from nlp.searching import (
    Corpus,
    containing,
    like_passage,
    like_text,
    prepare,
    read_corpus,
    state_of,
)
from survey.forgetting import forget_passages, forget_wording
from tests.nlp.searching.conftest import TEXTS

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def ready(session: Session, study: Study) -> Corpus:
    prepare(session=session, study_id=study.id, tell=lambda _share, _said: None)
    session.commit()
    return read_corpus(study.id, session=session)


def texts(keys: list[str], session: Session, study: Study) -> list[str]:
    by_key = {
        str(each.id): each.masked
        for each in session.exec(select(Passage))
        if each.study_id == study.id
    }
    return [by_key[key] for key in keys]


def test_a_german_question_finds_chinese_answers(session: Session, study: Study) -> None:
    corpus = ready(session, study)
    assert corpus.missing == 0
    slept = texts(like_text("Wer hat zu wenig geschlafen?", corpus), session, study)
    assert slept[0] == TEXTS[0][1]
    money = texts(like_text("Das Geld ist ausgegeben.", corpus), session, study)
    assert set(money[:2]) == {TEXTS[1][1], TEXTS[2][1]}


def test_similar_passages_are_found_across_languages_and_within_a_filter(
    session: Session, study: Study
) -> None:
    corpus = ready(session, study)
    (german,) = containing("Schauspielerin", session=session, study_id=study.id)
    assert texts(like_passage(german, corpus), session, study)[0] == TEXTS[5][1]
    english = corpus.passages.index[corpus.passages["language"] == "en"]
    assert set(like_passage(german, corpus, within=english)) <= set(english)
    assert german not in like_passage(german, corpus)


def test_an_answer_that_says_nothing_is_like_nothing(session: Session, study: Study) -> None:
    corpus = ready(session, study)
    assert "n/a" not in texts(like_text("nothing at all", corpus), session, study)


def test_what_is_forgotten_is_blanked_at_once(session: Session, study: Study) -> None:
    corpus = ready(session, study)
    state = state_of(study.id, session=session)
    gone = session.exec(select(Passage).where(Passage.masked == TEXTS[0][1])).one()
    key = gone.id
    forget_passages([gone], session=session)
    index = search_index.opened(study.id)
    assert index is not None
    row = search_index.rows_of(index, search_index.numbers_of([key]))[0]
    assert not index.vectors[row].any()
    assert index.scales[row] == 0
    session.commit()
    assert state_of(study.id, session=session) != state
    again = read_corpus(study.id, session=session)
    assert len(again.passages) == len(corpus.passages) - 1
    assert TEXTS[0][1] not in texts(like_text("zu wenig Schlaf", again), session, study)


def test_a_passage_masked_anew_is_missing_until_it_is_prepared(
    session: Session, study: Study
) -> None:
    ready(session, study)
    changed = session.exec(select(Passage).where(Passage.masked == TEXTS[3][1])).one()
    before, changed.masked = changed.text_hash, "It rained on [P01]."
    changed.text_hash = text_hash(changed.masked)
    session.add(changed)
    forget_wording([changed], {before}, session=session)
    session.commit()
    assert read_corpus(study.id, session=session).missing == 1
    assert ready(session, study).missing == 0


def test_a_damaged_file_is_no_file(session: Session, study: Study) -> None:
    ready(session, study)
    path = search_index.path_of(study.id)
    path.write_bytes(path.read_bytes()[:-5])
    corpus = read_corpus(study.id, session=session)
    assert corpus.index is None
    assert corpus.missing == len(TEXTS)
    assert like_text("Schlaf", corpus) == []

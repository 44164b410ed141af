"""A theme run from texts to its card: interrupted, repeated, guided."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pandas as pd
import pytest
from sqlmodel import Session, select

from data.tables import Embedding, Passage, PassageTheme, Study, Theme, ThemeRun
from i18n import Message
from nlp.analysis import analyse, frame
from nlp.mapping import draw_map, read_map
from nlp.questions import guiding
from nlp.repeating import changed
from nlp.results import read_run
from nlp.themes import ThemeSettings
from tests.interviewed_for_tests import LANGUAGES, Letters, an_interviewed_study


def quiet(_share: float, _said: Message) -> None:
    """Hear how far it is."""


class Stopping(Letters):
    """Stops working when it is told to."""

    ends_after = 10**9

    def read(self, text: str) -> None:
        if len(self.seen) >= self.ends_after:
            raise KeyboardInterrupt
        super().read(text)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Stopping:
    made = Stopping()
    monkeypatch.setattr("nlp.analysis.load", lambda _name: made)
    monkeypatch.setattr("nlp.vectors.BATCH", 10)
    return made


@pytest.fixture
def study(session: Session, installation: Any) -> Study:  # noqa: ARG001 - its folder
    study = an_interviewed_study(session)
    session.commit()
    return study


def belonging(run: ThemeRun, session: Session) -> list[tuple[UUID, int, float]]:
    rows = session.exec(
        select(PassageTheme.passage_id, Theme.number, PassageTheme.weight)
        .join(Theme)
        .where(Theme.run_id == run.id)
    )
    return sorted((key, number, weight) for key, number, weight in rows)


def test_a_killed_run_leaves_nothing_but_vectors_and_goes_on_from_them(
    session: Session, study: Study, encoder: Stopping
) -> None:
    encoder.ends_after = 25
    with pytest.raises(KeyboardInterrupt):
        analyse(study_id=study.id, session=session, tell=quiet)
    session.rollback()
    session.expire_all()
    assert session.exec(select(ThemeRun)).all() == []
    assert session.exec(select(PassageTheme)).all() == []
    kept = len(session.exec(select(Embedding)).all())
    assert kept >= 20
    before = set(encoder.seen[:kept])
    encoder.seen, encoder.ends_after = [], 10**9
    run = analyse(study_id=study.id, session=session, tell=quiet)
    session.commit()
    passages = frame(session=session, study_id=study.id)
    assert before.isdisjoint(encoder.seen)
    assert len(read_run(session=session, run=run).passages) == len(passages)


def test_nothing_is_written_before_the_map_is_drawn(
    session: Session, study: Study, encoder: Stopping, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(*given: Any, **how: Any) -> pd.DataFrame:
        assert session.exec(select(ThemeRun)).all() == []
        assert not session.new
        return draw_map(*given, **how)

    monkeypatch.setattr("nlp.analysis.draw_map", drawn)
    run = analyse(study_id=study.id, session=session, tell=quiet)
    assert encoder.name == run.encoder
    assert not read_map(run.id, session=session).empty


def test_a_run_repeats_exactly_from_its_card(
    session: Session, study: Study, encoder: Stopping
) -> None:
    first = analyse(
        study_id=study.id, session=session, tell=quiet, settings=ThemeSettings(seed=5, runs=30)
    )
    session.commit()
    again = analyse(
        study_id=study.id, session=session, tell=quiet, settings=ThemeSettings(**first.settings)
    )
    session.commit()
    assert encoder.name == first.encoder
    assert belonging(first, session) == belonging(again, session)
    assert changed(first, session=session) == []
    for key in ("passages_digest", "reference_digest", "versions", "stability", "seed"):
        assert first.quality[key] == again.quality[key]


def test_the_card_says_what_to_be_careful_with(
    session: Session, study: Study, encoder: Stopping
) -> None:
    run = analyse(study_id=study.id, session=session, tell=quiet)
    session.commit()
    card = run.quality
    assert encoder.name == run.encoder
    assert set(card["not_understood"]) <= set(LANGUAGES)
    assert card["unserved_languages"] == []
    assert set(card["unchecked_languages"]) == set(LANGUAGES)
    assert set(card["translations_together"]) == {"before", "after"}
    assert {"language", "person", "team", "source"} <= set(card["agreement"])
    numbers = {theme.number for theme in session.exec(select(Theme))}
    assert len(card["hierarchy"]) == max(0, len(numbers) - 1)
    assert set(card["one_voice"]) | set(card["unclear"]) <= numbers


def test_research_questions_are_asked_and_answered_on_the_card(
    session: Session, study: Study, encoder: Stopping
) -> None:
    asked = ThemeSettings(runs=30, questions=(("en", "What does it cost?"), ("de", "Wozu?")))
    run = analyse(study_id=study.id, session=session, tell=quiet, settings=asked)
    session.commit()
    session.refresh(run)
    assert "What does it cost?" in encoder.seen
    assert run.settings["questions"] == [["en", "What does it cost?"], ["de", "Wozu?"]]
    assert [answer["question"] for answer in run.quality["answers"]] == [
        "What does it cost?",
        "Wozu?",
    ]


def test_what_would_make_a_repetition_different_is_told(
    session: Session, study: Study, encoder: Stopping
) -> None:
    run = analyse(study_id=study.id, session=session, tell=quiet, settings=ThemeSettings(runs=10))
    session.commit()
    assert encoder.name == run.encoder
    passage = session.exec(select(Passage)).first()
    assert passage is not None
    passage.masked += " And more."
    run.quality = run.quality | {"versions": {"numpy": "0.1"}, "reference_digest": "another"}
    session.commit()
    told = [str(message) for message in changed(run, session=session)]
    assert len(told) == 3
    assert told[0].startswith("The passages are not the same")


def asking(*questions: dict[str, Any]) -> Study:
    design = {"research_questions": list(questions)} if questions else {}
    return Study(
        slug="s", start=date(2026, 6, 1), end=date(2026, 6, 2), time_zone="UTC", design=design
    )


def test_a_study_asks_each_of_its_questions_in_one_language() -> None:
    study = asking(
        {"key": "work", "text": {"en": "Does it replace work?", "zh-Hans": "会取代工作吗？"}},
        {"key": "money", "text": {"de": "Wird es billiger?", "en": " "}},
        {"key": "empty", "text": {}},
    )
    assert guiding(study, "zh-CN") == [["zh-Hans", "会取代工作吗？"], ["de", "Wird es billiger?"]]
    assert guiding(study)[0] == ["en", "Does it replace work?"]
    assert guiding(asking()) == []

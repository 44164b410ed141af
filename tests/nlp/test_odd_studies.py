"""Studies that are unlike any other: what a run makes of them, from texts to stored themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

import settings
from data.tables import Job, Passage, Study, ThemeRun
from i18n import Message
from jobs import ledger, running
from nlp.analysis import analyse, describe
from nlp.neutral.reference import reference
from nlp.results import Found, read_run
from nlp.themes import ThemeSettings
from survey import interviews
from survey.transcripts import read
from tests.interviewed_for_tests import Letters, an_interviewed_study
from tests.studies_for_tests import a_person, a_study

SENTENCES = reference().sentences

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def quiet(_share: float, _said: Message) -> None:
    """Hear how far it is."""


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Letters()
    monkeypatch.setattr("nlp.analysis.load", lambda _name: made)


def told(session: Session, *people: Sequence[str], runs: int = 1) -> tuple[Study, Found]:
    """Find themes in what each of these people said; the last of several runs follows others."""
    study = a_study(session)
    for number, texts in enumerate(people):
        person = a_person(session, study, f"Q{number}")
        interviews.keep(
            session=session,
            study_id=study.id,
            key=f"of {person.code}",
            transcript=read("talk.txt", "".join(f"A: {text}\nQ: ?\n" for text in texts).encode()),
            speakers={"Q": {"role": "interviewer"}, "A": {"person": str(person.id)}},
        )
    session.commit()
    for _ in range(runs):
        run = analyse(
            study_id=study.id, session=session, tell=quiet, settings=ThemeSettings(runs=30)
        )
        session.commit()
    return study, read_run(session=session, run=run)


def test_one_passage_is_one_theme_of_one_voice(session: Session) -> None:
    _, found = told(session, ["We waited for the fog."], runs=2)
    assert found.shares.to_numpy().tolist() == [[1.0]]
    assert found.run.quality["one_voice"] == [0]
    assert "fog" in describe(run_id=found.run.id, session=session)


def test_equal_passages_are_one_theme(session: Session) -> None:
    _, found = told(session, ["We shot it again."] * 15, ["We shot it again."] * 15)
    assert found.shares.to_numpy().tolist() == [[1.0]] * 30
    assert found.themes[0].measures["voices"] == 2


def test_two_passages_of_a_language_are_among_the_others(session: Session) -> None:
    _, found = told(session, SENTENCES["en"][:30], SENTENCES["ko"][:2])
    korean = found.passages["language"] == "ko"
    assert korean.sum() == 2
    assert (found.shares[korean].sum(axis=1) > 0).all()
    assert (found.shares[~korean].sum() > 0).all()
    assert "ko" in found.run.quality["unchecked_languages"]


def test_emoji_alone_are_no_theme_and_no_accident(session: Session) -> None:
    _, found = told(session, ["🎬🎬", "👍", "😀"], ["🎬"], runs=2)
    assert found.themes == []
    assert len(found.run.quality["empty_passages"]) == len(found.passages) == 4
    assert found.run.quality["unassigned"] == 0
    assert describe(run_id=found.run.id, session=session).startswith("0 themes in 4 passages")


def test_ten_thousand_words_without_a_full_stop_are_read_to_the_end(session: Session) -> None:
    text = " ".join(f"light{place % 50} word" for place in range(5_000))
    study, found = told(session, [text], SENTENCES["en"][:6])
    kept = session.exec(select(Passage).where(Passage.study_id == study.id)).all()
    assert sum(passage.masked.count("word") for passage in kept) >= 5_000
    assert max(len(passage.masked) for passage in kept) < 2_000
    assert (found.shares.sum(axis=1) > 0.99).all()


def test_a_missing_model_is_named_and_nothing_is_written(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = an_interviewed_study(session)
    session.commit()
    job = ledger.ask("themes", study_id=study.id, runs=30)
    with monkeypatch.context() as wrong:
        wrong.setenv("ENCODER", str(tmp_path / "nowhere"))
        wrong.setattr("nlp.analysis.load", load_really)
        settings.settings.cache_clear()
        running.run_job(job)
    settings.settings.cache_clear()
    assert ended(job, session) == ("failed", "There is no model folder {name}")
    assert session.exec(select(ThemeRun)).all() == []
    ledger.again(job)
    running.run_job(job)
    assert ended(job, session) == ("done", "")


def load_really(name: str | None) -> Any:
    from nlp.encoders import load

    return load(name)


def ended(job_id: object, session: Session) -> tuple[str, str]:
    session.expire_all()
    job = session.get_one(Job, job_id)
    return job.status, job.said.get("text", "").split(".")[0]

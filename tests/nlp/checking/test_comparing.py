"""What checks do to comparisons: languages left out, differences corrected, all of it said."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlmodel import Session

from data.tables import Account, Study
from nlp.chapter.differences import as_json, differences, from_json
from nlp.chapter.material import gather
from nlp.chapter.sections.checks import checks, reviewed
from nlp.chapter.voice import Voice
from nlp.checking import answer, asked, begin, checks_of, failing
from nlp.checking.correcting import correct, correctable
from nlp.deciding import Desk, describe
from nlp.results import Found, read_run
from tests.runs_for_tests import a_run, a_written_study, passages_of

# Statistics are the same on every database.
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ABOUT = {"en": "What things cost."}


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session, people=8, each=8)


def a_checked_run(
    session: Session, study: Study, *, wrong: str = "", languages: tuple[str, ...] = ()
) -> Found:
    """Let two coders answer as the computer computed, or the opposite in the `wrong` language."""
    run = a_run(session, study)
    describe(
        Desk(session=session, run_id=run.id, account_id=None, seen=0), 0, ABOUT["en"], language="en"
    )
    session.commit()
    found = read_run(session=session, run=run)
    check = begin(found, 0, ABOUT, session=session, account_id=None, each=30)
    for name in ("Ada", "Bo"):
        coder = Account(label=name)
        session.add(coder)
        session.flush()
        for each in asked(check.id, session=session, account_id=coder.id):
            question = each.question
            if languages and question.language not in languages:
                continue
            inside = found.main[str(question.passage_id)] == 0
            yes = inside != (question.language == wrong)
            answer(
                question.id,
                "yes" if yes else "no",
                session=session,
                study_id=check.study_id,
                account_id=coder.id,
            )
    session.commit()
    return read_run(session=session, run=run)


def test_a_theme_that_fails_in_a_language_is_compared_without_it(
    session: Session, study: Study
) -> None:
    found = a_checked_run(session, study, wrong="en")
    without = failing(checks_of(found, session=session))
    assert without == {0: frozenset({"en"})}
    plain, kept = found.person_shares, found.shares_without(without)
    chinese = found.passages[found.passages["language"] == "zh-Hans"].index
    expected = found.shares.loc[chinese, 0].groupby(found.passages["person"]).mean()
    pd.testing.assert_series_equal(kept[0], expected, check_names=False)
    pd.testing.assert_frame_equal(kept.drop(columns=0), plain.drop(columns=0))
    compared = differences(found, "team", threshold=2, failing=without)
    assert compared is not None
    levels = compared.levels[compared.levels["theme"] == 0].set_index("group")["share"]
    teams = found.groups("team")
    assert levels["A"] == pytest.approx(expected[teams == "A"].mean())
    again = from_json(as_json(compared))
    pd.testing.assert_frame_equal(again.levels, compared.levels)


def test_who_wrote_in_no_other_language_is_left_out(session: Session, study: Study) -> None:
    for passage in passages_of(session, study):
        if passage.text_hash.startswith("P01"):
            passage.language = "en"
    run = a_run(session, study)
    session.commit()
    kept = read_run(session=session, run=run).shares_without({0: {"en"}, 99: {"en"}})
    assert bool(kept[0].isna()["P01"])
    assert kept.drop(index="P01").notna().all().all()
    assert kept[1].gt(0).all()


def test_a_correct_computer_is_corrected_by_nothing(session: Session, study: Study) -> None:
    found = a_checked_run(session, study)
    checked = correctable(checks_of(found, session=session))
    compared = differences(found, "team", threshold=2)
    assert compared is not None
    table = correct(compared.table, found, checked, found.groups("team"))
    assert set(table["theme"]) == {0}
    np.testing.assert_allclose(table["corrected"], table["difference"], atol=1e-9)
    assert (table["corrected_low"] <= table["corrected"]).all()
    assert (table["hits"].iloc[0], table["false_alarms"].iloc[0]) == (1.0, 0.0)


def test_a_computer_that_is_always_wrong_is_turned_round(session: Session, study: Study) -> None:
    found = a_checked_run(session, study, wrong="en")
    checked = correctable(checks_of(found, session=session))
    compared = differences(found, "team", threshold=2)
    assert compared is not None
    (row,) = correct(compared.table, found, checked, found.groups("team")).to_dict("records")
    english = found.passages["language"] == "en"
    true = (found.main == 0) != english
    by_person = true.groupby(found.passages["person"]).mean()
    teams = found.groups("team")
    wanted = by_person[teams == row["group"]].mean() - by_person[teams == row["other"]].mean()
    assert row["corrected_low"] - 0.02 <= wanted <= row["corrected_high"] + 0.02


def test_a_check_that_is_not_complete_corrects_nothing(session: Session, study: Study) -> None:
    found = a_checked_run(session, study, languages=("en",))
    checked = checks_of(found, session=session)
    assert list(checked[0].verdicts) == ["en"]
    assert correctable(checked) == {}
    compared = differences(found, "team", threshold=2)
    assert compared is not None
    assert correct(compared.table, found, {}, found.groups("team")).empty


def test_the_chapter_says_what_was_checked(session: Session, study: Study) -> None:
    study.start, study.end = date(2026, 6, 1), date(2026, 6, 30)
    found = a_checked_run(session, study, wrong="en")
    material = gather(session=session, study=study, run=found.run, language="en")
    voice = Voice("en")
    assert reviewed(material.checked.get(1), voice) == "Computed, unreviewed."
    said = reviewed(material.checked[0], voice)
    assert "fails in English" in said
    assert "holds in Chinese (Simplified)" in said
    *_, table = checks(material, voice)
    verdicts = {row[1]: row[-1] for row in table.rows}  # type: ignore[union-attr]
    assert verdicts == {"English": "fails", "Chinese (Simplified)": "holds"}
    assert material.failing == {0: frozenset({"en"})}

from __future__ import annotations

import json

import pandas as pd
from sqlmodel import Session

from nlp.chapter.differences import as_json, differences, from_json
from nlp.results import read_run
from tests.runs_for_tests import a_run, a_written_study


def test_a_comparison_is_read_back_as_it_was_written(session: Session) -> None:
    study = a_written_study(session)
    found = read_run(session=session, run=a_run(session, study))
    compared = differences(found, "team", threshold=2)
    assert compared is not None
    again = from_json(json.loads(json.dumps(as_json(compared), allow_nan=False)))
    pd.testing.assert_frame_equal(again.table, compared.table, check_dtype=False)
    pd.testing.assert_frame_equal(again.levels, compared.levels, check_dtype=False)
    assert again.people == compared.people
    titles = {theme.number: str(theme.number) for theme in found.themes}
    assert again.sentences(titles, {}) == compared.sentences(titles, {})

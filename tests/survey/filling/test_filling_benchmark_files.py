"""Real questionnaires: each can be filled to a valid submission, which survives being kept."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.respondent import respond
from survey.filling import Filling, validate
from survey.xlsform import FormError, load

FILES = Path(__file__).parents[4] / "shared" / "benchmarks" / "xlsforms"
BROKEN = {"bad_calc", "duplicate_columns", "unknown_question_type"}
VALID = sorted(path for path in FILES.glob("*") if path.stem not in BROKEN)
NOW = datetime(2026, 6, 20, 21, 30, tzinfo=UTC)
needs_files = pytest.mark.skipif(not VALID, reason="the benchmark questionnaires are not here")


@needs_files
@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_a_random_respondent_reaches_a_valid_submission(path: Path, seed: int) -> None:
    form = load(path)
    filling = Filling(form, now=NOW)
    respond(filling, Random(seed))
    assert filling.problems() == []
    submission = filling.submission()
    again = validate(form, submission, now=NOW)
    assert again.problems == ()
    assert again.submission == submission
    assert Filling.from_xml(form, filling.instance_xml(), now=NOW).submission() == submission


@needs_files
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_files_are_refused(name: str) -> None:
    path = next(FILES.glob(f"{name}.*"))
    with pytest.raises(FormError) as caught:
        load(path)
    rows = {(problem.sheet, problem.row) for problem in caught.value.problems}
    expected = {"bad_calc": 2, "duplicate_columns": 1, "unknown_question_type": 52}
    assert ("survey", expected[name]) in rows

from __future__ import annotations

import numpy as np
import pytest
from sqlmodel import Session

from nlp.mapping import MOST, draw_map, keep_map, lay_out, read_map
from tests.runs_for_tests import a_run, a_written_study, passages_of


def two_clouds(count: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    middles = rng.normal(size=(2, 64))
    return np.concatenate([middle * 3 + rng.normal(size=(count, 64)) for middle in middles])


def test_what_means_the_same_lies_together() -> None:
    points = lay_out(two_clouds(40))
    one, other = points[:40], points[40:]
    apart = np.linalg.norm(one.mean(axis=0) - other.mean(axis=0))
    assert apart > 2 * max(one.std(), other.std())
    assert np.abs(points).max() == pytest.approx(1)


def test_the_same_vectors_give_the_same_map() -> None:
    vectors = two_clouds(20)
    assert np.array_equal(lay_out(vectors, seed=3), lay_out(vectors, seed=3))


@pytest.mark.parametrize("count", [0, 1, 2, 11, 12, 13])
def test_few_or_equal_passages_have_a_map_too(count: int) -> None:
    points = lay_out(np.ones((count, 8)))
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()


def test_a_map_is_kept_without_the_passages_that_went(session: Session) -> None:
    study = a_written_study(session)
    run = a_run(session, study)
    passages = passages_of(session, study)
    keys = [str(passage.id) for passage in passages]
    keep_map(draw_map(two_clouds(12), keys), run_id=run.id, session=session)
    session.delete(passages[0])
    session.commit()
    session.expire_all()
    assert set(read_map(run.id, session=session).index) == set(keys[1:])


def test_of_very_many_a_part_is_drawn(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST > 20
    monkeypatch.setattr("nlp.mapping.MOST", 20)
    study = a_written_study(session)
    run = a_run(session, study)
    keys = [str(passage.id) for passage in passages_of(session, study)]
    keep_map(draw_map(two_clouds(12), keys), run_id=run.id, session=session)
    assert len(read_map(run.id, session=session)) == 20

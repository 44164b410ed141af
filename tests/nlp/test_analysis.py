from __future__ import annotations

import pandas as pd
import pytest
from sqlmodel import Session, select

from data.tables import PassageTheme, Study
from i18n import Message
from nlp.analysis import AnalysisError, analyse, keep
from nlp.results import latest_run, read_run
from nlp.themes import Quality, Themes
from tests.runs_for_tests import a_written_study, passages_of


def quiet(_share: float, _said: Message) -> None:
    """Hear how far it is."""


def found_by_a_computer(keys: list[str], *, empty: list[str]) -> Themes:
    """Make two themes: passages in turns, the last half of each in the other one too."""
    number = [place % 2 for place in range(len(keys))]
    shares = pd.DataFrame(
        [
            {0: 0.0, 1: 0.0} if key in empty else {0: 0.75 - 0.5 * n, 1: 0.25 + 0.5 * n}
            for key, n in zip(keys, number, strict=True)
        ],
        index=keys,
    )
    assigned = [-1 if key in empty else n for key, n in zip(keys, number, strict=True)]
    quality = Quality(
        people=6, passages=len(keys), languages={}, themes=2, empty=len(empty), unassigned=0.0,
        coherence=None, diversity=None, stability=None, stability_by_number={}, agreement={},
        language_bias={}, weight_of_most_talkative=0.2, encoder="none", seed=0, versions={},
    )  # fmt: skip
    return Themes(
        assignments=pd.Series(assigned, index=keys),
        shares=shares,
        person_shares=pd.DataFrame(),
        keywords={0: {"en": ["a"]}, 1: {"en": ["b"]}},
        titles={0: {"en": "A"}, 1: {"en": "B"}},
        typical={0: [keys[2]], 1: [keys[3], keys[1]]},
        voices=pd.Series([6, 6]),
        stability=pd.Series([0.9, 0.8]),
        clarity=pd.Series([0.5, 0.1]),
        empty=list(empty),
        quality=quality,
    )


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session)


def test_a_kept_run_reads_back_as_it_was_found(session: Session, study: Study) -> None:
    keys = [str(passage.id) for passage in passages_of(session, study)]
    themes = found_by_a_computer(keys, empty=keys[:1])
    run = keep(themes, {"people": 6}, session=session, study_id=study.id, encoder="none")
    session.commit()
    found = read_run(session=session, run=run)
    assert found.shares.loc[keys, [0, 1]].to_numpy().tolist() == themes.shares.to_numpy().tolist()
    assert found.typical == {0: [keys[2]], 1: [keys[3], keys[1]]}
    assert found.main[keys].tolist() == themes.assignments.tolist()
    assert {theme.number: theme.measures["clarity"] for theme in found.themes} == {0: 0.5, 1: 0.1}
    main = session.exec(select(PassageTheme).where(PassageTheme.main)).all()
    assert len(main) == len(keys) - 1


def test_a_study_without_text_is_refused(session: Session) -> None:
    empty = a_written_study(session, people=1, each=0)
    with pytest.raises(AnalysisError, match="no text"):
        analyse(study_id=empty.id, session=session, tell=quiet)
    assert latest_run(session=session, study_id=empty.id) is None

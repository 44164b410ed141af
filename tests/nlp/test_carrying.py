from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from data.tables import Account, Study, ThemeRun
from nlp.deciding import Desk, carry, describe, hide, log_of, merge, move, rename, undo
from nlp.results import Found, read_run, title_of
from tests.runs_for_tests import a_run, a_written_study, passages_of

PEOPLE, EACH = 6, 4


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session, people=PEOPLE, each=EACH)


def themes(*numbers: int) -> list[int]:
    """Give every person's passages these themes, passage by passage."""
    return list(numbers) * PEOPLE


def desk(session: Session, run: ThemeRun, account: Account | None = None) -> Desk:
    made = Desk(session=session, run_id=run.id, account_id=account.id if account else None, seen=0)
    made.seen = made.decisions.revision
    return made


def read(session: Session, run: ThemeRun) -> Found:
    return read_run(session=session, run=run)


def titles(found: Found) -> dict[int, str]:
    return {theme.number: title_of(theme, "en") for theme in found.themes}


def carried(session: Session, old: ThemeRun, new: ThemeRun) -> dict[str, Any]:
    since = carry(old, new, session=session)
    session.commit()
    return since


def test_names_follow_their_passages_whatever_the_number(session: Session, study: Study) -> None:
    ada = Account(label="Ada")
    session.add(ada)
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    made = rename(desk(session, old, ada), 0, "Costs", language="en")
    describe(desk(session, old, ada), 0, "What things cost.", language="en")
    hide(desk(session, old), 2)
    new = a_run(session, study, themes=themes(1, 1, 2, 0))
    since = carried(session, old, new)
    found = read(session, new)
    assert titles(found)[1] == "Costs"
    assert found.decisions.descriptions == {1: {"en": "What things cost."}}
    assert [theme.number for theme in found.hidden] == [0]
    copy = log_of(session=session, run_id=new.id)[0]
    assert (copy.account_id, copy.created_at, copy.carried) == (ada.id, made.created_at, True)
    assert since | {"run": ""} == {
        "run": "", "same": 3, "appeared": [], "vanished": [], "split": {}, "merged": {}, "lost": [],
    }  # fmt: skip


def test_what_was_merged_and_comes_back_apart_is_merged_again(
    session: Session, study: Study
) -> None:
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    merge(desk(session, old), 1, into=0)
    rename(desk(session, old), 0, "Both", language="en")
    new = a_run(session, study, themes=themes(2, 2, 0, 1))
    carried(session, old, new)
    found = read(session, new)
    assert titles(found) == {2: "Both", 1: "rain · wet"}
    assert found.person_shares[2].tolist() == pytest.approx([0.75] * PEOPLE)


def test_what_was_merged_and_comes_back_as_one_keeps_its_name(
    session: Session, study: Study
) -> None:
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    merge(desk(session, old), 0, into=1)
    rename(desk(session, old), 1, "Both", language="en")
    new = a_run(session, study, themes=themes(1, 1, 1, 0))
    since = carried(session, old, new)
    assert titles(read(session, new))[1] == "Both"
    assert since["lost"] == []
    assert since["same"] == 2


def test_many_merged_themes_none_of_which_is_like_the_whole(session: Session, study: Study) -> None:
    old = a_run(session, study, themes=themes(0, 1, 2, 3))
    for number in (1, 2, 3):
        merge(desk(session, old), number, into=0)
    rename(desk(session, old), 0, "All", language="en")
    new = a_run(session, study, themes=themes(3, 2, 1, 0))
    carried(session, old, new)
    assert titles(read(session, new)) == {3: "All"}


def test_a_moved_passage_stays_where_a_person_put_it(session: Session, study: Study) -> None:
    first, second, *_ = passages_of(session, study)
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    move(desk(session, old), first.id, before=0, to=2)
    move(desk(session, old), second.id, before=0, to=None)
    new = a_run(session, study, themes=themes(1, 1, 2, 0))
    carried(session, old, new)
    found = read(session, new)
    assert (found.main[str(first.id)], found.main[str(second.id)]) == (0, -1)


def test_a_decision_without_a_theme_to_go_to_is_told(session: Session, study: Study) -> None:
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    edit = rename(desk(session, old), 2, "Sleep", language="en")
    new = a_run(session, study, themes=themes(0, 0, 1, -1))
    since = carried(session, old, new)
    assert since["lost"] == [edit.position]
    assert since["vanished"] == [2]
    assert read(session, new).decisions.names == {}


def test_what_was_undone_is_not_carried(session: Session, study: Study) -> None:
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    edit = merge(desk(session, old), 1, into=0)
    undo(desk(session, old), edit.position)
    new = a_run(session, study, themes=themes(0, 0, 1, 2))
    carried(session, old, new)
    assert set(titles(read(session, new))) == {0, 1, 2}
    assert log_of(session=session, run_id=new.id) == []


def test_what_appeared_and_split_is_told(session: Session, study: Study) -> None:
    old = a_run(session, study, themes=themes(0, 0, 0, 1))
    rename(desk(session, old), 0, "Broad", language="en")
    new = a_run(session, study, themes=themes(0, 0, 2, 1))
    since = carried(session, old, new)
    assert since["appeared"] == [2]
    assert since["split"] == {"0": [0, 2]}
    assert titles(read(session, new))[0] == "Broad"


def test_decisions_survive_a_run_without_themes(session: Session, study: Study) -> None:
    old = a_run(session, study, themes=themes(0, 0, 1, 2))
    rename(desk(session, old), 0, "Costs", language="en")
    empty = a_run(session, study, themes=themes(-1, -1, -1, -1))
    since = carried(session, old, empty)
    assert (since["lost"], since["vanished"]) == ([1], [0, 1, 2])
    assert read(session, empty).themes == []

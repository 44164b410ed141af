from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from data.tables import Passage, PassageTheme, Study, Theme, ThemeRun
from nlp.deciding import Desk, OvertakenError, carry, hide, merge, move, rename, undo
from nlp.results import Found, read_run
from nlp.splitting import SplitError, split_theme
from tests.runs_for_tests import a_run, a_written_study, passages_of

MONEY = "The budget for the camera is spent and we still have to pay the lights."
SLEEP = "I slept four hours and fell asleep on the chair behind the monitor."


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session, people=6, each=4)


@pytest.fixture
def run(session: Session, study: Study) -> ThemeRun:
    """Make a run whose first theme mixes money and sleep; its second is something else."""
    for place, passage in enumerate(passages_of(session, study)):
        if passage.text_hash[-1] in "01":
            passage.masked = f"{MONEY if place % 2 else SLEEP} Number {place}."
            passage.language = "en"
    made = a_run(session, study, themes=[0, 0, 1, 2] * 6)
    made.encoder = "any"
    session.commit()
    return made


def desk(session: Session, run: ThemeRun) -> Desk:
    made = Desk(session=session, run_id=run.id, account_id=None, seen=0)
    made.seen = made.decisions.revision
    return made


def read(session: Session, run: ThemeRun) -> Found:
    session.flush()
    return read_run(session=session, run=run)


def split(session: Session, run: ThemeRun, *, seen: int = 99) -> list[int]:
    return split_theme(run.id, 0, session=session, account_id=None, seen=seen, parts=2)


def about(found: Found, number: int) -> set[str]:
    texts = found.passages["masked"][found.main == number]
    return {text.split(" Number")[0] for text in texts}


def test_a_theme_comes_apart_by_meaning_and_undoing_puts_it_together(
    session: Session, run: ThemeRun
) -> None:
    before = read(session, run)
    parts = split(session, run)
    found = read(session, run)
    assert 0 not in found.shares
    assert {frozenset(about(found, part)) for part in parts} == {
        frozenset({MONEY}),
        frozenset({SLEEP}),
    }
    assert found.theme_shares[parts].sum() == pytest.approx(before.theme_shares[0])
    assert all(theme.keywords for theme in found.themes if theme.number in parts)
    undo(desk(session, run), 1)
    again = read(session, run)
    assert about(again, 0) == {MONEY, SLEEP}
    assert not set(parts) & set(again.shares)


def test_what_the_computer_proposed_does_not_know_of_the_parts(
    session: Session, run: ThemeRun
) -> None:
    before = read_run(session=session, run=run, decided=False)
    split(session, run)
    after = read_run(session=session, run=run, decided=False)
    assert list(after.shares) == list(before.shares)
    assert after.main.equals(before.main)


def test_a_part_is_a_theme_like_any_other(session: Session, run: ThemeRun) -> None:
    first, second = split(session, run)
    rename(desk(session, run), first, "One half", language="en")
    merge(desk(session, run), 1, into=first)
    hide(desk(session, run), second)
    found = read(session, run)
    assert {theme.number for theme in found.themes} == {first, 2}
    assert [theme.number for theme in found.hidden] == [second]
    assert int((found.main == first).sum()) == 6 + 6


def test_passages_moved_to_the_theme_before_are_in_its_parts(
    session: Session, run: ThemeRun
) -> None:
    found = read(session, run)
    key = str(found.main.index[found.main == 2][0])
    move(desk(session, run), UUID(key), before=2, to=0)
    parts = split(session, run)
    assert int(read(session, run).main[key]) in parts


def test_merged_themes_come_apart_together(session: Session, run: ThemeRun) -> None:
    merge(desk(session, run), 1, into=0)
    parts = split(session, run)
    found = read(session, run)
    assert set(found.shares) == {*parts, 2}
    assert found.shares[parts].sum().sum() == pytest.approx(18)


def test_a_part_of_a_part_counts_only_while_the_first_split_holds(
    session: Session, run: ThemeRun
) -> None:
    first, _ = split(session, run)
    split_theme(run.id, first, session=session, account_id=None, seen=99, parts=2)
    assert read(session, run).shares.sum().sum() == pytest.approx(24)
    undo(desk(session, run), 1)
    found = read(session, run)
    assert set(found.shares) == {0, 1, 2}
    assert found.shares.sum().sum() == pytest.approx(24)


def test_a_theme_of_few_passages_is_not_split(session: Session, study: Study) -> None:
    run = a_run(session, study, themes=[0, 1, 1, 1] + [1] * 20)
    with pytest.raises(SplitError, match="too few"):
        split(session, run)


def test_nothing_is_written_where_somebody_decided_in_the_meantime(
    session: Session, run: ThemeRun
) -> None:
    rename(desk(session, run), 0, "Costs", language="en")
    session.commit()
    with pytest.raises(OvertakenError):
        split(session, run, seen=0)
    session.rollback()
    assert len(session.exec(select(Theme).where(Theme.run_id == run.id)).all()) == 3


def test_a_split_needs_no_carrying_where_the_next_run_found_the_parts_itself(
    session: Session, study: Study, run: ThemeRun
) -> None:
    parts = split(session, run)
    rename(desk(session, run), parts[0], "One half", language="en")
    found = read(session, run)
    mains = [int(found.main[str(passage.id)]) for passage in passages_of(session, study)]
    numbers = {theme: place for place, theme in enumerate(sorted(set(mains)))}
    new = a_run(session, study, themes=[numbers[theme] for theme in mains])
    since = carry(run, new, session=session)
    assert since["lost"] == []
    names = read(session, new).decisions.names
    assert names == {numbers[parts[0]]: {"en": "One half"}}


def test_a_split_that_the_next_run_did_not_find_is_said_to_be_lost(
    session: Session, study: Study, run: ThemeRun
) -> None:
    split(session, run)
    new = a_run(session, study, themes=[0, 0, 1, 2] * 6)
    assert carry(run, new, session=session)["lost"] == [1]


def test_passages_that_go_take_their_place_in_the_parts_along(
    session: Session, run: ThemeRun
) -> None:
    parts = split(session, run)
    gone = session.exec(
        select(Passage)
        .join(PassageTheme, col(PassageTheme.passage_id) == col(Passage.id))
        .join(Theme, col(Theme.id) == col(PassageTheme.theme_id))
        .where(Theme.number == parts[0])
    ).first()
    assert gone is not None
    session.delete(gone)
    session.commit()
    assert str(gone.id) not in read(session, run).main

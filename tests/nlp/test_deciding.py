from __future__ import annotations

import pytest
from sqlmodel import Session

from data.database import open_session
from data.tables import Account, Study, ThemeRun
from nlp.chapter import write
from nlp.deciding import (
    DecisionError,
    Desk,
    OvertakenError,
    ask,
    describe,
    hide,
    log_of,
    merge,
    move,
    rename,
    show,
    undo,
)
from nlp.results import Found, read_run, title_of
from tests.runs_for_tests import a_run, a_written_study, passages_of


@pytest.fixture
def study(session: Session) -> Study:
    return a_written_study(session)


@pytest.fixture
def run(session: Session, study: Study) -> ThemeRun:
    return a_run(session, study)


def a_researcher(session: Session, label: str = "Ada") -> Account:
    account = Account(label=label)
    session.add(account)
    session.flush()
    return account


def desk(session: Session, run: ThemeRun, *, seen: int | None = None) -> Desk:
    made = Desk(session=session, run_id=run.id, account_id=None, seen=0)
    made.seen = made.decisions.revision if seen is None else seen
    return made


def read(session: Session, run: ThemeRun) -> Found:
    session.flush()
    return read_run(session=session, run=run)


def titles(found: Found, language: str = "en") -> dict[int, str]:
    return {theme.number: title_of(theme, language) for theme in found.themes}


def test_a_name_replaces_the_suggested_title_in_every_language(
    session: Session, run: ThemeRun
) -> None:
    rename(desk(session, run), 0, "  What it   costs ", language="en")
    found = read(session, run)
    assert titles(found)[0] == "What it costs"
    assert titles(found, "zh-Hans")[0] == "What it costs"
    rename(desk(session, run), 0, "花费", language="zh-Hans")
    found = read(session, run)
    assert (titles(found)[0], titles(found, "zh-Hans")[0]) == ("What it costs", "花费")
    assert found.decisions.names == {0: {"en": "What it costs", "zh-Hans": "花费"}}


def test_an_empty_name_gives_the_theme_back_to_the_computer(
    session: Session, run: ThemeRun
) -> None:
    rename(desk(session, run), 0, "Costs", language="en")
    rename(desk(session, run), 0, "", language="en")
    found = read(session, run)
    assert titles(found)[0] == "money · pay"
    assert found.decisions.names == {}


def test_a_name_that_is_too_long_is_refused(session: Session, run: ThemeRun) -> None:
    with pytest.raises(DecisionError, match="121"):
        rename(desk(session, run), 0, "x" * 121, language="en")


def test_a_run_can_be_read_without_what_people_decided(session: Session, run: ThemeRun) -> None:
    rename(desk(session, run), 0, "Costs", language="en")
    merge(desk(session, run), 1, into=0)
    hide(desk(session, run), 2)
    before = read_run(session=session, run=run, decided=False)
    assert titles(before) == {0: "money · pay", 1: "rain · wet", 2: "sleep · bed"}
    assert before.hidden == []


def test_a_merged_theme_has_the_shares_words_and_voices_of_its_parts(
    session: Session, run: ThemeRun
) -> None:
    before = read(session, run)
    merge(desk(session, run), 1, into=0)
    found = read(session, run)
    assert set(titles(found)) == {0, 2}
    joined = before.person_shares[0] + before.person_shares[1]
    assert found.person_shares[0].tolist() == pytest.approx(joined.tolist())
    theme = next(theme for theme in found.themes if theme.number == 0)
    assert theme.keywords["en"] == ["word0", "word1", "shared"]
    assert theme.measures["voices"] == 6
    assert "stability" not in theme.measures
    assert set(found.typical[0]) == set(before.typical[0]) | set(before.typical[1])


def test_merging_what_was_merged_follows_to_the_last_theme(session: Session, run: ThemeRun) -> None:
    merge(desk(session, run), 0, into=1)
    merge(desk(session, run), 0, into=2)
    assert set(titles(read(session, run))) == {2}
    with pytest.raises(DecisionError, match="already"):
        merge(desk(session, run), 1, into=0)


def test_a_hidden_theme_is_counted_but_not_compared(session: Session, run: ThemeRun) -> None:
    share = read(session, run).theme_shares[2]
    hide(desk(session, run), 2)
    found = read(session, run)
    assert [int(number) for number in found.person_shares.columns] == [0, 1]
    assert [theme.number for theme in found.hidden] == [2]
    assert found.set_aside[2] == pytest.approx(share)
    show(desk(session, run), 2)
    assert set(titles(read(session, run))) == {0, 1, 2}


def test_a_moved_passage_belongs_where_a_person_put_it(
    session: Session, study: Study, run: ThemeRun
) -> None:
    first, second, *_ = passages_of(session, study)
    move(desk(session, run), first.id, before=0, to=2)
    move(desk(session, run), second.id, before=1, to=None)
    found = read(session, run)
    assert found.shares.loc[str(first.id)].to_dict() == {0: 0.0, 1: 0.0, 2: 1.0}
    assert found.shares.loc[str(second.id)].sum() == 0
    assert str(first.id) in found.typical[2]
    assert str(first.id) not in found.typical[0]
    merge(desk(session, run), 2, into=1)
    assert read(session, run).main[str(first.id)] == 1


def test_every_decision_can_be_taken_back_and_made_again(session: Session, run: ThemeRun) -> None:
    rename(desk(session, run), 0, "Costs", language="en")
    merged = merge(desk(session, run), 1, into=0)
    undone = undo(desk(session, run), merged.position)
    assert titles(read(session, run)) == {0: "Costs", 1: "rain · wet", 2: "sleep · bed"}
    with pytest.raises(DecisionError, match="already"):
        undo(desk(session, run), merged.position)
    undo(desk(session, run), undone.position)
    assert set(titles(read(session, run))) == {0, 2}


def test_the_log_says_who_decided_what_from_what_to_what(session: Session, run: ThemeRun) -> None:
    ada = a_researcher(session)
    own = Desk(session=session, run_id=run.id, account_id=ada.id, seen=0)
    rename(own, 0, "Costs", language="en")
    describe(desk(session, run), 0, "What things cost.", language="en")
    session.commit()
    first, second = log_of(session=session, run_id=run.id)
    assert (first.account_id, first.action, first.before, first.after) == (
        ada.id, "renamed", {"name": {}}, {"name": {"en": "Costs"}},
    )  # fmt: skip
    assert second.after == {"description": {"en": "What things cost."}}
    assert read(session, run).decisions.descriptions == {0: {"en": "What things cost."}}


def test_who_decides_about_the_same_theme_second_sees_what_changed(
    session: Session, run: ThemeRun
) -> None:
    merge(desk(session, run, seen=0), 1, into=0)
    with pytest.raises(OvertakenError) as overtaken:
        merge(desk(session, run, seen=0), 0, into=2)
    assert [edit.action for edit in overtaken.value.edits] == ["merged"]
    rename(desk(session, run, seen=0), 2, "Rest", language="en")
    with pytest.raises(OvertakenError):
        rename(desk(session, run, seen=1), 2, "Sleep", language="en")


def test_of_two_decisions_at_the_same_moment_one_is_refused(
    session: Session, run: ThemeRun
) -> None:
    session.commit()
    with open_session() as other:
        late = desk(other, run)
        rename(desk(session, run), 0, "Costs", language="en")
        session.commit()
        with pytest.raises(OvertakenError):
            rename(late, 0, "Prices", language="en")
    assert titles(read(session, run))[0] == "Costs"


def test_a_withdrawn_passage_takes_the_decision_about_it_along(
    session: Session, study: Study, run: ThemeRun
) -> None:
    first = passages_of(session, study)[0]
    move(desk(session, run), first.id, before=0, to=2)
    rename(desk(session, run), 0, "Costs", language="en")
    session.commit()
    session.delete(first)
    session.commit()
    session.expire_all()
    found = read(session, run)
    assert found.decisions.moved == {}
    assert titles(found)[0] == "Costs"
    assert str(first.id) not in found.passages.index
    with pytest.raises(DecisionError, match="no longer there"):
        move(desk(session, run), first.id, before=0, to=1)


def test_a_theme_of_another_run_is_refused(session: Session, run: ThemeRun) -> None:
    with pytest.raises(DecisionError, match="no such theme"):
        hide(desk(session, run), 77)


def test_the_chapter_says_what_people_decided(
    session: Session, study: Study, run: ThemeRun
) -> None:
    rename(desk(session, run), 0, "What it costs", language="en")
    describe(desk(session, run), 0, "Money in every form.", language="en")
    merge(desk(session, run), 1, into=0)
    hide(desk(session, run), 2)
    session.commit()
    chapter = write(study.slug, session=session, format="md", language="en").decode()
    assert "### What it costs" in chapter
    assert "Money in every form." in chapter
    assert "### sleep" not in chapter
    assert "“sleep · bed” was set aside." in chapter
    assert "found 3 themes" in chapter
    assert "1 themes have a name" in chapter
    assert "25% of what a person writes), 0 passages were moved" in " ".join(chapter.split())


def test_a_theme_answers_research_questions_until_it_is_taken_off_them(
    session: Session, run: ThemeRun
) -> None:
    ask(desk(session, run), 0, ["money", "jobs", "money"])
    assert read(session, run).decisions.questions == {0: ["money", "jobs"]}
    ask(desk(session, run), 0, [])
    assert read(session, run).decisions.questions == {0: []}

from __future__ import annotations

from uuid import UUID

import pandas as pd
import pytest
from sqlmodel import Session, select

from data.tables import Passage, PassageTheme, Theme, ThemeEdit, ThemeRun
from i18n import Refusal
from nlp.coded import Coded as Read
from nlp.coded import (
    Combination,
    codes_in_theme,
    combined,
    cross,
    person_codes,
    read_coded,
    themes_of_code,
)
from nlp.coded.beginning import begin_theme
from nlp.coding.blind import finish
from nlp.coding.editing import Codebook
from nlp.deciding import Desk, carry, decisions_of, log_of, merge, sentence, undo
from nlp.results import Found, read_run, title_of
from tests.nlp.coded.coded_for_tests import Coded, a_coded_study
from tests.runs_for_tests import a_run


@pytest.fixture
def made(session: Session) -> Coded:
    return a_coded_study(session)


def read(made: Coded, *, account: object = None) -> Read:
    return read_coded(session=made.session, study=made.study, account_id=account)  # type: ignore[arg-type]


def found_in(made: Coded, run: ThemeRun) -> Found:
    made.session.flush()
    return read_run(session=made.session, run=run)


def share(table: pd.DataFrame, code: UUID, group: str) -> float:
    [found] = table.loc[(table["theme"] == code) & (table["group"] == group), "share"]
    return float(found)


def spans(made: Coded, wanted: Combination) -> list[tuple[str, int, int]]:
    table = combined(read(made), wanted)
    return list(zip(table["person"], table["start"], table["end"], strict=True))


def test_a_passage_carries_a_code_that_covers_half_of_it_or_lies_in_it(made: Coded) -> None:
    made.mark("P01", 5, 10, "Trust")  # a word inside the first
    made.mark("P02", 0, 17, "Trust")  # all of the first and two characters of the second
    carries = read(made).carries[made.codes["Trust"]]
    passages = read(made).passages
    assert {
        (passages.loc[key, "person"], passages.loc[key, "start"]) for key in carries.index[carries]
    } == {("P01", 0), ("P02", 0)}


def test_a_code_counts_with_those_below_it(made: Coded) -> None:
    made.code("Trust in machines", parent_id=made.codes["Trust"])
    made.mark("P01", 0, 14, "Trust in machines")
    people = person_codes(read(made))
    assert people[made.codes["Trust"]].to_dict() == {"P01": 1.0}
    assert people[made.codes["Trust in machines"]].to_dict() == {"P01": 1.0}


def test_a_text_that_is_not_cut_yet_is_one_passage(made: Coded) -> None:
    made.mark("P01", 0, 14, "Trust")
    for passage in made.session.exec(select(Passage)).all():
        made.session.delete(passage)
    made.session.flush()
    coded = read(made)
    assert coded.passages["person"].tolist() == ["P01"]
    assert coded.carries.to_numpy().all()


def test_only_read_texts_count_and_an_unmarked_finished_one_does(made: Coded) -> None:
    made.mark("P01", 0, 14, "Trust")
    finish([made.places["P02"]], session=made.session, study_id=made.study.id, account_id=made.anna)
    people = person_codes(read(made))[made.codes["Trust"]]
    assert people.to_dict() == {"P01": 1.0, "P02": 0.0}


def test_what_was_decided_stands_for_what_each_coder_marked(made: Coded) -> None:
    made.mark("P01", 0, 14, "Trust")
    made.mark("P01", 22, 34, "Waiting", by=made.ben)
    for account in (made.anna, made.ben):
        finish(
            [made.places["P01"]], session=made.session, study_id=made.study.id, account_id=account
        )
    made.mark("P01", 15, 22, "Waiting", version="decided")
    assert spans(made, Combination(made.codes["Waiting"])) == [("P01", 15, 22)]
    assert spans(made, Combination(made.codes["Trust"])) == []


def test_a_coder_stays_blind_and_who_does_not_code_sees_all(made: Coded) -> None:
    made.mark("P01", 0, 14, "Trust", by=made.ben)
    assert len(read(made, account=made.anna).stretches) == 1
    made.mark("P02", 0, 14, "Trust", by=made.anna)
    seen = read(made, account=made.anna)
    assert (len(seen.stretches), seen.kept_back) == (0, 2)  # groups are hidden until she is done
    for person in ("P01", "P02"):
        finish(
            [made.places[person]],
            session=made.session,
            study_id=made.study.id,
            account_id=made.anna,
        )
    # Ben has not finished P01's text: what he marked there is his alone.
    assert read(made, account=made.anna).stretches["person"].tolist() == ["P02"]


def test_people_are_the_units_and_small_cells_hide_one_more(made: Coded) -> None:
    for person in ("P01", "P02", "P04"):
        made.mark(person, 0, 14, "Trust")
        made.mark(person, 22, 34, "Trust")
    made.mark("P03", 15, 22, "Waiting")
    for person in ("P05", "P06"):
        made.mark(person, 15, 22, "Waiting")
    table = cross(read(made), "team", threshold=2)
    trust = made.codes["Trust"]
    assert share(table, trust, "A") == pytest.approx(2 / 3)
    assert share(table, trust, "B") == pytest.approx(1 / 3)
    strict = cross(read(made), "team", threshold=4)
    assert strict["suppressed"].all()
    assert strict["share"].isna().all()


def test_a_person_counts_once_on_each_side_of_their_texts(made: Coded) -> None:
    for person in ("P01", "P02", "P03"):
        made.mark(person, 0, 14, "Trust")
        made.mark(person, 15, 22, "Waiting")
    made.mark("P04", 15, 22, "Waiting")
    made.mark("P04", 15, 22, "Trust")
    table = cross(read(made), "language", threshold=2)
    assert share(table, made.codes["Trust"], "en") == pytest.approx(3 / 4)
    assert share(table, made.codes["Trust"], "zh-Hans") == pytest.approx(1 / 4)
    weeks = cross(read(made), "week", threshold=2)
    assert {str(group) for group in weeks["group"]} == {"2026-06-01 00:00:00"}


def test_stretches_where_codes_meet_or_do_not(made: Coded) -> None:
    trust, waiting = made.codes["Trust"], made.codes["Waiting"]
    made.mark("P01", 0, 14, "Trust")
    made.mark("P01", 10, 22, "Waiting")
    made.mark("P02", 0, 14, "Trust")
    made.mark("P02", 0, 14, "Trust", by=made.ben)
    made.mark("P02", 15, 22, "Waiting")
    assert spans(made, Combination(trust, "and", waiting)) == [("P01", 0, 22)]
    assert spans(made, Combination(trust, "and", waiting, "near")) == [
        ("P01", 0, 22),
        ("P02", 0, 22),
    ]
    assert spans(made, Combination(trust, "not", waiting)) == [("P02", 0, 14)]
    assert spans(made, Combination(trust, "not", waiting, "text")) == []
    assert spans(made, Combination(trust, "or", waiting)) == [
        ("P01", 0, 22),
        ("P02", 0, 14),
        ("P02", 15, 22),
    ]
    assert spans(made, Combination(trust)) == [("P01", 0, 14), ("P02", 0, 14)]


def test_nothing_coded_is_empty_everywhere(made: Coded) -> None:
    coded = read(made)
    assert coded.used == []
    assert cross(coded, "team", threshold=2).empty
    assert combined(coded, Combination(made.codes["Trust"])).empty


def begun(made: Coded, run: ThemeRun, *, seen: int = 0) -> int:
    return begin_theme(
        made.codes["Trust"],
        session=made.session,
        study=made.study,
        run=run,
        account_id=made.ben,
        seen=seen,
        language="en",
    )


def test_a_theme_begun_from_a_code_takes_its_passages_and_gives_them_back(made: Coded) -> None:
    run = a_run(made.session, made.study)
    before = found_in(made, run)
    made.mark("P01", 0, 14, "Trust")
    made.mark("P04", 22, 34, "Trust")
    number = begun(made, run)
    found = found_in(made, run)
    theme = next(theme for theme in found.themes if theme.number == number)
    assert (title_of(theme, "zh-Hans"), theme.measures["voices"]) == ("Trust", 2)
    inside = found.main.index[found.main == number]
    assert set(found.passages.loc[inside, "masked"]) == {"They trust it.", "😀 Rain fell."}
    assert found.shares.sum(axis=1).max() == pytest.approx(1.0)
    told = [str(sentence(each, log, {}, "en")) for log in [log_of(session=made.session, run_id=run.id)] for each in log]  # fmt: skip
    assert any("begun from a code" in each for each in told)
    desk = Desk(session=made.session, run_id=run.id, account_id=None, seen=9)
    undo(desk, next(edit.position for edit in desk.log if edit.action == "begun"))
    after = found_in(made, run)
    assert after.shares.equals(before.shares)
    assert found_in(made, run).main.equals(before.main)


def test_a_theme_is_begun_once_and_only_from_what_is_there(made: Coded) -> None:
    run = a_run(made.session, made.study)
    with pytest.raises(Refusal, match="No passage"):
        begun(made, run)
    made.mark("P01", 0, 14, "Trust")
    begun(made, run)
    with pytest.raises(Refusal, match="already"):
        begun(made, run, seen=9)


def test_codes_and_themes_meet_in_passages(made: Coded) -> None:
    run = a_run(made.session, made.study)
    made.mark("P01", 0, 14, "Trust")
    made.mark("P02", 0, 14, "Trust")
    made.mark("P02", 15, 22, "Trust")
    coded, main = read(made), found_in(made, run).main
    first, second = themes_of_code(coded, main, made.codes["Trust"])
    assert (first.theme, first.passages, first.people) == (0, 2, 2)
    assert first.of_code == pytest.approx(2 / 3)
    assert first.of_theme == pytest.approx(1.0)  # of the passages that were read
    assert codes_in_theme(coded, main, 1) == [second]


def test_a_newer_run_begins_the_theme_again_with_what_is_marked_now(made: Coded) -> None:
    old = a_run(made.session, made.study)
    made.mark("P01", 0, 14, "Trust")
    number = begun(made, old)
    desk = Desk(session=made.session, run_id=old.id, account_id=None, seen=9)
    merge(desk, 2, into=number)
    made.mark("P05", 0, 14, "Trust")
    new = a_run(made.session, made.study)
    since = carry(old, new, session=made.session)
    found = found_in(made, new)
    [(again, code)] = found.decisions.begun.items()
    assert code == str(made.codes["Trust"])
    assert title_of(next(each for each in found.themes if each.number == again), "en") == "Trust"
    inside = found.passages.loc[found.main.index[found.main == again], "masked"]
    assert inside.tolist().count("They trust it.") == 2
    assert inside.tolist().count("😀 Rain fell.") == 6  # the theme that was merged into it
    assert since["lost"] == []


def test_a_theme_whose_code_is_gone_is_listed_as_lost(made: Coded) -> None:
    old = a_run(made.session, made.study)
    made.mark("P01", 0, 14, "Trust")
    begun(made, old)
    Codebook(session=made.session, study_id=made.study.id, account_id=made.anna).remove(
        made.codes["Trust"]
    )
    new = a_run(made.session, made.study)
    since = carry(old, new, session=made.session)
    assert since["lost"]
    assert not decisions_of(log_of(session=made.session, run_id=new.id)).begun


def test_a_code_that_became_part_of_another_is_followed(made: Coded) -> None:
    old = a_run(made.session, made.study)
    made.mark("P01", 0, 14, "Trust")
    begun(made, old)
    Codebook(session=made.session, study_id=made.study.id, account_id=made.anna).merge(
        made.codes["Trust"], made.codes["Waiting"]
    )
    new = a_run(made.session, made.study)
    carry(old, new, session=made.session)
    begun_now = decisions_of(log_of(session=made.session, run_id=new.id)).begun
    assert list(begun_now.values()) == [str(made.codes["Waiting"])]


def test_a_withdrawn_passage_leaves_the_theme(made: Coded) -> None:
    run = a_run(made.session, made.study)
    made.mark("P01", 0, 14, "Trust")
    made.mark("P04", 0, 14, "Trust")
    number = begun(made, run)
    theme = made.session.exec(
        select(Theme).where(Theme.run_id == run.id, Theme.number == number)
    ).one()
    key = made.session.exec(
        select(PassageTheme.passage_id).where(PassageTheme.theme_id == theme.id)
    ).first()
    made.session.delete(made.session.get_one(Passage, key))
    made.session.commit()
    assert int((found_in(made, run).main == number).sum()) == 1
    assert made.session.exec(select(ThemeEdit).where(ThemeEdit.action == "begun")).one()

"""Nothing is printed without its author's word, and then only as they chose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from data.tables import (
    AuditEvent,
    Memo,
    Person,
    Quotation,
    QuotationRelease,
    QuotationTranslation,
    Theme,
    ThemeRun,
)
from data.tables.base import now
from i18n import translate
from nlp import memos, quoting
from nlp.deciding import Desk, hide
from nlp.quoting import Quoted, QuotingError, Standing
from nlp.results import read_run
from survey.belongings import belongings
from survey.holdings import gathered
from survey.holdings_page import page
from survey.withdrawal import withdraw
from tests.quoting_for_tests import Set, a_quotable_study


@pytest.fixture
def here(session: Session) -> Set:
    return a_quotable_study(session)


def put(session: Session, here: Set, passage: Any, english: str = "") -> Quotation:
    """Choose a passage, with a checked translation if one is given."""
    made = quoting.put(
        session=session, study_id=here.study.id, passage_id=passage.id, account_id=here.researcher
    )
    if english:
        add_translation(session, here, made, english)
    session.commit()
    return made


def add_translation(session: Session, here: Set, made: Quotation, english: str) -> None:
    account = here.researcher
    session.refresh(made)
    quoting.translate(
        made.id, english, language="en", translator="Lin Xia", machine=False, seen=made.revision,
        session=session, account_id=account,
    )  # fmt: skip
    session.refresh(made)
    quoting.check(
        made.id, language="en", checker="Mara Weber", seen=made.revision, session=session,
        account_id=account,
    )  # fmt: skip
    session.commit()


def send(session: Session, here: Set, *quotations: Quotation) -> int:
    sent = quoting.send(
        [each.id for each in quotations],
        session=session,
        study_id=here.study.id,
        account_id=here.researcher,
    )
    session.commit()
    return sent


def one(session: Session, made: Quotation) -> Quoted:
    found = quoting.one(made.id, session=session)
    assert found
    return found


def choose(session: Session, person: Person, made: Quotation, choice: Any, name: str = "") -> None:
    release = one(session, made).release
    quoting.choose(
        made.id,
        choice,
        person=person,
        seen=release.shown if release else {},
        name=name,
        session=session,
        account_id=None,
    )
    session.commit()


def test_without_a_reply_nothing_is_printed(session: Session, here: Set) -> None:
    made = put(session, here, here.written, "So tired. The light was on, [P02] went on.")
    assert one(session, made).standing is Standing.UNSENT
    assert send(session, here, made) == 1
    assert one(session, made).standing is Standing.WAITING
    assert send(session, here, made) == 0, "nobody is asked twice about the same"
    assert printed(session, here, made, "en") is None


def printed(session: Session, here: Set, made: Quotation, language: str) -> quoting.Printed | None:
    from nlp.quoting.printing import released

    rules = quoting.rules_of(here.study, session=session)
    return released(one(session, made), language=language, rules=rules)


def test_named_stands_there_in_both_languages_under_the_name_they_gave(
    session: Session, here: Set
) -> None:
    made = put(session, here, here.written, "So tired. [P02] went on.")
    send(session, here, made)
    with pytest.raises(QuotingError, match="Write the name"):
        choose(session, here.one, made, "named", " ")
    session.rollback()
    choose(session, here.one, made, "named", "Gu Wendi, director")
    form = printed(session, here, made, "en")
    assert form
    assert form.name == "Gu Wendi, director"
    assert form.original == "今天很累。灯还没关，[同事]就又开机了。"
    assert form.translation == "So tired. [colleague] went on."
    assert (form.translator, form.checker) == ("Lin Xia", "Mara Weber")


def test_unattributed_says_nothing_about_who_it_is(session: Session, here: Set) -> None:
    made = put(session, here, here.written, "So tired. [P02] went on.")
    send(session, here, made)
    choose(session, here.one, made, "unattributed", "Gu Wendi")
    form = printed(session, here, made, "en")
    assert form
    # One person alone writes Chinese here: the wording would be a name.
    assert (form.original, form.language, form.name) == ("", "", "")
    assert form.translation == "So tired. [colleague] went on."
    assert printed(session, here, made, "zh-Hans") is None
    said = str(replace(form, key=made.id))
    assert not any(fact in said for fact in ("P01", "P02", "Team A", "CN", "2026", "Gu Wendi"))
    assert session.exec(select(QuotationRelease.name)).one() == ""


def test_unattributed_wording_stands_where_enough_people_write_the_language(
    session: Session, here: Set
) -> None:
    made = put(session, here, here.hostile)  # P01 and P02 both have English passages
    send(session, here, made)
    choose(session, here.one, made, "unattributed")
    form = printed(session, here, made, "en")
    assert form
    assert form.original.startswith("=HYPERLINK")


def test_an_unchecked_translation_is_not_printed(session: Session, here: Set) -> None:
    made = put(session, here, here.written)
    quoting.translate(
        made.id, "So tired.", language="en", translator="engine 2", machine=True,
        seen=made.revision, session=session, account_id=None,
    )  # fmt: skip
    session.commit()
    send(session, here, made)
    choose(session, here.one, made, "named", "Gu")
    assert printed(session, here, made, "en") is None
    add_translation(session, here, made, "So tired.")
    assert printed(session, here, made, "en") is None, "its author has not seen it"
    assert one(session, made).standing is Standing.NAMED
    assert send(session, here, made) == 1
    choose(session, here.one, made, "named", "Gu")
    assert printed(session, here, made, "en")


def test_a_choice_is_about_exactly_what_was_shown(session: Session, here: Set) -> None:
    made = put(session, here, here.written, "So tired.")
    send(session, here, made)
    seen = one(session, made).release
    assert seen
    before = dict(seen.shown)
    choose(session, here.one, made, "named", "Gu")
    session.refresh(made)
    quoting.narrow(made.id, "今天很累。", seen=made.revision, session=session, account_id=None)
    session.commit()
    assert one(session, made).standing is Standing.CHANGED
    assert printed(session, here, made, "zh-Hans") is None
    with pytest.raises(QuotingError, match="reads differently"):
        choose(session, here.one, made, "unattributed")
    session.rollback()
    send(session, here, made)
    with pytest.raises(QuotingError, match="reads differently"):
        quoting.choose(
            made.id, "named", person=here.one, seen=before, name="Gu", session=session,
            account_id=None,
        )  # fmt: skip


def test_who_said_no_is_not_asked_again_and_may_change_their_mind(
    session: Session, here: Set
) -> None:
    made = put(session, here, here.written)
    send(session, here, made)
    choose(session, here.one, made, "refused")
    add_translation(session, here, made, "So tired.")
    assert send(session, here, made) == 0
    assert quoting.open_items(here.study, language="en", session=session) == []
    choose(session, here.one, made, "named", "Gu")
    assert printed(session, here, made, "zh-Hans")


def test_only_its_author_may_choose(session: Session, here: Set) -> None:
    made = put(session, here, here.written)
    send(session, here, made)
    with pytest.raises(QuotingError, match="not here"):
        choose(session, here.two, made, "named", "Mia")


def test_what_was_printed_stays_as_it_is(session: Session, here: Set) -> None:
    made = put(session, here, here.written)
    send(session, here, made)
    choose(session, here.one, made, "named", "Gu")
    quoting.mark_printed([made.id], session=session)
    session.commit()
    with pytest.raises(QuotingError, match="printed already"):
        choose(session, here.one, made, "refused")
    session.rollback()
    session.refresh(made)
    with pytest.raises(QuotingError, match="was printed"):
        quoting.take_off(made.id, seen=made.revision, session=session, account_id=None)


def test_an_interviewer_writes_down_how_somebody_replied(session: Session, here: Set) -> None:
    spoken, written = put(session, here, here.spoken), put(session, here, here.written)
    send(session, here, spoken, written)

    def reply(made: Quotation, channel: Any = "by phone") -> QuotationRelease:
        release = one(session, made).release
        assert release
        return quoting.record_reply(
            made.id, "named", channel=channel, seen=release.shown, name="Mia B.", session=session,
            account_id=here.researcher,
        )  # fmt: skip

    with pytest.raises(QuotingError, match="from an interview"):
        reply(written)
    with pytest.raises(QuotingError, match="how the reply was given"):
        reply(spoken, "by guessing")
    assert reply(spoken).channel == "by phone"
    session.commit()
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "quotation.released")).one()
    assert event.details == {"choice": "named", "channel": "by phone"}
    choose(session, here.two, spoken, "refused")
    with pytest.raises(QuotingError, match="chosen themselves"):
        reply(spoken)


def test_people_are_reminded_of_what_waits_without_a_word_of_it(
    session: Session, here: Set
) -> None:
    send(session, here, put(session, here, here.written), put(session, here, here.hostile))
    (request,) = quoting.requests(session=session, study_id=here.study.id)
    assert (request.code, request.count, request.reminders) == ("P01", 2, 0)
    assert quoting.waiting_for(here.one, session=session) == 2
    assert quoting.waiting_for(here.two, session=session) is None
    subject, text = request.letter("https://example.org/my-quotations")
    letter = translate(subject, "en") + translate(text, "en")
    assert "https://example.org/my-quotations" in letter
    assert "HYPERLINK" not in letter
    quoting.reminded(request.person_id, session=session, study_id=here.study.id, account_id=None)
    session.commit()
    (request,) = quoting.requests(session=session, study_id=here.study.id)
    assert request.reminders == 1
    assert request.reminded_at


def a_theme(session: Session, here: Set) -> ThemeRun:
    from data.tables import PassageTheme

    run = ThemeRun(study_id=here.study.id, encoder="none", created_at=now())
    session.add(run)
    session.flush()
    theme = Theme(run_id=run.id, number=0, titles={"en": "tired"}, measures={"voices": 1})
    session.add(theme)
    session.flush()
    for passage in (here.written, here.spoken):
        session.add(PassageTheme(passage_id=passage.id, theme_id=theme.id, weight=1.0, main=True))
    session.commit()
    return run


def test_a_chapter_gets_the_released_quotations_of_a_theme_and_none_of_a_hidden_one(
    session: Session, here: Set
) -> None:
    run = a_theme(session, here)
    made, other = put(session, here, here.written, "So tired."), put(session, here, here.spoken)
    send(session, here, made, other)
    choose(session, here.one, made, "named", "Gu")
    (only,) = quoting.printable(here.study, 0, language="en", session=session)
    assert only.translation == "So tired."
    assert [
        str(item) for item in quoting.open_items(here.study, language="en", session=session)
    ] == ["Quotations without a reply: 1"]
    hide(Desk(session=session, run_id=run.id, account_id=None, seen=0), 0)
    session.commit()
    assert quoting.printable(here.study, 0, language="en", session=session) == []
    shelf = quoting.read_shelf(
        session=session, study=here.study, found=read_run(session=session, run=run)
    )
    assert shelf.theme_of(one(session, made)) == 0
    assert one(session, made).standing is Standing.NAMED, "what was agreed to stays agreed to"


def test_what_is_held_about_a_person_names_their_quotations(session: Session, here: Set) -> None:
    made = put(session, here, here.written, "So tired.")
    send(session, here, made)
    choose(session, here.one, made, "named", "Gu Wendi")
    given = belongings(session=session, person=here.one)
    facts = gathered(given, session=session)
    (held,) = facts["quotations"]
    assert held["words"] == here.written.masked
    assert held["translations"] == {"en": "So tired."}
    assert (held["chosen"], held["named"]) == ("named", "Gu Wendi")
    assert any(event["action"] == "quotation.released" for event in facts["history"])
    written = page(given, facts, session=session, language="en").decode()
    assert "So tired." in written
    assert "With my name" in written


def test_a_withdrawal_takes_quotations_translations_and_extracts_in_memos_along(
    session: Session, here: Set
) -> None:
    run = a_theme(session, here)
    made, other = put(session, here, here.written, "So tired."), put(session, here, here.spoken)
    send(session, here, made, other)
    choose(session, here.one, made, "named", "Gu Wendi")
    for text, where in (
        ("Compare “灯还没关” with what others say.", {"run_id": run.id, "theme": 0}),
        ("Look at this again.", {"passage_id": here.written.id}),
        (f"Like {here.written.masked} elsewhere", {"passage_id": here.spoken.id}),
    ):
        memos.note(
            text, session=session, study_id=here.study.id, account_id=here.researcher, **where
        )
    session.commit()
    withdraw(session=session, person=here.one)
    session.commit()
    kept = session.exec(select(Quotation)).all()
    assert [each.person_id for each in kept] == [here.two.id]
    assert session.exec(select(QuotationTranslation)).all() == []
    assert [each.quotation_id for each in session.exec(select(QuotationRelease))] == [other.id]
    noted = sorted(each.text for each in session.exec(select(Memo).order_by(col(Memo.created_at))))
    assert noted == ["Compare “灯还没关” with what others say.", "Like […] elsewhere"]


def test_two_researchers_who_choose_the_same_words_have_one_quotation(
    session: Session, here: Set
) -> None:
    first, second = put(session, here, here.written), put(session, here, here.written)
    assert first.id == second.id

"""Drafts: every answer at once, never merged silently."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Account, Draft, Questionnaire
from survey import drafts
from survey.filling import Filling
from survey.questionnaires import form_of
from survey.xlsform import load
from tests.studies_for_tests import a_study

INSTANCE = UUID(int=7)


@pytest.fixture
def keep(session: Session) -> Any:
    a_study(session)
    account = session.exec(select(Account)).one()
    questionnaire = session.exec(select(Questionnaire)).one()

    def kept(path: str, value: object, revision: int, account_id: UUID = account.id) -> int:
        return drafts.keep(
            session=session,
            account_id=account_id,
            questionnaire_id=questionnaire.id,
            instance_id=INSTANCE,
            path=path,
            value=value,
            revision=revision,
        )[0]

    return kept


def test_revisions_count_up(keep: Any) -> None:
    assert [keep("/data/moment", text, number) for number, text in enumerate("abc")] == [1, 2, 3]


def test_a_stale_text_is_refused_and_the_newer_one_stays(session: Session, keep: Any) -> None:
    keep("/data/moment", "first", 0)
    keep("/data/moment", "newer", 1)
    with pytest.raises(drafts.StaleDraftError) as refused:
        keep("/data/moment", "from an old tab", 1)
    assert refused.value.current.value == "newer"
    assert session.exec(select(Draft.value)).one() == "newer"


def test_the_same_text_again_is_no_conflict(keep: Any) -> None:
    keep("/data/moment", "text", 0)
    assert keep("/data/moment", "text", 0) == 1


def test_drafts_are_read_by_their_author_only(session: Session, keep: Any) -> None:
    keep("/data/moment", "mine", 0)
    assert drafts.drafts_of(session=session, account_id=uuid4(), instance_id=INSTANCE) == {}


def test_a_filling_is_restored_with_its_turns(session: Session, keep: Any) -> None:
    keep("/data/take[2]/why", "second", 0)
    keep("/data/mood", 7, 0)
    keep("/data/gone/with/the/old/version", "kept apart", 0)
    filling = Filling(form_of(session.exec(select(Questionnaire)).one()))
    account = session.exec(select(Account)).one()
    found = drafts.drafts_of(session=session, account_id=account.id, instance_id=INSTANCE)
    drafts.restore(filling, found)
    assert filling.value("/data/mood") == 7
    assert filling.value("/data/take[2]/why") == "second"


def test_removing_a_turn_moves_the_later_ones_up(session: Session, keep: Any) -> None:
    keep("/data/take[1]/why", "first", 0)
    keep("/data/take[2]/why", "second", 0)
    questionnaire = session.exec(select(Questionnaire)).one()
    account = session.exec(select(Account)).one()
    of_mine = {"session": session, "account_id": account.id, "instance_id": INSTANCE}
    filling = Filling(form_of(questionnaire))
    drafts.restore(filling, drafts.drafts_of(**of_mine))  # type: ignore[arg-type] # as above
    filling.remove_repeat("/data/take", 1)
    drafts.replace(
        **of_mine,  # type: ignore[arg-type] # as above
        questionnaire_id=questionnaire.id,
        repeat="/data/take",
        filling=filling,
    )
    session.flush()
    again = Filling(form_of(questionnaire))
    drafts.restore(again, drafts.drafts_of(**of_mine))  # type: ignore[arg-type] # as above
    assert again.value("/data/take[1]/why") == "second"
    assert again.repeat_count("/data/take") == 1


HANGING = """
| survey |
| | type | name | label | default | relevant | repeat_count | calculation |
| | start | begun | | | | | |
| | date | asked | Asked on | now() | | | |
| | integer | z_count | How many? | | | | |
| | begin_repeat | a_take | Take | | | ${z_count} | |
| | text | why | Why? | | | | |
| | end_repeat | | | | | | |
"""


def test_drafts_go_back_in_the_order_of_the_form_whatever_their_names() -> None:
    filling = Filling(load(HANGING.encode(), file_type=".md"))
    kept = {
        path: Draft(instance_id=INSTANCE, path=path, value=value)
        for path, value in {"/data/a_take[2]/why": "second", "/data/z_count": 2}.items()
    }
    drafts.restore(filling, kept)
    assert filling.value("/data/a_take[2]/why") == "second"


def test_when_an_entry_was_begun_does_not_move_with_every_visit(
    session: Session, keep: Any
) -> None:
    keep("/data/moment", "x", 0)
    account = session.exec(select(Account)).one()
    questionnaire = session.exec(select(Questionnaire)).one()
    form = load(HANGING.encode(), file_type=".md")
    of_mine = {"session": session, "account_id": account.id, "instance_id": INSTANCE}
    seen = []
    for hour in (9, 21):
        filling = Filling(form, now=datetime(2026, 6, 3, hour, tzinfo=UTC))
        known = drafts.drafts_of(**of_mine)  # type: ignore[arg-type] # as above
        drafts.restore(filling, known)
        drafts.keep_beginning(
            **of_mine,  # type: ignore[arg-type] # as above
            questionnaire_id=questionnaire.id,
            filling=filling,
            drafts=known,
        )
        seen.append((filling.value("/data/begun"), filling.value("/data/asked")))
    assert seen[0] == seen[1]
    assert seen[0][0].startswith("2026-06-03T09:00")

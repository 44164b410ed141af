"""The route of coding: what is marked, what is refused, and what is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import Session, col, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.tables import Coding, Membership
from server import coding, cookies
from survey import entering
from tests.coding_for_tests import WRITTEN, Room, a_room

Ask = Callable[..., Any]


@pytest.fixture
def room(session: Session) -> Room:
    return a_room(session)


@pytest.fixture
def ask(session: Session, room: Room) -> Iterator[Ask]:
    """Send what the browser of a coder, or of somebody else, sends."""
    with TestClient(Starlette(routes=coding.routes), base_url="http://set.example") as client:

        def send(what: str, body: object, *, who: Any = room.one, **headers: str) -> Any:
            membership = session.exec(
                select(Membership).where(col(Membership.account_id) == who)
            ).one()
            token = entering.invite(session=session, membership=membership, once=True)
            client.cookies.set(cookies.NAME, entering.enter(session=session, token=token))
            session.commit()
            return client.post(f"/coding-desk/{what}", content=json.dumps(body), headers=headers)

        yield send


def opened(ask: Ask, room: Room, **who: Any) -> dict[str, Any]:
    answer = ask("open", {"kind": "entry", "key": str(room.entry.id)}, **who)
    assert answer.status_code == 200
    return dict(answer.json())


def stretch(part: dict[str, Any], words: str) -> dict[str, Any]:
    start = part["text"].index(words)
    known = {"text": part["key"], "mark": part["mark"]}
    return {**known, "start": start, "end": start + len(words)}


def test_a_mark_is_on_disk_when_it_is_called_saved(session: Session, ask: Ask, room: Room) -> None:
    (part,) = opened(ask, room)["parts"]
    assert "Anna" not in part["text"]
    body = {"stretches": [stretch(part, "wait. [P")], "codes": [str(room.waiting.id)]}
    answer = ask("mark", body).json()
    assert answer["saved_at"]
    kept = session.exec(select(Coding)).one()
    assert WRITTEN[kept.start : kept.end] == "wait. 王小明"
    (made,) = answer["marks"]
    assert part["text"][made["start"] : made["end"]] == "wait. [P01]"
    memo = ask("memo", {"mark": made["id"], "memo": "Mia Berger \ud83d x\0"}).json()["memo"]
    assert memo.startswith("[P02]")
    assert [each["memo"] for each in opened(ask, room)["marks"]] == [memo]
    undone = ask("undo", {"kind": "entry", "key": str(room.entry.id)}).json()
    assert undone["gone"] == [made["id"]]
    assert opened(ask, room)["marks"] == []


def test_whoever_does_not_research_here_sees_and_marks_nothing(
    session: Session, ask: Ask, room: Room
) -> None:
    other = a_room(session, slug="other")
    body = {"kind": "entry", "key": str(room.entry.id)}
    assert ask("open", body, who=other.one).status_code == 409
    person = session.exec(
        select(Membership.account_id).where(col(Membership.person_id) == room.writer.id)
    ).one()
    assert ask("open", body, who=person).status_code == 401
    (part,) = opened(ask, room)["parts"]
    marking = {"stretches": [stretch(part, "we")], "codes": [str(room.waiting.id)]}
    assert ask("mark", marking, who=other.one).status_code == 409
    assert ask("mark", marking, **{"sec-fetch-site": "cross-site"}).status_code == 400
    assert session.exec(select(Coding)).all() == []


def test_a_corrected_text_is_loaded_again(session: Session, ask: Ask, room: Room) -> None:
    (part,) = opened(ask, room)["parts"]
    room.entry.answers = {**room.entry.answers, "moment": "Something else."}
    session.add(room.entry)
    session.commit()
    body = {"stretches": [stretch(part, "we wait")], "codes": [str(room.waiting.id)]}
    answer = ask("mark", body)
    assert (answer.status_code, answer.json()["changed"]) == (409, True)


def test_what_is_no_request_is_refused_without_harm(ask: Ask, room: Room) -> None:
    good = {"text": f"answer:{room.entry.id}:/data/moment", "mark": "x", "start": 0, "end": 2}
    for what, body in (
        ("mark", []),
        ("mark", {}),
        ("mark", {"stretches": [], "codes": []}),
        ("mark", {"stretches": [good], "codes": ["x"]}),
        ("mark", {"stretches": [good | {"start": True}], "codes": [str(room.waiting.id)]}),
        ("mark", {"stretches": [good | {"text": 7}], "codes": [str(room.waiting.id)]}),
        ("memo", {"mark": str(room.waiting.id), "memo": 3}),
        ("open", {"kind": "study", "key": str(room.study.id)}),
        ("nothing", {}),
        ("unmark", {"marks": "x" * 600_000}),
    ):
        answer = ask(what, body)
        assert answer.status_code == 400, what
        assert answer.json()["message"]
    answer = ask("mark", {"stretches": [good] * 300, "codes": [str(room.waiting.id)]})
    assert (answer.status_code, "at most 200" in answer.json()["message"]) == (409, True)
    for text in ("turn:x", "answer:x"):
        body = {"stretches": [good | {"text": text}], "codes": [str(room.waiting.id)]}
        assert ask("mark", body).status_code == 409

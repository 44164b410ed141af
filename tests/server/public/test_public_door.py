"""Flooding: a device pays for what it sends, and those who prove nothing wait their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.public import tickets
from server.public.budget import Buckets, Lane
from server.public.door import PublicDoor
from server.public.known import Register
from tests.audiences_for_tests import a_link, a_public_study


@pytest.fixture
def slug(session: Session) -> str:
    link = a_link(session, a_public_study(session))
    session.commit()
    return link.slug


@pytest.fixture
def door(slug: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Stand at the door: what is let in is answered with `in`."""
    fresh = Register()
    fresh.refresh()
    monkeypatch.setattr("server.public.door.register", fresh)
    monkeypatch.setattr("server.public.known.FRESH", 3600.0)

    async def within(_request: object) -> PlainTextResponse:
        return PlainTextResponse("in")

    app = Starlette(
        routes=[Route("/{path:path}", within, methods=["GET", "POST"])],
        middleware=[Middleware(PublicDoor)],
    )
    with TestClient(app, base_url="http://set.example") as client:
        yield client
    assert slug


def test_a_proven_device_pays_for_each_answer(door: TestClient, slug: str) -> None:
    ticket = tickets.issue()
    headers = {"x-proof": f"{ticket}:{tickets.prove(ticket)}"}
    answers = [door.post(f"/q/{slug}", data={"a": "b"}, headers=headers) for _ in range(30)]
    let_in = sum(answer.text == "in" for answer in answers)
    assert 5 <= let_in <= 8
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_hundreds_behind_one_address_are_let_in(door: TestClient, slug: str) -> None:
    for _ in range(40):
        ticket = tickets.issue()
        headers = {"x-proof": f"{ticket}:{tickets.prove(ticket)}"}
        assert door.post(f"/q/{slug}", data={"a": "b"}, headers=headers).text == "in"


def test_work_that_was_not_done_is_asked_for(door: TestClient, slug: str) -> None:
    ticket = tickets.issue()
    read = tickets.read(ticket)
    assert read
    wrong = next(str(number) for number in range(9) if not tickets.is_proven(read, str(number)))
    answer = door.post(f"/q/{slug}", data={"a": "b"}, headers={"x-proof": f"{ticket}:{wrong}"})
    assert answer.status_code == 428
    renewed = tickets.read(answer.json()["ticket"])
    assert renewed
    assert renewed.device == ticket.partition(".")[0]


def test_without_script_and_cookie_nothing_is_sent(door: TestClient, slug: str) -> None:
    assert door.post(f"/q/{slug}", data={"a": "b"}).status_code == 403
    forged = {"cookie": f"{tickets.COOKIE}=abc.123.def"}
    assert door.post(f"/q/{slug}", data={"a": "b"}, headers=forged).status_code == 403


def test_nobody_answers_in_less_than_a_moment(door: TestClient, slug: str) -> None:
    fresh = {"cookie": f"{tickets.COOKIE}={tickets.issue()}"}
    assert door.post(f"/q/{slug}", data={"a": "b"}, headers=fresh).status_code == 429


def test_large_bodies_and_wrong_addresses_cost_nothing(door: TestClient, slug: str) -> None:
    assert door.post(f"/q/{slug}", content=b"x" * 300_000).status_code == 413
    assert door.get("/q/zzzzzz").status_code == 404
    assert door.get("/elsewhere").text == "in"


@given(st.lists(st.floats(0, 5), max_size=60))
def test_a_bucket_never_gives_more_than_it_holds(pauses: list[float]) -> None:
    buckets, now, taken = Buckets(size=10, a_second=1), 0.0, 0
    for pause in pauses:
        now += pause
        taken += buckets.take("one", 3, now=now) == 0
    assert taken * 3 <= 10 + now


def test_forgetting_devices_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.public.budget.MOST_DEVICES", 10)
    buckets = Buckets(size=1, a_second=1)
    for number in range(100):
        buckets.take(str(number), 1)
    assert len(buckets._left) == 10


def test_a_lane_sends_away_whom_it_cannot_serve() -> None:
    async def crowd() -> list[bool]:
        lane = Lane(200, burst=2, most=5)
        return await asyncio.gather(*(lane.turn() for _ in range(30)))

    let_in = asyncio.run(crowd())
    assert 5 <= sum(let_in) <= 10
    assert let_in[:3] == [True, True, True]


def test_a_ticket_is_worth_nothing_without_the_seal() -> None:
    ticket = tickets.issue()
    device, issued, seal = ticket.split(".")
    assert tickets.read(ticket)
    for wrong in (f"{device[:-1]}x.{issued}.{seal}", f"{device}.{int(issued) + 1}.{seal}", "", "."):
        assert tickets.read(wrong) is None

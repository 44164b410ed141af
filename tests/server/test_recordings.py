"""Recordings are heard a stretch at a time, by interviewers of the study and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import files
from data.tables import Interview, Membership
from server import cookies, recordings
from survey import entering, interviews
from survey.interviews.recordings import attach, recording_of
from survey.transcripts import read
from tests.studies_for_tests import a_study

SOUND = b"ID3" + bytes(range(256)) * 4000


@pytest.fixture
def interview(session: Session) -> Interview:
    study = a_study(session)
    kept = interviews.keep(
        session=session,
        study_id=study.id,
        key="evening",
        transcript=read("evening.txt", b"I: And?\nP01: Quiet.\n"),
        speakers={},
    )
    attach(kept, "evening.mp3", SOUND, session=session, account_id=None)
    session.commit()
    return kept


def cookie_of(membership: Membership, session: Session) -> str:
    token = entering.invite(session=session, membership=membership, once=True)
    cookie = entering.enter(session=session, token=token)
    session.commit()
    return cookie


@pytest.fixture
def browser(session: Session, interview: Interview) -> Iterator[TestClient]:
    """Come in as an interviewer of the study."""
    here = entering.open_account(
        session=session, study_id=interview.study_id, role="interviewer", label="Mei"
    )
    with TestClient(Starlette(routes=recordings.routes), base_url="http://set.example") as client:
        client.cookies.set(cookies.NAME, cookie_of(here, session))
        yield client


def test_a_recording_is_heard_whole_or_from_any_place(
    browser: TestClient, interview: Interview
) -> None:
    whole = browser.get(f"/recording/{interview.id}")
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["cache-control"] == "no-store"
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = browser.get(f"/recording/{interview.id}", headers={"range": "bytes=700000-700099"})
    assert (part.status_code, part.content) == (206, SOUND[700_000:700_100])
    assert part.headers["content-range"] == f"bytes 700000-700099/{len(SOUND)}"
    end = browser.get(f"/recording/{interview.id}", headers={"range": "bytes=-5"})
    assert end.content == SOUND[-5:]
    beyond = browser.get(f"/recording/{interview.id}", headers={"range": f"bytes={len(SOUND)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(SOUND)}")
    head = browser.head(f"/recording/{interview.id}")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(SOUND)))


def test_nobody_else_hears_it(browser: TestClient, session: Session, interview: Interview) -> None:
    address = f"/recording/{interview.id}"
    elsewhere = a_study(session, slug="other")
    stranger = entering.open_account(
        session=session, study_id=elsewhere.id, role="interviewer", label="Ann"
    )
    participant = session.exec(
        select(Membership).where(
            Membership.study_id == interview.study_id, Membership.role == "participant"
        )
    ).one()
    assert browser.get(address, headers={"sec-fetch-site": "cross-site"}).status_code == 404
    for cookie in (cookie_of(stranger, session), cookie_of(participant, session), "", "nonsense"):
        browser.cookies.clear()
        browser.cookies.set(cookies.NAME, cookie)
        refused = browser.get(address)
        assert (refused.status_code, refused.content) == (404, b"")


def test_what_is_gone_or_no_sound_is_not_sent(
    browser: TestClient, session: Session, interview: Interview
) -> None:
    recording = recording_of(interview, session=session)
    assert recording
    recording.media_type = "text/html"
    session.add(recording)
    session.commit()
    assert browser.get(f"/recording/{interview.id}").status_code == 404
    recording.media_type = "audio/mpeg"
    session.add(recording)
    files.remove(recording, session=session)
    session.commit()
    assert browser.get(f"/recording/{interview.id}").status_code == 404
    assert browser.get("/recording/../drafts").status_code == 404


@given(st.from_regex(r"(bytes=)?[0-9 ,-]{0,12}", fullmatch=True), st.integers(0, 500))
def test_any_range_is_a_stretch_of_the_file_or_none(header: str, size: int) -> None:
    try:
        stretch = recordings.asked_for(header, size)
    except recordings.BeyondError:
        return
    assert stretch is None or 0 <= stretch.start < stretch.end <= size

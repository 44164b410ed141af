"""The recording of an interview is judged by what is in the file."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data import files
from data.tables import Attachment, Interview, Recording
from survey import interviews
from survey.interviews import recordings
from survey.transcripts import read
from tests.studies_for_tests import a_study

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(24)


@pytest.fixture
def interview(session: Session) -> Interview:
    study = a_study(session)
    transcript = read(
        "a.vtt",
        b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v P01>Hello.\n\n00:05.000 --> 01:30.000\n<v P01>Bye.\n",
    )
    return interviews.keep(
        session=session, study_id=study.id, key="a", transcript=transcript, speakers={}
    )


def test_sound_is_kept_and_a_second_takes_its_place(session: Session, interview: Interview) -> None:
    recordings.attach(interview, "one.wav", SOUND, session=session, account_id=None)
    kept = recordings.attach(interview, "two.wav", SOUND + b"1", session=session, account_id=None)
    session.commit()
    found = recordings.recording_of(interview, session=session)
    assert found == kept
    assert (kept.filename, kept.media_type) == ("two.wav", "audio/wav")
    assert files.read(kept) == SOUND + b"1"
    assert len(session.exec(select(Recording)).all()) == 1
    assert len(session.exec(select(Attachment)).all()) == 1


def test_a_page_that_calls_itself_sound_is_refused(session: Session, interview: Interview) -> None:
    with pytest.raises(interviews.InterviewError, match="no recording"):
        recordings.attach(
            interview,
            "talk.mp3",
            b"<html><script>alert(1)</script>",
            session=session,
            account_id=None,
        )


def test_a_recording_goes_for_good(session: Session, interview: Interview) -> None:
    recordings.attach(interview, "one.wav", SOUND, session=session, account_id=None)
    recordings.detach(interview, session=session, account_id=None)
    session.commit()
    assert recordings.recording_of(interview, session=session) is None
    assert session.exec(select(Attachment)).all() == []


def test_the_length_follows_from_the_last_time_code(interview: Interview) -> None:
    assert interview.duration == 90.0

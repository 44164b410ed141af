"""Interviews from any transcript: `read` gives speakers and turns, `read_table` many interviews.

    transcript = read("interview.docx", content)
    for turn in transcript.turns:
        print(turn.speaker, turn.start, turn.text)

What people bring is never trusted: every reader works within `limits`, and whatever is wrong with
a file is a `TranscriptError` that says so in a sentence.
"""

from __future__ import annotations

from survey.transcripts.columns import column_choice
from survey.transcripts.interviews import holds_interviews, read_table
from survey.transcripts.model import Choice, Transcript, TranscriptError, Turn
from survey.transcripts.reading import read

__all__ = [
    "Choice",
    "Transcript",
    "TranscriptError",
    "Turn",
    "column_choice",
    "holds_interviews",
    "read",
    "read_table",
]

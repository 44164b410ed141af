"""Interviews: keeping transcripts, correcting them, saying who spoke, deciding about names."""

from survey.interviews.keeping import keep
from survey.interviews.reading import interviews_of, turns_of
from survey.interviews.refusal import InterviewError
from survey.interviews.speakers import (
    INTERVIEWERS,
    ROLES,
    labels_of,
    suggest_speakers,
    who,
)

__all__ = [
    "INTERVIEWERS",
    "ROLES",
    "InterviewError",
    "interviews_of",
    "keep",
    "labels_of",
    "suggest_speakers",
    "turns_of",
    "who",
]

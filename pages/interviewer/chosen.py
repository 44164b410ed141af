"""Which conversation is meant, and what its speakers are called."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from sqlmodel import Session

from data.tables import Interview, Person, Team
from pages import words
from pages.navigation import INTERVIEWS, go
from pages.who import Here
from pages.words import t
from survey.interviews import InterviewError, reading, who
from survey.people import people_of
from survey.studies import teams_of


def interview_of(me: Here, *, session: Session) -> Interview:
    """Return the conversation in the address; anything else leads back to the list."""
    try:
        return reading.interview_in(
            session=session,
            study_id=me.study.id,
            interview_id=UUID(st.query_params["interview"]),
        )
    except (KeyError, ValueError, InterviewError):
        go(INTERVIEWS)


def roles() -> dict[str, str]:
    """Return what somebody may be who is no person of the study, in words."""
    return {
        "interviewer": t("Interviewer"),
        "interpreter": t("Interpreter"),
        "other": t("Somebody else"),
    }


def people(me: Here, *, session: Session) -> dict[str, str]:
    """Return the people of the study by key as text: code, team and role, never a name.

    Who withdrew is not among them: nothing more is said about them.
    """
    teams = teams_of(session=session, study_id=me.study.id)
    return {
        str(person.id): _line(person, teams)
        for person in people_of(session=session, study_id=me.study.id)
        if person.withdrawn_at is None
    }


def _line(person: Person, teams: dict[UUID, Team]) -> str:
    team = words.of(teams[person.team_id].name) if person.team_id else ""
    return " · ".join(part for part in (person.code, team, person.role) if part)


def codes(me: Here, *, session: Session) -> dict[str, str]:
    """Return the codes of the people of the study by key as text."""
    return {
        str(person.id): person.code for person in people_of(session=session, study_id=me.study.id)
    }


def spoken_as(interview: Interview, label: str, known: dict[str, str]) -> str:
    """Say who a label is: a code, or a role; the label where nobody has said."""
    found = who(interview, label)
    if code := known.get(found.get("person", "")):
        return code if label in {"", code} else f"{label} · {code}"
    role = roles().get(found.get("role", ""))
    if role:
        return role if label in {"", role} else f"{label} · {role}"
    return label or t("the unnamed speaker")


def clock(seconds: float) -> str:
    """Write a place in a recording: 1:02 or 1:00:02."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""Whole interviews as sheets: one row an interview, one row a turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Decision, Interview, Passage, Person, Study, Turn
from i18n import Message, say
from nlp.exporting.columns import columns_of
from nlp.exporting.understood import Understood
from survey.answers import Sheet
from survey.answers.sheets import ColumnKind

Row = tuple[Any, ...]
Wanted = tuple[str, ColumnKind, Message]

INTERVIEW: tuple[Wanted, ...] = (
    ("interview", "text", say("The interview")),
    ("day", "date", say("Day of the interview")),
    ("languages", "text", say("Languages that were spoken")),
    ("people", "text", say("Codes of the people of the study who speak in it")),
    ("turns", "integer", say("How many turns it has")),
    ("duration", "decimal", say("How long it took, in seconds")),
    ("decision", "text", say("Shot, scene or purchase it is about")),
)
NAMING: tuple[Wanted, ...] = (
    ("name", "text", say("What the interview is called")),
    ("place", "text", say("Where it was")),
    ("interviewers", "text", say("Who asked")),
    ("relation", "text", say("How the interviewer knows the person")),
)
"""Only where nothing is masked: they name people who are in no people file."""
TURN: tuple[Wanted, ...] = (
    ("turn", "text", say("The turn")),
    ("interview", "text", say("The interview")),
    ("position", "integer", say("Place of the turn in the interview, from 1")),
    ("role", "text", say("Who speaks: participant, interviewer, interpreter, other, withdrawn")),
    ("speaker", "text", say("Which of them: a code, or a role with a number")),
    ("person", "text", say("Code of the person; blank for all but participants")),
    ("start", "decimal", say("When it begins, in seconds")),
    ("end", "decimal", say("When it ends, in seconds")),
    ("language", "text", say("Language of the turn")),
    ("text", "text", say("Its words")),
)


def transcripts(*, session: Session, study: Study, language: str, masked: bool) -> Understood:
    """Return the interviews of a study with every turn, and the keys of those who speak in them.

    Words are as they were said: whoever makes a masked export hides the names in them.

    Args:
        session: Where to read.
        study: The study.
        language: Of labels.
        masked: Whether what may name people who are in no people file is left out: what an
            interview is called, where it was, who asked, and the labels of speakers.
    """
    interviews = session.exec(
        select(Interview)
        .where(Interview.study_id == study.id)
        .order_by(col(Interview.day), col(Interview.created_at), col(Interview.id))
    ).all()
    turns = _turns(session=session, study=study)
    codes = dict(
        session.exec(select(Person.id, Person.code).where(Person.study_id == study.id)).all()
    )
    about = dict(
        session.exec(select(Decision.id, Decision.label).where(Decision.study_id == study.id)).all()
    )
    tongues = _tongues(session=session, study=study)
    told: list[Row] = []
    said: list[Row] = []
    people: set[UUID] = set()
    for interview in interviews:
        speakers = _speakers(interview, turns.get(interview.id, ()), codes, masked=masked)
        people |= {UUID(who["person"]) for who in interview.speakers.values() if "person" in who}
        told.append(_told(interview, turns.get(interview.id, ()), codes, about, masked=masked))
        said += [
            _said(turn, interview, speakers[turn.speaker], tongues)
            for turn in turns.get(interview.id, ())
        ]
    wanted = INTERVIEW if masked else (*INTERVIEW, *NAMING)
    free = frozenset({"decision", *(name for name, _, _ in NAMING)})
    return Understood(
        [
            Sheet("transcripts", columns_of(language, *wanted, free=free), told),
            Sheet(
                "transcript_turns",
                columns_of(language, *TURN, free=frozenset({"text"})),
                said,
                tongue="language",
            ),
        ],
        people & set(codes),
    )


def _turns(*, session: Session, study: Study) -> dict[UUID, list[Turn]]:
    found: dict[UUID, list[Turn]] = {}
    for turn in session.exec(
        select(Turn)
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .where(Interview.study_id == study.id)
        .order_by(col(Turn.interview_id), col(Turn.position))
    ):
        found.setdefault(turn.interview_id, []).append(turn)
    return found


def _tongues(*, session: Session, study: Study) -> dict[UUID, str]:
    """Return the language of each turn that was understood: that of its first passage."""
    rows = session.exec(
        select(Passage.turn_id, Passage.language)
        .where(Passage.study_id == study.id, col(Passage.turn_id).is_not(None))
        .order_by(col(Passage.start).desc())
    )
    return {turn: language for turn, language in rows if turn is not None}


def _speakers(
    interview: Interview, turns: Sequence[Turn], codes: Mapping[UUID, str], *, masked: bool
) -> dict[str, tuple[str, str, str | None]]:
    """Return for each label the role, what the speaker is called here, and the person's code."""
    counted: Counter[str] = Counter()
    found: dict[str, tuple[str, str, str | None]] = {}
    for label in dict.fromkeys(turn.speaker for turn in turns):
        who = interview.speakers.get(label, {})
        code = codes.get(UUID(who["person"])) if "person" in who else None
        role = "participant" if code else str(who.get("role", "other"))
        counted[role] += 1
        numbered = role if counted[role] == 1 else f"{role} {counted[role]}"
        found[label] = (role, (code or numbered) if masked else label, code)
    return found


def _told(
    interview: Interview,
    turns: Sequence[Turn],
    codes: Mapping[UUID, str],
    about: Mapping[UUID, str],
    *,
    masked: bool,
) -> Row:
    speaking = [
        codes[UUID(who["person"])]
        for who in interview.speakers.values()
        if "person" in who and UUID(who["person"]) in codes
    ]
    row = (
        str(interview.id),
        interview.day,
        " ".join(interview.languages) or None,
        " ".join(sorted(set(speaking))) or None,
        len(turns),
        interview.duration,
        about.get(interview.decision_id) if interview.decision_id else None,
    )
    if masked:
        return row
    named = (interview.key, interview.place, interview.interviewers, interview.relation)
    return (*row, *(each or None for each in named))


def _said(
    turn: Turn,
    interview: Interview,
    speaker: tuple[str, str, str | None],
    tongues: Mapping[UUID, str],
) -> Row:
    only = interview.languages[0] if len(interview.languages) == 1 else "und"
    return (
        str(turn.id),
        str(interview.id),
        turn.position + 1,
        *speaker,
        turn.start,
        turn.end,
        tongues.get(turn.id, only),
        turn.text,
    )

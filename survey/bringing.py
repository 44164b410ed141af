"""Bringing many transcripts at once: files, or tables with one interview a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import PurePath
from uuid import UUID

from sqlmodel import Session

from data.tables import Person, Study
from i18n import Message, Refusal, say
from survey import interviews
from survey.people import LONGEST_CODE, add_person, people_of
from survey.transcripts import (
    Transcript,
    TranscriptError,
    holds_interviews,
    read,
    read_table,
)

TABLES = {".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods"}


Brought = tuple[str, Transcript, tuple[str, bytes]]
"""What an interview is called, its turns, and name and content of the file it was read from."""


class BringingError(Refusal):
    """Some transcripts cannot be brought; nothing was changed."""


def bring(files: Sequence[tuple[str, bytes]], *, session: Session, study_id: UUID) -> int:
    """Keep every interview of the files: transcripts, or tables with one interview a row.

    Files may be named with their folders.

    Speakers who are not recognised as interviewers or people of the study become new people: one
    called like the interview where it has one such speaker, numbered ones where it has more. Who is
    new here is recognised in no other interview: their codes are names of files.

    Returns:
        The number of interviews kept.

    Raises:
        BringingError: Every file or row that cannot be read.
    """
    mistakes: list[Message] = []
    found: list[Brought] = []
    for name, content in files:
        try:
            found += _transcripts(name, content)
        except TranscriptError as error:
            mistakes += error.messages
    if mistakes:
        raise BringingError(*mistakes)
    study = session.get_one(Study, study_id)
    found = _named(found)
    people = people_of(session=session, study_id=study_id)
    taken = {person.code for person in people}
    for key, transcript, original in found:
        speakers = _speakers(key, transcript, people, taken, session=session, study=study)
        interviews.keep(
            session=session,
            study_id=study_id,
            key=key,
            transcript=transcript,
            speakers=speakers,
            original=original,
        )
    return len(found)


def _transcripts(name: str, content: bytes) -> list[Brought]:
    if PurePath(name).suffix.lower() in TABLES and holds_interviews(name, content):
        return [
            (key, read(f"{key}.txt", text.encode()), (f"{key}.txt", text.encode()))
            for key, text in read_table(name, content)
        ]
    return [(name, read(name, content), (name, content))]


def _named(found: Sequence[Brought]) -> list[Brought]:
    """Call each interview like its file, with its folder where two files are called alike."""
    stems = Counter(PurePath(name).stem for name, _, original in found if name == original[0])
    named: list[Brought] = []
    for name, transcript, original in found:
        path = PurePath(name)
        if name != original[0]:
            key = name  # of a row of a table
        elif stems[path.stem] == 1:
            key = path.stem
        else:
            key = str(path.with_suffix("") if path.parent.name else path.name)
        named.append((key, transcript, original))
    return named


def _speakers(
    key: str,
    transcript: Transcript,
    people: Sequence[Person],
    taken: set[str],
    *,
    session: Session,
    study: Study,
) -> dict[str, dict[str, str]]:
    labels = interviews.labels_of(transcript)
    speakers = interviews.suggest_speakers(labels, people)
    strangers = [label for label in labels if label not in speakers]
    if not strangers and not any("person" in who for who in speakers.values()):
        raise BringingError(say("{key}: nobody but interviewers speaks here.", key=key))
    for number, label in enumerate(strangers, start=1):
        wanted = key if len(strangers) == 1 else f"{key}-{number}"
        code = _free_code(wanted, taken)
        taken.add(code)
        person = add_person(session=session, study=study, code=code)
        speakers[label] = {"person": str(person.id)}
    return speakers


def _free_code(wanted: str, taken: Collection[str]) -> str:
    """Return a code that nobody has yet: the wanted one, or that with a number behind it."""
    code = wanted[:LONGEST_CODE]
    numbers = count(2)
    while code in taken:
        ending = f"-{next(numbers)}"
        code = wanted[: LONGEST_CODE - len(ending)] + ending
    return code

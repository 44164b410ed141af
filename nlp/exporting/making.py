"""Gathering everything that an export holds, and making it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from data.tables import Study
from i18n import Message, say
from nlp.exporting.archive import Made, pack
from nlp.exporting.attached import attached
from nlp.exporting.formats import Format
from nlp.exporting.hiding import Hiding
from nlp.exporting.readme import readme
from nlp.exporting.transcripts import transcripts
from nlp.exporting.understood import understood
from nlp.masking_review import known
from survey.answers import Sheet, entries_of, joined_of, sheets_of
from survey.answers.people import people_sheet, teams_sheet
from survey.answers.sheets import differences_sheet
from survey.people import people_of

Tell = Callable[[float, Message], None]


def _silent(_share: float, _said: Message) -> None:
    """Say nothing."""


def make(
    *,
    session: Session,
    study: Study,
    format: Format,  # noqa: A002 - what it is called everywhere
    language: str = "en",
    masked: bool = True,
    account_id: UUID | None = None,
    tell: Tell = _silent,
) -> Made:
    """Make the archive of a study.

    Args:
        session: Where to read; that names were read (to mask them) is recorded in it.
        study: The study.
        format: csv, excel, parquet or spss.
        language: Of labels, codebook and what is said to read first.
        masked: Whether names, numbers and addresses in people's words are hidden. Without it their
            words are as they wrote them, and the files that they sent are in it; the names of the
            people file never are.
        account_id: Who asks.
        tell: Is told how far it is.
    """
    tell(0.05, say("Reading the answers"))
    sheets, people = _answers(session=session, study=study, language=language, masked=masked)
    tell(0.3, say("Reading passages and themes"))
    more = understood(session=session, study=study, language=language, masked=masked)
    talks = transcripts(session=session, study=study, language=language, masked=masked)
    sheets = _distinct(sheets, beside=[*more.sheets, *talks.sheets])
    people |= _keys(more.people | talks.people)
    files: Mapping[str, bytes] = {}
    if masked:
        tell(0.5, say("Masking names"))
        sheets = _hidden(sheets, session=session, study=study, account_id=account_id)
    else:
        tell(0.5, say("Reading the files that people sent"))
        sent = attached(session=session, study=study, language=language)
        sheets = _distinct(sheets, beside=[sent.sheet])
        people |= _keys(sent.people)
        files = sent.contents
    tell(0.8, say("Writing the files"))
    content = pack(
        sheets,
        format=format,
        language=language,
        said={"study": study.slug, "masked": masked},
        readme=readme(sheets, study, format=format, language=language, masked=masked),
        attached=files,
    )
    counts = {sheet.name: len(sheet.rows) for sheet in sheets}
    return Made(content, counts, sorted(people))


def _keys(people: Iterable[UUID]) -> set[str]:
    return {str(key) for key in people}


def _distinct(sheets: Sequence[Sheet], *, beside: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets and those beside them; who is called as one of these is called otherwise.

    A questionnaire may be called `passages`: it must be neither lost nor taken for masked.
    """
    taken = {sheet.name for sheet in beside}
    named = []
    for sheet in sheets:
        name = sheet.name
        while name in taken:
            name += "_"
        taken.add(name)
        named.append(replace(sheet, name=name))
    return [*named, *beside]


def _answers(
    *, session: Session, study: Study, language: str, masked: bool
) -> tuple[list[Sheet], set[str]]:
    """Return the sheets of people, questionnaires and what differs between versions."""
    by_version = entries_of(session=session, study_id=study.id)
    people = {str(entry.response.person_id) for entries in by_version.values() for entry in entries}
    everybody = people_of(session=session, study_id=study.id)
    people |= {str(person.id) for person in everybody if person.withdrawn_at is None}
    joined = joined_of(session=session, study_id=study.id)
    sheets = [
        people_sheet(session=session, study=study, language=language),
        teams_sheet(session=session, study=study, language=language),
    ]
    for each in joined:
        entries = [entry for key in each.numbers for entry in by_version.get(key, [])]
        entries.sort(key=lambda entry: (entry.response.day, entry.response.submitted_at))
        sheets += sheets_of(each, entries, language=language, identifying=not masked)
    return [*sheets, differences_sheet(joined, language=language)], people


def _hidden(
    sheets: list[Sheet], *, session: Session, study: Study, account_id: UUID | None
) -> list[Sheet]:
    names = known(session=session, study_id=study.id, account_id=account_id, purpose="export")
    codes = [person.code for person in people_of(session=session, study_id=study.id)]
    hiding = Hiding(names, codes)
    # Passages are masked when they are cut, and again when names change (`nlp.gathering`).
    current = study.design.get("masked_with") == names.digest
    return [hiding.sheet(sheet, masked=current and sheet.name == "passages") for sheet in sheets]

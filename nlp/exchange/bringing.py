"""Bringing a project of another program into a study: planned first, then all of it or nothing.

Planning reads only, so that a preview says exactly what would be done. What the file calls by our
keys is ours; what it calls otherwise keeps the file's keys, so that bringing the same file twice
brings nothing twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from data.history import record
from data.tables import Account, Study
from data.tables import Code as CodeRow
from data.tables import Coding as CodingRow
from data.tables.base import now
from i18n import say
from nlp.coding.codebook import fields_of
from nlp.coding.editing import Codebook
from nlp.exchange.findings import Findings
from nlp.exchange.here import Texts
from nlp.exchange.matching import Matching
from nlp.exchange.model import Reading
from nlp.exchange.new_codes import Codes
from nlp.exchange.new_codings import Codings
from nlp.exchange.new_texts import NewText
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.report import Report
from nlp.masking_review import known


@dataclass(frozen=True)
class Plan:
    """Everything that would come in, and what is said about it."""

    study_id: UUID
    account_id: UUID | None
    codes: list[CodeRow]
    texts: list[NewText]
    accounts: list[Account]
    codings: list[CodingRow]
    gone: list[CodingRow]
    report: Report


def plan(
    reading: Reading,
    *,
    session: Session,
    study: Study,
    account_id: UUID | None,
    trusted: bool,
) -> Plan:
    """Find out what a file would bring into a study, without bringing it.

    Args:
        reading: The file, read.
        session: Where to read; that names were read (to mask memos) is recorded in it.
        study: The study.
        account_id: Who brings it; None for the operator.
        trusted: Whether the file may say that members of the study made codings: for coordinators.
            For others only what they made themselves is theirs; codings of others become those of
            a coder from elsewhere.
    """
    project = reading.project
    left, remarks = Findings(), Findings()
    names = known(session=session, study_id=study.id, account_id=account_id, purpose="exchange")
    notes = {note.guid: note for note in project.notes}
    codes = Codes(
        notes, names, session=session, study_id=study.id, account_id=account_id,
        left=left, remarks=remarks,
    )  # fmt: skip
    for code in project.codes:
        codes.take(code)
    reader = Texts(session=session, study=study, names=names)
    matching = Matching(
        project, reader.read(), list(reader.people.values()),
        session=session, study_id=study.id, remarks=remarks,
    )  # fmt: skip
    for source in project.sources:
        matching.take(source)
    codings = Codings(
        project, names, codes.found, matching.found, session=session, study_id=study.id,
        account_id=account_id, trusted=trusted, left=left, remarks=remarks,
    )  # fmt: skip
    codings.take()
    people = {person.code for person in reader.people.values()}
    _beside(reading, people, left)
    report = Report(
        program=reading.program,
        codes=len(codes.new),
        codes_known=codes.known,
        texts=len(matching.new),
        texts_known=len(matching.found) - len(matching.new),
        codings=len(codings.new),
        codings_known=codings.known,
        coders=len(codings.accounts),
        left=(*reading.left, *left),
        remarks=(*reading.remarks, *remarks),
        counting=reading.counting,
    )
    return Plan(
        study_id=study.id,
        account_id=account_id,
        codes=codes.new,
        texts=matching.new,
        accounts=codings.accounts,
        codings=codings.new,
        gone=codings.gone,
        report=report,
    )


def _beside(reading: Reading, people: Collection[str], left: Findings) -> None:
    """Note what a file says that has no place here."""
    project = reading.project
    used = {guid for code, _ in project.all_codes() for guid in code.notes}
    for selection in project.selections:
        used.update(selection.notes)
        used.update(guid for coding in selection.codings for guid in coding.notes)
    loose = sum(1 for note in project.notes if note.guid not in used)
    left.count(say("Memos that belong to no code and no coding: {count}.", count=1), loose)
    left.count(say("Sets: {count}.", count=1), len(project.groups))
    strangers = sum(1 for case in project.cases if case.name not in people)
    left.count(
        say(
            "Cases that are nobody of the study: {count}. People come from the people file.",
            count=1,
        ),
        strangers,
    )
    described = sum(1 for source in project.sources if source.description.strip())
    left.count(say("Remarks on whole texts: {count}.", count=1), described)


def bring(what: Plan, *, session: Session) -> Report:
    """Bring in what was planned, in the caller's transaction.

    Raises:
        ExchangeError: Somebody changed the study meanwhile; nothing is brought.
    """
    try:
        _keep(what, session=session)
    except IntegrityError as error:
        session.rollback()
        raise ExchangeError(
            say("Somebody changed the study in this very moment. Nothing was taken in; try again.")
        ) from error
    record(
        "codings.brought",
        session=session,
        study_id=what.study_id,
        account_id=what.account_id,
        codes=len(what.codes),
        texts=len(what.texts),
        codings=len(what.codings),
    )
    return what.report


def _keep(what: Plan, *, session: Session) -> None:
    session.add_all(what.accounts)
    session.flush()
    book = Codebook(session=session, study_id=what.study_id, account_id=what.account_id)
    for code in what.codes:  # each before those below it
        session.add(code)
        session.flush()
        book.write("made", code, after=fields_of(code))
    for text in what.texts:
        text.interview.entered_by = what.account_id
        session.add(text.interview)
        session.flush()
        session.add_all(text.turns)
        record(
            "interview.kept",
            session=session,
            study_id=what.study_id,
            account_id=what.account_id,
            subject="interview",
            subject_id=text.interview.id,
            turns=len(text.turns),
        )
    moment = now()
    for coding in what.gone:
        coding.removed_at = moment
        session.add(coding)
    session.flush()
    session.add_all(what.codings)
    session.flush()

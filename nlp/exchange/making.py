"""The files that leave: a project, a codebook, and coded passages to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args
from uuid import UUID

from sqlmodel import Session

from data.tables import Study
from i18n import Message
from nlp.exchange.counting import Unit
from nlp.exchange.definition import with_memo
from nlp.exchange.gathering import ORIGIN, gather
from nlp.exchange.model import Code, Project
from nlp.exchange.qdc import write_qdc
from nlp.exchange.qdpx import write_qdpx
from nlp.exchange.words import table, word
from nlp.exporting import Made

Form = Literal["qdpx", "qdc", "coded-docx", "coded-csv"]
FORMS: tuple[Form, ...] = get_args(Form)
ENDINGS: dict[Form, str] = {
    "qdpx": ".qdpx",
    "qdc": ".qdc",
    "coded-docx": ".docx",
    "coded-csv": ".csv",
}


def make(
    form: Form,
    *,
    session: Session,
    study: Study,
    account_id: UUID | None,
    everything: bool,
    unit: Unit = "code points",
    language: str = "en",
) -> tuple[Made, tuple[Message, ...]]:
    """Make a file.

    Args:
        form: Which.
        session: Where to read; that names were read (to mask them) is recorded in it.
        study: The study.
        account_id: Who asks; None for the operator.
        everything: Whether codings are in it that whoever asks may not see yet, because they are
            still coding the same text themselves.
        unit: What a project counts positions in.
        language: Of headings and titles.

    Returns:
        The file with what it holds, and what stays here.

    Raises:
        ExchangeError: There is nothing to write.
    """
    gathered = gather(
        session=session, study=study, account_id=account_id, everything=everything,
        language=language,
    )  # fmt: skip
    project = gathered.project
    if form == "qdpx":
        content = write_qdpx(project, unit=unit)
    elif form == "qdc":
        content = write_qdc(with_memos(project), origin=ORIGIN)
    elif form == "coded-docx":
        content = word(project, language=language)
    else:
        content = table(project, language=language)
    people = [] if form == "qdc" else sorted(map(str, gathered.people))
    counts = {
        "codes": sum(1 for _ in project.all_codes()),
        "texts": len(project.sources),
        "codings": project.codings,
    }
    return Made(content, counts, people), gathered.left


def with_memos(project: Project) -> tuple[Code, ...]:
    """Return the codes with their memos in their descriptions: a codebook has no notes."""
    notes = {note.guid: note.text for note in project.notes}

    def code(each: Code) -> Code:
        memo = "\n\n".join(notes[guid] for guid in each.notes)
        return replace(
            each,
            description=with_memo(each.description, memo),
            children=tuple(map(code, each.children)),
        )

    return tuple(map(code, project.codes))

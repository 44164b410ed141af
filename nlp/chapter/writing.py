"""Writing a chapter: gather, compose, render."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from data.history import record
from data.tables import Export
from i18n import Message, Refusal, canonical, say
from nlp.chapter import html, markdown, word
from nlp.chapter.composing import compose
from nlp.chapter.document import Document
from nlp.chapter.gate import open_points
from nlp.chapter.material import Material, gather
from nlp.quoting import mark_printed
from nlp.results import Found, latest_run
from survey.exports import note_export
from survey.studies import find

Format = Literal["docx", "html", "md"]
RENDERERS: dict[Format, Callable[[Document], bytes]] = {
    "docx": word.render,
    "html": html.render,
    "md": markdown.render,
}


class ChapterError(Refusal):
    """The chapter cannot be written yet."""


@dataclass(frozen=True)
class Made:
    """A chapter that was made, and the row that knows who is in it."""

    content: bytes
    export: Export


def write(
    study: str,
    *,
    session: Session,
    format: Format,  # noqa: A002 - the seam's name
    language: str = "en",
) -> bytes:
    """Write the chapter of a study from its newest theme run.

    It is a draft, and says so on every page, until nothing is missing; of a final version the
    quotations count as printed. That it was made, and who is in it, is recorded.

    Args:
        study: Its slug.
        session: The caller's transaction.
        format: What the file is.
        language: The chapter's language.

    Raises:
        ChapterError: No themes were found yet.
        StudyError: There is no such study.
    """
    made = make(study, session=session, format=format, language=language)
    note_export(made.export, session=session, by_command=True)
    return made.content


def make(
    study: str,
    *,
    session: Session,
    format: Format,  # noqa: A002 - as above
    language: str,
) -> Made:
    """Make the chapter; whoever keeps it notes the export."""
    material = _material(study, session=session, language=language)
    lacking = open_points(material, session=session)
    content = RENDERERS[format](compose(material, missing=lacking))
    printed = {
        each.key
        for theme in material.found.themes
        for each in material.shelf.printable(theme.number, material.language)
    }
    final = not lacking
    if final:
        mark_printed(printed, session=session)
    record(
        "chapter.written", session=session, study_id=material.study.id, format=format, final=final
    )
    inside = set(material.found.passages["person"])
    row = Export(
        study_id=material.study.id,
        format=format,
        language=material.language,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        counts={"chapter": 1, "quotations": len(printed)},
        people=[str(person.id) for person in material.people if person.code in inside],
    )
    return Made(content, row)


def missing(
    study: str, *, session: Session, language: str = "en", found: Found | None = None
) -> list[Message]:
    """Say what stands between the chapter of a study and a final version.

    Args:
        study: Its slug.
        session: Where to read.
        language: The chapter's language.
        found: The newest run as people decided it, where it was read already.

    Raises:
        ChapterError: No themes were found yet.
        StudyError: There is no such study.
    """
    material = _material(study, session=session, language=language, found=found)
    return open_points(material, session=session)


def _material(
    slug: str, *, session: Session, language: str, found: Found | None = None
) -> Material:
    study = find(session=session, slug=slug)
    run = latest_run(session=session, study_id=study.id)
    if run is None:
        raise ChapterError(say("Find the themes first: the chapter is written from them."))
    return gather(session=session, study=study, run=run, language=canonical(language), found=found)

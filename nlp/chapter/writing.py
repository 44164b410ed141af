"""Writing a chapter: gather, compose, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlmodel import Session

from data.history import record
from i18n import Refusal, canonical, say
from nlp.chapter import html, markdown, word
from nlp.chapter.composing import compose
from nlp.chapter.document import Document
from nlp.chapter.material import gather
from nlp.results import latest_run
from survey.studies import find

Format = Literal["docx", "html", "md"]
RENDERERS: dict[Format, Callable[[Document], bytes]] = {
    "docx": word.render,
    "html": html.render,
    "md": markdown.render,
}


class ChapterError(Refusal):
    """The chapter cannot be written yet."""


def write(
    study: str,
    *,
    session: Session,
    format: Format,  # noqa: A002 - the seam's name
    language: str = "en",
) -> bytes:
    """Write the chapter of a study from its newest theme run.

    Args:
        study: Its slug.
        session: The caller's transaction: that the chapter was made is recorded in it.
        format: What the file is.
        language: The chapter's language.

    Raises:
        ChapterError: No themes were found yet.
        StudyError: There is no such study.
    """
    found = find(session=session, slug=study)
    run = latest_run(session=session, study_id=found.id)
    if run is None:
        raise ChapterError(say("Find the themes first: the chapter is written from them."))
    document = compose(gather(session=session, study=found, run=run), language=canonical(language))
    record("chapter.written", session=session, study_id=found.id, format=format)
    return RENDERERS[format](document)

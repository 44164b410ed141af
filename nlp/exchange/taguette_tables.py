"""A table of highlights as Taguette exports it (.xlsx, .csv): id, document, tag, content.

It has the passages and not the documents. Each document here is its passages, a paragraph each;
what the study has already is found by its name and by the words.
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n import say
from nlp.exchange import limits
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of
from nlp.exchange.model import Coding, Project, Reading, Selection, Source
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.taguette_tags import codes_of, tag_guid
from nlp.exchange.xml import sayable
from survey.tables import Row, TableError, read_table

COLUMNS = {"id", "document", "tag", "content"}
APART = "\n\n"


def read_highlights(filename: str, content: bytes) -> Reading:
    """Read a table of highlights.

    Raises:
        ExchangeError: It is none.
    """
    try:
        rows = read_table(filename, content)
    except TableError as error:
        raise ExchangeError(*error.messages) from error
    if not rows or not rows[0].cells.keys() >= COLUMNS:
        raise ExchangeError(
            say("{file} has no columns id, document, tag and content, as Taguette’s highlights do.",
                file=filename)
        )  # fmt: skip
    left = Findings()
    marked: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for row in rows:
        _note(row, marked, left)
    if len(marked) > limits.CODINGS:
        raise ExchangeError(say("This file is larger than any project of texts."))
    tags = {tag: "" for _, several in marked.values() for tag in several}
    sources, selections = _placed(marked)
    project = Project(
        name=filename,
        origin="Taguette",
        codes=codes_of(tags),
        sources=sources,
        selections=selections,
    )
    return Reading(project, "Taguette", tuple(left))


def _note(row: Row, marked: dict[tuple[str, str], tuple[str, list[str]]], left: Findings) -> None:
    document, tag = sayable(row.get("document")), sayable(row.get("tag"))
    words = sayable(row.get("content")).replace("\r\n", "\n")
    if not tag:
        left.count(say("Marked passages without a code: {count}.", count=1))
        return
    if not words or not document:
        left.count(say("Rows without a document or without words: {count}.", count=1))
        return
    tags = marked.setdefault((document, row.get("id")), (words, []))[1]
    if tag not in tags:
        tags.append(tag)


def _placed(
    marked: Mapping[tuple[str, str], tuple[str, list[str]]],
) -> tuple[tuple[Source, ...], tuple[Selection, ...]]:
    """Put the passages of each document one below the other."""
    texts: dict[str, str] = {}
    selections = []
    for (document, key), (words, tags) in marked.items():
        text = texts.get(document)
        start = 0 if text is None else len(text) + len(APART)
        texts[document] = words if text is None else text + APART + words
        source = guid_of("taguette highlights", document)
        guid = guid_of(source, key, words)
        codings = tuple(Coding(guid_of(guid, tag), tag_guid(tag)) for tag in tags)
        selections.append(Selection(guid, source, start, start + len(words), codings))
    sources = tuple(
        Source(guid_of("taguette highlights", document), document, text)
        for document, text in texts.items()
    )
    return sources, tuple(selections)

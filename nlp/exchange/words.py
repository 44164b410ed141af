"""Coded passages as people read them: a Word document by code, or one row each as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from i18n import Message, say, translate
from nlp.exchange.cases import DAY
from nlp.exchange.model import Code, Project
from nlp.exporting import comma
from survey.answers import Column, Sheet

MASKED = say("Names are masked. A name that nobody knew of may still be in it.")
HEADINGS: tuple[tuple[str, Message], ...] = (
    ("code", say("Code, with those above it")),
    ("words", say("The passage")),
    ("text", say("The text it is in")),
    ("start", say("Its first character in the text, counted from 0")),
    ("end", say("The character after its last")),
    ("people", say("Who speaks in the text")),
    ("day", say("Day it was written or said")),
    ("coder", say("Who coded it")),
    ("memo", say("Memo")),
)


@dataclass(frozen=True)
class Passage:
    """One coding with its words."""

    code: str
    words: str
    text: str
    start: int
    end: int
    people: str
    day: str
    coder: str
    memo: str


def passages(project: Project) -> Iterator[tuple[str, Passage]]:
    """Yield every coding with the GUID of its code, in the order of the texts."""
    paths = dict(_paths(project.codes, ()))
    sources = {source.guid: source for source in project.sources}
    users = {user.guid: user.name for user in project.users}
    people: dict[str, list[str]] = {}
    for case in project.cases:
        for guid in case.sources:
            people.setdefault(guid, []).append(case.name)
    for selection in project.selections:
        source = sources[selection.source]
        for coding in selection.codings:
            yield (
                coding.code,
                Passage(
                    code=" › ".join(paths[coding.code]),
                    words=source.text[selection.start : selection.end],
                    text=source.name,
                    start=selection.start,
                    end=selection.end,
                    people=", ".join(people.get(source.guid, ())),
                    day=next((each.text for each in source.values if each.variable == DAY), ""),
                    coder=users.get(coding.user, ""),
                    memo=selection.description,
                ),
            )


def _paths(codes: Sequence[Code], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for code in codes:
        path = (*above, code.name)
        yield code.guid, path
        yield from _paths(code.children, path)


def table(project: Project, *, language: str) -> bytes:
    """Write the coded passages as CSV.

    Args:
        project: The study, gathered.
        language: Of the labels of its columns.
    """
    integers = {"start", "end"}
    columns = tuple(
        Column(name, "integer" if name in integers else "text", translate(label, language))
        for name, label in HEADINGS
    )
    rows = [
        tuple(getattr(passage, name) or None if name not in integers else getattr(passage, name)
              for name, _ in HEADINGS)
        for _, passage in passages(project)
    ]  # fmt: skip
    return comma.table(Sheet("coded_passages", columns, rows))


def word(project: Project, *, language: str) -> bytes:
    """Write the coded passages as a Word document: the codebook, each code with its passages."""
    from nlp.chapter.document import Document, Heading, Paragraph, Quotation
    from nlp.chapter.word import render

    def said(message: Message) -> str:
        return translate(message, language)

    document = Document(project.name, language, said(MASKED), contents=said(say("Codes")))
    by_code: dict[str, list[Passage]] = {}
    for guid, passage in passages(project):
        by_code.setdefault(guid, []).append(passage)
    if not by_code:
        document.add(Paragraph(said(say("Nothing is coded yet."))))
    for code, parent in project.all_codes():
        document.add(Heading(code.name, 2 if parent is None else 3))
        if code.description:
            document.add(Paragraph(code.description, quiet=True))
        for passage in by_code.get(code.guid, ()):
            facts = (passage.people, passage.day, passage.coder)
            where = passage.text
            note = " · ".join([where, *(fact for fact in facts if fact and fact not in where)])
            document.add(Quotation(passage.words, f"{note}\n{passage.memo}".strip()))
    return render(document)

"""The XML of a .qdpx file as a project; what cannot be taken from it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from i18n import say
from nlp.exchange import limits
from nlp.exchange.codes_reading import read_codes
from nlp.exchange.counting import Unit, described
from nlp.exchange.detecting import detect
from nlp.exchange.findings import Findings
from nlp.exchange.guids import guid_of, read_guid
from nlp.exchange.model import (
    Case,
    Code,
    Coding,
    Group,
    Note,
    Project,
    Reading,
    Selection,
    Source,
    User,
    Value,
    Variable,
)
from nlp.exchange.package import Package
from nlp.exchange.qualcoder import mended
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.selections_reading import Mark, Placing, marks_of
from nlp.exchange.texts_reading import Written, text_of, written_texts
from nlp.exchange.values import kind_of, value_in
from nlp.exchange.xml import first, local, moment_of, named, parse, text_in

if TYPE_CHECKING:
    from lxml import etree

KNOWN = {"Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Sets", "Description"}
LINKED = {"Links": say("Links between passages: {count}."), "Graphs": say("Drawings: {count}.")}
SINGLE_RETURNS = ("ATLAS", "QUALCODER")
"""Programs that count a carriage return and its line feed as one character."""


def read_project(content: bytes, package: Package | None, *, unit: Unit | None = None) -> Reading:
    """Read the XML of a project.

    Args:
        content: The XML.
        package: The archive it came in, where its texts are; None: none.
        unit: What positions are counted in, where somebody says so; otherwise found out.

    Raises:
        ExchangeError: It is no project.
    """
    root = _root(content)
    if local(root) != "Project":
        raise ExchangeError(say("This file holds no project of coded texts."))
    return _Reader(root, package).read(unit)


def _root(content: bytes) -> etree._Element:
    try:
        return parse(content)
    except ExchangeError:
        repaired = mended(content)
        if repaired is None:
            raise
        return parse(repaired)


class _Reader:
    """Reads one project; what others refer to is read before them."""

    def __init__(self, root: etree._Element, package: Package | None) -> None:
        self.root, self.package = root, package
        self.left, self.remarks = Findings(), Findings()
        self.taken: set[str] = set()
        self.users = tuple(self._users())
        self.notes = tuple(self._notes())
        self.note_guids = {note.guid for note in self.notes}
        self.codes = read_codes(
            self._inside("CodeBook", "Codes"), self.left, notes=frozenset(self.note_guids)
        )
        self.code_guids = _guids(self.codes)
        self.variables = tuple(self._variables())

    def read(self, unit: Unit | None) -> Reading:
        """Read everything else and put it together."""
        origin = " ".join((self.root.get("origin") or "").split())[:200]
        box = first(self.root, "Sources")
        texts = list(written_texts(box, self.package, self.left)) if box is not None else []
        marks = [mark for text in texts for mark in marks_of(text, self.left)]
        detected = detect(
            {text.guid: text.text for text in texts},
            [mark.marked for mark in marks],
            unit=unit,
            returns=not any(name in origin.upper() for name in SINGLE_RETURNS),
        )
        placing = Placing(texts, detected)
        selections = (
            *self._selections(marks, placing),
            *(whole for text in texts for whole in self._wholes(text, placing)),
        )
        sources = tuple(self._source(text, placing.plain[text.guid]) for text in texts)
        self._unknown()
        project = Project(
            name=self.root.get("name") or "?",
            origin=origin,
            description=text_in(self.root, "Description"),
            made_at=moment_of(self.root.get("creationDateTime")),
            users=self.users,
            codes=self.codes,
            variables=self.variables,
            cases=tuple(self._cases({s.guid for s in sources}, {s.guid for s in selections})),
            sources=sources,
            selections=selections,
            notes=self.notes,
            groups=tuple(self._groups({source.guid for source in sources})),
            project_notes=self._references(self.root, "NoteRef", self.note_guids),
        )
        counting = described(detected.counting) if detected.matters else None
        return Reading(project, origin, tuple(self.left), tuple(self.remarks), counting)

    def _inside(self, *names: str) -> Sequence[etree._Element]:
        element: etree._Element | None = self.root
        for name in names:
            element = first(element, name) if element is not None else None
        return list(element) if element is not None else []

    def _references(
        self, element: etree._Element, name: str, known: Collection[str]
    ) -> tuple[str, ...]:
        found = (read_guid(each.get("targetGUID")) for each in named(element, name))
        return tuple(dict.fromkeys(guid for guid in found if guid in known))

    def _own(self, element: etree._Element, *otherwise: object) -> str:
        """Return the GUID of an element; where it has none of its own, one that follows."""
        guid = read_guid(element.get("guid"))
        if not guid or guid in self.taken:
            guid = guid_of(guid, *otherwise, len(self.taken))
        self.taken.add(guid)
        return guid

    def _users(self) -> Iterator[User]:
        seen = set()
        for element in self._inside("Users"):
            guid = read_guid(element.get("guid"))
            if guid and guid not in seen:
                seen.add(guid)
                yield User(guid, (element.get("name") or element.get("id") or "").strip()[:200])

    def _user(self, element: etree._Element) -> str:
        known = {user.guid for user in self.users}
        found = (read_guid(element.get(name)) for name in ("creatingUser", "modifyingUser"))
        return next((guid for guid in found if guid in known), "")

    def _notes(self) -> Iterator[Note]:
        quiet = Findings()  # a note without words is nothing to tell of
        for element in self._inside("Notes"):
            words = text_of(element, "", self.package, quiet)
            if words and words.strip():
                yield Note(
                    self._own(element, "note"),
                    words.removeprefix("\ufeff"),
                    element.get("name") or "",
                    self._user(element),
                    moment_of(element.get("creationDateTime")),
                )

    def _variables(self) -> Iterator[Variable]:
        for element in self._inside("Variables"):
            yield Variable(
                self._own(element, "variable"),
                element.get("name") or "?",
                kind_of(element.get("typeOfVariable")),
                text_in(element, "Description"),
            )

    def _values(self, element: etree._Element) -> tuple[Value, ...]:
        kinds = {variable.guid: variable.kind for variable in self.variables}
        found = (value_in(each, kinds) for each in named(element, "VariableValue"))
        return tuple(value for value in found if value)

    def _source(self, text: Written, words: str) -> Source:
        outer = text.outer
        return Source(
            guid=text.guid,
            name=text.name,
            text=words,
            description=text_in(outer, "Description"),
            user=self._user(outer),
            made_at=moment_of(outer.get("creationDateTime")),
            values=self._values(outer),
            notes=self._references(outer, "NoteRef", self.note_guids),
        )

    def _selections(self, marks: Sequence[Mark], placing: Placing) -> Iterator[Selection]:
        count = 0
        for mark in marks:
            place = placing.place(mark.marked, left=self.left, remarks=self.remarks)
            if place is None:
                continue
            codings = tuple(self._codings(mark.element))
            count += len(codings)
            if count > limits.CODINGS:
                self.left.note(say("Only the first {most} codings were read.", most=limits.CODINGS))
                return
            selection = Selection(
                guid=self._own(mark.element, "selection"),
                source=mark.marked.source,
                start=place[0],
                end=place[1],
                codings=codings,
                description=text_in(mark.element, "Description"),
                user=self._user(mark.element),
                made_at=moment_of(mark.element.get("creationDateTime")),
                notes=self._references(mark.element, "NoteRef", self.note_guids),
            )
            if selection.codings or selection.description or selection.notes:
                yield selection
            else:
                self.left.count(say("Marked passages without a code: {count}.", count=1))

    def _codings(self, element: etree._Element) -> Iterator[Coding]:
        for each in named(element, "Coding"):
            reference = first(each, "CodeRef")
            code = read_guid(reference.get("targetGUID")) if reference is not None else ""
            if code not in self.code_guids:
                self.left.count(say("Codings with a code that the file has not: {count}.", count=1))
                continue
            yield Coding(
                guid=self._own(each, "coding"),
                code=code,
                user=self._user(each) or self._user(element),
                made_at=moment_of(each.get("creationDateTime"))
                or moment_of(element.get("creationDateTime")),
                notes=self._references(each, "NoteRef", self.note_guids),
            )

    def _wholes(self, text: Written, placing: Placing) -> Iterator[Selection]:
        """Yield codings of a whole source, as selections of all its words."""
        words = placing.plain[text.guid]
        for coding in self._codings(text.outer):
            if words.strip():
                self.remarks.count(
                    say(
                        "Codes of whole texts, taken as codes of all their words: {count}.", count=1
                    )
                )
                guid = guid_of("whole", coding.guid)
                yield Selection(guid, text.guid, 0, len(words), (coding,), user=coding.user)

    def _cases(self, sources: set[str], selections: set[str]) -> Iterator[Case]:
        for element in self._inside("Cases"):
            yield Case(
                guid=self._own(element, "case"),
                name=element.get("name") or "",
                description=text_in(element, "Description"),
                values=self._values(element),
                sources=self._references(element, "SourceRef", sources),
                selections=self._references(element, "SelectionRef", selections),
            )

    def _groups(self, sources: set[str]) -> Iterator[Group]:
        for element in self._inside("Sets"):
            yield Group(
                guid=self._own(element, "set"),
                name=element.get("name") or "?",
                description=text_in(element, "Description"),
                codes=self._references(element, "MemberCode", self.code_guids),
                sources=self._references(element, "MemberSource", sources),
                notes=self._references(element, "MemberNote", self.note_guids),
            )

    def _unknown(self) -> None:
        for element in self.root:
            name = local(element)
            if name in LINKED:
                self.left.count(say(LINKED[name].text, count=len(element)), len(element))
            elif name not in KNOWN and name != "NoteRef":
                self.left.count(say("“{kind}” is not known here: {count}.", kind=name, count=1))


def _guids(codes: Sequence[Code]) -> set[str]:
    return {code.guid for code in codes} | {
        guid for code in codes for guid in _guids(code.children)
    }

"""A project as the XML of the REFI-QDA standard (`project.qde`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from nlp.exchange.counting import Counting, Ruler, Unit
from nlp.exchange.model import Case, Code, Group, Note, Project, Selection, Source, Value
from nlp.exchange.xml import sayable, written_moment

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:QDA-XML:project:1.0"
LONGEST_QUOTE = 80
FOLDER = "sources"


def project_xml(project: Project, *, unit: Unit = "code points") -> bytes:
    """Write a project.

    Args:
        project: What to write.
        unit: What positions are counted in; the standard says code points.
    """
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE})
    _set(root, name=project.name, origin=project.origin, creationDateTime=project.made_at)
    writer = _Writer(project, unit)
    if project.users:
        users = _add(root, "Users")
        for user in project.users:
            _add(users, "User", guid=user.guid, name=user.name)
    if project.codes:
        codes = _add(_add(root, "CodeBook"), "Codes")
        for code in project.codes:
            add_code(codes, code)
    writer.variables(root)
    writer.cases(root)
    writer.sources(root)
    writer.notes(root)
    writer.groups(root)
    _describe(root, project.description)
    _refer(root, "NoteRef", project.project_notes)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    assert isinstance(content, bytes)  # noqa: S101 - lxml is untyped
    return content


def add_code(parent: etree._Element, code: Code) -> None:
    """Write a code, its notes where the schema has them, and the codes below it."""
    element = _add(
        parent,
        "Code",
        guid=code.guid,
        name=code.name,
        isCodable="true" if code.codable else "false",
        color=code.colour,
    )
    _describe(element, code.description)
    _refer(element, "NoteRef", code.notes)
    for child in code.children:
        add_code(element, child)


class _Writer:
    """The parts that need to know the whole project."""

    def __init__(self, project: Project, unit: Unit) -> None:
        self.project = project
        self.counting = Counting(unit, returns=True)
        self.kinds = {variable.guid: variable.kind for variable in project.variables}

    def variables(self, root: etree._Element) -> None:
        if not self.project.variables:
            return
        several = _add(root, "Variables")
        for variable in self.project.variables:
            element = _add(
                several,
                "Variable",
                guid=variable.guid,
                name=variable.name,
                typeOfVariable=variable.kind,
            )
            _describe(element, variable.description)

    def values(self, element: etree._Element, values: Iterable[Value]) -> None:
        for value in values:
            inner = _add(element, "VariableValue")
            _refer(inner, "VariableRef", [value.variable])
            _add(inner, f"{self.kinds[value.variable]}Value").text = sayable(value.text)

    def cases(self, root: etree._Element) -> None:
        if self.project.cases:
            several = _add(root, "Cases")
            for case in self.project.cases:
                self.case(several, case)

    def case(self, several: etree._Element, case: Case) -> None:
        element = _add(several, "Case", guid=case.guid, name=case.name)
        _describe(element, case.description)
        self.values(element, case.values)
        _refer(element, "SourceRef", case.sources)
        _refer(element, "SelectionRef", case.selections)

    def sources(self, root: etree._Element) -> None:
        if not self.project.sources:
            return
        several = _add(root, "Sources")
        selections: dict[str, list[Selection]] = {}
        for selection in self.project.selections:
            selections.setdefault(selection.source, []).append(selection)
        for source in self.project.sources:
            self.source(several, source, selections.get(source.guid, []))

    def source(
        self, several: etree._Element, source: Source, selections: Iterable[Selection]
    ) -> None:
        element = _add(
            several,
            "TextSource",
            guid=source.guid,
            name=source.name,
            plainTextPath=f"internal://{source.guid}.txt",
            creatingUser=source.user,
            creationDateTime=source.made_at,
        )
        _describe(element, source.description)
        ruler = Ruler(source.text, self.counting)
        for selection in selections:
            _select(element, selection, source.text, ruler)
        _refer(element, "NoteRef", source.notes)
        self.values(element, source.values)

    def notes(self, root: etree._Element) -> None:
        if self.project.notes:
            several = _add(root, "Notes")
            for note in self.project.notes:
                _note(several, note)

    def groups(self, root: etree._Element) -> None:
        if self.project.groups:
            several = _add(root, "Sets")
            for group in self.project.groups:
                _group(several, group)


def _select(element: etree._Element, selection: Selection, text: str, ruler: Ruler) -> None:
    inner = _add(
        element,
        "PlainTextSelection",
        guid=selection.guid,
        name=quote(text[selection.start : selection.end]),
        startPosition=str(ruler.there(selection.start)),
        endPosition=str(ruler.there(selection.end)),
        creatingUser=selection.user,
        creationDateTime=selection.made_at,
    )
    _describe(inner, selection.description)
    for coding in selection.codings:
        coded = _add(
            inner,
            "Coding",
            guid=coding.guid,
            creatingUser=coding.user,
            creationDateTime=coding.made_at,
        )
        _refer(coded, "CodeRef", [coding.code])
        _refer(coded, "NoteRef", coding.notes)
    _refer(inner, "NoteRef", selection.notes)


def quote(words: str) -> str:
    """Return what a selection is called: the words it covers, or their beginning."""
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE].rstrip() + "…"


def _note(several: etree._Element, note: Note) -> None:
    element = _add(
        several,
        "Note",
        guid=note.guid,
        name=note.name,
        creatingUser=note.user,
        creationDateTime=note.made_at,
    )
    _add(element, "PlainTextContent").text = sayable(note.text)


def _group(several: etree._Element, group: Group) -> None:
    element = _add(several, "Set", guid=group.guid, name=group.name)
    _describe(element, group.description)
    _refer(element, "MemberCode", group.codes)
    _refer(element, "MemberSource", group.sources)
    _refer(element, "MemberNote", group.notes)


def _add(
    parent: etree._Element, tag: str, /, **attributes: str | datetime | None
) -> etree._Element:
    from lxml import etree

    space = parent.tag.rpartition("}")[0] + "}"
    element = etree.SubElement(parent, space + tag)
    _set(element, **attributes)
    return element


def _set(element: etree._Element, **attributes: str | datetime | None) -> None:
    """Write attributes; what is empty is left out, except a name, which some need."""
    for name, value in attributes.items():
        if isinstance(value, datetime):
            element.set(name, written_moment(value))
        elif value or name == "name":
            element.set(name, sayable(value or ""))


def _describe(element: etree._Element, text: str) -> None:
    if text:
        _add(element, "Description").text = sayable(text)


def _refer(element: etree._Element, name: str, guids: Iterable[str]) -> None:
    for guid in guids:
        _add(element, name, targetGUID=guid)


def files_of(project: Project) -> Mapping[str, bytes]:
    """Return the texts of a project as files: UTF-8 without a mark, line feeds only."""
    return {
        f"{FOLDER}/{source.guid}.txt": source.text.encode("utf-8", "replace")
        for source in project.sources
    }

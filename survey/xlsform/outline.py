"""The survey sheet as a tree of rows: what stands where, before anything is checked in depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyxform.parsing.sheet_headers import clean_text_values

from survey.xlsform.headings import Column, columns, settings_of
from survey.xlsform.types import RowType, read_type
from survey.xlsform.workbook import Row, Sheet, Workbook

Cell = tuple[Column, str]
YES = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"})


@dataclass(slots=True)
class Entry:
    """A row of the survey sheet.

    Attributes:
        row: The raw row.
        type: What its type cell says; None when the cell is empty.
        name: Its name, "" when it has none.
        cells: Its other cells in order, with what their columns mean.
        parent: The section it stands in, None at the top.
        children: The rows of a section.
        path: Where its answer is kept: `("data", "take", "kept")`.
        closed: Whether the end of a section was found.
    """

    row: Row
    type: RowType | None
    name: str
    cells: list[Cell]
    parent: Entry | None
    path: tuple[str, ...]
    children: list[Entry] = field(default_factory=list)
    closed: bool = False

    @property
    def section(self) -> bool:
        """Whether rows stand in it."""
        return self.type is not None and self.type.kind == "begin"

    def cell(self, *meaning: str) -> Cell | None:
        """Return the first filled cell of a meaning, in whichever language."""
        for cell in self.cells:
            if cell[0].meaning == meaning:
                return cell
        return None

    def text(self, *meaning: str) -> str:
        """Return the text of a cell, "" when it is blank."""
        found = self.cell(*meaning)
        return found[1] if found else ""


@dataclass(slots=True)
class Outline:
    """The survey sheet read.

    Attributes:
        root: The name of the outermost element, as a rule `data`.
        entries: Every row that is used, in the order of the sheet.
        strays: Ends of sections that nothing began.
        ignored: Rows that are skipped: switched off, or without type, name and label.
        columns: The columns of the survey sheet by heading.
    """

    root: str
    entries: list[Entry]
    strays: list[Entry]
    ignored: list[Row]
    columns: Mapping[str, Column]
    by_name: dict[str, list[Entry]] = field(default_factory=dict)

    def questions(self) -> Iterator[Entry]:
        """Yield the rows that hold answers."""
        return (entry for entry in self.entries if entry.type and entry.type.kind == "question")

    def repeats(self) -> frozenset[tuple[str, ...]]:
        """Return the paths of the repeats."""
        return frozenset(
            entry.path
            for entry in self.entries
            if entry.type and entry.type.kind == "begin" and entry.type.name == "repeat"
        )


def collapses_spaces(workbook: Workbook) -> bool:
    """Whether doubled spaces in the survey sheet count as one (the setting clean_text_values)."""
    return settings_of(workbook).get("clean_text_values", "yes") in YES


def read_outline(sheet: Sheet, *, root: str, collapse: bool) -> Outline:
    """Read the survey sheet into a tree.

    Args:
        sheet: The survey sheet.
        root: The name of the outermost element.
        collapse: Whether doubled spaces count as one.
    """
    meanings = columns("survey", sheet.headings)
    outline = Outline(root, [], [], [], meanings)
    open_sections: list[Entry] = []
    for row in sheet.rows:
        entry = _entry(row, meanings, open_sections, root, collapse=collapse)
        if entry is None:
            outline.ignored.append(row)
        elif entry.type is not None and entry.type.kind == "end":
            _close(entry, open_sections, outline)
        else:
            _add(entry, open_sections, outline)
    return outline


def _entry(
    row: Row,
    meanings: Mapping[str, Column],
    open_sections: list[Entry],
    root: str,
    *,
    collapse: bool,
) -> Entry | None:
    cells = [
        (meanings[heading], clean_text_values(value, strip_whitespace=collapse))
        for heading, value in row.cells.items()
    ]
    found = {column.meaning[0]: value for column, value in cells if len(column.meaning) == 1}
    type_cell, name = found.get("type", ""), found.get("name", "")
    if found.get("disabled") in YES:
        return None
    labelled = any(column.meaning[0] == "label" for column, _ in cells)
    if not type_cell and not name and not labelled:
        return None
    parent = open_sections[-1] if open_sections else None
    if type_cell == "note" and not name:
        name = f"generated_note_name_{row.number}"
    if type_cell == "audit":
        name = name or "audit"
        path: tuple[str, ...] = (root, "meta", name)
    else:
        path = (*(parent.path if parent else (root,)), name)
    return Entry(row, read_type(type_cell) if type_cell else None, name, cells, parent, path)


def _close(entry: Entry, open_sections: list[Entry], outline: Outline) -> None:
    begun = open_sections[-1] if open_sections else None
    if begun is None or begun.type is None or entry.type is None:
        outline.strays.append(entry)
    elif begun.type.name == entry.type.name:
        begun.closed = True
        open_sections.pop()
    else:
        outline.strays.append(entry)


def _add(entry: Entry, open_sections: list[Entry], outline: Outline) -> None:
    outline.entries.append(entry)
    if entry.parent is not None:
        entry.parent.children.append(entry)
    if entry.type is not None and entry.type.kind != "setting" and entry.name:
        outline.by_name.setdefault(entry.name, []).append(entry)
    if entry.section:
        open_sections.append(entry)

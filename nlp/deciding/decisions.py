"""The decisions of a run that hold: what its log of edits comes to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import ThemeEdit

Texts = dict[str, str]
"""A text by language."""


@dataclass(frozen=True)
class Decisions:
    """What people decided about the themes of a run.

    Attributes:
        names: For each theme that a person named, its name by language.
        descriptions: For each theme that a person described, the description by language.
        into: For each theme that was merged away, the theme it went into.
        splits: For each theme that was split, the themes it came apart into.
        begun: For each theme that a person began from a code, the code (its key as text).
        questions: For each theme that answers research questions, their keys.
        hidden: Themes set aside.
        moved: For each passage (key as text) that was moved, its theme; None for no theme.
        revision: Position of the last edit; 0 where there is none.
        edits: The edit behind each decision, by what it decides: `("name", 3)`, `("into", 2)`,
            `("hidden", 1)`, `("description", 3)`, `("questions", 3)`, `("split", 3)`,
            `("begun", 9)`, `("moved", key)`.
    """

    names: dict[int, Texts] = field(default_factory=dict)
    descriptions: dict[int, Texts] = field(default_factory=dict)
    into: dict[int, int] = field(default_factory=dict)
    splits: dict[int, list[int]] = field(default_factory=dict)
    begun: dict[int, str] = field(default_factory=dict)
    questions: dict[int, list[str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    moved: dict[str, int | None] = field(default_factory=dict)
    revision: int = 0
    edits: dict[tuple[str, Hashable], ThemeEdit] = field(default_factory=dict)

    def root(self, theme: int) -> int:
        """Return the theme that a theme went into in the end; itself if it was not merged."""
        while theme in self.into:
            theme = self.into[theme]
        return theme

    def members(self, theme: int) -> list[int]:
        """Return the themes that were merged into a theme, without itself."""
        return sorted(each for each in self.into if self.root(each) == theme)


def log_of(*, session: Session, run_id: UUID) -> list[ThemeEdit]:
    """Return every edit of a run, the oldest first."""
    return list(
        session.exec(
            select(ThemeEdit).where(ThemeEdit.run_id == run_id).order_by(col(ThemeEdit.position))
        ).all()
    )


def standing(log: Sequence[ThemeEdit]) -> list[ThemeEdit]:
    """Return the edits that nobody undid, the oldest first; undoings are edits too."""
    cancelled: set[int] = set()
    kept = []
    for edit in reversed(log):
        if edit.position not in cancelled:
            kept.append(edit)
            if edit.action == "undone":
                cancelled.add(int(edit.after["position"]))
    return kept[::-1]


def decisions_of(log: Sequence[ThemeEdit]) -> Decisions:
    """Work out what a log of edits comes to."""
    decisions = Decisions(revision=max((edit.position for edit in log), default=0))
    for edit in standing(log):
        _take(edit, decisions)
    return decisions


def _take(edit: ThemeEdit, decisions: Decisions) -> None:
    """Add one edit to what was decided before it."""
    if edit.action == "undone":
        return
    if edit.action == "moved":
        key = str(edit.passage_id)
        decisions.moved[key] = edit.after["theme"]
        decisions.edits["moved", key] = edit
        return
    assert edit.theme is not None  # noqa: S101 - every other edit is about a theme
    theme = decisions.root(edit.theme)
    kind, take = _TAKEN[edit.action]
    if take(edit, theme, decisions):
        decisions.edits[kind, theme] = edit


def _name(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    return _put(decisions.names, theme, edit.after["name"])


def _description(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    return _put(decisions.descriptions, theme, edit.after["description"])


def _put(texts: dict[int, Texts], theme: int, text: Texts) -> bool:
    if not text:
        texts.pop(theme, None)
        return False
    texts[theme] = dict(text)
    return True


def _questions(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    decisions.questions[theme] = list(edit.after["questions"])
    return True


def _merged(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    target = decisions.root(int(edit.after["into"]))
    # Two themes merged into one another, one decision of which was undone, are one already.
    if target == theme:
        return False
    decisions.into[theme] = target
    return True


def _hidden(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    decisions.hidden.discard(theme)
    if edit.action == "hidden":
        decisions.hidden.add(theme)
    return edit.action == "hidden"


def _split(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    decisions.splits[theme] = list(edit.after["parts"])
    return True


def _begun(edit: ThemeEdit, theme: int, decisions: Decisions) -> bool:
    decisions.begun[theme] = str(edit.after["code"])
    return True


_TAKEN: dict[str, tuple[str, Callable[[ThemeEdit, int, Decisions], bool]]] = {
    "renamed": ("name", _name),
    "described": ("description", _description),
    "asked": ("questions", _questions),
    "merged": ("into", _merged),
    "hidden": ("hidden", _hidden),
    "shown": ("hidden", _hidden),
    "split": ("split", _split),
    "begun": ("begun", _begun),
}
"""For each kind of edit what it decides, and what takes it: true where the decision holds by it."""


def touched(edits: Iterable[ThemeEdit], log: Sequence[ThemeEdit]) -> set[int | str]:
    """Return what edits are about: numbers of themes and keys of passages."""
    by_position = {edit.position: edit for edit in log}
    found: set[int | str] = set()
    for edit in edits:
        about = edit
        while about.action == "undone":
            about = by_position[int(about.after["position"])]
        found |= {value for value in (about.theme, about.after.get("into")) if value is not None}
        found |= set(about.after.get("parts", ()))
        if about.passage_id:
            found.add(str(about.passage_id))
    return found

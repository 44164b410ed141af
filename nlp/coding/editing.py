"""Changing the codebook: each change is checked, written down and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from data.history import record
from data.tables import Code, CodeEdit, Coding
from data.tables.base import now
from i18n import say
from nlp.coding.codebook import (
    COLOURS,
    DEEPEST,
    FIELDS,
    CodebookError,
    branches,
    code_of,
    fields_of,
)
from nlp.masking_review import known

LONGEST_NAME = 200
LONGEST_TEXT = 10_000
MOST_EXAMPLES = 50
MOST_CODES = 2_000
TEXTS = ("description", "includes", "excludes", "memo")


class Codebook:
    """A study's codebook in the hands of one person.

    Args:
        session: The caller's transaction.
        study_id: The study.
        account_id: Who changes it.
    """

    def __init__(self, *, session: Session, study_id: UUID, account_id: UUID | None) -> None:
        self.session = session
        self.study_id = study_id
        self.account_id = account_id

    def make(self, name: str, *, parent_id: UUID | None = None, **fields: Any) -> Code:  # noqa: ANN401 - columns
        """Add a code below another one or at the top, behind those that are there.

        Args:
            name: What it is called; one of a kind below its parent.
            parent_id: The code it stands below.
            fields: What else is said of it, of `FIELDS`; its colour is chosen where none is given.

        Raises:
            CodebookError: The name is missing, too long or taken, or a text is too long.
        """
        beside = self._children(parent_id)
        self._check_depth(parent_id, 0)
        said = self._checked({"name": name, **fields})
        self._check_name(said["name"], beside)
        parent = self.code(parent_id) if parent_id else None
        if "colour" not in said:
            said["colour"] = parent.colour if parent else COLOURS[len(beside) % len(COLOURS)]
        code = Code(
            study_id=self.study_id,
            parent_id=parent_id,
            position=max((each.position for each in beside), default=-1) + 1,
            account_id=self.account_id,
            **said,
        )
        self.session.add(code)
        self.session.flush()
        self.write("made", code, after=fields_of(code))
        return code

    def change(self, code_id: UUID, *, seen: int, **fields: Any) -> Code:  # noqa: ANN401 - columns
        """Change what is said of a code.

        Args:
            code_id: The code.
            seen: The `revision` that whoever changes it had before their eyes.
            fields: What changes, of `FIELDS`.

        Raises:
            CodebookError: Somebody changed it in the meantime, or a field is not possible.
        """
        code = self.code(code_id)
        if code.revision != seen:
            raise CodebookError(
                say("Somebody changed this code in the meantime. Look at it again.")
            )
        said = self._checked(fields)
        before = fields_of(code)
        changed = {name: value for name, value in said.items() if before[name] != value}
        if "name" in changed:
            beside = [each for each in self._children(code.parent_id) if each.id != code.id]
            self._check_name(changed["name"], beside)
        if changed:
            self._set(code, changed)
            old = {name: before[name] for name in changed}
            self.write("changed", code, before=old, after=changed)
        return code

    def move(self, code_id: UUID, *, parent_id: UUID | None, position: int | None = None) -> Code:
        """Put a code with all below it elsewhere: below another one, or at another place there.

        Args:
            code_id: The code.
            parent_id: The code it goes below; None for the top.
            position: Its place among those there, from 0; the last by default.

        Raises:
            CodebookError: It would stand below itself or too deep, or its name is taken there.
        """
        code = self.code(code_id)
        found = {each.code.id: each for each in self._branches()}
        own = list(found[code.id].walk())
        if parent_id in {branch.code.id for branch in own}:
            raise CodebookError(say("A code cannot stand below itself."))
        height = max(branch.depth for branch in own) - found[code.id].depth
        self._check_depth(parent_id, height)
        beside = [each for each in self._children(parent_id) if each.id != code.id]
        self._check_name(code.name, beside)
        before = {"parent": _key(code.parent_id), "position": code.position}
        place = len(beside) if position is None else max(0, min(position, len(beside)))
        for number, each in enumerate([*beside[:place], code, *beside[place:]]):
            each.position = number
            self.session.add(each)
        self._set(code, {"parent_id": parent_id})
        after = {"parent": _key(parent_id), "position": code.position}
        if before != after:
            self.write("moved", code, before=before, after=after)
        return code

    def merge(self, code_id: UUID, into_id: UUID) -> Code:
        """Make a code part of another one: its marks and the codes below it go there.

        Where a coder had marked the same words with both, one mark stays.

        Raises:
            CodebookError: Both are the same, or the other stands below it.
        """
        code, into = self.code(code_id), self.code(into_id)
        found = {each.code.id: each for each in self._branches()}
        if into_id in {branch.code.id for branch in found[code_id].walk()}:
            raise CodebookError(say("Choose another code: this one is the same, or below it."))
        marks, there = self.marks([code_id]), self.marks([into_id])
        known_there = {_stretch(each) for each in there}
        twice = [each for each in marks if _stretch(each) in known_there]
        moved = [each for each in marks if _stretch(each) not in known_there]
        self._give(moved, into_id)
        self._remove_marks(twice)
        children = self._lift(code, into_id)
        self._set(code, {"merged_into": into_id})
        after = {
            "into": _key(into_id),
            "codings": _keys(moved),
            "removed": _keys(twice),
            "children": children,
        }
        self.write("merged", code, before={"parent": _key(code.parent_id)}, after=after)
        return into

    def split(self, code_id: UUID, name: str, coding_ids: Sequence[UUID]) -> Code:
        """Make a code beside another one, and give it some of the other's marks.

        Raises:
            CodebookError: The name is taken, or one of the marks is not of that code.
        """
        code = self.code(code_id)
        marks = {each.id: each for each in self.marks([code_id])}
        if not coding_ids or set(coding_ids) - marks.keys():
            raise CodebookError(say("Choose marks of this code that go to the new one."))
        said = self._checked({"name": name})
        beside = self._children(code.parent_id)
        self._check_name(said["name"], beside)
        made = Code(
            study_id=self.study_id,
            parent_id=code.parent_id,
            name=said["name"],
            colour=COLOURS[len(beside) % len(COLOURS)],
            position=max(each.position for each in beside) + 1,
            account_id=self.account_id,
        )
        self.session.add(made)
        self.session.flush()
        self._give([marks[key] for key in dict.fromkeys(coding_ids)], made.id)
        after = {"from": _key(code_id), "name": made.name, "codings": [str(k) for k in coding_ids]}
        self.write("split", made, after=after)
        return made

    def remove(self, code_id: UUID) -> Code:
        """Take a code out, with its marks; codes below it move up. Both can be taken back."""
        code = self.code(code_id)
        marks = self.marks([code_id])
        self._remove_marks(marks)
        children = self._lift(code, code.parent_id)
        self._set(code, {"removed_at": now()})
        after = {"codings": _keys(marks), "children": children}
        self.write("removed", code, before={"parent": _key(code.parent_id)}, after=after)
        return code

    def code(self, code_id: UUID) -> Code:
        """Return a code that stands.

        Raises:
            CodebookError: There is none.
        """
        return code_of(code_id, session=self.session, study_id=self.study_id)

    def marks(self, code_ids: Sequence[UUID]) -> list[Coding]:
        """Return every mark of codes, lost ones too."""
        return list(
            self.session.exec(
                select(Coding).where(
                    Coding.study_id == self.study_id,
                    col(Coding.code_id).in_(code_ids),
                    col(Coding.removed_at).is_(None),
                )
            )
        )

    def write(
        self,
        action: str,
        code: Code,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> CodeEdit:
        """Write down what was done to a code.

        Raises:
            CodebookError: Somebody else changed the codebook at this very moment.
        """
        last = self.session.exec(
            select(func.max(CodeEdit.position)).where(CodeEdit.study_id == self.study_id)
        ).one()
        edit = CodeEdit(
            study_id=self.study_id,
            code_id=code.id,
            account_id=self.account_id,
            position=(last or 0) + 1,
            action=action,
            before=dict(before or {}),
            after=dict(after or {}),
        )
        self.session.add(edit)
        try:
            self.session.flush()
        except IntegrityError:
            self.session.rollback()
            raise CodebookError(
                say("Somebody changed the codebook in this very moment. Please try again.")
            ) from None
        record(
            f"code.{action}",
            session=self.session,
            study_id=self.study_id,
            account_id=self.account_id,
            subject="code",
            subject_id=code.id,
        )
        return edit

    def _set(self, code: Code, values: Mapping[str, Any]) -> None:
        code.sqlmodel_update({**values, "revision": code.revision + 1})
        self.session.add(code)
        self.session.flush()

    def _give(self, marks: Sequence[Coding], code_id: UUID) -> None:
        for each in marks:
            each.code_id = code_id
            self.session.add(each)
        self.session.flush()

    def _remove_marks(self, marks: Sequence[Coding]) -> None:
        moment = now()
        for each in marks:
            each.removed_at = moment
            self.session.add(each)
        self.session.flush()

    def _lift(self, code: Code, parent_id: UUID | None) -> list[str]:
        """Move the codes below a code elsewhere, behind those there; return their keys."""
        children = self._children(code.id)
        behind = max((each.position for each in self._children(parent_id)), default=-1)
        for number, child in enumerate(children, start=1):
            child.parent_id, child.position = parent_id, behind + number
            self.session.add(child)
        self.session.flush()
        return _keys(children)

    def _branches(self) -> list[Any]:
        return branches(session=self.session, study_id=self.study_id)

    def _children(self, parent_id: UUID | None) -> list[Code]:
        if parent_id is not None:
            self.code(parent_id)
        found = self._branches()
        if parent_id is None:
            return [branch.code for branch in found if branch.depth == 0]
        return [branch.code for branch in found if branch.code.parent_id == parent_id]

    def _check_depth(self, parent_id: UUID | None, height: int) -> None:
        found = self._branches()
        if len(found) >= MOST_CODES:
            raise CodebookError(say("A codebook has at most {most} codes.", most=MOST_CODES))
        depth = next((each.depth for each in found if each.code.id == parent_id), -1)
        if depth + 1 + height >= DEEPEST:
            raise CodebookError(say("Codes stand at most {most} levels deep.", most=DEEPEST))

    def _check_name(self, name: str, beside: Sequence[Code]) -> None:
        if name.casefold() in {each.name.casefold() for each in beside}:
            raise CodebookError(say("There is already a code called {name} here.", name=name))

    def _checked(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return fields as they are kept: trimmed, names masked, within bounds."""
        said = {name: value for name, value in fields.items() if name in FIELDS}
        if "name" in said:
            said["name"] = self._text(" ".join(str(said["name"]).split())[: 2 * LONGEST_NAME])
            if not 0 < len(said["name"]) <= LONGEST_NAME:
                raise CodebookError(
                    say("Give the code a name of at most {most} characters.", most=LONGEST_NAME)
                )
        if said.get("colour", COLOURS[0]) not in COLOURS:
            raise CodebookError(say("Choose one of the colours offered."))
        for name in TEXTS:
            if name in said:
                said[name] = self._text(str(said[name]))
        if "examples" in said:
            examples = [self._text(str(each)) for each in said["examples"]]
            said["examples"] = [each for each in examples if each][:MOST_EXAMPLES]
        return said

    def _text(self, text: str) -> str:
        text = text.strip()
        if len(text) > LONGEST_TEXT:
            raise CodebookError(
                say("A text about a code has at most {most} characters.", most=LONGEST_TEXT)
            )
        if not text:
            return text
        names = known(
            session=self.session,
            study_id=self.study_id,
            account_id=self.account_id,
            purpose="masking a codebook",
        )
        return names.mask(text, language="und").text


def _stretch(coding: Coding) -> tuple[Any, ...]:
    """Return what makes two marks the same mark, but for their code."""
    return (
        coding.account_id if coding.version == "own" else None,
        coding.version,
        coding.turn_id,
        coding.response_id,
        coding.path,
        coding.start,
        coding.end,
        coding.lost_at is None,
    )


def _key(key: UUID | None) -> str | None:
    return str(key) if key else None


def _keys(rows: Sequence[Coding] | Sequence[Code]) -> list[str]:
    return [str(row.id) for row in rows]

"""Deciding about themes: each decision is checked, written down and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from data.history import record
from data.tables import Passage, Theme, ThemeEdit, ThemeRun
from i18n import Refusal, say
from nlp.deciding.decisions import Decisions, Texts, decisions_of, log_of, standing, touched

LONGEST_NAME = 120


class DecisionError(Refusal):
    """This cannot be decided."""


class OvertakenError(DecisionError):
    """Somebody decided about the same in the meantime; `edits` are what they did."""

    def __init__(self, edits: list[ThemeEdit]) -> None:
        super().__init__(
            say("In the meantime somebody decided about the same. Look at it, then decide again.")
        )
        self.edits = edits


class Desk:
    """Where one person decides about one run: knows what they have seen.

    Args:
        session: The caller's transaction.
        run_id: The run.
        account_id: Who decides.
        seen: Position of the last decision that their screen showed.

    Attributes:
        own: Positions of the decisions made here.
    """

    def __init__(
        self, *, session: Session, run_id: UUID, account_id: UUID | None, seen: int
    ) -> None:
        self.session = session
        self.run_id = run_id
        self.account_id = account_id
        self.seen = seen
        self.log = log_of(session=session, run_id=run_id)
        self.own: list[int] = []

    @property
    def decisions(self) -> Decisions:
        """What holds now."""
        return decisions_of(self.log)

    def theme(self, number: int) -> int:
        """Return the theme that a number stands for.

        Raises:
            DecisionError: The run has no such theme.
        """
        known = self.session.exec(
            select(Theme.id).where(Theme.run_id == self.run_id, Theme.number == number)
        ).first()
        if known is None:
            raise DecisionError(say("This run has no such theme."))
        return self.decisions.root(number)

    def write(
        self,
        action: str,
        *,
        before: dict[str, Any],
        after: dict[str, Any],
        theme: int | None = None,
        passage_id: UUID | None = None,
    ) -> ThemeEdit:
        """Write a decision down, unless it was overtaken or changes nothing."""
        edit = ThemeEdit(
            run_id=self.run_id,
            position=(self.log[-1].position if self.log else 0) + 1,
            account_id=self.account_id,
            action=action,
            theme=theme,
            passage_id=passage_id,
            before=before,
            after=after,
        )
        self._refuse_overtaken(edit)
        self.session.add(edit)
        try:
            self.session.flush()
        except IntegrityError:
            self.session.rollback()
            raise OvertakenError([]) from None
        self.log.append(edit)
        self.own.append(edit.position)
        run = self.session.get_one(ThemeRun, self.run_id)
        record(
            f"theme.{action}",
            session=self.session,
            study_id=run.study_id,
            account_id=self.account_id,
            subject="theme_edit",
            subject_id=edit.id,
        )
        return edit

    def _refuse_overtaken(self, edit: ThemeEdit) -> None:
        mine = touched([edit], self.log)
        others = [
            each
            for each in self.log
            if each.position > self.seen
            and each.position not in self.own
            and touched([each], self.log) & mine
        ]
        if others:
            raise OvertakenError(others)


def rename(desk: Desk, theme: int, name: str, *, language: str) -> ThemeEdit:
    """Give a theme a name in a language; an empty one gives it back to the computer.

    Raises:
        DecisionError: The name is too long.
        OvertakenError: Somebody decided about this theme in the meantime.
    """
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise DecisionError(
            say(
                "A name has at most {most} characters; this one has {count}.",
                most=LONGEST_NAME,
                count=len(name),
            )
        )
    number = desk.theme(theme)
    before = desk.decisions.names.get(number, {})
    return desk.write(
        "renamed",
        theme=number,
        before={"name": before},
        after={"name": _with(before, name, language)},
    )


def describe(desk: Desk, theme: int, description: str, *, language: str) -> ThemeEdit:
    """Say in a language what a theme is about; an empty text takes the description away."""
    number = desk.theme(theme)
    before = desk.decisions.descriptions.get(number, {})
    return desk.write(
        "described",
        theme=number,
        before={"description": before},
        after={"description": _with(before, description.strip(), language)},
    )


def _with(texts: Texts, text: str, language: str) -> Texts:
    return {tag: value for tag, value in {**texts, language: text}.items() if value}


def merge(desk: Desk, theme: int, *, into: int) -> ThemeEdit:
    """Make a theme part of another, which keeps its name.

    Raises:
        DecisionError: They are one theme already.
        OvertakenError: Somebody decided about one of them in the meantime.
    """
    source, target = desk.theme(theme), desk.theme(into)
    if source == target:
        raise DecisionError(say("These are one theme already."))
    return desk.write("merged", theme=source, before={"into": None}, after={"into": target})


def ask(desk: Desk, theme: int, questions: Sequence[str]) -> ThemeEdit:
    """Say which research questions a theme answers, by their keys; none takes it off all."""
    number = desk.theme(theme)
    before = desk.decisions.questions.get(number, [])
    return desk.write(
        "asked",
        theme=number,
        before={"questions": before},
        after={"questions": list(dict.fromkeys(questions))},
    )


def split(desk: Desk, theme: int, *, parts: Sequence[int]) -> ThemeEdit:
    """Let a theme come apart into parts that were written down for it.

    What was merged into the theme before comes apart with it.

    Raises:
        OvertakenError: Somebody decided about this theme in the meantime.
    """
    number = desk.theme(theme)
    return desk.write(
        "split",
        theme=number,
        before={"parts": []},
        after={"parts": list(parts), "of": [number, *desk.decisions.members(number)]},
    )


def begin(desk: Desk, theme: int, *, code_id: UUID) -> ThemeEdit:
    """Let a theme hold that was made from a code.

    Args:
        desk: Who decides.
        theme: The theme, which is there with its passages.
        code_id: The code.
    """
    return desk.write(
        "begun", theme=desk.theme(theme), before={"code": None}, after={"code": str(code_id)}
    )


def hide(desk: Desk, theme: int) -> ThemeEdit:
    """Set a theme aside: it is counted, but left out of comparison and chapter."""
    number = desk.theme(theme)
    return desk.write("hidden", theme=number, before={"hidden": False}, after={"hidden": True})


def show(desk: Desk, theme: int) -> ThemeEdit:
    """Take a theme that was set aside back."""
    number = desk.theme(theme)
    return desk.write("shown", theme=number, before={"hidden": True}, after={"hidden": False})


def move(desk: Desk, passage_id: UUID, *, before: int | None, to: int | None) -> ThemeEdit:
    """Move a passage to another theme, or to none.

    Args:
        desk: Who decides.
        passage_id: The passage.
        before: Its theme as the screen showed it.
        to: The theme it belongs to; None for no theme.

    Raises:
        DecisionError: The passage is gone: its author corrected or withdrew it.
        OvertakenError: Somebody moved it in the meantime.
    """
    study = select(ThemeRun.study_id).where(ThemeRun.id == desk.run_id).scalar_subquery()
    known = desk.session.exec(
        select(Passage.id).where(Passage.id == passage_id, col(Passage.study_id) == study)
    ).first()
    if known is None:
        raise DecisionError(say("This passage is no longer there."))
    target = None if to is None else desk.theme(to)
    return desk.write(
        "moved", passage_id=passage_id, before={"theme": before}, after={"theme": target}
    )


def undo(desk: Desk, position: int) -> ThemeEdit:
    """Take a decision back; undoing an undoing makes it hold again.

    Raises:
        DecisionError: It does not hold any more.
    """
    holding = {edit.position for edit in standing(desk.log)}
    edit = next((each for each in desk.log if each.position == position), None)
    if edit is None or position not in holding:
        raise DecisionError(say("This decision was taken back already."))
    return desk.write(
        "undone",
        theme=edit.theme,
        passage_id=edit.passage_id,
        before=edit.after,
        after={"position": position},
    )

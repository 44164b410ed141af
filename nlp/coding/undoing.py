"""Taking back the last change of the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Code, CodeEdit, Coding
from data.tables.base import now
from i18n import say
from nlp.coding.codebook import CodebookError, history
from nlp.coding.editing import Codebook

AT_ONCE = 500
"""So many keys in one statement; databases limit them."""


def last_edit(edits: Sequence[CodeEdit]) -> CodeEdit | None:
    """Return the last change that nobody has taken back; None where there is none."""
    undone = {edit.after["position"] for edit in edits if edit.action == "undone"}
    standing = [edit for edit in edits if edit.action != "undone" and edit.position not in undone]
    return standing[-1] if standing else None


def undo(book: Codebook, *, seen: int) -> CodeEdit:
    """Take back the last change of a codebook.

    Args:
        book: The codebook in the hands of whoever takes it back.
        seen: The position of the change that they had before their eyes.

    Returns:
        The change that was taken back.

    Raises:
        CodebookError: There is none, or somebody changed the codebook in the meantime.
    """
    edit = last_edit(history(session=book.session, study_id=book.study_id))
    if edit is None:
        raise CodebookError(say("There is nothing to take back."))
    if edit.position != seen:
        raise CodebookError(say("Somebody changed the codebook in the meantime. Look at it again."))
    code = book.session.get_one(Code, edit.code_id)
    _reverse(edit, code, book)
    code.revision += 1
    book.session.add(code)
    book.session.flush()
    book.write("undone", code, after={"position": edit.position})
    return edit


def _reverse(edit: CodeEdit, code: Code, book: Codebook) -> None:
    session = book.session
    if edit.action == "changed":
        code.sqlmodel_update(edit.before)
    elif edit.action == "moved":
        code.parent_id = _key(edit.before["parent"])
        code.position = edit.before["position"]
    elif edit.action == "made":
        marks = book.marks([code.id])
        if marks:
            raise CodebookError(say("{name} is in use by now. Remove it instead.", name=code.name))
        code.removed_at = now()
    elif edit.action == "split":
        kept = {str(each.id) for each in book.marks([code.id])}
        if kept - set(edit.after["codings"]):
            raise CodebookError(say("{name} is in use by now. Merge it instead.", name=code.name))
        _recode(edit.after["codings"], UUID(edit.after["from"]), session=session)
        code.removed_at = now()
    else:
        merged = edit.action == "merged"
        code.removed_at = code.merged_into = None
        code.parent_id = _key(edit.before["parent"])
        if merged:
            _recode(edit.after["codings"], code.id, session=session)
        _restore(edit.after["removed" if merged else "codings"], session=session)
        for key in edit.after["children"]:
            child = session.get_one(Code, UUID(key))
            child.parent_id = code.id
            session.add(child)


def _recode(keys: Sequence[str], code_id: UUID, *, session: Session) -> None:
    """Give marks the code that they had; those taken away since stay away."""
    for coding in _codings(keys, session=session):
        coding.code_id = code_id
        session.add(coding)
    session.flush()


def _restore(keys: Sequence[str], *, session: Session) -> None:
    """Let marks stand again that went with the change."""
    for coding in _codings(keys, session=session):
        coding.removed_at = None
        session.add(coding)
    session.flush()


def _codings(keys: Sequence[str], *, session: Session) -> list[Coding]:
    found: list[Coding] = []
    for start in range(0, len(keys), AT_ONCE):
        some = [UUID(key) for key in keys[start : start + AT_ONCE]]
        found += session.exec(select(Coding).where(col(Coding.id).in_(some))).all()
    return found


def _key(key: str | None) -> UUID | None:
    return UUID(key) if key else None

"""What was done to the codebook, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from data.database import open_session
from data.tables import Code, CodeEdit
from nlp.coding.coders import Coder
from pages.words import t, tn


def who_did(edit: CodeEdit, coders: Mapping[UUID, Coder]) -> str:
    """Say who changed the codebook."""
    coder = coders.get(edit.account_id) if edit.account_id else None
    if coder is None:
        return t("somebody who left")
    return coder.label or t("Coder {number}", number=coder.number)


def sentence(edit: CodeEdit, edits: Sequence[CodeEdit]) -> str:
    """Say one change."""
    if edit.action == "undone":
        undone = next(each for each in edits if each.position == edit.after["position"])
        return t("Taken back: {what}", what=sentence(undone, edits))
    name = _called(edit.code_id)
    if edit.action == "changed" and "name" in edit.after:
        return t("“{old}” is now called “{name}”.",
                 old=edit.before["name"], name=edit.after["name"])  # fmt: skip
    if edit.action == "merged":
        into = _called(UUID(edit.after["into"]))
        return t("“{name}” became part of “{into}”.", name=name, into=into)
    if edit.action == "removed" and (count := len(edit.after["codings"])):
        return tn(
            "“{name}” was removed with one mark.",
            "“{name}” was removed with {count} marks.",
            count,
            name=name,
        )
    return {
        "made": t("“{name}” was added.", name=name),
        "changed": t("What “{name}” means was changed.", name=name),
        "moved": t("“{name}” was moved.", name=name),
        "split": t("“{name}” was split off.", name=name),
        "removed": t("“{name}” was removed.", name=name),
    }[edit.action]


def _called(code_id: UUID) -> str:
    with open_session() as session:
        code = session.get(Code, code_id)
        return code.name if code else "…"

"""What people mark themselves: the codebook, codings, and what coders say to each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, later, moment, within


class Code(Table, table=True):
    """What a stretch of text may be marked with.

    `includes` and `excludes` say when it is used and when not, `examples` are sentences that
    somebody chose or made up. `colour` is the name of a colour of the look, never its only sign.
    `position` orders the codes of one parent. Of a code that was taken out (`removed_at`) or became
    part of another (`merged_into`) the row stays. `revision` counts the changes, so that of two
    people who change it at once the second is told.
    """

    __tablename__ = "code"

    study_id: UUID = within("study")
    parent_id: UUID | None = within("code", gone="SET NULL", optional=True)
    name: str = Field(max_length=200)
    description: str = ""
    includes: str = ""
    excludes: str = ""
    examples: list[str] = json_list()
    colour: str = Field(default="slate", max_length=20)
    memo: str = ""
    position: int = 0
    revision: int = 1
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    created_at: datetime = moment()
    removed_at: datetime | None = later()
    merged_into: UUID | None = within("code", gone="SET NULL", optional=True)


class CodeEdit(Table, table=True):
    """What somebody did to the codebook; rows are only ever added.

    `position` counts the edits of a study: of two that claim the same one, the second is refused.
    `action` is made, changed, moved, merged, split, removed or undone (`after` names the position);
    `before` and `after` hold what changed, and the keys of codings that went along.
    """

    __tablename__ = "code_edit"
    __table_args__ = (UniqueConstraint("study_id", "position"),)

    study_id: UUID = within("study")
    code_id: UUID = within("code")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    position: int
    action: str = Field(max_length=20)
    before: dict[str, Any] = json_object()
    after: dict[str, Any] = json_object()
    created_at: datetime = moment()


class Coding(Table, table=True):
    """A stretch of a text marked with a code.

    The text is a turn, or the answer at `path` of a response; `start` and `end` are code points in
    it as it stands now, unmasked. `person_id` is whose words they are; None as long as nobody of
    the study speaks the turn. `account_id` is the coder. `version` is `own`, what a coder marked by
    themselves, or `decided`, what several agreed on.

    Since `lost_at` a correction has changed the words: `start` and `end` then are where they stood,
    in the text as it reads now. The old words are kept nowhere.
    """

    __tablename__ = "coding"
    __table_args__ = (Index("ix_coding_response_id_path", "response_id", "path"),)

    study_id: UUID = within("study")
    person_id: UUID | None = within("person", optional=True)
    code_id: UUID = within("code")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    turn_id: UUID | None = within("turn", optional=True)
    response_id: UUID | None = Field(
        default=None, foreign_key="response.id", ondelete="CASCADE", nullable=True
    )
    path: str = ""
    start: int
    end: int
    version: str = Field(default="own", max_length=10)
    memo: str = ""
    created_at: datetime = moment()
    removed_at: datetime | None = later()
    lost_at: datetime | None = later()


class CodedText(Table, table=True):
    """That a coder has finished a text: what they left unmarked there, they read and left."""

    __tablename__ = "coded_text"
    __table_args__ = (
        UniqueConstraint("account_id", "turn_id"),
        UniqueConstraint("account_id", "response_id", "path"),
        Index("ix_coded_text_response_id_path", "response_id", "path"),
    )

    study_id: UUID = within("study")
    account_id: UUID = within("account")
    turn_id: UUID | None = within("turn", optional=True)
    response_id: UUID | None = Field(
        default=None, foreign_key="response.id", ondelete="CASCADE", nullable=True
    )
    path: str = ""
    finished_at: datetime = moment()


class CodingTalk(Table, table=True):
    """What a coder says to the others about a stretch that they marked differently."""

    __tablename__ = "coding_talk"
    __table_args__ = (Index("ix_coding_talk_response_id_path", "response_id", "path"),)

    study_id: UUID = within("study")
    code_id: UUID | None = within("code", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    turn_id: UUID | None = within("turn", optional=True)
    response_id: UUID | None = Field(
        default=None, foreign_key="response.id", ondelete="CASCADE", nullable=True
    )
    path: str = ""
    start: int
    end: int
    text: str
    created_at: datetime = moment()

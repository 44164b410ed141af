"""The files of an entry that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from data.database import open_session
from pages.drawing.shelf import Kept
from survey import entry_files


@dataclass(frozen=True)
class EntryShelf:
    """Keeps the files of one entry of its author.

    Attributes:
        study_id: The study.
        account_id: The author.
        instance_id: The entry.
    """

    study_id: UUID
    account_id: UUID
    instance_id: UUID

    def keep(
        self, path: str, filename: str, content: bytes, *, kind: str, longest: int | None = None
    ) -> str:
        """Keep a file at once and return its name.

        Raises:
            EntryFileError: It is too large, of another kind, broken, or one too many.
        """
        with open_session() as session:
            kept = entry_files.keep(
                session=session,
                study_id=self.study_id,
                account_id=self.account_id,
                instance_id=self.instance_id,
                path=path,
                filename=filename,
                content=content,
                kind=kind,
                longest=longest,
            )
            session.commit()
        return kept.name

    def read(self, name: str) -> Kept | None:
        """Return a file of this entry; None when there is none of that name."""
        with open_session() as session:
            found = entry_files.read(
                session=session,
                account_id=self.account_id,
                instance_id=self.instance_id,
                name=name,
            )
        return Kept(name, *found) if found else None

    def remove(self, name: str) -> None:
        """Remove a file of this entry for good."""
        with open_session() as session:
            entry_files.remove(
                session=session,
                account_id=self.account_id,
                instance_id=self.instance_id,
                name=name,
            )
            session.commit()


@dataclass(frozen=True)
class CorrectionShelf(EntryShelf):
    """Keeps the files of an entry that is being corrected: it was sent, so none goes before that.

    What the corrected entry no longer names goes with the old wording.
    """

    def remove(self, name: str) -> None:
        """Leave the file where it is: until the correction is sent, the entry names it."""

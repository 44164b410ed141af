"""One study as one file: taking it out whole, and bringing it back here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from data.backups import STUDY, Backup, BackupError, dump, open_backup, take_in
from data.closed import letting
from data.database import open_session
from data.history import record
from data.tables import Export, Study
from data.tables.base import now
from i18n import say
from survey.deleting import Removed, clear, remove
from survey.studies import family, whole
from survey.withdrawal import apply_withdrawals

ENDING = ".zhenqing.zip"
"""How the files are called."""


@dataclass(frozen=True)
class Archived:
    """What was written: how many rows and files, and how many files were not there to be taken."""

    rows: int
    files: int
    missing: int


@dataclass(frozen=True)
class BroughtBack:
    """What came back.

    Attributes:
        slug: Of the study.
        made_at: When the archive was made.
        rows: How many rows were in it.
        files: How many files.
        withdrawn: People who had withdrawn since, and were taken out again.
    """

    slug: str
    made_at: str
    rows: int
    files: int
    withdrawn: int


def archive(slug: str, path: Path, *, account_id: UUID | None = None) -> Archived:
    """Write a study, with the call and the audience that belong to it, into one file.

    Everything of it is in the file: names, answers, drafts, files, who came in. Only its owner may
    read the file. The study goes on meanwhile.

    Args:
        slug: Of the study.
        path: Where to.
        account_id: Who does it; None for the operator.

    Raises:
        BackupError: There is no folder there, it cannot be written, or a kept file is damaged.
        StudyError: There is no such study.
    """
    if not path.parent.is_dir():
        raise BackupError(say("There is no folder {folder}.", folder=str(path.parent)))
    with open_session() as session:
        study = whole(session=session, slug=slug)
        keys = [each.id for each in family(study, session=session)]
    manifest = dump(path, studies=keys, about={"study": str(study.id), "slug": study.slug})
    made = Archived(
        rows=sum(int(table["rows"]) for table in manifest["tables"]),
        files=len(manifest["files"]),
        missing=len(manifest["missing"]),
    )
    with open_session() as session:
        record(
            "study.archived", session=session, study_id=study.id, account_id=account_id,
            subject="study", subject_id=study.id, rows=made.rows, files=made.files,
        )  # fmt: skip
        session.commit()
    return made


def bring_back(path: Path, *, replace: bool = False, account_id: UUID | None = None) -> BroughtBack:
    """Bring an archived study into this installation; its keys are those it had.

    Whoever withdrew after the archive was made, as far as this installation knows, is taken out
    again before anybody can see the rows.

    Args:
        path: The archive.
        replace: Whether the same study may go where it is still here.
        account_id: Who does it; None for the operator.

    Raises:
        BackupError: It is no archive of a study, or damaged; the study is still here, or another
            one is called so. Nothing was changed.
    """
    backup = open_backup(path, what=STUDY)
    slug = backup.about.get("slug", "")
    with open_session() as session:
        removed = _make_room(backup, replace=replace, session=session)
        keys = take_in(backup, session=session)
        with letting(session):
            session.expire_all()
            _forget_exports(keys, session=session)
            again = apply_withdrawals(session=session, studies=keys)
            record(
                "study.brought_back", session=session, study_id=keys[0], account_id=account_id,
                subject="study", subject_id=keys[0], withdrawn=again,
            )  # fmt: skip
            session.commit()
        if removed:
            clear(removed, session=session)
    return BroughtBack(
        slug=slug,
        made_at=backup.made_at,
        rows=sum(table.rows for table in backup.tables),
        files=len(backup.files),
        withdrawn=again,
    )


def _make_room(backup: Backup, *, replace: bool, session: Session) -> Removed | None:
    """Take out the same study where it is still here and may go.

    Raises:
        BackupError: It may not, or another study has its name.
    """
    key, slug = backup.about.get("study", ""), backup.about.get("slug", "")
    known = {str(each.id): each for each in session.exec(select(Study)).all()}
    if any(each.slug == slug and name != key for name, each in known.items()):
        raise BackupError(
            say("Another study here is called {slug}. It was not changed.", slug=slug)
        )
    here = known.get(key)
    if here is None:
        return None
    if not replace:
        raise BackupError(
            say(
                "The study {slug} is still here. It was not changed. Archive it first, then say "
                "--replace to put the archive in its place.",
                slug=here.slug,
            )
        )
    return remove(here, session=session)


def _forget_exports(keys: Sequence[UUID], *, session: Session) -> None:
    """Note that the archives of exports, which no archive of a study holds, are gone."""
    kept = select(Export).where(col(Export.study_id).in_(keys), col(Export.removed_at).is_(None))
    for export in session.exec(kept).all():
        export.removed_at = now()
        session.add(export)

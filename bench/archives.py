"""Whether a study comes back from its archive as it was: row by row and byte by byte.

The demo with its themes, and another study beside it, stand in one installation. The demo is
archived to one file, deleted for good and brought back; then the file is brought into an empty
installation. Every row of every table and every kept file is compared with what was there before.
Takes about a minute.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import sqlmodel
from sqlalchemy import select
from sqlmodel import Session

from bench.report import report
from settings import ROOT, settings

Rows = dict[str, set[str]]


def rows(studies: list[UUID], *, session: Session) -> Rows:
    """Return every row that belongs to studies, as text, by table."""
    from data.study_rows import within
    from data.tables import metadata

    return {
        table.name: {
            str(tuple(row))
            for row in session.connection().execute(select(table).where(within(table, studies)))
        }
        for table in metadata.sorted_tables
    }


def different(before: Rows, after: Rows) -> int:
    """Count the rows that are not the same; what was recorded since is none of them."""
    return sum(
        len(before[name] - after[name])
        + (0 if name == "audit_event" else len(after[name] - before[name]))
        for name in before
    )


def wrong_files(digests: set[str]) -> int:
    """Count the kept files that are missing or hold something else."""
    from data.files import content_of

    wrong = 0
    for digest in digests:
        try:
            wrong += sha256(content_of(digest)).hexdigest() != digest
        except FileNotFoundError:
            wrong += 1
    return wrong


def prepare() -> tuple[UUID, list[UUID], list[UUID]]:
    """Make the demo with its themes and another study; return their keys."""
    from bench.isolating.other_study import make_other
    from data import files
    from data.database import migrate, open_session
    from data.tables import Interview
    from data.tables.base import now
    from nlp.analysis import analyse
    from survey.interviews.recordings import attach
    from survey.studies import family
    from survey.study_folder import import_study, read_study

    migrate()
    with open_session() as session:
        tomorrow = now().date() + timedelta(days=1)
        study = import_study(
            read_study(ROOT / "studies" / "demo"), session=session, ending=tomorrow
        )
        session.commit()
        analyse(study_id=study.id, session=session, tell=lambda _share, _said: None)
        for name in ("a.bin", "b.bin"):
            files.keep(
                session=session, study_id=study.id, filename=name, content=os.urandom(3_000_000)
            )
        interview = session.exec(sqlmodel.select(Interview)).first()
        assert interview is not None
        sound = b"ID3" + os.urandom(5_000_000)
        attach(interview, "talk.mp3", sound, session=session, account_id=None)
        session.commit()
        other = make_other(study, session=session)
        session.commit()
        return study.id, [each.id for each in family(study, session=session)], other.studies


def main(folder: Path) -> bool:
    """Archive, delete, bring back, compare; print the JSON line."""
    from data.database import engine, migrate, open_session
    from data.tables import Attachment, Study
    from survey.deleting import delete_study
    from survey.study_archives import archive, bring_back

    key, keys, others = prepare()
    path = folder / "demo.zip"
    with open_session() as session:
        before, beside = rows(keys, session=session), rows(others, session=session)
        kept = session.exec(sqlmodel.select(Attachment)).all()
        digests = {each.sha256 for each in kept if each.study_id in keys}
    begun = time.perf_counter()
    made = archive("demo", path)
    archived = time.perf_counter() - begun
    with open_session() as session:
        begun = time.perf_counter()
        receipt = delete_study(session.get_one(Study, key), typed="demo", session=session)
        deleted = time.perf_counter() - begun
        left = sum(
            len(found)
            for name, found in rows(keys, session=session).items()
            if name != "audit_event"
        )
        still = len(digests) - wrong_files(digests)
    begun = time.perf_counter()
    bring_back(path)
    brought = time.perf_counter() - begun
    with open_session() as session:
        here = different(before, rows(keys, session=session))
        touched = different(beside, rows(others, session=session))
    wrong_here = wrong_files(digests)
    engine().dispose()
    os.environ["DATA_FOLDER"] = str(folder / "elsewhere")
    settings.cache_clear()
    migrate()
    bring_back(path)
    with open_session() as session:
        elsewhere = different(before, rows(keys, session=session))
    return report(
        "archives",
        {
            "rows": made.rows,
            "files": made.files,
            "archive_mb": round(path.stat().st_size / 1e6, 1),
            "archive_seconds": round(archived, 2),
            "delete_seconds": round(deleted, 2),
            "bring_back_seconds": round(brought, 2),
            "rows_in_receipt": sum(receipt.rows.values()),
            "rows_left_after_deleting": left,
            "files_left_after_deleting": still,
            "rows_different": here,
            "files_different": wrong_here,
            "rows_different_elsewhere": elsewhere,
            "files_different_elsewhere": wrong_files(digests),
            "rows_touched_of_the_other_study": touched,
        },
        {
            "rows_left_after_deleting": ("==", 0),
            "files_left_after_deleting": ("==", 0),
            "rows_different": ("==", 0),
            "files_different": ("==", 0),
            "rows_different_elsewhere": ("==", 0),
            "files_different_elsewhere": ("==", 0),
            "rows_touched_of_the_other_study": ("==", 0),
        },
    )


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp(prefix="archives-"))
    os.environ |= {"DATA_FOLDER": str(place / "here"), "DATABASE_URL": ""}
    settings.cache_clear()
    try:
        met = main(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    sys.exit(0 if met else 1)

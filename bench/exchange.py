"""Codings taken to another program's file and back: equal, nothing shifted, schema-valid.

The demo, with emoji and rare Han characters strewn into its texts, gets a codebook and 5,000
codings of three people. It is written as a .qdpx in both ways of counting, checked against the
published schema, opened with another program's library (`pyrefiqda`), brought into an empty study
of another installation, and written again from there: the two files have to be the same, byte by
byte. Every coding is also looked at in the texts it came from.

`python -m bench.exchange` takes about a minute; `--quick` (500 codings) a quarter of that.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import report

if TYPE_CHECKING:
    from sqlmodel import Session

    from data.tables import Study
    from nlp.exchange.leaving import Leaving
    from nlp.exchange.model import Project
    from nlp.exchange.report import Report

SEED = 20260601
WIDE = ("😀", "👩‍🎬", "🎬", "𠮷", "𪚥", "𡈽", "𝄞")
"""What is strewn in: emoji, one of several code points, Han beyond the first plane, a sign."""
GOALS = {
    "round_trip_differences": ("==", 0),
    "shifted_codings": ("==", 0),
    "schema_errors": ("==", 0),
    "differences_to_other_library": ("==", 0),
    "twice_differences": ("==", 0),
    "brought_twice": ("==", 0),
}


def main() -> None:
    """Run the benchmark and print its line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 codings")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_FOLDER"] = folder
        os.environ.pop("DATABASE_URL", None)
        figures = measure(Path(folder), 500 if quick else 5_000)
    report("exchange", figures, GOALS)


def measure(folder: Path, count: int) -> dict[str, float]:
    """Do everything and return the figures."""
    from sqlmodel import select

    from data.database import engine, migrate, open_session
    from data.tables import Study

    urls = [f"sqlite:///{folder}/{name}.db" for name in ("here", "there")]
    for url in urls:
        migrate(url)
    with open_session(urls[0]) as here, open_session(urls[1]) as there:
        demo(here)
        strew(here)
        code(here, count)
        study = here.exec(select(Study)).one()
        other = the_people(here, there)
        figures = exchange(here, study, there, other)
    for url in urls:
        engine(url).dispose()
    return figures


def demo(session: Session) -> None:
    """Load the demo."""
    from settings import ROOT
    from survey.study_folder import import_study, read_study

    import_study(read_study(ROOT / "studies" / "demo"), session=session, ending=date(2026, 6, 30))
    session.commit()


def strew(session: Session) -> None:
    """Put rare characters into texts: at the beginning, at the end and in between."""
    from sqlalchemy.orm.attributes import flag_modified
    from sqlmodel import col, select

    from data.tables import Response, Turn

    draw = random.Random(SEED)

    def strewn(text: str) -> str:
        for _ in range(draw.randint(1, 4)):
            place = draw.choice([0, len(text), draw.randint(0, len(text))])
            text = text[:place] + draw.choice(WIDE) + text[place:]
        return text

    for turn in session.exec(select(Turn).order_by(col(Turn.id))):
        turn.text = strewn(turn.text)
        session.add(turn)
    for response in session.exec(select(Response).order_by(col(Response.id))):
        response.answers = {
            name: _every_text(each, strewn) for name, each in response.answers.items()
        }
        flag_modified(response, "answers")
        session.add(response)
    session.commit()


def _every_text(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return {name: _every_text(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_every_text(each, change) for each in value]
    return (
        change(value)
        if isinstance(value, str) and " " in value + "。" and len(value) > 30
        else value
    )


def code(session: Session, count: int) -> None:
    """Make a codebook and codings of three people, at any offsets."""
    from sqlmodel import select

    from data.tables import Coding, Study
    from nlp.coding.editing import Codebook
    from nlp.coding.places import Place
    from nlp.sources import sources
    from survey.entering import open_account

    draw = random.Random(SEED)
    study = session.exec(select(Study)).one()
    coders = [
        open_account(session=session, study_id=study.id, role="researcher").account_id
        for _ in range(3)
    ]
    book = Codebook(session=session, study_id=study.id, account_id=coders[0])
    codes = [book.make(f"Theme {n} 主题 {WIDE[n]}", description="What it is.") for n in range(6)]
    codes += [
        book.make(f"Part {n}", parent_id=codes[n % 6].id, excludes="Not this.") for n in range(24)
    ]
    texts = [(source, text) for source in sources(session=session, study_id=study.id)
             if len(text := source.text.strip()) > 3]  # fmt: skip
    marked = set()
    begun = datetime(2026, 6, 1, tzinfo=UTC)
    for number in range(count):
        source, _ = draw.choice(texts)
        length = len(source.text)
        start = draw.randint(0, length - 1)
        end = min(length, start + draw.choice([1, 2, 5, 20, 80, length]))
        if not source.text[start:end].strip():
            start, end = 0, length
        chosen = (source.turn_id, source.response_id, source.path, start, end)
        code_id = draw.choice([each.id for each in codes if (*chosen, each.id) not in marked])
        marked.add((*chosen, code_id))
        place = Place(source.turn_id, source.response_id, source.path)
        session.add(
            Coding(
                study_id=study.id, person_id=source.person.id, code_id=code_id,
                account_id=draw.choice(coders), start=start, end=end,
                version=draw.choice(["own", "own", "own", "decided"]),
                memo=draw.choice(["", "", f"memo {number} {draw.choice(WIDE)} & <b>"]),
                created_at=begun + timedelta(seconds=number, microseconds=number),
                **place.columns,
            )
        )  # fmt: skip
    session.commit()


def the_people(here: Session, there: Session) -> Study:
    """Make a study elsewhere with the same people and nothing else."""
    from sqlmodel import select

    from data.tables import Person, Study, Team

    for table in (Study, Team, Person):
        for row in here.exec(select(table)):
            there.add(table(**row.model_dump()))
        there.flush()
    there.commit()
    return there.exec(select(Study)).one()


def exchange(here: Session, study: Study, there: Session, other: Study) -> dict[str, float]:
    """Take out, check, bring in, take out again."""
    from nlp.exchange.bringing import bring, plan
    from nlp.exchange.gathering import gather
    from nlp.exchange.project_writing import project_xml
    from nlp.exchange.qdpx import read_qdpx, write_qdpx
    from nlp.exchange.schema_check import problems

    def taken(session: Session, of: Study) -> Project:
        return gather(
            session=session, study=of, account_id=None, everything=True, language="en"
        ).project

    def brought(content: bytes, session: Session, into: Study) -> Report:
        what = plan(read_qdpx(content), session=session, study=into, account_id=None, trusted=True)
        bring(what, session=session)
        session.commit()
        return what.report

    began = time.perf_counter()
    project = taken(here, study)
    content = write_qdpx(project)
    wrote = time.perf_counter() - began
    wide = write_qdpx(project, unit="UTF-16")
    errors = sum(
        len(problems(project_xml(project, unit=unit), "Project"))
        for unit in ("code points", "UTF-16")
    )
    began = time.perf_counter()
    first = brought(wide, there, other)
    read = time.perf_counter() - began
    again = taken(there, other)
    back = write_qdpx(again)
    second = brought(back, here, study)
    return {
        "codings": project.codings,
        "texts": len(project.sources),
        "wide_characters": sum(sum(ord(c) > 0xFFFF for c in s.text) for s in project.sources),
        "round_trip_differences": float(back != content) + len(first.left),
        "shifted_codings": shifted(here, project) + shifted(there, again),
        "schema_errors": errors,
        "differences_to_other_library": elsewhere(project, content),
        "twice_differences": float(write_qdpx(taken(here, study)) != content),
        "brought_twice": second.codings + second.codes + second.texts,
        "take_out_s": round(wrote, 1),
        "bring_in_s": round(read, 1),
        "file_mb": round(len(content) / 1e6, 2),
    }


def shifted(session: Session, project: Project) -> int:
    """Count codings whose words in the file are not those in the original, as they are masked."""
    from sqlmodel import select

    from data.tables import Coding, Person
    from nlp.coding.texts import masked_words
    from nlp.exchange.leaving import Leaving

    rows = session.exec(select(Coding)).all()
    words = masked_words(rows, session=session, study_id=rows[0].study_id, account_id=None)
    leaving = Leaving(session.exec(select(Person.code)).all())
    texts = {source.guid: source.text for source in project.sources}
    said = {
        coding.guid: texts[selection.source][selection.start : selection.end]
        for selection in project.selections
        for coding in selection.codings
    }
    return sum(not _same(said.get(str(row.id)), words[row.id], leaving) for row in rows)


def _same(said: str | None, masked: str, leaving: Leaving) -> bool:
    """Whether two say the same, whatever language `[colleague]` is said in."""
    from nlp.privacy.leaving import COLLEAGUE

    def plain(text: str) -> str:
        for word in COLLEAGUE.values():
            text = text.replace(word, "[colleague]")
        return text

    return said is not None and plain(said) == plain(leaving.text(masked, "en").text)


def elsewhere(project: Project, content: bytes) -> int:
    """Count the selections that another program's library reads otherwise."""
    from pyrefiqda import RefiProject  # type: ignore[import-untyped] # it has no types

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project.qdpx"
        path.write_bytes(content)
        opened = RefiProject.load(path, Path(folder) / "open")
        texts = {source.guid: source.text for source in project.sources}
        theirs = {}
        for source in opened.sources.text_source:
            file = RefiProject.resolve_source_path(source.plain_text_path, Path(folder) / "open")
            text = file.read_bytes().decode()
            for selection in source.plain_text_selection:
                theirs[selection.guid] = (
                    text[selection.start_position : selection.end_position],
                    tuple(coding.code_ref.target_guid for coding in selection.coding),
                )
    ours = {
        selection.guid: (
            texts[selection.source][selection.start : selection.end],
            tuple(coding.code for coding in selection.codings),
        )
        for selection in project.selections
    }
    return sum(theirs.get(guid) != words for guid, words in ours.items()) + len(
        theirs.keys() - ours.keys()
    )


if __name__ == "__main__":
    main()

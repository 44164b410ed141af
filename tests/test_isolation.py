"""Nothing of one study is seen from another; `bench.isolation` looks at it as everybody."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session

from bench.isolating.commands import check_commands
from bench.isolating.leaks import Findings
from bench.isolating.other_study import MARK, Other, fingerprint, make_other
from bench.isolating.routes import check_routes
from bench.isolating.screens import check_screens, names_in, screens
from bench.isolating.viewers import Viewer, in_both, viewers
from data.tables import Study, metadata
from data.tables.base import now
from pages.navigation import ADDRESSES
from tests.runs_for_tests import a_run, a_written_study, passages_of

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def pair(session: Session) -> tuple[Study, Other]:
    study = a_written_study(session)
    study.start, study.end = (now().date() + timedelta(days=days) for days in (-10, 10))
    written = passages_of(session, study)
    for passage in written:
        passage.text_hash = sha256(passage.masked.encode()).hexdigest()
    session.flush()
    a_run(session, study, themes=[place % 3 for place in range(len(written))])
    session.commit()
    other = make_other(study, session=session)
    session.commit()
    return study, other


def test_the_other_study_has_a_marked_row_in_every_table(
    session: Session, pair: tuple[Study, Other]
) -> None:
    _, other = pair
    rows = other.rows(session=session)
    composite = {"embedding", "passage_theme", "place"}
    assert {name for name in metadata.tables if not rows.get(name)} <= composite
    assert MARK in session.get_one(Study, other.study_id).texts["title"]["en"]


def look_at_screens(
    study: Study, other: Other, addresses: frozenset[str], *, session: Session
) -> Findings:
    viewer = Viewer("both", in_both(study, other, session=session))
    session.commit()
    rows, before = other.rows(session=session), fingerprint(other, session=session)
    found = Findings(other)
    check_screens(found, [viewer], rows, bare=False, addresses=addresses)
    session.expire_all()
    assert (found.leaks, found.crashes) == ([], [])
    assert fingerprint(other, session=session) == before
    return found


def test_no_screen_shows_what_its_address_asks_for_of_the_other_study(
    session: Session, pair: tuple[Study, Other]
) -> None:
    asking = {address for address, screen in screens().items() if names_in(screen.file)}
    found = look_at_screens(*pair, frozenset(asking), session=session)
    assert found.checked["screens"] > 10


@pytest.mark.slow
def test_no_screen_shows_the_other_study_to_somebody_in_both(
    session: Session, pair: tuple[Study, Other]
) -> None:
    found = look_at_screens(*pair, ADDRESSES, session=session)
    assert found.checked["screens"] > 40


def test_no_route_and_no_command_shows_the_other_study(
    session: Session, pair: tuple[Study, Other], tmp_path: Path
) -> None:
    study, other = pair
    people = viewers(study, other, session=session)
    session.commit()
    rows, before = other.rows(session=session), fingerprint(other, session=session)
    found = Findings(other)
    check_routes(
        found, [each for each in people if each.name in {"both", "visitor"}], rows, own=study.slug
    )
    folder = tmp_path / "out"
    folder.mkdir()
    slow = {"themes", "chapter", "export"}
    assert check_commands(found, slug=study.slug, folder=folder, without=slow) == []
    session.expire_all()
    assert (found.leaks, found.crashes) == ([], [])
    assert fingerprint(other, session=session) == before


def test_a_leak_would_be_found(pair: tuple[Study, Other]) -> None:
    _, other = pair
    found = Findings(other)
    key = next(iter(other.ids - set(other.names)))
    found.look("screens", "words", f"A sentence {MARK}".encode())
    found.look("screens", "a key", f"/person?person={key}".encode())
    found.look("screens", "a name", other.names[0].encode())
    found.look("screens", "a name in a list", other.names[0].encode(), listed=True)
    assert [leak.partition(":")[0] for leak in found.leaks] == ["words", "a key", "a name"]

"""Whether anything of one study is seen from another: every screen, route and command.

Two studies stand in one installation. In the second every word is marked and every table has rows.
Somebody of the second looks at every screen of theirs first, so that what is kept ready is of it.
Then one person of each role in the first, a visitor, and somebody with every role in both look at
every screen with keys of the second in its address, ask every route with keys of the second in
address and body, and every command about the first is run. Nothing that is shown may hold a marked
word or a key of the second study, and no row of it may have changed.

Takes about five minutes; `--quick` (somebody in both and a participant) about one.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench.report import report
from settings import ROOT


def main(*, quick: bool) -> bool:
    """Check everything and print the JSON line; leaks are named above it."""
    from bench.isolating.commands import check_commands
    from bench.isolating.leaks import Findings
    from bench.isolating.other_study import fingerprint, make_other
    from bench.isolating.routes import check_routes
    from bench.isolating.screens import check_screens, warm
    from bench.isolating.viewers import native, viewers
    from data.database import migrate, open_session
    from data.tables.base import now
    from nlp.analysis import analyse
    from survey.study_folder import import_study, read_study

    migrate()
    begun = time.perf_counter()
    with open_session() as session:
        tomorrow = now().date() + timedelta(days=1)
        study = import_study(
            read_study(ROOT / "studies" / "demo"), session=session, ending=tomorrow
        )
        session.commit()
        analyse(study_id=study.id, session=session, tell=lambda _share, _said: None)
        session.commit()
        other = make_other(study, session=session)
        session.commit()
        people = viewers(study, other, session=session)
        theirs = native(other, session=session)
        session.commit()
        marked = warm(theirs)
        rows, before = other.rows(session=session), fingerprint(other, session=session)
    if quick:
        people = [each for each in people if each.name in {"both", "participant"}]
    print(f"# two studies after {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    found = Findings(other)
    check_routes(found, people, rows, own=study.slug)
    check_screens(found, people, rows, bare=not quick)
    with tempfile.TemporaryDirectory() as folder:
        unknown = check_commands(found, slug=study.slug, folder=Path(folder))
    with open_session() as session:
        changed = fingerprint(other, session=session) != before
    for line in [*found.leaks, *found.crashes, *unknown]:
        print(f"# {line}")
    return report(
        "isolation",
        {
            "checked": sum(found.checked.values()),
            **{f"{kind}_checked": count for kind, count in found.checked.items()},
            "viewers": len(people),
            "screens_marked_at_home": marked,
            "tables_filled": sum(bool(keys) for keys in rows.values()),
            "leaks": len(found.leaks),
            "crashes": len(found.crashes),
            "rows_changed_elsewhere": int(changed),
            "commands_not_checked": len(unknown),
            "seconds": round(time.perf_counter() - begun, 1),
        },
        {
            "screens_marked_at_home": (">=", 20),
            "leaks": ("==", 0),
            "crashes": ("==", 0),
            "rows_changed_elsewhere": ("==", 0),
            "commands_not_checked": ("==", 0),
        },
    )


if __name__ == "__main__":
    place = tempfile.mkdtemp(prefix="isolation-")
    os.environ |= {"DATA_FOLDER": place, "DATABASE_URL": "", "ENVIRONMENT": "development"}
    logging.disable(logging.WARNING)  # of screens that run without a browser
    try:
        met = main(quick="--quick" in sys.argv)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    sys.exit(0 if met else 1)

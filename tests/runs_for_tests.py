"""A theme run that tests fill with what they need, without computing anything."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Passage, PassageTheme, Person, Study, Team, Theme, ThemeRun
from data.tables.base import now
from tests.studies_for_tests import a_person, a_study

TITLES = ({"en": "money · pay", "zh-Hans": "钱 · 付"}, {"en": "rain · wet"}, {"en": "sleep · bed"})


def a_written_study(session: Session, *, people: int = 6, each: int = 4) -> Study:
    """Make a study in which every person wrote some passages; two teams, two nationalities."""
    study = a_study(session)
    study.threshold = 2
    other = Team(study_id=study.id, code="B", name={"en": "Team B"})
    session.add(other)
    session.flush()
    first = session.exec(select(Team).where(Team.code == "A")).one()
    written = [session.exec(select(Person).where(Person.code == "P01")).one()]
    written += [
        a_person(session, study, f"P{number:02}", team=first if number % 2 else other)
        for number in range(2, people + 1)
    ]
    for person in written:
        person.role = "director"
        for place in range(each):
            text = f"{person.code} wrote this as number {place}."
            session.add(
                Passage(
                    study_id=study.id,
                    person_id=person.id,
                    start=place * 100,
                    end=place * 100 + len(text),
                    language="en" if place % 2 else "zh-Hans",
                    masked=text,
                    text_hash=f"{person.code}-{place}",
                    day=date(2026, 6, 1 + place),
                )
            )
    session.flush()
    return study


def passages_of(session: Session, study: Study) -> list[Passage]:
    """Return the passages of a study by person and place."""
    found = session.exec(select(Passage).where(Passage.study_id == study.id)).all()
    return sorted(found, key=lambda passage: passage.text_hash)


def a_run(session: Session, study: Study, *, themes: list[int] | None = None) -> ThemeRun:
    """Make a run in which each passage belongs to one theme.

    Args:
        session: The caller's transaction.
        study: Whose passages; a person's first passage goes into theme 0, the next into 1, ...
        themes: For each passage the theme it belongs to instead; -1 for none.
    """
    passages = passages_of(session, study)
    chosen = themes or [int(passage.text_hash[-1]) % 3 for passage in passages]
    run = ThemeRun(study_id=study.id, encoder="none", quality={}, created_at=now())
    session.add(run)
    session.flush()
    keys: dict[int, UUID] = {}
    for number in sorted(set(chosen) - {-1}):
        theme = Theme(
            run_id=run.id,
            number=number,
            titles=TITLES[number % 3],
            keywords={"en": [f"word{number}", "shared"], "zh-Hans": [f"词{number}"]},
            measures={"voices": 0, "stability": 0.9, "clarity": 0.5},
        )
        session.add(theme)
        session.flush()
        keys[number] = theme.id
    for place, (passage, number) in enumerate(zip(passages, chosen, strict=True)):
        if number >= 0:
            session.add(
                PassageTheme(
                    passage_id=passage.id,
                    theme_id=keys[number],
                    weight=1.0,
                    main=True,
                    typical=place,
                )
            )
    session.flush()
    return run

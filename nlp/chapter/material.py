"""What a chapter is written from: every number in it comes from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlmodel import Session, col, func, select

from data.tables import Interview, Person, Response, Study, Team, ThemeRun
from data.tables.base import now
from nlp.privacy.leaving import codes_pattern, without_codes
from nlp.results import Found, Grouping, read_run
from survey.calendar import Standing, standings
from survey.own_calendar import changes_in
from survey.questionnaires import assignments
from survey.responses import days_done
from survey.today import plan_of, zone_of

NOT_ASKED = {Standing.COMING, Standing.EXCUSED}
QUOTED = 3
"""Quotations for each theme."""


@dataclass(frozen=True)
class Material:
    """Counts and findings of one study.

    Attributes:
        study: The study.
        found: The theme run.
        people: People of the study who did not withdraw.
        withdrawn: People who did.
        entries: Responses.
        interviews: Interviews.
        planned: Dated entries that were asked for until now.
        written: Those of them that were written.
        group_names: For each grouping the group's names by language, where it has any.
        sizes: For each grouping the number of people with passages in each group.
        made_at: When the chapter is made.
        codes: Finds the placeholders of people in masked text.
    """

    study: Study
    found: Found
    people: int
    withdrawn: int
    entries: int
    interviews: int
    planned: int
    written: int
    group_names: dict[str, dict[str, dict[str, str]]]
    sizes: dict[Grouping, pd.Series]
    made_at: datetime
    codes: re.Pattern[str]

    def quotable(self, number: int, *, language: str) -> list[tuple[str, str]]:
        """Return up to three typical passages of a theme with their language.

        Codes of people are written as `[colleague]` in `language`, that of the chapter.

        As long as nobody released anything, only the original wording may stand here, and only in
        a language that at least `threshold` people of the study write: otherwise it is a name.
        """
        passages = self.found.passages
        writers = passages.groupby("language")["person"].nunique()
        chosen: list[tuple[str, str]] = []
        people: set[str] = set()
        for key in self.found.typical.get(number, []):
            passage = passages.loc[key]
            written = str(passage["language"])
            if passage["person"] in people or written in {"und", "mul"}:
                continue
            if writers[written] >= self.study.threshold:
                masked = str(passage["masked"])
                chosen.append((without_codes(masked, self.codes, language), written))
                people.add(str(passage["person"]))
        return chosen[:QUOTED]


def gather(*, session: Session, study: Study, run: ThemeRun) -> Material:
    """Read everything a chapter says."""
    found = read_run(session=session, run=run)
    people = session.exec(select(Person).where(Person.study_id == study.id)).all()
    planned, written = _participation(list(people), study=study, session=session)
    teams = session.exec(select(Team).where(Team.study_id == study.id)).all()
    groupings: tuple[Grouping, ...] = ("team", "nationality", "role")
    return Material(
        study=study,
        found=found,
        people=sum(person.withdrawn_at is None for person in people),
        withdrawn=sum(person.withdrawn_at is not None for person in people),
        entries=session.exec(
            select(func.count(col(Response.id))).where(Response.study_id == study.id)
        ).one(),
        interviews=session.exec(
            select(func.count(col(Interview.id))).where(Interview.study_id == study.id)
        ).one(),
        planned=planned,
        written=written,
        group_names={"team": {team.code: team.name for team in teams}},
        sizes={by: found.groups(by).value_counts().sort_index() for by in groupings},
        made_at=now(),
        codes=codes_pattern(person.code for person in people),
    )


def _participation(people: list[Person], *, study: Study, session: Session) -> tuple[int, int]:
    """Count the dated entries asked for until now, and those written."""
    planned = written = 0
    moment = now()
    changed = changes_in(session=session, study_id=study.id)
    for person in people:
        changes = changed.of(person)
        for assignment in assignments(session=session, study_id=study.id, role=person.role):
            done = days_done(
                session=session, person_id=person.id, questionnaire=assignment.questionnaire
            )
            plan, zone = plan_of(assignment, study), zone_of(person, study)
            days = standings(plan, zone, moment, done=done, changes=changes)
            planned += sum(how not in NOT_ASKED for how in days.values())
            written += sum(how is Standing.DONE for how in days.values())
    return planned, written

"""How many of the entries that a study asked for were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from data.tables import Study
from data.tables.base import now
from survey.progress import Mark, dated, month_of
from survey.questionnaires import assignments
from survey.studies import teams_of


@dataclass(frozen=True)
class Participation:
    """Dated entries of people who did not withdraw, until now.

    Attributes:
        marks: How many days are written, written late, missed, excused ...
        teams: The same for each team (by code) in which at least `threshold` people were asked.
    """

    marks: Counter[Mark] = field(default_factory=Counter)
    teams: Mapping[str, Counter[Mark]] = field(default_factory=dict)

    @property
    def planned(self) -> int:
        """Entries that were to be here by now."""
        return planned(self.marks)

    @property
    def written(self) -> int:
        """Those that are, in time or late."""
        return written(self.marks)


def planned(marks: Counter[Mark]) -> int:
    """Count the entries that were to be here by now."""
    return sum(marks[mark] for mark in (Mark.WRITTEN, Mark.LATE, Mark.MISSED, Mark.OPEN))


def written(marks: Counter[Mark]) -> int:
    """Count the entries that are here."""
    return marks[Mark.WRITTEN] + marks[Mark.LATE]


def participation(*, session: Session, study: Study) -> Participation:
    """Count the dated entries of a study."""
    marks: Counter[Mark] = Counter()
    teams: dict[str, Counter[Mark]] = {}
    people: dict[str, set[str]] = {}
    codes = {key: team.code for key, team in teams_of(session=session, study_id=study.id).items()}
    for assignment in dated(assignments(session=session, study_id=study.id)):
        for progress in month_of(session=session, study=study, assignment=assignment, now=now()):
            counted = Counter(progress.days.values())
            marks += counted
            belongs = progress.person.team_id
            team = codes[belongs] if belongs else ""
            teams.setdefault(team, Counter()).update(counted)
            people.setdefault(team, set()).add(progress.person.code)
    shown = {
        team: counted
        for team, counted in sorted(teams.items())
        if team and len(people[team]) >= study.threshold
    }
    return Participation(marks, shown)

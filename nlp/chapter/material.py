"""What a chapter is written from: every number in it comes from here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd
from sqlmodel import Session, col, func, select

from data.tables import (
    ChapterText,
    Interview,
    Person,
    Questionnaire,
    Response,
    Study,
    Team,
    ThemeEdit,
    ThemeRun,
)
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, best
from nlp.answers import Figure, figures_of, read_answers
from nlp.chapter.authors import texts_of
from nlp.chapter.coded import CodedMonth, coded_month
from nlp.chapter.participation import Participation, participation
from nlp.checking import Checked, Failing, checks_of, failing
from nlp.deciding import log_of, standing
from nlp.privacy.leaving import codes_pattern, without_codes
from nlp.quoting import Shelf, read_shelf
from nlp.results import Found, read_proposed, read_run
from survey.applying.funnel import Funnel, funnel_of

QUOTED = 3
"""Quotations for each theme while nothing is released."""


@dataclass(frozen=True)
class Material:
    """Counts and findings of one study.

    Attributes:
        study: The study.
        language: The chapter's language.
        found: The theme run as people decided it.
        proposed: The same as the computer proposed it.
        people: People of the study, those who withdrew included.
        teams: Its teams, by code.
        entries: Responses.
        interviews: Interviews.
        participation: How many of the dated entries asked for until now were written.
        funnel: How many applied to the study and came; None where it has no call.
        questionnaires: The newest version of each questionnaire.
        shelf: The quotations, with what their authors released.
        figures: What people answered in numbers and choices, as the study defines it.
        texts: What the authors wrote, by key.
        decided: The decisions about themes that hold, the oldest first.
        made_at: When the chapter is made.
        codes: Finds the placeholders of people in masked text.
        checked: What people said who checked themes, by theme.
        coded: What people coded; None where they coded nothing.
    """

    study: Study
    language: str
    found: Found
    proposed: Found
    people: Sequence[Person]
    teams: Mapping[str, Team]
    entries: int
    interviews: int
    participation: Participation
    funnel: Funnel | None
    questionnaires: Sequence[Questionnaire]
    shelf: Shelf
    figures: Sequence[Figure]
    texts: Mapping[str, ChapterText]
    decided: Sequence[ThemeEdit]
    made_at: datetime
    codes: re.Pattern[str]
    checked: Mapping[int, Checked]
    coded: CodedMonth | None

    @property
    def taking_part(self) -> int:
        """How many people did not withdraw."""
        return sum(person.withdrawn_at is None for person in self.people)

    @property
    def withdrawn(self) -> int:
        """How many people withdrew."""
        return sum(person.withdrawn_at is not None for person in self.people)

    @property
    def left(self) -> int:
        """How many people stopped taking part without withdrawing."""
        return sum(
            person.left_on is not None and person.withdrawn_at is None for person in self.people
        )

    @property
    def questions(self) -> list[tuple[str, Mapping[str, str]]]:
        """The research questions: key, and text by language."""
        asked = self.study.design.get("research_questions", [])
        return [(question["key"], question["text"]) for question in asked]

    def team_name(self, code: str) -> str:
        """Return what a team is called in the chapter's language."""
        names = self.teams[code].name if code in self.teams else {}
        first = next(iter(names), "")
        return names.get(best([self.language, DEFAULT_LANGUAGE], names, default=first), code)

    def themes_of(self, question: str) -> list[int]:
        """Return the themes that people put to a research question, the most frequent first."""
        answers = self.found.decisions.questions
        return [
            theme.number for theme in self.found.themes if question in answers.get(theme.number, ())
        ]

    def text(self, key: str) -> str:
        """Return what the authors wrote in a place; empty where they did not."""
        return self.texts[key].text if key in self.texts else ""

    @cached_property
    def failing(self) -> Failing:
        """For each theme that people checked the languages across which it is not compared."""
        return failing(self.checked)

    @cached_property
    def sample(self) -> pd.DataFrame:
        """One row for each person with passages: team, nationality, role."""
        found = self.found
        return pd.DataFrame(
            {by: found.groups(by) for by in ("team", "nationality", "role")}
        ).fillna("")

    def quotable(self, number: int) -> list[tuple[str, str]]:
        """Return up to three typical passages of a theme with their language, for a draft.

        As long as nobody released anything, only the original wording may stand here, and only in
        a language that at least `threshold` people of the study write: otherwise it is a name. What
        its author released or refused is not among them.
        Codes of people are written as `[colleague]` in the chapter's language.
        """
        passages = self.found.passages
        writers = passages.groupby("language")["person"].nunique()
        chosen: list[tuple[str, str]] = []
        people: set[str] = set()
        for key in self.found.typical.get(number, []):
            if key in self.shelf.settled:
                continue
            passage = passages.loc[key]
            written = str(passage["language"])
            if passage["person"] in people or written in {"und", "mul"}:
                continue
            if writers[written] >= self.study.threshold:
                masked = str(passage["masked"])
                chosen.append((without_codes(masked, self.codes, self.language), written))
                people.add(str(passage["person"]))
        return chosen[:QUOTED]


def gather(
    *, session: Session, study: Study, run: ThemeRun, language: str, found: Found | None = None
) -> Material:
    """Read everything a chapter says.

    Args:
        session: Where to read.
        study: The study.
        run: Its newest theme run.
        language: The chapter's language.
        found: The run as people decided it, where it was read already: then only what tells a draft
            from a final version is read besides, neither participation nor figures.
    """
    whole = found is None
    found = found or read_run(session=session, run=run)
    people = session.exec(
        select(Person).where(Person.study_id == study.id).order_by(col(Person.code))
    ).all()
    teams = session.exec(
        select(Team).where(Team.study_id == study.id).order_by(col(Team.code))
    ).all()
    return Material(
        study=study,
        language=language,
        found=found,
        proposed=read_proposed(session=session, run=run) if whole else found,
        people=people,
        teams={team.code: team for team in teams},
        entries=_count(Response, study, session),
        interviews=_count(Interview, study, session),
        participation=participation(session=session, study=study) if whole else Participation(),
        funnel=funnel_of(study, session=session) if whole else None,
        questionnaires=_newest(session=session, study=study),
        shelf=read_shelf(session=session, study=study, found=found),
        figures=figures_of(read_answers(session=session, study=study), language) if whole else [],
        texts=texts_of(session=session, study_id=study.id, language=language),
        decided=standing(log_of(session=session, run_id=run.id)),
        made_at=now(),
        codes=codes_pattern(person.code for person in people),
        checked=checks_of(found, session=session) if whole else {},
        coded=coded_month(session=session, study=study) if whole else None,
    )


def _count(table: type[Response | Interview], study: Study, session: Session) -> int:
    return session.exec(select(func.count(col(table.id))).where(table.study_id == study.id)).one()


def _newest(*, session: Session, study: Study) -> list[Questionnaire]:
    rows = session.exec(
        select(Questionnaire)
        .where(Questionnaire.study_id == study.id)
        .order_by(col(Questionnaire.version))
    ).all()
    return list({row.name: row for row in rows}.values())

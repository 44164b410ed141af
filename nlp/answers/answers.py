"""The answers of a study, read once: what was answered to each question, by whom, on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.tables import Study
from i18n import best
from survey.answers import Entry, Joined, Variable, entries_of, joined_of, values_of
from survey.answers.flattening import Numbers
from survey.figures import Definition, Rate, definitions_of, rates_of
from survey.studies import teams_of


@dataclass(frozen=True)
class Asked:
    """One questionnaire with its entries, in the order of their days."""

    joined: Joined
    entries: Sequence[Entry]

    def values(self, variable: Variable) -> Iterator[tuple[Entry, Numbers, Any]]:
        """Yield every answer to a question with its entry and the turn of its repeats."""
        for entry in self.entries:
            for numbers, value in values_of(entry.response.answers, variable):
                yield entry, numbers, value

    def turns(self, variables: Sequence[Variable]) -> Iterator[tuple[Entry, list[Any]]]:
        """Yield the answers to several questions side by side, for each turn that has the first."""
        for entry in self.entries:
            given = [dict(values_of(entry.response.answers, each)) for each in variables]
            for numbers in given[0]:
                yield entry, [answers.get(numbers) for answers in given]


@dataclass(frozen=True)
class Answers:
    """Everything that was answered in a study.

    Attributes:
        study: The study.
        asked: Its questionnaires by name.
        teams: What its teams are called, by code and language.
        definitions: The figures that it defines.
        rates: The rates its money is counted with.
    """

    study: Study
    asked: Mapping[str, Asked]
    teams: Mapping[str, Mapping[str, str]]
    definitions: Sequence[Definition]
    rates: Sequence[Rate]

    def team_name(self, code: str, language: str) -> str:
        """Return what a team is called in a language."""
        names = self.teams.get(code) or {}
        if not names:
            return code
        return names[best([language], names, default=next(iter(names)))]

    @cached_property
    def team_of(self) -> pd.Series:
        """Person -> team: where most of their entries lie, for those who changed."""
        return self._mode("team")

    @cached_property
    def language_of(self) -> pd.Series:
        """Person -> the language they mostly write in."""
        return self._mode("language")

    def _mode(self, what: str) -> pd.Series:
        rows = [
            (entry.person, entry.team if what == "team" else entry.response.language)
            for asked in self.asked.values()
            for entry in asked.entries
        ]
        table = pd.DataFrame(rows, columns=["person", "value"])
        table = table[table["value"] != ""]
        return table.groupby("person")["value"].agg(lambda values: str(values.mode().iat[0]))


def read_answers(*, session: Session, study: Study) -> Answers:
    """Read the answers of a study."""
    by_version = entries_of(session=session, study_id=study.id)
    asked = {}
    for joined in joined_of(session=session, study_id=study.id):
        entries = [entry for key in joined.numbers for entry in by_version.get(key, [])]
        entries.sort(key=lambda entry: (entry.response.day, entry.response.submitted_at))
        asked[joined.name] = Asked(joined, entries)
    teams = teams_of(session=session, study_id=study.id)
    return Answers(
        study=study,
        asked=asked,
        teams={team.code: team.name for team in teams.values()},
        definitions=definitions_of(study),
        rates=rates_of(study),
    )


def label_of(texts: Mapping[str, str], language: str, default: str) -> str:
    """Return a label in the nearest language there is."""
    if not texts:
        return default
    return texts[best([language], texts, default=next(iter(texts)))] or default

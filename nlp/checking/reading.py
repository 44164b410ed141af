"""Reading checks back: which theme of a run was checked, whether that still fits, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import pandas as pd
from sqlmodel import Session, col, func, select

from data.tables import CheckAnswer, CheckedTheme, CheckQuestion, Passage, ThemeCheck
from nlp.checking.answering import CODERS
from nlp.checking.fitting import same
from nlp.checking.judging import Verdict, judge
from nlp.results import Found

Fit = Literal["fits", "renamed", "changed", "grown"]
Failing = Mapping[int, frozenset[str]]
"""For each theme the languages across which it is not compared."""
GROWN = 0.2
"""Share of passages that came after a check from which on it says too little of them."""


@dataclass(frozen=True)
class Checked:
    """A check of a theme as it stands.

    Attributes:
        check: Its row.
        number: The theme it is about, in this run.
        fit: `fits`; `renamed` where the theme has another name since, but the same description;
            `changed` where it was described anew, merged, split, or has no passages any more;
            `grown` where many passages came after the check. The last two count no more.
        carried: Whether it was made with an earlier run.
        languages: For each language how many coders have finished.
        unfinished: For each coder the languages in which they have begun and not finished.
        verdicts: For each language that two coders have finished what came of it.
        said: Passage x coder, all languages that two have finished: 1 yes, 0 no, NaN otherwise.
        weights: Passage -> how many it stands for.
    """

    check: ThemeCheck
    number: int
    fit: Fit
    carried: bool
    languages: dict[str, int]
    unfinished: dict[UUID, set[str]]
    verdicts: dict[str, Verdict]
    said: pd.DataFrame = field(default_factory=pd.DataFrame)
    weights: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))

    @property
    def counts(self) -> bool:
        """Whether what came out still says something about the theme as it is."""
        return self.fit in {"fits", "renamed"}

    @property
    def complete(self) -> bool:
        """Whether two coders have finished every language."""
        return bool(self.languages) and len(self.verdicts) == len(self.languages)

    def failing(self) -> frozenset[str]:
        """Return the languages across which the theme is not compared."""
        found = (tag for tag, verdict in self.verdicts.items() if verdict.standing == "fails")
        return frozenset(found) if self.counts else frozenset()


def state(found: Found, *, session: Session) -> tuple[object, ...]:
    """Return what changes whenever `checks_of` would return something else, cheaply."""
    begun = session.exec(
        select(func.count(col(CheckedTheme.id))).where(CheckedTheme.run_id == found.run.id)
    ).one()
    answers, last = session.exec(
        select(func.count(col(CheckAnswer.id)), func.max(CheckAnswer.answered_at))
        .join(CheckQuestion, col(CheckQuestion.id) == col(CheckAnswer.question_id))
        .join(CheckedTheme, col(CheckedTheme.check_id) == col(CheckQuestion.check_id))
        .where(CheckedTheme.run_id == found.run.id)
    ).one()
    decided = (found.decisions.revision, len(found.decisions.edits))
    return found.run.id, *decided, len(found.passages), begun, answers, str(last)


def failing(checks: Mapping[int, Checked]) -> Failing:
    """Return for each checked theme that fails somewhere the languages in which it does."""
    found = {number: checked.failing() for number, checked in checks.items()}
    return {number: languages for number, languages in found.items() if languages}


def checks_of(found: Found, *, session: Session) -> dict[int, Checked]:
    """Return the check of each theme of a run, by its number: the newest that counts, else any.

    What the computer says is taken from the run as it is now: a passage that was moved since counts
    where it lies.
    """
    rows = session.exec(
        select(CheckedTheme, ThemeCheck)
        .join(ThemeCheck, col(ThemeCheck.id) == col(CheckedTheme.check_id))
        .where(CheckedTheme.run_id == found.run.id)
        .order_by(col(ThemeCheck.created_at))
    ).all()
    read: dict[int, Checked] = {}
    for about, check in rows:
        checked = _read(about, check, found, session=session)
        before = read.get(checked.number)
        if before is None or checked.counts or not before.counts:
            read[checked.number] = checked
    return read


def fit_of(about: CheckedTheme, check: ThemeCheck, found: Found, *, session: Session) -> Fit:
    """Tell whether a theme is still the one that was checked."""
    theme = next(
        (each for each in (*found.themes, *found.hidden) if each.number == about.number), None
    )
    if theme is None or not same(about, check, found.decisions):
        return "changed"
    if _newer(check, session=session) >= GROWN:
        return "grown"
    called = found.decisions.names.get(about.number, {})
    renamed = any(text != check.title.get(tag) for tag, text in called.items())
    return "renamed" if renamed else "fits"


def _newer(check: ThemeCheck, *, session: Session) -> float:
    """Return the share of a study's passages that came after a check."""
    count = select(func.count(col(Passage.id))).where(Passage.study_id == check.study_id)
    everything = session.exec(count).one()
    newer = session.exec(count.where(col(Passage.created_at) > check.created_at)).one()
    return newer / everything if everything else 0.0


def _read(about: CheckedTheme, check: ThemeCheck, found: Found, *, session: Session) -> Checked:
    questions, answers = _answers(check, found, session=session)
    inside = found.main.reindex(questions.index) == about.number
    counted: dict[str, int] = {}
    unfinished: dict[UUID, set[str]] = {}
    verdicts: dict[str, Verdict] = {}
    kept: list[pd.DataFrame] = []
    for tag, part in questions.groupby("language"):
        said = answers.loc[part.index]
        whole = [coder for coder in said if said[coder].notna().all()]
        counted[str(tag)] = len(whole)
        for coder in said.columns.difference(whole):
            if said[coder].notna().any():
                unfinished.setdefault(UUID(coder), set()).add(str(tag))
        if len(whole) >= CODERS:
            kept.append(said[whole])
            verdicts[str(tag)] = judge(
                said[whole], inside, questions["weight"], found.passages["person"]
            )
    return Checked(
        check=check,
        number=about.number,
        fit=fit_of(about, check, found, session=session),
        carried=about.carried,
        languages=counted,
        unfinished=unfinished,
        verdicts=verdicts,
        said=_numbers(pd.concat(kept)) if kept else pd.DataFrame(),
        weights=questions["weight"],
    )


def _answers(
    check: ThemeCheck, found: Found, *, session: Session
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the passages of a check that are still there, and what every coder said of them."""
    rows = session.exec(
        select(CheckQuestion, CheckAnswer)
        .outerjoin(CheckAnswer, col(CheckAnswer.question_id) == col(CheckQuestion.id))
        .where(CheckQuestion.check_id == check.id)
        .order_by(col(CheckQuestion.position), col(CheckAnswer.account_id))
    ).all()
    asked = {
        str(question.passage_id): (question.language, question.weight)
        for question, _ in rows
        if str(question.passage_id) in found.passages.index
    }
    questions = pd.DataFrame.from_dict(asked, orient="index", columns=["language", "weight"])
    said: dict[str, dict[str, str]] = {}
    for question, given in rows:
        if given is not None and str(question.passage_id) in asked:
            said.setdefault(str(given.account_id), {})[str(question.passage_id)] = given.answer
    answers = pd.DataFrame(
        {coder: pd.Series(each, dtype=object) for coder, each in said.items()},
        index=questions.index,
        dtype=object,
    )
    return questions, answers


def _numbers(said: pd.DataFrame) -> pd.DataFrame:
    numbers: pd.DataFrame = said.apply(lambda column: column.map({"yes": 1.0, "no": 0.0}))
    return numbers.astype(float)

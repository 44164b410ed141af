"""How far those who judge agree: Krippendorff's alpha of each criterion, on ordinal scores."""

from __future__ import annotations

from math import isfinite

import pandas as pd
from sqlmodel import Session

from data.tables import Call
from nlp.agreement import Agreement
from nlp.agreement import agreement as measured
from survey.applying.calls import criteria_of
from survey.applying.reviewing import finished_reviews


def agreement(*, session: Session, call: Call) -> dict[str, Agreement]:
    """Return how far reviewers agree on each criterion for which that can be worked out.

    1 is full agreement, 0 what chance would give. Applications that one person alone has judged say
    nothing about it.

    Source:
        K. Krippendorff, Content Analysis, 4th edition (2018), chapter 12.
    """
    reviews = finished_reviews(session=session, study_id=call.study_id)
    found: dict[str, Agreement] = {}
    for criterion in criteria_of(call):
        scores = pd.DataFrame(
            [
                (str(each.application_id), str(each.account_id), float(each.scores[criterion.key]))
                for each in reviews
                if criterion.key in each.scores
            ],
            columns=["application", "reviewer", "score"],
        )
        if scores.empty:
            continue
        table = scores.pivot(index="application", columns="reviewer", values="score")
        value = measured(table, level="ordinal")
        if isfinite(value.alpha):
            found[criterion.key] = value
    return found

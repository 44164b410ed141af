"""How far coders agree on each code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pandas as pd
from sqlmodel import Session

from data.tables import Code
from nlp.agreement import Agreement, agreement
from nlp.coding.codebook import codes
from nlp.settling.units import Unit, units


@dataclass(frozen=True)
class CodeAgreement:
    """How far coders agree on one code.

    Attributes:
        code: The code.
        measured: Krippendorff's alpha over passages (marked or not), with its interval from drawing
            people again; NaN where nobody or everybody marked all of them.
        marked: Passages that at least one coder marked with it.
        together: Those that all who finished them did.
    """

    code: Code
    measured: Agreement
    marked: int
    together: int


def by_code(*, session: Session, study_id: UUID) -> list[CodeAgreement]:
    """Return how far coders agree on each code that one of them used, in the codebook's order."""
    known = codes(session=session, study_id=study_id)
    worth = [unit for unit in units(session=session, study_id=study_id) if unit.marks]
    used = {code for unit in worth for code in unit.marks}
    return [_agreement(code, worth) for key, code in known.items() if key in used]


def _agreement(code: Code, worth: Sequence[Unit]) -> CodeAgreement:
    ratings = pd.DataFrame.from_dict(
        {unit.key: _said(unit, code.id) for unit in worth}, orient="index"
    )
    people = pd.Series({unit.key: str(unit.person_id) for unit in worth})
    marked = [unit for unit in worth if code.id in unit.marks]
    return CodeAgreement(
        code=code,
        measured=agreement(ratings, clusters=people),
        marked=len(marked),
        together=sum(unit.marked_by(code.id) == unit.coders for unit in marked),
    )


def _said(unit: Unit, code_id: UUID) -> dict[str, float]:
    """Return 1 for each coder who marked a passage with a code, 0 for those who left it."""
    who = unit.marked_by(code_id)
    return {str(coder): float(coder in who) for coder in unit.coders}

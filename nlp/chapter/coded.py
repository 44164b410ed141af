"""What people coded, as the chapter tells it: each code by the people who speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data.tables import Study
from nlp.agreement import Agreement
from nlp.coded import person_codes, read_coded
from nlp.masking_review import known
from nlp.settling import by_code


@dataclass(frozen=True)
class CodeRow:
    """One code in use.

    Attributes:
        name: What it is called, masked.
        description: What it means, masked.
        depth: How deep it stands in the codebook.
        people: How many people speak of it.
    """

    name: str
    description: str
    depth: int
    people: int


@dataclass(frozen=True)
class AgreedCode:
    """How far coders agree on one code, as `nlp.settling.CodeAgreement`, its name masked."""

    name: str
    measured: Agreement
    marked: int
    together: int


@dataclass(frozen=True)
class CodedMonth:
    """What was coded in a study.

    Attributes:
        rows: The codes in use, those of the most people first.
        people: Of how many people texts were read.
        stretches: How many stretches are marked.
        agreed: How far coders agree on each code that they used in texts several of them finished.
    """

    rows: Sequence[CodeRow]
    people: int
    stretches: int
    agreed: Sequence[AgreedCode]


def coded_month(*, session: Session, study: Study) -> CodedMonth | None:
    """Return what was coded; None where nothing was.

    Researchers may have written names into their codebook: it is masked as texts are.
    """
    coded = read_coded(session=session, study=study, account_id=None)
    if not coded.used:
        return None
    names = known(session=session, study_id=study.id, account_id=None, purpose="masking")
    people = person_codes(coded)
    by_key = {branch.code.id: branch for branch in coded.branches}
    rows = [
        CodeRow(
            names.mask(by_key[key].code.name, language="und").text,
            names.mask(" ".join(by_key[key].code.description.split()), language="und").text,
            by_key[key].depth,
            int(people[key].sum()),
        )
        for key in coded.used
    ]
    rows.sort(key=lambda row: -row.people)
    agreed = [
        AgreedCode(
            names.mask(each.code.name, language="und").text,
            each.measured,
            each.marked,
            each.together,
        )
        for each in by_code(session=session, study_id=study.id)
    ]
    return CodedMonth(rows, int(coded.passages["person"].nunique()), len(coded.stretches), agreed)

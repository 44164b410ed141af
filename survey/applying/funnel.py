"""The funnel: how many applied, were read, were invited and came, in numbers that name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from data.tables import Application, Call, Person, Study
from survey.applying.choosing import standings
from survey.applying.states import State

OTHERS = "…"
"""Under which groups stand together that are too small to be counted by themselves."""


@dataclass(frozen=True)
class Funnel:
    """The numbers of a call.

    Attributes:
        begun: Applications that were begun and not sent.
        applied: Those that were sent and not withdrawn.
        withdrawn: Those that were withdrawn.
        reviewed: Those with at least one finished review.
        shortlisted: Those that reached the short list or an invitation.
        invited: Those that were invited, whatever they said.
        accepted: Those who come.
        joined: Those who are participants.
        countries: How many applied, by first nationality (ISO 3166 code), "" where unknown.
        languages: How many applied, by first language (BCP 47 tag), "" where unknown.
    """

    begun: int
    applied: int
    withdrawn: int
    reviewed: int
    shortlisted: int
    invited: int
    accepted: int
    joined: int
    countries: Mapping[str, int]
    languages: Mapping[str, int]


INVITED = {State.INVITED, State.ACCEPTED, State.DECLINED}


def funnel(*, session: Session, call: Call) -> Funnel:
    """Count the applications of a call."""
    sent = standings(session=session, call=call)
    states = Counter(each.state for each in sent)
    begun = session.exec(
        select(func.count()).where(
            Application.study_id == call.study_id,
            Application.state == State.DRAFT.value,
            col(Application.confirmed_at).is_not(None),
        )
    ).one()
    withdrawn = session.exec(
        select(func.count()).where(
            Person.study_id == call.study_id, col(Person.withdrawn_at).is_not(None)
        )
    ).one()
    invited = sum(states[state] for state in INVITED)
    return Funnel(
        begun=begun,
        applied=len(sent),
        withdrawn=withdrawn,
        reviewed=sum(bool(each.marks) for each in sent),
        shortlisted=states[State.SHORT] + invited,
        invited=invited,
        accepted=states[State.ACCEPTED],
        joined=sum(each.application.participant_id is not None for each in sent),
        countries=_counted(each.facts.nationalities for each in sent),
        languages=_counted(each.facts.languages for each in sent),
    )


def _counted(groups: Iterable[Sequence[str]]) -> dict[str, int]:
    firsts = Counter(group[0] if group else "" for group in groups)
    return dict(sorted(firsts.items(), key=lambda item: (-item[1], item[0])))


def grouped(counts: Mapping[str, int], *, threshold: int) -> dict[str, int]:
    """Put groups of fewer than `threshold` people together, so that no number points at anybody.

    Where even together they are too few, the next larger groups join them.

    Example:
        >>> grouped({"CN": 9, "DE": 4, "FR": 1, "IT": 1}, threshold=3)
        {'CN': 9, '…': 6}
        >>> grouped({"CN": 9, "FR": 2, "IT": 1}, threshold=3)
        {'CN': 9, '…': 3}
    """
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [item for item in largest if item[1] >= threshold]
    together = sum(number for _, number in largest[len(shown) :])
    while shown and 0 < together < threshold:
        together += shown.pop()[1]
    found = dict(shown)
    if together >= threshold:
        found[OTHERS] = together
    return found


def funnel_of(study: Study, *, session: Session) -> Funnel | None:
    """Count the applications to a study; None where it has no call."""
    call = session.exec(
        select(Call)
        .join(Study, col(Study.id) == col(Call.study_id))
        .where(Study.parent_id == study.id)
    ).first()
    return funnel(session=session, call=call) if call else None

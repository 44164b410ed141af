"""What tells that a theme run reads differently, without reading it."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from data.tables import AuditEvent, Passage, Study, Theme, ThemeRun

CHANGING = ("mask.decided", "mask.undecided", "people.imported", "person.changed", "person.moved")
"""Acts of the history after which passages are masked otherwise or count for another group."""


def state_of(run: ThemeRun, *, session: Session) -> tuple[str, ...]:
    """Return something that changes whenever `nlp.results.read_proposed` would.

    A withdrawal changes how many passages there are, splitting a theme how many themes; a name
    that is masked and a person who is said to be of another team or nationality change neither.
    """
    passages = session.exec(
        select(func.count(col(Passage.id))).where(Passage.study_id == run.study_id)
    ).one()
    themes = session.exec(select(func.count(col(Theme.id))).where(Theme.run_id == run.id)).one()
    acts = session.exec(
        select(func.count(col(AuditEvent.id))).where(
            AuditEvent.study_id == run.study_id, col(AuditEvent.action).in_(CHANGING)
        )
    ).one()
    study = session.get_one(Study, run.study_id)
    masked_with = study.design.get("masked_with", "")
    return str(passages), str(themes), str(acts), str(masked_with), str(study.threshold)

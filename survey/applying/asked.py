"""What an application form asks about, in a few words for the door."""

from __future__ import annotations

from sqlmodel import Session

from data.tables import Study
from i18n import best
from survey.applying.calls import FORM, assignment_of
from survey.questionnaires import form_of, latest
from survey.xlsform.model import Group, Repeat


def sections_of(study: Study, *, session: Session, language: str) -> list[str]:
    """Return the headings of the form of a call, in the language that fits best."""
    questionnaire = latest(session=session, study_id=study.id, name=FORM)
    if questionnaire is None:
        return []
    form = form_of(questionnaire)
    return [
        each.label[best([language, form.default_language], each.label, default=first)]
        for each in form.root.children
        if isinstance(each, Group | Repeat) and (first := next(iter(each.label), None))
    ]


def minutes_of(study: Study, *, session: Session) -> int:
    """Return how many minutes the form takes."""
    return assignment_of(study, session=session).minutes

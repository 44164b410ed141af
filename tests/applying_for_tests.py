"""A call for applications and people who applied, made by number: the same every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from sqlmodel import Session, select

from data.tables import Application, Call, Membership, Person, Review, Study
from data.tables.base import now
from settings import ROOT
from survey import questionnaires, responses
from survey.applying.calls import FORM, assignment_of, first_day
from survey.applying.reviewing import finish, judge, to_read
from survey.applying.sending import arrived
from survey.applying.starting import begin
from survey.entering import open_account
from survey.study_folder.call_folder import CallFolder, import_call, read_call

COUNTRIES = ("CN", "DE", "FR", "GB", "BR", "KR", "IN")
LANGUAGES = ("zh-Hans", "de", "fr", "en", "pt", "ko", "hi")
ROLES = ("traditional_director", "AI_creator", "producer", "editor", "actor")
WORDS = (
    *("river", "window", "silence", "lamp", "winter", "corner", "bread", "letter", "garden"),
    *("stone", "bicycle", "evening", "voice", "map", "shadow", "kitchen", "ferry", "orchard"),
    *("signal", "paper", "thread", "harbour", "market", "ladder", "mirror"),
)


FORM_FOR_TESTS = """
| survey |
| | type | name | label::English (en) | label::Deutsch (de) | required | appearance |
| | begin_group | about | About you | Über dich | | field-list identifying |
| | text | name | Your name | Dein Name | yes | |
| | text | phone | Your phone | Dein Telefon | | |
| | end_group | | | | | |
| | begin_group | background | Background | Herkunft | | field-list |
| | text | nationality | Country | Land | yes | |
| | select_multiple language | languages | Languages | Sprachen | yes | |
| | end_group | | | | | |
| | begin_group | work | Your work | Deine Arbeit | | field-list |
| | text | role | As what? | Als was? | | |
| | text | experience | What have you made? | Was hast du gemacht? | yes | multiline |
| | file | portfolio | A portfolio | Eine Mappe | | |
| | end_group | | | | | |
| | begin_group | why | Why you | Warum du | | field-list |
| | text | motivation | Why? | Warum? | yes | multiline |
| | text | sincere | A sincere moment | Ein aufrichtiger Moment | | multiline |
| | acknowledge | adult | I am of age. | Ich bin volljährig. | yes | |
| | end_group | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Deutsch (de) |
"""


@cache
def _folder() -> CallFolder:
    """Read the call that ships, with a form that is read faster than its own."""
    shipped = read_call(ROOT / "studies" / "ai-film-set" / "call")
    languages = "".join(f"| | language | {tag} | {tag} | {tag} |\n" for tag in LANGUAGES)
    form = f"{FORM_FOR_TESTS.strip()}\n{languages}"
    return replace(shipped, form=("application.md", form.encode()))


def a_call(session: Session, parent: Study, *, form: str = "") -> Call:
    """Make the call that ships for a study, open now."""
    today = now().date()
    call = import_call(
        replace(_folder(), form=("application.md", form.encode())) if form else _folder(),
        session=session,
        parent=parent,
        opens=today - timedelta(days=5),
        closes=today + timedelta(days=20),
    )
    call.open = True
    session.add(call)
    session.flush()
    return call


def study_of(session: Session, call: Call) -> Study:
    return session.get_one(Study, call.study_id)


def text(number: int, length: int = 40) -> str:
    """Return words that are another person's for every number."""
    return " ".join(Random(number).choices(WORDS, k=length))


def answers(number: int, **changed: Any) -> dict[str, Any]:
    """Return a complete form."""
    country = number % len(COUNTRIES)
    about = {"name": f"Robin Example{number}", "phone": f"+49 30 5550{number:04}"}
    background = {"nationality": COUNTRIES[country], "languages": [LANGUAGES[country]]}
    work = {
        "role": ROLES[number % len(ROLES)],
        "experience": f"I am Robin Example{number}. {text(number)}",
    }
    why = {"motivation": text(number + 100), "sincere": text(number + 200), "adult": "OK"}
    groups: dict[str, dict[str, Any]] = {
        "about": about,
        "background": background,
        "work": work,
        "why": why,
    }
    for group in groups.values():
        group.update({key: value for key, value in changed.items() if key in group})
    return groups


def begun(
    session: Session, call: Call, number: int, *, language: str = "en", address: str = ""
) -> Application:
    """Begin an application."""
    return begin(
        session=session,
        study=study_of(session, call),
        address=address or f"robin{number}@people.example",
        language=language,
    )


def applied(
    session: Session,
    call: Call,
    number: int,
    *,
    language: str = "en",
    address: str = "",
    **changed: Any,
) -> Application:
    """Begin an application and send its form."""
    application = begun(session, call, number, language=language, address=address)
    study = study_of(session, call)
    person = session.get_one(Person, application.person_id)
    assignment = assignment_of(study, session=session)
    questionnaire = questionnaires.latest(session=session, study_id=study.id, name=FORM)
    assert questionnaire
    day = first_day(study, session=session)
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        assignment=assignment,
        instance_id=responses.instance_of(assignment, person, day),
        answers=answers(number, **changed),
        day=day,
        language=language,
    )
    arrived(person, session=session)
    session.flush()
    return application


def a_reviewer(session: Session, call: Call, label: str = "") -> Membership:
    return open_account(session=session, study_id=call.study_id, role="reviewer", label=label)


def reviewed(
    session: Session, call: Call, application: Application, by: Membership, *scores: int
) -> Review:
    """Let a reviewer finish an application."""
    keys = [each["key"] for each in call.criteria]
    found = to_read(
        session=session,
        study_id=call.study_id,
        account_id=by.account_id,
        application_id=application.id,
    )
    assert found
    review = judge(
        found,
        session=session,
        call=call,
        account_id=by.account_id,
        scores=dict(zip(keys, scores, strict=True)),
    )
    review.comment = "Clear and their own."
    session.flush()
    finish(found, session=session, call=call, account_id=by.account_id)
    session.flush()
    return review


def account_of(session: Session, application: Application) -> Membership:
    return session.exec(
        select(Membership).where(Membership.person_id == application.person_id)
    ).one()

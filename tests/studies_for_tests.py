"""A small study that tests fill with what they need."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from data.tables import Assignment, Person, Study, Team
from survey import questionnaires
from survey.entering import open_account

DAILY = """
| survey |
| | type | name | label::English (en) | label::简体中文 (zh-Hans) | appearance | required | relevant |
| | range | mood | How are you tonight? | 今晚你感觉怎么样？ | | yes | |
| | text | moment | A moment of sincere feeling | 真情流露的一刻 | multiline | | |
| | select_one yes_no | again | Would you do it again? | 还会再来吗？ | | | ${mood} > 5 |
| | begin_repeat | take | Take | 镜次 | | | |
| | integer | kept | How many kept? | 留下几条？ | | | |
| | text | why | Why? | 为什么？ | multiline | | |
| | end_repeat | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::简体中文 (zh-Hans) |
| | yes_no | yes | Yes | 会 |
| | yes_no | no | No | 不会 |
| settings |
| | form_title | form_id | default_language |
| | Today | daily | English (en) |
"""


def a_study(session: Session, *, slug: str = "test", schedule: str = "daily") -> Study:
    """Make a study with one team, one person (P01) and one questionnaire, open around the clock."""
    study = Study(
        slug=slug,
        start=date(2026, 6, 1),
        end=date(2026, 6, 30),
        time_zone="Asia/Shanghai",
        texts={"title": {"en": "A test"}},
    )
    session.add(study)
    session.flush()
    team = Team(study_id=study.id, code="A", name={"en": "Team A"})
    session.add(team)
    session.flush()
    a_person(session, study, "P01", team=team)
    questionnaires.publish(
        session=session, study_id=study.id, filename="daily.md", content=DAILY.encode()
    )
    session.add(
        Assignment(study_id=study.id, questionnaire="daily", schedule=schedule, late_days=1)
    )
    session.flush()
    return study


def a_person(session: Session, study: Study, code: str, *, team: Team | None = None) -> Person:
    """Add a person with an account as a participant."""
    person = Person(
        study_id=study.id,
        code=code,
        team_id=team.id if team else None,
        nationalities=["CN", "DE"],
        languages=["zh-Hans"],
        time_zone="Asia/Shanghai",
        name="王小明",
    )
    session.add(person)
    session.flush()
    open_account(session=session, study_id=study.id, role="participant", person_id=person.id)
    return person

"""What goes when a person withdraws, what stays, and what a restored backup may not bring back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, SQLModel, col, select

from data import files
from data.database import engine
from data.erasing import scrub
from data.tables import (
    Attachment,
    AuditEvent,
    CalendarChange,
    Consent,
    Decision,
    Draft,
    Embedding,
    EntryFile,
    Interview,
    MaskDecision,
    Membership,
    Passage,
    PassageTheme,
    Person,
    Pin,
    Recording,
    Response,
    ResponseRevision,
    Study,
    TeamStay,
    Theme,
    ThemeRun,
    Turn,
    TurnRevision,
    metadata,
)
from data.tables.base import now
from settings import settings
from survey import consent, decisions, drafts, entering, entry_files, interviews, responses
from survey.questionnaires import latest
from survey.transcripts import read
from survey.withdrawal import GONE, apply_withdrawals, withdraw
from tests.studies_for_tests import a_person, a_study

SECRET = "海棠"
"""Stands in every text that the person of these tests gave, and nowhere else."""
CONTENT = SECRET.encode()
TALK = f"I: Who decided?\n王小明: {SECRET} did.\nP02: I was there.\n王小明: {SECRET}, twice."
ALONE = f"I: You said {SECRET}?\nP01: {SECRET} it was."

Everything = tuple[Person, Person]


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    a_person(session, made, "P02").name = "李四"
    session.commit()
    return made


def person_of(session: Session, code: str) -> Person:
    return session.exec(select(Person).where(Person.code == code)).one()


def account_of(session: Session, person: Person) -> Membership:
    return session.exec(select(Membership).where(Membership.person_id == person.id)).one()


def passage(person: Person, text: str, digest: str, **source: object) -> Passage:
    return Passage(
        study_id=person.study_id,
        person_id=person.id,
        start=0,
        end=len(text),
        language="zh-Hans",
        masked=text,
        text_hash=digest,
        **source,  # type: ignore[arg-type] # a turn or a response
    )


def sends(session: Session, person: Person, text: str, *, day: int = 3) -> Response:
    questionnaire = latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    sent = responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=uuid4(),
        answers={"mood": 7, "moment": text},
        day=date(2026, 6, day),
        language="zh-Hans",
    )
    made = decisions.decision(session=session, study_id=person.study_id, label=text)
    assert made
    sent.decision_id = made.id
    session.flush()
    return sent


def converse(session: Session, study: Study, key: str, text: str) -> Interview:
    people = [person_of(session, code) for code in ("P01", "P02")]
    transcript = read("talk.txt", text.encode())
    kept = interviews.keep(
        session=session,
        study_id=study.id,
        key=key,
        transcript=transcript,
        speakers=interviews.suggest_speakers(interviews.labels_of(transcript), people),
        original=(f"{key}.txt", text.encode()),
    )
    sound = files.keep(
        session=session, study_id=study.id, filename="s.mp3", content=b"voice" + key.encode()
    )
    session.flush()
    session.add(Recording(interview_id=kept.id, attachment_id=sound.id))
    session.flush()
    return kept


@pytest.fixture
def month(session: Session, study: Study) -> Everything:
    """Let P01 leave a trace of every kind, beside those of P02."""
    one, two = person_of(session, "P01"), person_of(session, "P02")
    one.email, one.nicknames = "wang@example.org", ["小王"]
    account = account_of(session, one).account_id
    consent.give(session=session, person=one, version="1", language="zh-Hans")
    mine, yours = sends(session, one, f"{SECRET}开了。"), sends(session, two, "花开了。")
    session.add(ResponseRevision(response_id=mine.id, before={"/data/moment": SECRET}, after={}))
    questionnaire_id = mine.questionnaire_id
    instance = uuid4()
    drafts.keep(
        session=session, account_id=account, questionnaire_id=questionnaire_id,
        instance_id=instance, path="/data/moment", value=SECRET, revision=0,
    )  # fmt: skip
    attachment = files.keep(
        session=session, study_id=study.id, filename=f"{SECRET}.png", content=CONTENT
    )
    session.flush()
    session.add(
        EntryFile(
            account_id=account, attachment_id=attachment.id, instance_id=mine.id, path="/data/p",
            name=f"{SECRET}.png",
        )
    )  # fmt: skip
    shared, alone = (
        converse(session, study, "王小明 and P02", TALK),
        converse(session, study, "alone", ALONE),
    )
    spoken = session.exec(select(Turn).where(Turn.interview_id == shared.id)).all()
    session.add(
        TurnRevision(turn_id=spoken[2].id, action="relabelled", before={"speaker": "王小明"})
    )
    session.add(MaskDecision(study_id=study.id, spelling="小王王", kind="person", person_id=one.id))
    session.add(MaskDecision(study_id=study.id, spelling="小王", kind="none"))
    passages = [
        passage(one, f"{SECRET}开了。", "a" * 64, response_id=mine.id, path="/data/moment"),
        passage(one, "花开了。", "b" * 64, turn_id=spoken[1].id),
        passage(two, "花开了。", "b" * 64, response_id=yours.id, path="/data/moment"),
        passage(two, "到了。", "c" * 64, turn_id=spoken[2].id),
    ]
    run = ThemeRun(study_id=study.id, encoder="e")
    session.add_all([*passages, run])
    session.flush()
    theme = Theme(
        run_id=run.id, number=0,
        titles={"zh-Hans": f"{SECRET}、花、开", "en": SECRET},
        keywords={"zh-Hans": [SECRET, "花", "开"], "en": [SECRET]},
    )  # fmt: skip
    session.add(theme)
    session.flush()
    session.add_all(
        PassageTheme(passage_id=each.id, theme_id=theme.id, weight=0.9) for each in passages
    )
    session.add_all(Embedding(text_hash=each * 64, encoder="e", vector=b"1234") for each in "abc")
    session.commit()
    assert alone.original_id
    return one, two


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table but the history."""
    return {
        table.name: [dict(row) for row in session.connection().execute(table.select()).mappings()]
        for table in metadata.sorted_tables
        if table.name not in {"questionnaire"}
    }


def test_not_one_word_and_no_name_is_left_in_the_database(
    session: Session, month: Everything
) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    left = str(everything(session))
    for word in (SECRET, "王小明", "小王", "wang@example.org"):
        assert word not in left


def test_a_count_stays(session: Session, month: Everything) -> None:
    gone = withdraw(session=session, person=month[0])
    session.commit()
    assert (gone.entries, gone.drafts, gone.turns, gone.files) == (1, 1, 3, 1)
    person = person_of(session, "P01")
    assert person.withdrawn_at
    assert (person.role, person.nationalities, person.languages, person.team_id) == (
        "",
        [],
        [],
        None,
    )
    assert session.exec(select(Consent.withdrawn_at)).one()
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "consent.withdrawn")).one()
    assert event.details == {"entries": 1, "drafts": 1, "turns": 3, "files": 1}


def test_what_others_gave_is_untouched(session: Session, month: Everything) -> None:
    def of_two() -> tuple[object, ...]:
        session.expire_all()
        two = person_of(session, "P02")
        sent = session.exec(select(Response).where(Response.person_id == two.id)).one()
        said = session.exec(select(Turn.text).where(Turn.speaker == "P02")).all()
        memberships = session.exec(
            select(Passage.masked).join(PassageTheme).where(Passage.person_id == two.id)
        ).all()
        return two.name, sent.answers, sent.decision_id, said, sorted(memberships)

    before = of_two()
    withdraw(session=session, person=month[0])
    session.commit()
    assert of_two() == before


def test_stays_calendar_pin_and_reasons_go_and_a_teams_calendar_stays(
    session: Session, study: Study
) -> None:
    person = person_of(session, "P01")
    session.add(TeamStay(person_id=person.id, since=study.start, team_id=person.team_id))
    session.add(Pin(person_id=person.id, digest="x"))
    days: dict[str, Any] = {"first": study.start, "last": study.start, "kind": "excuse"}
    session.add(CalendarChange(study_id=study.id, person_id=person.id, reason="fever", **days))
    session.add(CalendarChange(study_id=study.id, team_id=person.team_id, reason="rain", **days))
    person.left_on, person.left_reason = study.start, "no time"
    session.flush()
    withdraw(session=session, person=person)
    session.flush()
    assert session.exec(select(TeamStay)).all() == []
    assert session.exec(select(Pin)).all() == []
    assert [row.reason for row in session.exec(select(CalendarChange))] == ["rain"]
    session.refresh(person)
    assert (person.left_on or None, person.left_reason) == (None, "")


def test_vectors_go_only_with_the_last_passage_of_their_text(
    session: Session, month: Everything
) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    assert set(session.exec(select(Embedding.text_hash))) == {"b" * 64, "c" * 64}


def test_keywords_and_titles_keep_what_others_said(session: Session, month: Everything) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    theme = session.exec(select(Theme)).one()
    assert theme.keywords == {"zh-Hans": ["花", "开"]}
    assert theme.titles == {"zh-Hans": "花、开"}


def test_a_decision_stays_where_others_speak_of_it(session: Session, month: Everything) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    assert session.exec(select(Decision.label)).all() == ["花开了。"]


def test_of_a_shared_interview_the_places_stay_and_of_a_lone_one_nothing(
    session: Session, month: Everything
) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    interview = session.exec(select(Interview)).one()
    assert interview.key == "P01 and P02"
    assert interview.speakers["P01"] == {"role": "withdrawn"}
    turns = interviews.turns_of(session=session, interview_id=interview.id)
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("I", "Who decided?"), ("P01", GONE), ("P02", "I was there."), ("P01", GONE),
    ]  # fmt: skip


def test_files_are_gone_from_the_store_unless_somebody_elses_are_the_same(
    session: Session, month: Everything
) -> None:
    one, two = month
    account = account_of(session, two).account_id
    entry_files.keep(
        session=session, study_id=two.study_id, account_id=account, instance_id=uuid4(),
        path="/data/p", filename="p.txt", content=CONTENT, kind="file",
    )  # fmt: skip
    session.commit()
    withdraw(session=session, person=one)
    session.commit()
    kept = session.exec(select(Attachment)).one()
    stored = [
        path for path in Path(settings().files_url).rglob("*")
        if path.is_file() and path.parent.name != "withdrawals"
    ]  # fmt: skip
    assert [path.name for path in stored] == [kept.sha256]


def test_nothing_is_removed_from_the_store_unless_the_caller_commits(
    session: Session, month: Everything
) -> None:
    withdraw(session=session, person=month[0])
    session.rollback()
    for attachment in session.exec(select(Attachment)):
        assert files.read(attachment)
    assert SECRET in str(everything(session))


def test_links_and_devices_are_closed_and_no_new_link_opens(
    session: Session, month: Everything
) -> None:
    membership = account_of(session, month[0])
    token = entering.invite(session=session, membership=membership)
    cookie = entering.enter(session=session, token=token, device="a phone")
    assert entering.identify(session=session, cookie=cookie)
    withdraw(session=session, person=month[0])
    session.commit()
    assert entering.find(session=session, token=token) is None
    assert entering.identify(session=session, cookie=cookie) is None
    assert entering.has_withdrawn(session=session, token=token)
    with pytest.raises(entering.EnteringError):
        entering.invite(session=session, membership=membership)


def test_somebody_with_another_role_keeps_that_one(session: Session, month: Everything) -> None:
    one = month[0]
    membership = account_of(session, one)
    session.add(
        Membership(account_id=membership.account_id, study_id=one.study_id, role="researcher")
    )
    withdraw(session=session, person=one)
    other = session.exec(select(Membership).where(Membership.role == "researcher")).one()
    token = entering.invite(session=session, membership=other)
    identity = entering.identify(
        session=session, cookie=entering.enter(session=session, token=token)
    )
    assert identity
    assert (identity.roles, identity.person_id) == (frozenset({"researcher"}), None)


def test_a_restored_backup_applies_the_withdrawal_again(
    session: Session, month: Everything, backup: Callable[[], Callable[[], None]]
) -> None:
    restore = backup()
    withdraw(session=session, person=month[0])
    session.commit()
    restore()
    session.expire_all()
    assert SECRET in str(everything(session))
    assert apply_withdrawals(session=session) == 1
    session.commit()
    assert SECRET not in str(everything(session))
    assert person_of(session, "P01").withdrawn_at
    assert apply_withdrawals(session=session) == 0


def test_a_withdrawal_whose_note_was_lost_is_noted_again(
    session: Session, month: Everything
) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    folder = Path(settings().files_url) / "withdrawals"
    for note in folder.iterdir():
        note.unlink()
    assert apply_withdrawals(session=session) == 0
    assert [path.stem for path in folder.iterdir()] == [str(month[0].id)]


def test_what_a_request_under_way_left_behind_is_swept(session: Session, month: Everything) -> None:
    one = month[0]
    account = account_of(session, one).account_id
    questionnaire = latest(session=session, study_id=one.study_id, name="daily")
    assert questionnaire
    withdraw(session=session, person=one)
    session.add(
        Draft(
            account_id=account, questionnaire_id=questionnaire.id, instance_id=uuid4(),
            path="/data/moment", value=SECRET,
        )
    )  # fmt: skip
    session.commit()
    apply_withdrawals(session=session)
    session.commit()
    assert session.exec(select(Draft)).all() == []
    assert len(session.exec(
        select(AuditEvent).where(col(AuditEvent.action).startswith("consent.withdrawn"))
    ).all()) == 1  # fmt: skip


def test_the_files_of_the_database_hold_no_trace(
    session: Session, month: Everything, tmp_path: Path
) -> None:
    withdraw(session=session, person=month[0])
    session.commit()
    scrub()
    for file in tmp_path.glob("test.db*"):
        assert SECRET.encode() not in file.read_bytes(), file.name


@pytest.fixture
def backup(session: Session) -> Callable[[], Callable[[], None]]:
    """Give a function that copies every row and returns one that puts them back."""

    def take() -> Callable[[], None]:
        session.commit()
        with engine().connect() as connection:
            rows = {
                table: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in SQLModel.metadata.sorted_tables
            }

        def put_back() -> None:
            session.rollback()
            with engine().begin() as connection:
                history = metadata.tables["audit_event"]
                for table in reversed(SQLModel.metadata.sorted_tables):
                    if table is not history:
                        connection.execute(table.delete())
                for table, values in rows.items():
                    if values and table is not history:
                        connection.execute(table.insert(), values)

        return put_back

    return take


def test_withdrawn_at_is_when_it_was_said(session: Session, month: Everything) -> None:
    before = now()
    withdraw(session=session, person=month[0])
    withdraw(session=session, person=month[0])
    at = person_of(session, "P01").withdrawn_at
    assert at
    assert before <= at <= now()

"""What comes in, whose it is, what is not taken; what leaves for whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, select

from data.tables import (
    Account,
    AuditEvent,
    Code,
    CodeEdit,
    Coding,
    Interview,
    Person,
    Response,
    Turn,
)
from nlp.coding.blind import finish
from nlp.coding.editing import Codebook
from nlp.coding.places import Place
from nlp.exchange.bringing import bring, plan
from nlp.exchange.cases import properties
from nlp.exchange.definition import Definition, taken_apart
from nlp.exchange.gathering import gather
from nlp.exchange.guids import guid_of
from nlp.exchange.making import FORMS, Form, make
from nlp.exchange.model import Code as FileCode
from nlp.exchange.model import Coding as FileCoding
from nlp.exchange.model import Project, Reading, Selection, Source, User
from nlp.exchange.opening import read
from nlp.exchange.qdc import read_qdc, write_qdc
from nlp.exchange.report import Report
from tests.nlp.exchange.studies_for_tests import Coded, people_of_test

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ANNE = User(guid_of("anne"), "Anne Secret")
TALK = "Ann: I came early.\n\nBo: Why?\n\nAnn: I liked the light 😀.\nVery much."
FOREIGN = Project(
    "Elsewhere",
    origin="MAXQDA 24",
    users=(ANNE,),
    codes=(FileCode(guid_of("t"), "trust"), FileCode(guid_of("l"), "Light", children=(FileCode(guid_of("m"), "Lamp"),))),
    sources=(Source(guid_of("talk"), "Talk with Ann", TALK),),
    selections=(
        Selection(guid_of(1), guid_of("talk"), TALK.index("light"), TALK.index("light") + 7, (FileCoding(guid_of(11), guid_of("l"), ANNE.guid),), "see R&D"),
        Selection(guid_of(2), guid_of("talk"), 0, len(TALK), (FileCoding(guid_of(12), guid_of("t"), ANNE.guid),)),
        Selection(guid_of(3), guid_of("talk"), 0, 4, (FileCoding(guid_of(13), guid_of("m")),)),
    ),
)  # fmt: skip


def take(session: Session, coded: Coded, project: Project, *, trusted: bool = False) -> Report:
    what = plan(
        Reading(project, project.origin),
        session=session,
        study=coded.study,
        account_id=coded.anna,
        trusted=trusted,
    )
    report = bring(what, session=session)
    session.commit()
    return report


def test_texts_of_others_become_interviews_with_speakers(session: Session, coded: Coded) -> None:
    report = take(session, coded, FOREIGN)
    assert (report.texts, report.codes, report.codes_known, report.codings, report.coders) == (
        1,
        2,
        1,
        4,
        1,
    )
    assert [message.text for message in report.left] == [
        "“{name}”, {start}–{end}: these words are not in the text here."
    ]
    assert [message.text for message in report.remarks] == [
        "Codings across several speakers, one for each now: {count}."
    ]
    interview = session.exec(select(Interview).where(Interview.key == "Talk with Ann")).one()
    turns = session.exec(select(Turn).where(Turn.interview_id == interview.id)).all()
    assert sorted((turn.position, turn.speaker) for turn in turns) == [
        (0, "Ann"),
        (1, "Bo"),
        (2, "Ann"),
    ]
    texts = {turn.id: turn.text for turn in turns}
    rows = [row for row in session.exec(select(Coding)) if row.turn_id in texts and row.memo]
    assert [texts[row.turn_id][row.start : row.end] for row in rows if row.turn_id] == ["light 😀"]
    coder = session.get_one(Account, rows[0].account_id)
    assert coder.disabled
    assert "Secret" not in coder.label
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "codings.brought")).one()
    assert event.details == {"codes": 2, "texts": 1, "codings": 4}
    assert take(session, coded, FOREIGN).is_nothing


def test_nothing_is_written_before_it_is_brought(session: Session, coded: Coded) -> None:
    before = [
        len(session.exec(select(table)).all()) for table in (Code, Coding, Interview, Account)
    ]
    plan(Reading(FOREIGN), session=session, study=coded.study, account_id=coded.anna, trusted=True)
    session.commit()
    assert [
        len(session.exec(select(table)).all()) for table in (Code, Coding, Interview, Account)
    ] == before


def test_a_file_cannot_speak_for_a_colleague(session: Session, coded: Coded) -> None:
    forged = replace(FOREIGN, users=(User(str(coded.ben), "Ben"),))
    selections = tuple(
        replace(
            each, codings=tuple(replace(coding, user=str(coded.ben)) for coding in each.codings)
        )
        for each in FOREIGN.selections
    )
    forged = replace(forged, selections=selections)
    mine = len(session.exec(select(Coding).where(Coding.account_id == coded.ben)).all())
    take(session, coded, forged)
    assert len(session.exec(select(Coding).where(Coding.account_id == coded.ben)).all()) == mine
    take(
        session,
        coded,
        replace(forged, selections=tuple(_again(each) for each in selections)),
        trusted=True,
    )
    assert len(session.exec(select(Coding).where(Coding.account_id == coded.ben)).all()) > mine


def _again(selection: Selection) -> Selection:
    codings = tuple(replace(each, guid=guid_of("again", each.guid)) for each in selection.codings)
    return replace(
        selection, guid=guid_of("again", selection.guid), codings=codings, end=selection.end - 1
    )


def test_codes_that_became_others_here_are_found_there(session: Session, coded: Coded) -> None:
    project = gather(
        session=session, study=coded.study, account_id=None, everything=True, language="en"
    ).project
    book = Codebook(session=session, study_id=coded.study.id, account_id=coded.anna)
    book.merge(coded.codes["machine"], coded.codes["waiting"])
    book.remove(coded.codes["trust"])
    session.commit()
    report = take(session, coded, project, trusted=True)
    assert (report.codes, report.codings) == (0, 0)
    assert "The code “{name}” was taken out here." in {message.text for message in report.left}


def test_a_corrected_text_keeps_what_did_not_change(session: Session, coded: Coded) -> None:
    project = gather(
        session=session, study=coded.study, account_id=None, everything=True, language="en"
    ).project
    turn = session.exec(select(Turn).where(Turn.text.contains("trusted"))).one()  # type: ignore[attr-defined]
    for row in session.exec(select(Coding)):
        session.delete(row)
    turn.text = "First something else. " + turn.text.replace("machine", "engine")
    session.commit()
    report = take(session, coded, project, trusted=True)
    assert report.texts == 0
    words = {
        turn.text[row.start : row.end]
        for row in session.exec(select(Coding).where(Coding.turn_id == turn.id))
    }
    assert words == {"trusted"}


def test_coders_who_are_still_coding_stay_blind(session: Session, coded: Coded) -> None:
    def codings(everything: bool) -> int:
        found = gather(
            session=session,
            study=coded.study,
            account_id=coded.anna,
            everything=everything,
            language="en",
        )
        assert bool(found.left) != everything or everything
        return found.project.codings

    everything, before = codings(True), codings(False)
    own = len(
        session.exec(
            select(Coding).where(Coding.account_id == coded.anna, Coding.version == "own")
        ).all()
    )
    assert before == own < everything
    places = [
        Place(response_id=each.id, path="/data/moment") for each in session.exec(select(Response))
    ]
    for account in (coded.anna, coded.ben):
        finish(places, session=session, study_id=coded.study.id, account_id=account)
    assert codings(False) > before


def test_what_few_people_share_does_not_leave(session: Session, coded: Coded) -> None:  # noqa: ARG001 - makes the people
    people = list(session.exec(select(Person)))
    for person, role in zip(people, ["director", "director", "actor"], strict=True):
        person.role = role
    shown = properties(people, {}, threshold=3)
    assert all("Role" not in each and each["Nationality"] == "CN" for each in shown.values())
    more = [
        Person(
            study_id=people[0].study_id,
            code=f"Q{n}",
            role=["director", "actor"][n % 2],
            nationalities=["DE"],
        )
        for n in range(8)
    ]
    shown = properties([*people, *more], {}, threshold=3)
    counts: dict[tuple[tuple[str, str], ...], int] = {}
    for each in shown.values():
        counts[tuple(each.items())] = counts.get(tuple(each.items()), 0) + 1
    assert min(counts.values()) >= 3
    assert len(counts) > 1


@pytest.mark.parametrize("form", FORMS)
def test_no_name_leaves_in_any_form(session: Session, coded: Coded, form: Form) -> None:
    made, _ = make(form, session=session, study=coded.study, account_id=None, everything=True)
    assert made.counts["codings"] == 10
    assert "王小明".encode() not in made.content
    if form == "coded-csv":
        assert "真情𠮷" in made.content.decode()
    if form == "qdc":
        assert made.people == []
        description = read_qdc(made.content).project.codes[0].description
        assert taken_apart(description) == Definition(
            "Trust in people.",
            "Machines too.\nInclude:\nall",
            "Hope.",
            ("I trusted it.", "两行\n例子"),
            "Look again.",
        )


def test_a_codebook_comes_in_and_grows_no_second_time(session: Session, coded: Coded) -> None:
    book = write_qdc(
        (FileCode(guid_of("t"), "TRUST"), FileCode(guid_of("n"), "New", "Include:\nall")),
        origin="x",
    )
    reading = read("book.qdc", book)
    for codes, known in ((1, 1), (0, 2)):
        what = plan(
            reading, session=session, study=coded.study, account_id=coded.anna, trusted=False
        )
        report = bring(what, session=session)
        session.commit()
        assert (report.codes, report.codes_known, report.texts, report.codings) == (
            codes,
            known,
            0,
            0,
        )
    made = session.exec(select(Code).where(Code.name == "New")).one()
    assert (made.includes, made.parent_id) == ("all", None)
    assert session.exec(select(CodeEdit).where(CodeEdit.code_id == made.id)).one().action == "made"


def test_codings_of_who_left_stay_those_of_nobody(
    session: Session, coded: Coded, elsewhere: Session
) -> None:
    for row in session.exec(select(Coding).where(Coding.account_id == coded.ben)):
        row.account_id = None
        session.add(row)
    session.commit()
    everything: dict[str, Any] = {"account_id": None, "everything": True, "language": "en"}
    before = gather(session=session, study=coded.study, **everything).project
    study = people_of_test(elsewhere)
    bring(
        plan(Reading(before), session=elsewhere, study=study, account_id=None, trusted=True),
        session=elsewhere,
    )
    elsewhere.commit()
    assert gather(session=elsewhere, study=study, **everything).project == before

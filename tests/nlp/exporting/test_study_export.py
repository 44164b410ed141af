"""A study taken out: nothing is missing, versions are joined, no name leaves."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import Session, col, func, select

from data import files
from data.tables import EntryFile, Interview, Membership, Passage, Person, Response, Study, Turn
from nlp.exporting import FORMATS, Format, check, make, read_back
from nlp.exporting.attached import attached
from nlp.gathering import gather
from survey import interviews, questionnaires
from survey.decisions import decision
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study

TODAY = dt.date(2026, 6, 2)
NAMES = {
    "zh-Hans": ("王小明", "今天王小明先看门，再看人。"),
    "zh-Hant": ("陳美玲", "今天陳美玲說不對。"),
    "en": ("Margaret Oyelaran", "Margaret Oyelaran said no, and Margaret’s face too."),
    "de": ("Jürgen Weißmüller", "Heute hat Jürgen Weißmüller gelacht."),
    "fr": ("Éloïse Garnier", "Éloïse Garnier a coupé la scène."),
    "es": ("Íñigo Echeverría", "Hoy Íñigo Echeverría no vino."),
    "it": ("Niccolò Bevilacqua", "Oggi Niccolò Bevilacqua ha riso."),
    "pt": ("Conceição Magalhães", "Hoje Conceição Magalhães chorou."),
    "ja": ("佐藤健一", "今日は佐藤健一さんが怒った。"),
    "ko": ("김지영", "오늘 김지영 씨가 웃었다."),
    "ru": ("Наталья Королёва", "Сегодня Наталья Королёва молчала."),
    "ar": ("ليلى المنصوري", "اليوم قالت ليلى المنصوري لا."),
    "nl": ("Joost van der Heijden", "Vandaag lachte Joost van der Heijden."),
    "pl": ("Łukasz Wiśniewski", "Dziś Łukasz Wiśniewski milczał."),
    "tr": ("Gülşen Yıldırım", "Bugün Gülşen Yıldırım güldü."),
    "th": ("สมชาย ใจดี", "วันนี้ สมชาย ใจดี หัวเราะ"),
    "hi": ("अनन्या शर्मा", "आज अनन्या शर्मा हँसी।"),
}
LOG = """
| survey |
| | type | name | label::English (en) | label::简体中文 (zh-Hans) | appearance |
| | text | who | Who was it? | 是谁？ | |
| | select_one decider | decided_by | Who decided? | 谁决定的？ | |
| | select_multiple decider | asked | Who was asked? | 问了谁？ | |
| | image | photo | A photo | 照片 | |
| | geopoint | place | Where? | 哪里？ | |
| | text | story | What happened? | 发生了什么？ | multiline |
| | calculate | line | | | |
| choices |
| | list_name | name | label::English (en) | label::简体中文 (zh-Hans) |
| | decider | jürgen_weißmüller | Jürgen Weißmüller | 于尔根 |
| | decider | team | The team | 全组 |
"""


@pytest.fixture
def study(session: Session) -> Study:
    """A study in which everybody writes about a colleague, in every language, wherever one can."""
    made = a_study(session)
    people = {}
    for number, (language, (name, _)) in enumerate(NAMES.items(), start=2):
        person = a_person(session, made, f"P{number:02}")
        person.name, person.languages = name, [language]
        person.role = f"assistant of {NAMES['de'][0]}" if language == "en" else "editor"
        people[language] = person
    form = LOG.replace("| | calculate | line | | | |\n", "")
    log = questionnaires.publish(
        session=session, study_id=made.id, filename="log.md", content=form.encode()
    )
    daily = questionnaires.latest(session=session, study_id=made.id, name="daily")
    assert daily is not None
    about = decision(session=session, study_id=made.id, label=f"Shot of {NAMES['en'][0]}")
    assert about is not None
    for language, person in people.items():
        name, text = NAMES[language]
        for questionnaire, answers in (
            (daily, {"mood": 7, "moment": text, "take": [{"kept": 2, "why": text}]}),
            (
                log,
                {
                    "who": name, "decided_by": "jürgen_weißmüller", "asked": ["team", name],
                    "photo": f"{name}.jpg", "place": "31.2 121.4 0 0", "story": text,
                },
            ),
        ):  # fmt: skip
            session.add(
                Response(
                    study_id=made.id, questionnaire_id=questionnaire.id, person_id=person.id,
                    decision_id=about.id, nationalities=["CN"], day=TODAY, language=language,
                    answers=answers, sha256="0" * 64,
                )
            )  # fmt: skip
    spoken = f"I: Who?\nMei: {NAMES['en'][1]}\n"
    interviews.keep(
        session=session, study_id=made.id, key=f"talk with {NAMES['en'][0]}",
        transcript=read("talk.txt", spoken.encode()),
        speakers={"I": {"role": "interviewer"}, "Mei": {"person": str(people["en"].id)}},
        day=TODAY,
    )  # fmt: skip
    session.flush()
    gather(session=session, study_id=made.id)
    session.commit()
    return made


PICTURE = b"\x89PNG picture"


def inside(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive by their path."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def all_text(content: bytes) -> str:
    """Return every byte of every file of an archive and of the workbooks in it, and every cell."""
    found = [str(list(table.itertuples())) for table in read_back(content).values()]
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            found.append(name)
            if name.endswith(".xlsx"):
                with ZipFile(BytesIO(inside)) as book:
                    found += [book.read(part).decode() for part in book.namelist()]
            elif name.endswith((".csv", ".txt", ".json")):
                found.append(inside.decode())
            else:
                found.append(_words_in(inside))
    return "\n".join(found)


def _words_in(content: bytes) -> str:
    """Return the UTF-8 text in a binary file: runs of eight characters or more."""
    return "\n".join(re.findall(r"[^\x00-\x1f\ufffd]{8,}", content.decode(errors="replace")))


@pytest.mark.parametrize("form", FORMATS)
def test_no_name_leaves_in_any_language(session: Session, study: Study, form: Format) -> None:
    made = make(session=session, study=study, format=form, language="zh-Hans")
    text = all_text(made.content)
    for name, _ in NAMES.values():
        for part in {name, *(part for part in name.split() if len(part) > 3 and part != "van")}:
            assert part not in text, part
    assert "[colleague]" in text
    assert "[P0" not in text
    assert "121.4" not in text
    assert sum(check(made.content).values()) == sum(made.counts.values())


def test_what_is_not_masked_has_the_words_as_they_were(session: Session, study: Study) -> None:
    made = make(session=session, study=study, format="csv", masked=False)
    tables = read_back(made.content)
    written = {text for _, text in NAMES.values()}
    assert set(tables["daily"]["moment"]) == written
    assert set(tables["passages"]["text"]) >= {NAMES["de"][1], NAMES["zh-Hans"][1]}
    assert tables["log"]["place"].notna().all()
    # The people file's names are in it only where people wrote them.
    assert "王小明" not in str(tables["people"])


def test_every_entry_turn_and_passage_is_there(session: Session, study: Study) -> None:
    made = make(session=session, study=study, format="parquet")
    tables = read_back(made.content)
    assert len(tables["daily"]) == len(NAMES)
    assert list(tables["daily"]["take.1.kept"]) == [2] * len(NAMES)
    assert list(tables["daily.take"]["take.number"]) == [1] * len(NAMES)
    assert set(tables["daily.take"]["entry"]) == set(tables["daily"]["entry"])
    assert tables["daily"].loc[0, "mood"] == 7
    assert list(tables["log"]["decided_by"]) == ["choice_1"] * len(NAMES)
    passages = session.exec(select(func.count(col(Passage.id)))).one()
    assert len(tables["passages"]) == passages
    assert "interview" in set(tables["passages"]["source"])
    assert len(made.people) == len(NAMES) + 1
    assert session.exec(select(func.count(col(Turn.id)))).one() == 2
    assert session.exec(select(func.count(col(Interview.id)))).one() == 1


def test_whole_interviews_are_there_with_roles_and_without_names(
    session: Session, study: Study
) -> None:
    turns = session.exec(select(Turn).order_by(col(Turn.position))).all()
    tables = read_back(make(session=session, study=study, format="excel").content)
    said = tables["transcript_turns"]
    assert list(said["turn"]) == [str(turn.id) for turn in turns]
    assert list(said["role"]) == ["interviewer", "participant"]
    assert list(said["speaker"]) == ["interviewer", "P04"]
    assert list(said["text"]) == [
        "Who?",
        "[colleague] said no, and [colleague]’s face too.",
    ]
    assert list(tables["transcripts"]["people"]) == ["P04"]
    assert "name" not in tables["transcripts"]
    unmasked = read_back(make(session=session, study=study, format="csv", masked=False).content)
    assert list(unmasked["transcript_turns"]["text"]) == ["Who?", NAMES["en"][1]]
    assert list(unmasked["transcript_turns"]["speaker"]) == ["I", "Mei"]
    assert list(unmasked["transcripts"]["name"]) == [f"talk with {NAMES['en'][0]}"]


def test_files_that_people_sent_leave_only_where_nothing_is_masked(
    session: Session, study: Study
) -> None:
    entry = session.exec(select(Response)).first()
    account = session.exec(select(Membership)).first()
    assert entry
    assert account
    for name, content in (("a/..\\b.png", PICTURE), ("c.png", b"x" * 50), ("d.png", b"y")):
        kept = files.keep(session=session, study_id=study.id, filename=name, content=content)
        session.flush()
        session.add(
            EntryFile(
                account_id=account.account_id, attachment_id=kept.id, instance_id=entry.id,
                path="/data/photo", name=name,
            )
        )  # fmt: skip
    session.commit()
    masked = make(session=session, study=study, format="csv")
    assert PICTURE not in b"".join(inside(masked.content).values())
    assert "attached_files" not in masked.counts
    made = make(session=session, study=study, format="csv", masked=False)
    assert check(made.content)["attached_files"] == 3
    found = inside(made.content)
    rows = read_back(made.content)["attached_files"].to_dict(orient="records")
    assert [found[row["file"]] for row in rows] == [PICTURE, b"x" * 50, b"y"]
    assert rows[0]["file"] == f"files/{entry.id}/a_.._b.png"
    small = attached(session=session, study=study, language="en", largest=len(PICTURE) + 1)
    assert [row[5] is None for row in small.sheet.rows] == [False, True, False]


def test_a_questionnaire_called_as_one_of_our_tables_is_masked_and_kept(
    session: Session, study: Study
) -> None:
    person = session.exec(select(Person).where(Person.code == "P02")).one()
    form = LOG.replace("| | calculate | line | | | |\n", "")
    named = questionnaires.publish(
        session=session, study_id=study.id, filename="passages.md", content=form.encode()
    )
    session.add(
        Response(
            study_id=study.id, questionnaire_id=named.id, person_id=person.id, nationalities=[],
            day=TODAY, language="de", answers={"who": NAMES["de"][1]}, sha256="0" * 64,
        )
    )  # fmt: skip
    session.flush()
    tables = read_back(make(session=session, study=study, format="csv").content)
    assert list(tables["passages_"]["who"]) == ["Heute hat [jemand aus der Studie] gelacht."]
    assert "theme" in tables["passages"]


def test_versions_are_joined_by_name_and_differences_are_listed(
    session: Session, study: Study
) -> None:
    person = session.exec(select(Person)).first()
    assert person is not None
    second = LOG.replace("| | calculate | line | | | |\n", "")
    second = second.replace("| text | who |", "| integer | who |")
    second = second.replace("| geopoint | place |", "| integer | hours |")
    newer = questionnaires.publish(
        session=session, study_id=study.id, filename="log.md", content=second.encode()
    )
    session.add(
        Response(
            study_id=study.id, questionnaire_id=newer.id, person_id=person.id,
            nationalities=[], day=TODAY, language="en", answers={"who": 3, "hours": 4},
            sha256="0" * 64,
        )
    )  # fmt: skip
    tables = read_back(make(session=session, study=study, format="spss", masked=False).content)
    rows = tables["log"].to_dict(orient="records")
    newer_rows = [row for row in rows if row["version"] == 2]
    assert [(row["who"], row["hours"], row["place"]) for row in newer_rows] == [("3", 4, None)]
    assert {row["hours"] for row in rows if row["version"] == 1} == {None}
    changes = tables["questionnaire_changes"]
    assert {"/data/who", "/data/hours", "/data/place"} <= set(changes["question"])
    assert list(changes[changes["question"] == "/data/place"]["breaks"]) == [1]


def test_labels_are_in_the_language_asked_for(session: Session, study: Study) -> None:
    content = make(session=session, study=study, format="csv", language="zh-Hans").content
    with ZipFile(BytesIO(content)) as archive:
        book = archive.read("codebook.csv").decode("utf-8-sig")
    assert "今晚你感觉怎么样？" in book
    assert "How are you tonight?" not in book


def test_a_study_without_anything_is_exported_too(session: Session) -> None:
    study = a_study(session, slug="empty")
    for form in FORMATS:
        made = make(session=session, study=study, format=form)
        assert check(made.content)["daily"] == 0

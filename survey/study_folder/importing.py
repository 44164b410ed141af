"""Making a study of a study folder. After that the database is the truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from data.tables import Assignment, Consent, ConsentText, Person, Questionnaire, Study, Team
from data.tables.base import now
from i18n import Message, say
from survey import calendar, interviews, questionnaires, responses
from survey.colleagues import give_role
from survey.entering import open_account
from survey.figures import as_design
from survey.people import people_of
from survey.people_import import import_people
from survey.study_folder.call_folder import import_call
from survey.study_folder.files import StudyFolderError
from survey.study_folder.reading import AnswerLine, StudyFolder
from survey.today import plan_of, zone_of


def import_study(
    folder: StudyFolder,
    *,
    session: Session,
    ending: date | None = None,
    coordinator: UUID | None = None,
) -> Study:
    """Make a study of what was read.

    Args:
        folder: A checked study folder.
        session: The caller's transaction.
        ending: When given, all days move so that the study ends on this one, and answers whose
            day is not over are left out, because they have not happened yet. The demo is moved so
            that it is always in its last days.
        coordinator: The account that coordinates it; by default a new one of each role is made.

    Raises:
        StudyFolderError: There is already a study with this slug, or an answer in the folder is
            not possible; the caller rolls back.
    """
    described = folder.description.study
    if session.exec(select(Study).where(Study.slug == described.slug)).first():
        raise StudyFolderError(
            say("There is already a study called {slug}. It was not changed.", slug=described.slug)
        )
    move = ending - described.end if ending else timedelta(0)
    study = _study(folder, move)
    session.add(study)
    session.flush()
    for team in folder.description.teams:
        session.add(Team(study_id=study.id, code=team.code, name=team.name))
    session.flush()
    import_people(folder.people, session=session, study=study)
    staff(study, coordinator, session=session)
    if folder.consent:
        texts = folder.consent
        version = folder.description.consent.version
        session.add(ConsentText(study_id=study.id, version=version, texts=texts))
    for filename, content in folder.questionnaires.items():
        questionnaires.publish(
            session=session,
            study_id=study.id,
            filename=filename,
            content=content,
            files=folder.material.get(filename),
        )
    _assign(folder, study, session=session, move=move)
    _answer(folder, study, session=session, move=move)
    _converse(folder, study, session=session, move=move)
    if folder.call:
        import_call(folder.call, session=session, parent=study)
    return study


def staff(study: Study, coordinator: UUID | None, *, session: Session) -> None:
    """Give a new study its coordinator; without one, a new account of each role."""
    if coordinator:
        give_role(
            session=session,
            study_id=study.id,
            account_id=coordinator,
            role="coordinator",
            by=coordinator,
        )
        return
    for role in ("interviewer", "researcher", "coordinator"):
        open_account(session=session, study_id=study.id, role=role)


def _study(folder: StudyFolder, move: timedelta) -> Study:
    described = folder.description.study
    return Study(
        slug=described.slug,
        invented=described.invented,
        languages=described.languages,
        start=described.start + move,
        end=described.end + move,
        time_zone=described.time_zone,
        threshold=described.threshold,
        remind_at=described.remind_at,
        texts={
            "title": described.title,
            "description": described.description,
            "contact": described.contact,
        },
        design={
            "research_questions": [
                question.model_dump() for question in folder.description.research_questions
            ],
            "events": [
                {"day": (event.day + move).isoformat(), "title": event.title}
                for event in folder.description.events
            ],
            "guide": folder.guide,
            "coding": folder.description.coding.model_dump(),
            "figures": [figure.model_dump() for figure in folder.figures],
            "rates": as_design([replace(rate, day=rate.day + move) for rate in folder.rates]),
        },
    )


def _assign(folder: StudyFolder, study: Study, *, session: Session, move: timedelta) -> None:
    for position, part in enumerate(folder.description.assignments):
        session.add(
            Assignment(
                study_id=study.id,
                questionnaire=part.questionnaire,
                position=position,
                schedule=part.schedule,
                days=[(day + move).isoformat() for day in part.days],
                opens=part.opens,
                closes=part.closes,
                late_days=part.late_days,
                minutes=part.minutes,
                roles=part.roles,
                decision_path=part.decision,
                title=part.title,
            )
        )
    session.flush()


def _answer(folder: StudyFolder, study: Study, *, session: Session, move: timedelta) -> None:
    people = {person.code: person for person in people_of(session=session, study_id=study.id)}
    assigned = {
        each.questionnaire: each
        for each in questionnaires.assignments(session=session, study_id=study.id)
    }
    mistakes: list[Message] = []
    consented: set[str] = set()
    for name, lines in folder.responses.items():
        questionnaire = questionnaires.latest(session=session, study_id=study.id, name=name)
        if questionnaire is None or name not in assigned:
            mistakes.append(
                say("responses/{name}.jsonl: no such questionnaire is assigned.", name=name)
            )
            continue
        for number, line in lines.items():
            person = people[line.person]
            if move and not _is_past(line.day + move, assigned[name], person, study):
                continue
            consented.add(line.person)
            try:
                _submit(
                    line,
                    session=session,
                    person=person,
                    questionnaire=questionnaire,
                    assignment=assigned[name],
                    day=line.day + move,
                    number=number,
                )
            except responses.ResponseError as error:
                mistakes += [
                    say(
                        "responses/{name}.jsonl, row {row}: {problem}",
                        name=name,
                        row=number,
                        problem=message,
                    )
                    for message in error.messages
                ]
    if mistakes:
        raise StudyFolderError(*mistakes)
    version = folder.description.consent.version
    for code in sorted(consented):
        person = people[code]
        language = person.languages[0] if person.languages else ""
        session.add(Consent(person_id=person.id, version=version, language=language))


def _is_past(day: date, assignment: Assignment, person: Person, study: Study) -> bool:
    """Tell whether the time to write the entry of a day is over."""
    window = calendar.window(plan_of(assignment, study), day, zone_of(person, study))
    return window.closes <= now()


def _submit(
    line: AnswerLine,
    *,
    session: Session,
    person: Person,
    questionnaire: Questionnaire,
    assignment: Assignment,
    day: date,
    number: int,
) -> None:
    if assignment.schedule == "open":
        instance_id = uuid5(person.id, f"{questionnaire.name}/{day.isoformat()}/{number}")
    else:
        instance_id = responses.instance_of(assignment, person, day)
    evening = datetime.combine(day, time(21, 4), ZoneInfo(person.time_zone))
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        assignment=assignment,
        instance_id=instance_id,
        answers=line.answers,
        day=day,
        language=line.language,
        source="import",
        at=evening,
    )


def _converse(folder: StudyFolder, study: Study, *, session: Session, move: timedelta) -> None:
    people = people_of(session=session, study_id=study.id)
    by_code = {person.code: person for person in people}
    for part, content, transcript in folder.interviews:
        labels = interviews.labels_of(transcript)
        speakers = interviews.suggest_speakers(labels, people)
        for label, who in part.speakers.items():
            known = by_code.get(who)
            speakers[label] = {"person": str(known.id)} if known else {"role": who}
        unknown = [label for label in labels if label not in speakers]
        if len(unknown) == 1:
            speakers[unknown[0]] = {"person": str(by_code[part.person].id)}
        interviews.keep(
            session=session,
            study_id=study.id,
            key=PurePath(part.file).stem,
            transcript=transcript,
            speakers=speakers,
            original=(part.file, content),
            day=part.date + move,
            place=part.place,
            interviewers=part.interviewer,
            languages=[part.language],
        )

"""The folder of a call: `call.toml`, `application.md` and `consent/`."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from data.tables import Call, ConsentText, Study
from i18n import Message, canonical, say
from survey import questionnaires
from survey.applying.calls import FORM, Criterion, assignment_of, make_call
from survey.study_folder.files import StudyFolderError, bytes_of, files_in, text_of
from survey.xlsform import FormError, load

Texts = dict[str, str]


class Part(BaseModel):
    """A table of the file; unknown keys are mistakes, not decoration."""

    model_config = ConfigDict(extra="forbid")


class CriterionPart(Part):
    """`[[criteria]]`: what applications are judged by."""

    key: str = Field(min_length=1, max_length=40)
    text: Texts
    weight: float = Field(default=1.0, gt=0, le=100)
    most: int = Field(default=5, ge=2, le=10)


class Description(Part):
    """The whole of `call.toml`."""

    opens: dt.date
    closes: dt.date
    blind: bool = True
    minutes: int = Field(default=20, ge=1)
    contact: str = ""
    title: Texts
    description: Texts = {}
    criteria: list[CriterionPart] = []


@dataclass
class CallFolder:
    """What the folder of a call holds; the form may be in any format of a questionnaire."""

    description: Description
    form: tuple[str, bytes] | None = None
    consent: Texts = field(default_factory=dict)


def read_call(folder: Path) -> CallFolder:
    """Read the folder of a call.

    Raises:
        StudyFolderError: Every mistake in it.
    """
    found = CallFolder(_description(folder / "call.toml"))
    mistakes: list[Message] = []
    for path in files_in(folder, ".md", ".xlsx", ".xls", ".csv"):
        if path.stem != FORM:
            continue
        content = bytes_of(path)
        try:
            load(content, file_type=path.suffix)
        except FormError as error:
            mistakes += [
                say("{place}: {reason}.", place=path.name, reason=message)
                for message in error.messages
            ]
        found.form = (path.name, content)
    for path in files_in(folder / "consent", ".md"):
        found.consent[canonical(path.stem)] = text_of(path)
    if found.form is None:
        mistakes.append(say("call: there is no application form (application.md, .xlsx or .csv)."))
    if mistakes:
        raise StudyFolderError(*mistakes)
    return found


def _description(path: Path) -> Description:
    if not path.is_file():
        raise StudyFolderError(say("{folder} holds no call.toml.", folder=str(path.parent)))
    try:
        return Description.model_validate(tomllib.loads(text_of(path)))
    except tomllib.TOMLDecodeError as error:
        raise StudyFolderError(say("call.toml: {reason}.", reason=str(error))) from error
    except ValidationError as error:
        raise StudyFolderError(
            *(
                say(
                    "{place}, {where}: {reason}.",
                    place="call.toml",
                    where=".".join(str(part) for part in problem["loc"]) or "–",
                    reason=problem["msg"],
                )
                for problem in error.errors()
            )
        ) from error


def import_call(
    folder: CallFolder,
    *,
    session: Session,
    parent: Study,
    opens: dt.date | None = None,
    closes: dt.date | None = None,
    account_id: UUID | None = None,
) -> Call:
    """Make the call of a study of what was read; its door is closed until somebody opens it.

    Args:
        folder: What was read.
        session: The caller's transaction.
        parent: What is applied to.
        opens: The first day, instead of the folder's.
        closes: The last one, instead of the folder's.
        account_id: Who makes it.

    Raises:
        CallError: The study has a call already, or the days are the wrong way round.
    """
    described = folder.description
    call = make_call(
        session=session,
        parent=parent,
        opens=opens or described.opens,
        closes=closes or described.closes,
        texts={
            "title": described.title,
            "description": described.description,
            "contact": described.contact or str(parent.texts.get("contact", "")),
        },
        criteria=[
            Criterion(each.key, each.text, each.weight, each.most) for each in described.criteria
        ],
        blind=described.blind,
        account_id=account_id,
    )
    study = session.get_one(Study, call.study_id)
    if folder.form:
        filename, content = folder.form
        questionnaires.publish(
            session=session,
            study_id=study.id,
            filename=filename,
            content=content,
            account_id=account_id,
            name=FORM,
        )
    if folder.consent:
        session.add(ConsentText(study_id=study.id, version="1", texts=folder.consent))
    assignment = assignment_of(study, session=session)
    assignment.minutes, assignment.title = described.minutes, described.title
    session.add(assignment)
    session.flush()
    return call

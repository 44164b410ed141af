"""Correcting an entry that was sent: every version is kept, unless its author wants it gone.

An entry is corrected in the version of the questionnaire that it answers. What changed is kept with
who, when and why; `Response.corrected_at` tells researchers that it was. Passages follow the new
text: those whose words stayed keep their identity, the others go with everything made from them and
are cut anew before the next themes are found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, col, delete, select

from data.history import record
from data.tables import (
    Assignment,
    Draft,
    Passage,
    Person,
    Questionnaire,
    Response,
    ResponseRevision,
)
from data.tables.base import now
from i18n import Refusal, say
from survey import entry_files
from survey.decisions import decision
from survey.filling import Filling, validate
from survey.forgetting import forget_passages
from survey.interviews.following import moved
from survey.marked import follow_answer
from survey.questionnaires import form_of
from survey.responses import ResponseError, digest_of
from survey.xlsform import Question
from survey.xlsform.kinds import METADATA

WHY = Question(name="why", path=("why",))
"""Why an entry is corrected: drafted like its answers, though the questionnaire does not ask it."""
WHY_PATH = "/why"


class CorrectionError(Refusal):
    """The entry cannot be corrected so; nothing was changed."""


def draft_id(response: Response) -> UUID:
    """Return the instance id under which a correction of an entry is drafted.

    It follows from the entry as it stands, so that every device continues the same correction and
    a draft that was begun before another correction is not mixed into it.
    """
    return uuid5(response.id, response.sha256)


def is_drafted(*, session: Session, person: Person, day: dt.date, instance_id: UUID) -> bool:
    """Tell whether an instance id is that of a correction of an entry of a person's day."""
    sent = session.exec(
        select(Response).where(Response.person_id == person.id, Response.day == day)
    ).all()
    return any(draft_id(response) == instance_id for response in sent)


def opened(response: Response, questionnaire: Questionnaire, *, language: str) -> Filling:
    """Return an entry to be corrected, as it stands."""
    return Filling(
        form_of(questionnaire),
        answers=response.answers,
        language=language,
        instance_id=f"uuid:{response.id}",
    )


def correct(
    *,
    session: Session,
    person: Person,
    instance_id: UUID,
    based_on: str,
    answers: dict[str, Any],
    reason: str = "",
    erase: bool = False,
    account_id: UUID | None = None,
) -> ResponseRevision | None:
    """Correct an entry of a person.

    Args:
        session: The caller's transaction.
        person: Whose entry it is.
        instance_id: The entry.
        based_on: `Response.sha256` of the entry that the person saw.
        answers: All answers, corrected.
        reason: Why, in the person's words.
        erase: Whether the old wording goes, from this and every earlier correction.
        account_id: Who corrects.

    Returns:
        What changed; None where nothing did.

    Raises:
        CorrectionError: There is no such entry of this person, or it was corrected elsewhere.
        ResponseError: Something required is missing or an answer is not possible.
    """
    response = session.get(Response, instance_id)
    if response is None or response.person_id != person.id or person.withdrawn_at:
        raise CorrectionError(say("This entry is not here any more."))
    if response.sha256 != based_on:
        raise CorrectionError(
            say("This entry was corrected in the meantime. Load the page again to see how.")
        )
    questionnaire = session.get_one(Questionnaire, response.questionnaire_id)
    form = form_of(questionnaire)
    checked = validate(form, answers, instance_id=f"uuid:{instance_id}")
    if not checked.valid:
        raise ResponseError(list(checked.problems))
    after = checked.submission
    root = checked.filling.root.path()
    noted = METADATA | {"instanceID", "instanceName"}
    before_flat, after_flat = (
        {path: value for path, value in flat(root, each) if path.rpartition("/")[2] not in noted}
        for each in (response.answers, after)
    )
    changed = sorted(
        path
        for path in before_flat.keys() | after_flat.keys()
        if before_flat.get(path) != after_flat.get(path)
    )
    drafted = draft_id(response)
    session.exec(delete(Draft).where(col(Draft.instance_id) == drafted))
    if not changed:
        return None
    _follow(response, before_flat, after_flat, changed, session=session)
    revision = ResponseRevision(
        response_id=response.id,
        account_id=account_id,
        before={path: before_flat.get(path) for path in changed},
        after={path: after_flat.get(path) for path in changed},
        reason=reason.strip(),
    )
    session.add(revision)
    response.answers, response.sha256 = after, digest_of(form, after)
    response.corrected_at = now()
    _tie(response, questionnaire, checked.filling, session=session)
    session.add(response)
    session.flush()
    record(
        "response.corrected",
        session=session,
        study_id=response.study_id,
        account_id=account_id,
        subject="response",
        subject_id=response.id,
        answers=len(changed),
    )
    if erase:
        erase_old_wording(session=session, response=response, account_id=account_id)
    return revision


def flat(place: str, value: object) -> Iterator[tuple[str, Any]]:
    """Yield every answer of nested JSON with its path; turns of repeats are numbered from 1.

    Example:
        >>> list(flat("/data", {"mood": 7, "take": [{"why": "x"}], "who": ["ai", "me"]}))
        [('/data/mood', 7), ('/data/take[1]/why', 'x'), ('/data/who', ['ai', 'me'])]
    """
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(f"{place}/{name}", inner)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for number, inner in enumerate(value, start=1):
            yield from flat(f"{place}[{number}]", inner)
    else:
        yield place, value


def corrections_of(*, session: Session, response_id: UUID) -> list[ResponseRevision]:
    """Return the corrections of an entry, newest first."""
    return list(
        session.exec(
            select(ResponseRevision)
            .where(ResponseRevision.response_id == response_id)
            .order_by(col(ResponseRevision.created_at).desc())
        ).all()
    )


def erase_old_wording(
    *, session: Session, response: Response, account_id: UUID | None = None
) -> None:
    """Erase what an entry said before its corrections; that it was corrected stays.

    Files that the entry no longer names go as well. Call `data.erasing.scrub` after the commit.
    """
    for revision in corrections_of(session=session, response_id=response.id):
        revision.before = dict.fromkeys(revision.before)
        revision.after = dict.fromkeys(revision.after)
        revision.erased = True
        session.add(revision)
    named = {value for _, value in flat("", response.answers) if isinstance(value, str)}
    for kept in entry_files.of_entry(session=session, instance_id=response.id):
        if kept.name not in named:
            entry_files.remove(
                session=session,
                account_id=kept.account_id,
                instance_id=response.id,
                name=kept.name,
            )
    record(
        "response.wording_erased",
        session=session,
        study_id=response.study_id,
        account_id=account_id,
        subject="response",
        subject_id=response.id,
    )


def _follow(
    response: Response,
    before: dict[str, Any],
    after: dict[str, Any],
    changed: list[str],
    *,
    session: Session,
) -> None:
    """Move passages and codings of changed answers along, and forget passages that changed."""
    for path in changed:
        follow_answer(response.id, path, before.get(path), after.get(path), session=session)
    lost: list[Passage] = []
    for passage in session.exec(
        select(Passage).where(Passage.response_id == response.id, col(Passage.path).in_(changed))
    ).all():
        old, new = before.get(passage.path), after.get(passage.path)
        shift = None
        if isinstance(old, str) and isinstance(new, str):
            shift = moved([(passage.start, passage.end)], old, new)[0]
        if shift is None:
            lost.append(passage)
            continue
        passage.start += shift
        passage.end += shift
        session.add(passage)
    session.flush()
    forget_passages(lost, session=session)


def _tie(
    response: Response, questionnaire: Questionnaire, filling: Filling, *, session: Session
) -> None:
    """Tie the entry to the decision that it now speaks of."""
    assignment = session.exec(
        select(Assignment).where(
            Assignment.study_id == response.study_id,
            Assignment.questionnaire == questionnaire.name,
        )
    ).first()
    if assignment is None or not assignment.decision_path:
        return
    label = filling.value(assignment.decision_path)
    about = decision(session=session, study_id=response.study_id, label=label)
    response.decision_id = about.id if about else None

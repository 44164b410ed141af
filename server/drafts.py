"""Autosave: the browser sends what is being written, as it is being written."""

from __future__ import annotations

import datetime as dt
import json
import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.database import open_session, trouble
from data.tables import Assignment, Draft, Questionnaire
from i18n import INTERFACE_LANGUAGES, Message, Refusal, best, say, translate
from server import cookies
from server.origin import is_own
from server.paper import language_of
from survey import corrections, drafts, entering, questionnaires, typed
from survey.entering import Identity
from survey.writing import AlreadySentError, NotTheirsError, assignment_to_write
from survey.xlsform import Question

MOST_BYTES = 1_000_000
"""Of a request: the longest answer the engine keeps is 200,000 characters."""

log = logging.getLogger(__name__)

SIGNED_OUT = say("You are signed out on this device. Please come in again through your link.")
WITHDREW = say("You no longer take part, so nothing more is kept here.")
TOO_LONG = say("This text is too long to be saved.")
UNREADABLE = say("This could not be saved. Please load the page again.")


class UnreadableError(Exception):
    """The request does not say what it should."""


@dataclass(frozen=True)
class Unsent:
    """A text on its way: which answer of which entry, and the revision it is based on."""

    assignment_id: UUID
    day: dt.date
    instance_id: UUID
    path: str
    value: str | None
    revision: int


def _read(body: bytes) -> Unsent:
    """Read a request.

    Raises:
        UnreadableError: Something is missing or of the wrong kind.
    """
    try:
        said = json.loads(body)
        value, path, revision = said["value"], said["path"], said["revision"]
        if not (
            isinstance(value, str | None)
            and isinstance(path, str)
            and len(path) <= 500
            and type(revision) is int
            and 0 <= revision < 2**31
        ):
            raise UnreadableError
        return Unsent(
            assignment_id=UUID(said["assignment"]),
            day=dt.date.fromisoformat(said["day"]),
            instance_id=UUID(said["instance"]),
            path=path,
            value=_keepable(value) if value else None,
            revision=revision,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def _keepable(text: str) -> str:
    """Replace what no database takes: half characters, as typing may leave them, and NUL."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")


async def _body(request: Request) -> bytes | None:
    """Return the body, or None if it is longer than we take."""
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            return None
    return bytes(received)


def _asked(unsent: Unsent, assignment: Assignment, *, session: Session) -> tuple[UUID, Question]:
    """Return the version of the questionnaire that asks the question, and the question.

    Why an entry is corrected is asked beside every version.

    Raises:
        NotTheirsError: No version asks it.
    """
    # The page may show an older version: a draft of its questions outlives the new one.
    versions = session.exec(
        select(Questionnaire)
        .where(
            Questionnaire.study_id == assignment.study_id,
            Questionnaire.name == assignment.questionnaire,
        )
        .order_by(col(Questionnaire.version).desc())
    )
    for version in versions:
        question = drafts.question_at(questionnaires.form_of(version), unsent.path)
        if unsent.path == corrections.WHY_PATH:
            question = corrections.WHY
        if question:
            return version.id, question
    raise NotTheirsError(say("This question is not asked any more."))


class NewerTextError(Exception):
    """A newer text was written elsewhere: what is said, and what the reply tells of it."""

    def __init__(self, message: Message, told: dict[str, Any]) -> None:
        super().__init__()
        self.message = message
        self.told = told


def _kept(unsent: Unsent, identity: Identity, *, session: Session) -> tuple[int, dt.datetime]:
    """Keep a text for its author.

    Raises:
        NotTheirsError: The entry or the question is not theirs to answer.
        AlreadySentError: The entry was sent before.
        NewerTextError: A newer text was written elsewhere.
    """
    assignment = assignment_to_write(
        session=session,
        identity=identity,
        assignment_id=unsent.assignment_id,
        day=unsent.day,
        instance_id=unsent.instance_id,
    )
    version_id, question = _asked(unsent, assignment, session=session)
    try:
        return drafts.keep(
            session=session,
            account_id=identity.account_id,
            questionnaire_id=version_id,
            instance_id=unsent.instance_id,
            path=unsent.path,
            value=typed.answer_of(question, unsent.value),
            revision=unsent.revision,
        )
    except drafts.StaleDraftError as stale:
        raise NewerTextError(stale.messages[0], _told(question, stale.current)) from stale


def _answer(cookie: str | None, unsent: Unsent, request: Request) -> JSONResponse:
    """Keep a text and say what became of it."""
    language = language_of(request)

    def no(status: int, message: Message, **more: Any) -> JSONResponse:  # noqa: ANN401 - JSON
        return _reply({"message": translate(message, language), **more}, status)

    try:
        with open_session() as session:
            identity = entering.identify(session=session, cookie=cookie)
            if identity is None:
                withdrew = entering.withdrawn_account(session=session, cookie=cookie)
                return no(410, WITHDREW) if withdrew else no(401, SIGNED_OUT)
            language = best([identity.language or language], INTERFACE_LANGUAGES)
            revision, moment = _kept(unsent, identity, session=session)
            session.commit()
    except NewerTextError as newer:
        return no(409, newer.message, **newer.told)
    except Refusal as refusal:
        return no(410 if isinstance(refusal, AlreadySentError) else 403, refusal.messages[0])
    except OperationalError as error:
        return no(503, trouble(error))
    except SQLAlchemyError as error:
        # Its text holds what was written, so that only its kind may be noted.
        log.error("a draft could not be kept: %s", type(error).__name__)
        return no(503, UNREADABLE)
    return _reply({"revision": revision, "saved_at": moment.isoformat()})


def _told(question: Question, current: Draft) -> dict[str, Any]:
    return {
        "value": typed.text_of(question, current.value),
        "revision": current.revision,
        "saved_at": current.updated_at.isoformat(),
    }


def _reply(content: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


async def keep(request: Request) -> JSONResponse:
    """Take in the text of one answer.

    The body is JSON: `assignment`, `day`, `instance`, `path`, `value` (a text or null, also where
    a number is asked for: what stands in the box) and `revision`, that of the draft the text is
    based on, 0 for none. Answers 200 with the new `revision` and `saved_at`; 409 with the newer
    text, its `revision` and `saved_at`; everything else with a `message` in the person's language.
    After 503 the same text may be sent again.
    """
    language = language_of(request)
    if not is_own(request):
        return _reply({"message": translate(UNREADABLE, language)}, 403)
    body = await _body(request)
    if body is None:
        return _reply({"message": translate(TOO_LONG, language)}, 413)
    try:
        unsent = _read(body)
    except UnreadableError:
        return _reply({"message": translate(UNREADABLE, language)}, 400)
    return await run_in_threadpool(_answer, request.cookies.get(cookies.NAME), unsent, request)


routes = [Route("/draft", keep, methods=["PUT"])]

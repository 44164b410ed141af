"""A reviewer's comment on its way: the browser sends it as it is being written."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.database import open_session, trouble
from data.tables import Review
from i18n import INTERFACE_LANGUAGES, Message, Refusal, best, say, translate
from server import cookies
from server.origin import is_own
from server.paper import language_of
from survey import entering
from survey.applying import commenting, reviewing
from survey.entering import Identity

MOST_BYTES = 50_000
"""Of a request: the longest comment has 5,000 letters of at most six bytes each as JSON."""

log = logging.getLogger(__name__)

NOT_OPEN = say("You are signed out on this device. Please come in again through your link.")
UNREADABLE = say("This could not be saved. Please load the page again.")
NOT_THEIRS = say("This application is not for you to judge.")


def _kept(said: dict[str, Any], identity: Identity, *, session: Session) -> Review:
    """Keep a comment for the reviewer who is here.

    Raises:
        ValueError, KeyError, TypeError: The request does not say what it should.
        ReviewError: The application is not on their pile, or the comment cannot be kept so.
    """
    key, text, revision = UUID(str(said["instance"])), said["value"] or "", said["revision"]
    if not isinstance(text, str) or type(revision) is not int:
        raise TypeError
    found = reviewing.to_read(
        session=session,
        study_id=identity.study_id,
        account_id=identity.account_id,
        application_id=key,
    )
    if found is None or "reviewer" not in identity.roles:
        raise reviewing.ReviewError(NOT_THEIRS)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return commenting.comment(
        found,
        whole.replace("\0", "\N{REPLACEMENT CHARACTER}"),
        revision=revision,
        session=session,
        account_id=identity.account_id,
    )


def _answer(cookie: str | None, body: bytes, language: str) -> JSONResponse:
    """Keep a comment and say what became of it."""

    def no(status: int, message: Message) -> JSONResponse:
        return _reply({"message": translate(message, language)}, status)

    try:
        with open_session() as session:
            identity = entering.identify(session=session, cookie=cookie)
            if identity is None:
                return no(401, NOT_OPEN)
            language = best([identity.language or language], INTERFACE_LANGUAGES)
            told = _told(_kept(json.loads(body), identity, session=session))
            session.commit()
    except commenting.StaleCommentError as stale:
        return _reply(
            _told(stale.current) | {"message": translate(stale.messages[0], language)}, 409
        )
    except Refusal as refusal:
        return no(403, refusal.messages[0])
    except (ValueError, KeyError, TypeError, RecursionError):
        return no(400, UNREADABLE)
    except SQLAlchemyError as error:
        # Its text holds what was written, so that only its kind may be noted.
        log.error("a comment could not be kept: %s", type(error).__name__)
        return no(503, trouble(error))
    return _reply(told)


def _told(review: Review) -> dict[str, Any]:
    return {
        "value": review.comment,
        "revision": commenting.revision_of(review),
        "saved_at": review.updated_at.isoformat(),
    }


def _reply(content: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


async def keep(request: Request) -> JSONResponse:
    """Take in a reviewer's comment on an application.

    The body is JSON: `instance`, the application; `value`, the text; `revision`, that of the text
    it is based on. The answers are those of a draft (`server.drafts`).
    """
    language = language_of(request)
    if not is_own(request):
        return _reply({"message": translate(UNREADABLE, language)}, 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return _reply({"message": translate(UNREADABLE, language)}, 413)
    cookie = request.cookies.get(cookies.NAME)
    return await run_in_threadpool(_answer, cookie, await request.body(), language)


routes = [Route("/review-comment", keep, methods=["PUT"])]

"""Coding: the browser fetches a text once, and every mark is on disk before it is called saved."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.database import open_session, trouble
from data.tables import Study
from data.tables.base import now
from i18n import INTERFACE_LANGUAGES, Message, Refusal, best, say, translate
from server import cookies
from server.origin import is_own
from server.paper import language_of
from survey import entering
from survey.entering import Identity

if TYPE_CHECKING:
    from nlp.coding.desk import Chosen

MOST_BYTES = 500_000
MOST_STRETCHES = 200
KINDS = frozenset({"entry", "interview"})
Work = Callable[[Session, "Coder"], dict[str, Any]]

log = logging.getLogger(__name__)

NOT_OPEN = say("You are signed out on this device. Please come in again through your link.")
UNREADABLE = say("This could not be saved. Please load the page again.")


class TooMuchError(Refusal):
    """More was chosen than is marked in one step."""


class UnreadableError(Exception):
    """The request does not say what it should."""


@dataclass(frozen=True)
class Coder:
    """Who codes, in which study."""

    identity: Identity
    study: Study

    @property
    def who(self) -> dict[str, UUID]:
        """The study and the account, as what marks asks for them."""
        return {"study_id": self.study.id, "account_id": self.identity.account_id}


def _open(said: dict[str, Any]) -> Work:
    """Return what fetches a text with its marks."""
    kind, key = _document(said)

    def work(session: Session, coder: Coder) -> dict[str, Any]:
        from nlp.coding import desk  # only coders pay for what it brings along

        return desk.opened(
            kind,
            key,
            session=session,
            study=coder.study,
            account_id=coder.identity.account_id,
        )

    return work


def _mark(said: dict[str, Any]) -> Work:
    """Return what marks stretches with codes."""
    from nlp.coding import desk

    chosen = [_chosen(each) for each in _list(said["stretches"], MOST_STRETCHES)]
    codes = [UUID(each) for each in _list(said["codes"], 50)]
    return lambda session, coder: {"marks": desk.mark(chosen, codes, session=session, **coder.who)}


def _unmark(said: dict[str, Any]) -> Work:
    """Return what takes marks away."""
    from nlp.coding import marking

    keys = [UUID(each) for each in _list(said["marks"], MOST_STRETCHES)]
    return lambda session, coder: {
        "gone": [str(each.id) for each in marking.unmark(keys, session=session, **coder.who)]
    }


def _memo(said: dict[str, Any]) -> Work:
    """Return what writes a memo beside a mark."""
    from nlp.coding import marking

    key, text = UUID(said["mark"]), said["memo"]
    if not isinstance(text, str):
        raise UnreadableError
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    return lambda session, coder: {
        "memo": marking.note(key, whole, session=session, **coder.who).memo
    }


def _undo(said: dict[str, Any]) -> Work:
    """Return what takes back the last step in a text."""
    from nlp.coding import desk

    kind, key = _document(said)
    return lambda session, coder: desk.undo(kind, key, session=session, **coder.who)


def _document(said: dict[str, Any]) -> tuple[str, UUID]:
    if said["kind"] not in KINDS:
        raise UnreadableError
    return said["kind"], UUID(said["key"])


def _chosen(said: dict[str, Any]) -> Chosen:
    from nlp.coding.desk import Chosen
    from nlp.coding.places import place_from

    start, end, mark = said["start"], said["end"], said["mark"]
    if type(start) is not int or type(end) is not int or not isinstance(mark, str):
        raise UnreadableError
    return Chosen(place_from(said["text"]), mark[:64], start, end)


def _list(said: object, most: int) -> list[Any]:
    if not isinstance(said, list) or not said:
        raise UnreadableError
    if len(said) > most:
        raise TooMuchError(say("Choose less: one step marks at most {most} turns.", most=most))
    return said


def _answer(cookie: str | None, work: Work, language: str) -> JSONResponse:
    """Do the work for whoever is here and say what became of it."""

    def no(status: int, message: Message, **more: Any) -> JSONResponse:  # noqa: ANN401 - JSON
        return _reply({"message": translate(message, language), **more}, status)

    try:
        with open_session() as session:
            identity = entering.identify(session=session, cookie=cookie)
            if identity is None or "researcher" not in identity.roles:
                return no(401, NOT_OPEN)
            language = best([identity.language or language], INTERFACE_LANGUAGES)
            coder = Coder(identity, session.get_one(Study, identity.study_id))
            told = work(session, coder)
            session.commit()
    except Refusal as refusal:
        changed = type(refusal).__name__ == "ChangedError"
        return no(409, refusal.messages[0], changed=changed)
    except OperationalError as error:
        return no(503, trouble(error))
    except SQLAlchemyError as error:
        # Its text holds what was written, so that only its kind may be noted.
        log.error("a mark could not be kept: %s", type(error).__name__)
        return no(503, UNREADABLE)
    return _reply({**told, "saved_at": now().isoformat()})


def _reply(content: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


async def _said(request: Request) -> dict[str, Any]:
    """Read the body of a request.

    Raises:
        UnreadableError: It is too long, or no JSON object.
    """
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            raise UnreadableError
    said = json.loads(bytes(received))
    if not isinstance(said, dict):
        raise UnreadableError
    return said


async def do(request: Request) -> JSONResponse:
    """Do one thing with a text: `open`, `mark`, `unmark`, `memo` or `undo`.

    The body is JSON. `open` and `undo` take `kind` (entry or interview) and `key`; `mark` takes
    `codes` and `stretches`, each with `text`, the `mark` of what was read, `start` and `end` in
    code points of the masked text; `unmark` takes `marks`, `memo` takes `mark` and `memo`. Answers
    200 with what changed and `saved_at`; 409 with a `message` where it is not possible, and
    `changed` where the text reads differently by now; everything else with a `message`.
    """
    language = language_of(request)
    try:
        if not is_own(request):
            raise UnreadableError
        work = DOING[request.path_params["what"]](await _said(request))
    except Refusal as refusal:
        return _reply({"message": translate(refusal.messages[0], language)}, 409)
    except (UnreadableError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _reply({"message": translate(UNREADABLE, language)}, 400)
    return await run_in_threadpool(_answer, request.cookies.get(cookies.NAME), work, language)


DOING: dict[str, Callable[[dict[str, Any]], Work]] = {
    "open": _open,
    "mark": _mark,
    "unmark": _unmark,
    "memo": _memo,
    "undo": _undo,
}
routes = [Route("/coding-desk/{what}", do, methods=["POST"])]

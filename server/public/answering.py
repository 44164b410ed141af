"""The routes of a public link: showing its page, following the answers, taking them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.database import trouble
from i18n import say
from server.origin import is_own
from server.paper import language_of
from server.public import tickets
from server.public.bodies import TooLargeError, read_body
from server.public.drawing import Drawing
from server.public.known import Known, register
from server.public.page import interface, said
from server.public.reading import Sent, gather
from server.public.showing import asked_for, copy, not_now, nowhere, ready
from server.public.taking import Case

Result = TypeVar("Result")
AT_ONCE = 3
"""So many pages are worked on at a time; the others wait in the order in which they came."""
KEPT_AT_ONCE = 8
"""So many answers are kept at a time: mostly they wait for the disk, and no page waits for them."""
_drawing = CapacityLimiter(AT_ONCE)
_keeping = CapacityLimiter(KEPT_AT_ONCE)
TOO_LARGE = say("Together these files are too large. Please choose smaller ones.")
NOT_RECEIVED = say("Not received")


async def work(function: Callable[[], Result]) -> Result:
    """Do something that takes a while beside the others, a few at a time."""
    return await to_thread.run_sync(function, limiter=_drawing)


async def keep(function: Callable[[], Result]) -> Result:
    """Do something that waits for the disk, apart from what only works."""
    return await to_thread.run_sync(function, limiter=_keeping)


async def find(request: Request) -> Known | None:
    """Return the link that a request is for, as it is now."""
    if register.stale():
        await work(register.refresh)
    return register.get(request.path_params["slug"])


async def _found(request: Request) -> Known | None:
    """Return the link that a visitor's own device asks for; a kiosk has another address."""
    known = await find(request)
    kind = "kiosk" if request.url.path.startswith("/k/") else "link"
    return known if known is not None and known.link.kind == kind else None


async def show(request: Request) -> Response:
    """Show the questions of a link, or say kindly why there are none."""
    try:
        known = await _found(request)
    except SQLAlchemyError as error:
        return said(language_of(request), say("Not right now"), trouble(error), status=503)
    if known is None:
        return nowhere(language_of(request))
    asked = asked_for(request, known)
    if known.state != "open":
        return not_now(known, asked)
    return copy(await work(partial(ready, known, asked)), request, known)


async def follow(request: Request) -> Response:
    """Answer the page's script with the questions that follow from the answers so far."""
    try:
        known = await _found(request)
        sent = gather(await read_body(request))
    except (SQLAlchemyError, TooLargeError):
        return Response(status_code=503)
    if known is None or not is_own(request):
        return Response(status_code=404)

    def drawn() -> str:
        case = Case(known, sent, script=True)
        return Drawing(case.filling, language=interface(case.asked.language)).html()

    html = await work(drawn)
    return JSONResponse({"form": html}, headers={"Cache-Control": "no-store"})


async def send(request: Request) -> Response:
    """Take in what a visitor sends, and say that it was received or what is missing."""
    language, script = language_of(request), "x-proof" in request.headers
    try:
        known = await _found(request)
        if known is None or not is_own(request):
            return nowhere(language)
        sent = gather(await read_body(request))
        device = _device(request, sent)
        return await keep(lambda: Case(known, sent, script=script).take(device))
    except TooLargeError:
        return said(language, NOT_RECEIVED, TOO_LARGE, status=413)
    except SQLAlchemyError as error:
        return said(language, NOT_RECEIVED, trouble(error), status=503)


def _device(request: Request, sent: Sent) -> str:
    """Return which device sends: by its cookie, or by the page where it keeps none."""
    for text in (request.cookies.get(tickets.COOKIE, ""), sent.said.get("ticket", "")):
        if ticket := tickets.read(text):
            return ticket.device
    return ""


routes = [
    Route("/q/{slug:str}", show, methods=["GET"]),
    Route("/q/{slug:str}", send, methods=["POST"]),
    Route("/q/{slug:str}/part", follow, methods=["POST"]),
]

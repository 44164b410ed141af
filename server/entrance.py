"""Coming in: personal links and invite codes.

Opening an address only shows a page with one button, because messengers open links to preview
them; pressing the button signs in.
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from data.database import open_session, trouble
from i18n import Message, say
from server import cookies
from server.origin import is_own
from server.paper import page
from survey import entering

NO_ENTRY = say("This link does not work any more")
ASK = say("It may have been replaced by a newer one. Ask the person who sent it to you.")


KEEPS_NOTHING = say("This browser does not stay signed in")
ANOTHER_BROWSER = say(
    "It keeps no cookies, as some browsers inside other apps do. Open your link in the browser of "
    "your phone, or allow cookies for this site. What you write is safe as soon as you are in."
)
WITHDREW = say("You withdrew from this study")
GONE = say(
    "What you had given was deleted, and this link was closed. If you would like to take part "
    "again, ask the person who invited you."
)


def _refused(request: Request, status: int = 404) -> HTMLResponse:
    return page(request, title=NO_ENTRY, text=ASK, status=status)


def _closed(request: Request, text: Message) -> HTMLResponse:
    return page(request, title=say("Not right now"), text=text, status=503)


def _find(token: str) -> bool:
    with open_session() as session:
        return entering.find(session=session, token=token) is not None


def _withdrew(token: str) -> bool:
    with open_session() as session:
        return entering.has_withdrawn(session=session, token=token)


def _enter(token: str, device: str) -> str:
    with open_session() as session:
        cookie = entering.enter(session=session, token=token, device=device)
        session.commit()
    return cookie


async def door(request: Request) -> Response:
    """Show the door of a link, or, when its button was pressed, sign in."""
    try:
        if request.method == "POST":
            return await _sign_in(request, request.path_params["token"])
        if not await run_in_threadpool(_find, request.path_params["token"]):
            if await run_in_threadpool(_withdrew, request.path_params["token"]):
                return page(request, title=WITHDREW, text=GONE, status=410)
            return _refused(request)
    except SQLAlchemyError as error:
        return _closed(request, trouble(error))
    return page(
        request,
        title=say("Good to see you"),
        text=say("This link is yours alone. It signs you in on this device."),
        button=say("Come in"),
    )


async def code(request: Request) -> Response:
    """Ask for an invite code, or sign in with the one that was typed."""
    if request.method == "POST":
        form = await request.form(max_files=0, max_fields=5)
        try:
            return await _sign_in(request, str(form.get("code", "")).strip())
        except SQLAlchemyError as error:
            return _closed(request, trouble(error))
    return page(
        request,
        title=say("Come in with a code"),
        text=say("You find it in the invitation that was sent to you. It works once."),
        field=say("Code"),
        button=say("Come in"),
    )


async def _sign_in(request: Request, token: str) -> Response:
    if not is_own(request):
        return _refused(request, 403)
    device = request.headers.get("user-agent", "")
    try:
        cookie = await run_in_threadpool(_enter, token, device)
    except entering.EnteringError:
        return _refused(request)
    response = RedirectResponse("/entered", status_code=303, headers={"Cache-Control": "no-store"})
    cookies.give(response, cookie)
    return response


async def entered(request: Request) -> Response:
    """Go on to the first screen, or say that this browser keeps no cookies."""
    if request.cookies.get(cookies.NAME):
        return RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    return page(request, title=KEEPS_NOTHING, text=ANOTHER_BROWSER, status=400)


routes = [
    Route("/enter", code, methods=["GET", "POST"]),
    Route("/entered", entered, methods=["GET"]),
    Route("/enter/{token}", door, methods=["GET", "POST"]),
]

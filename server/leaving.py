"""Signing out, on a device that others may use after you.

What was written and has not reached the server yet is in the browser. The page brings it to the
server first, says so where that fails, and after signing out removes this person's copies.
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.database import open_session, trouble
from i18n import INTERFACE_LANGUAGES, best, say
from server import cookies
from server.origin import is_own
from server.paper import Script, language_of, page
from survey import entering
from survey.entering import Identity

SCRIPT = "writing/leaving.js"
UNSENT = say(
    "Something you wrote on this device is not saved to the study yet. "
    "If you sign out now, it is removed from this device and lost."
)
ANYWAY = say("Sign out and remove it")
BACK = say("Go back")


def _who(cookie: str | None) -> Identity | None:
    with open_session() as session:
        return entering.identify(session=session, cookie=cookie)


def _leave(cookie: str) -> None:
    with open_session() as session:
        entering.leave(session=session, cookie=cookie)
        session.commit()


def _language(request: Request, found: Identity | None) -> str:
    """Return the language that whoever is here chose; else what their browser asks for."""
    asked = language_of(request)
    return best([found.language, asked], INTERFACE_LANGUAGES) if found else asked


async def leaving(request: Request) -> Response:
    """Ask whether to sign out, or do it."""
    held = request.cookies.get(cookies.NAME)
    try:
        found = await run_in_threadpool(_who, held)
        account = found.account_id if found else None
        language = _language(request, found)
        if request.method == "POST" and is_own(request):
            if held:
                await run_in_threadpool(_leave, held)
            response = page(
                request,
                title=say("You are signed out"),
                text=say("What you wrote is kept. Your personal link brings you back."),
                script=Script(SCRIPT, {"gone": str(account)}) if account else None,
                language=language,
            )
            cookies.take(response)
            return response
    except SQLAlchemyError as error:
        return page(request, title=say("Not right now"), text=trouble(error), status=503)
    words = {"unsent": UNSENT, "anyway": ANYWAY, "back": BACK}
    return page(
        request,
        title=say("Sign out on this device?"),
        text=say("You can come back with your personal link."),
        button=say("Sign out"),
        script=Script(SCRIPT, {"owner": str(account)}, words) if account else None,
        language=language,
    )


routes = [Route("/leave", leaving, methods=["GET", "POST"])]

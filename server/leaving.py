"""Signing out, on a device that others may use after you.

What was written and has not reached the server yet is in the browser. The page brings it to the
server first, says so where that fails, and after signing out removes this person's copies.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.database import open_session, trouble
from i18n import say
from server import cookies
from server.origin import is_own
from server.paper import Script, page
from survey import entering

SCRIPT = "writing/leaving.js"
UNSENT = say(
    "Something you wrote on this device is not saved to the study yet. "
    "If you sign out now, it is removed from this device and lost."
)
ANYWAY = say("Sign out and remove it")
BACK = say("Go back")


def _account_of(cookie: str | None) -> UUID | None:
    with open_session() as session:
        found = entering.identify(session=session, cookie=cookie)
    return found.account_id if found else None


def _leave(cookie: str) -> None:
    with open_session() as session:
        entering.leave(session=session, cookie=cookie)
        session.commit()


async def leaving(request: Request) -> Response:
    """Ask whether to sign out, or do it."""
    held = request.cookies.get(cookies.NAME)
    try:
        account = await run_in_threadpool(_account_of, held)
        if request.method == "POST" and is_own(request):
            if held:
                await run_in_threadpool(_leave, held)
            response = page(
                request,
                title=say("You are signed out"),
                text=say("What you wrote is kept. Your personal link brings you back."),
                script=Script(SCRIPT, {"gone": str(account)}) if account else None,
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
    )


routes = [Route("/leave", leaving, methods=["GET", "POST"])]

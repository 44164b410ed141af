"""What people reach from a letter or a calendar app without signing in.

The link in a reminder shows one button, because mail programs open links to check them. A mail
program that offers to unsubscribe sends the same button's request itself (RFC 8058).
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.database import open_session, trouble
from data.tables import Person
from i18n import say
from server.paper import page
from survey import feed
from survey.reminding import choices
from survey.sealing import unseal


def _known(token: str) -> bool:
    with open_session() as session:
        person_id = unseal(choices.STOPPING, token)
        person = session.get(Person, person_id) if person_id else None
        return person is not None and person.withdrawn_at is None


def _stop(token: str) -> bool:
    with open_session() as session:
        found = choices.stop(session=session, token=token)
        session.commit()
    return found is not None


async def stopping(request: Request) -> Response:
    """Ask whether to stop the reminders of whoever the link is for, or do it."""
    token = request.path_params["token"]
    asked = request.method != "POST"
    try:
        known = await run_in_threadpool(_known if asked else _stop, token)
    except SQLAlchemyError as error:
        return page(request, title=say("Not right now"), text=trouble(error), status=503)
    if not known:
        return page(
            request,
            title=say("This link no longer belongs to anybody"),
            text=say("Nothing more is sent because of it."),
            status=404,
        )
    if asked:
        return page(
            request,
            title=say("No more reminders?"),
            text=say("Your place in the study and what you wrote stay as they are."),
            button=say("Stop the reminders"),
        )
    return page(
        request,
        title=say("No more reminders"),
        text=say("They have stopped. Under “My data” you can have them again at any time."),
    )


def _calendar(token: str) -> bytes:
    with open_session() as session:
        return feed.read(session=session, token=token)


async def calendar(request: Request) -> Response:
    """Answer with somebody's calendar: 404 where there never was one, 410 where it was closed."""
    headers = {"Cache-Control": "no-store"}
    try:
        content = await run_in_threadpool(_calendar, request.path_params["token"])
    except feed.FeedError as error:
        status = 410 if isinstance(error, feed.GoneError) else 404
        return Response(str(error), status, media_type="text/plain", headers=headers)
    except SQLAlchemyError:
        return Response(status_code=503, headers=headers)
    return Response(content, media_type="text/calendar", headers=headers)


routes = [
    Route("/reminders/stop/{token}", stopping, methods=["GET", "POST"]),
    Route("/calendar/{token}.ics", calendar),
]

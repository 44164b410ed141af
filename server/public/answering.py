"""The routes of a public link: showing its page, following the answers, taking them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from html import escape
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.database import open_session, trouble
from i18n import Message, Refusal, say, translate
from server.origin import is_own
from server.paper import language_of
from server.public import tickets
from server.public.bodies import TooLargeError, read_body
from server.public.drawing import Drawing
from server.public.known import Known, register
from server.public.page import answer, interface, own_name, said
from server.public.reading import Sent, fill, gather, press, uploads
from server.public.showing import (
    Asked,
    asked_for,
    copy,
    form_html,
    not_now,
    nowhere,
    ready,
    shell_of,
)
from survey.audience.receipts import spell
from survey.audience.receiving import (
    AnsweredError,
    NotOpenError,
    Sending,
    UnnamedError,
    receive,
)
from survey.filling import Filling
from survey.responses import ConflictError, ResponseError

Result = TypeVar("Result")
AT_ONCE = 3
"""So many answers are worked on at a time; the others wait in the order in which they came."""
_limiter = CapacityLimiter(AT_ONCE)


async def work(function: Callable[[], Result]) -> Result:
    """Do something that takes a while beside the others, a few at a time."""
    return await to_thread.run_sync(function, limiter=_limiter)


async def find(request: Request) -> Known | None:
    """Return the link that a request is for, as it is now."""
    if register.stale():
        await work(register.refresh)
    return register.get(request.path_params["slug"])


def is_script(request: Request) -> bool:
    """Tell whether the page's own script asks, which wants data and no page."""
    return "x-proof" in request.headers


async def show(request: Request) -> Response:
    """Show the questions of a link, or say kindly why there are none."""
    try:
        known = await find(request)
    except SQLAlchemyError as error:
        return said(language_of(request), say("Not right now"), trouble(error), status=503)
    if known is None:
        return nowhere(language_of(request))
    asked = asked_for(request, known)
    if known.state != "open":
        return not_now(known, asked)
    return copy(await work(partial(ready, known, asked)), request)


async def follow(request: Request) -> Response:
    """Answer the page's script with the questions that follow from the answers so far."""
    try:
        known = await find(request)
        sent = gather(await read_body(request))
    except (SQLAlchemyError, TooLargeError):
        return Response(status_code=503)
    if known is None or not is_own(request):
        return Response(status_code=404)

    def drawn() -> str:
        filling, asked = _filled(known, sent)
        return Drawing(filling, language=interface(asked.language)).html()

    html = await work(drawn)
    return JSONResponse({"form": html}, headers={"Cache-Control": "no-store"})


def _filled(known: Known, sent: Sent) -> tuple[Filling, Asked]:
    language = sent.said.get("language", "")
    offered = known.link.languages
    asked = Asked(language if language in offered else offered[0])
    prefilled = known.link.prefilled
    filling = fill(known.form, sent, language=asked.language, prefilled=prefilled)
    press(filling, sent.said.get("do", ""))
    return filling, asked


async def send(request: Request) -> Response:
    """Take in what a visitor sends, and say that it was received or what is missing."""
    try:
        known = await find(request)
        if known is None or not is_own(request):
            return nowhere(language_of(request))
        sent = gather(await read_body(request))
    except TooLargeError:
        text = say("Together these files are too large. Please choose smaller ones.")
        return _not_taken(request, text, 413)
    except SQLAlchemyError as error:
        return _not_taken(request, trouble(error), 503)
    device = _device(request, sent)
    return await work(partial(_sent, request, known, sent, device))


def _device(request: Request, sent: Sent) -> str:
    """Return which device sends: by its cookie, or by the page where it keeps none."""
    for text in (request.cookies.get(tickets.COOKIE, ""), sent.said.get("ticket", "")):
        if ticket := tickets.read(text):
            return ticket.device
    return ""


def _sent(request: Request, known: Known, sent: Sent, device: str) -> Response:
    """Keep what was sent, unless something is wrong with it."""
    filling, asked = _filled(known, sent)
    if not is_script(request) and _goes_on(filling, sent):
        return _again(request, known, asked, filling, sent, {})
    if sent.instance_id is None or not (device or known.link.kind == "kiosk"):
        return _not_taken(request, say("This could not be read. Please load the page again."), 400)
    problems = {each.path: _worded(each.message, asked) for each in filling.problems()}
    if problems:
        return _again(request, known, asked, filling, sent, problems)
    sending = Sending(
        instance_id=sent.instance_id,
        receipt=sent.said.get("receipt", ""),
        answers=filling.submission(),
        language=asked.language,
        device="" if known.link.kind == "kiosk" else device,
        name=sent.said.get("name", ""),
        age=dt.timedelta(seconds=_seconds(sent)),
        uploads=uploads(filling, sent),
    )
    try:
        with open_session() as session:
            receive(known.link.id, sending, session=session)
            session.commit()
    except ResponseError as error:
        told = {each.path: _worded(each.message, asked) for each in error.problems}
        return _again(request, known, asked, filling, sent, told)
    except UnnamedError as error:
        told = {"name": _worded(error.messages[0], asked)}
        return _again(request, known, asked, filling, sent, told)
    except Refusal as error:
        return _refused(request, known, asked, error)
    except OperationalError as error:
        return _not_taken(request, trouble(error), 503)
    return _received(request, known, asked, sending.receipt)


def _goes_on(filling: Filling, sent: Sent) -> bool:
    """Tell whether there is more to ask before it is sent, where no script follows the answers."""
    asked = {
        place.path
        for place in filling.walk()
        if place.part == "question" and place.element.name  # a note counts: it was not read yet
    }
    return sent.said.get("do", "send") != "send" or not asked <= sent.seen


def _seconds(sent: Sent) -> int:
    text = sent.said.get("age", "0")
    return int(text[:7]) if text.isascii() and text.isdigit() else 0


def _worded(message: Message | str, asked: Asked) -> str:
    if isinstance(message, str):
        return message
    return translate(message, interface(asked.language))


def _again(
    request: Request,
    known: Known,
    asked: Asked,
    filling: Filling,
    sent: Sent,
    problems: dict[str, str],
) -> Response:
    """Show the questions with what was answered and what is wrong."""
    if is_script(request):
        drawn = Drawing(filling, language=interface(asked.language), problems=problems).html()
        told = {"form": drawn, "name": problems.get("name", "")}
        return JSONResponse(told, 422, headers={"Cache-Control": "no-store"})
    hidden = {key: sent.said.get(key, "") for key in ("instance", "receipt", "ticket")}
    form = form_html(
        known, asked, filling, problems=problems, hidden=hidden, name=sent.said.get("name", "")
    )
    return answer(shell_of(known, asked), form, status=422 if problems else 200)


def _refused(request: Request, known: Known, asked: Asked, error: Refusal) -> Response:
    """Say why an answer is not taken, for good."""
    if isinstance(error, NotOpenError):
        if not is_script(request):
            return not_now(known, asked)
        return JSONResponse({"over": True}, 410, headers={"Cache-Control": "no-store"})
    status = 409 if isinstance(error, AnsweredError | ConflictError) else 422
    title = say("Already received") if isinstance(error, AnsweredError) else say("Not received")
    if is_script(request):
        told = {"message": _worded(error.messages[0], asked)}
        return JSONResponse(told, status, headers={"Cache-Control": "no-store"})
    return said(asked.language, title, error.messages[0], status=status)


def _not_taken(request: Request, text: Message, status: int) -> Response:
    language = language_of(request)
    if is_script(request):
        told = {"message": translate(text, language)}
        return JSONResponse(told, status, headers={"Cache-Control": "no-store"})
    return said(language, say("Not received"), text, status=status)


def received_html(language: str, receipt: str, again: str = "") -> str:
    """Return what stands on a receipt.

    Args:
        language: The interface language.
        receipt: Its code; a mark where a page fills it in.
        again: Where one may answer again; empty where one may not.
    """
    keep = translate(
        say("With this code you can delete your answer at any time. We do not know whose it is:"),
        language,
    )
    delete = escape(translate(say("Delete an answer"), language))
    once_more = escape(translate(say("Answer once more"), language))
    more = f'<p><a href="{escape(again)}">{once_more}</a></p>' if again else ""
    return (
        f'<p>{escape(keep)}</p><p class="code" translate="no">{escape(receipt)}</p>'
        f'<p class="quiet"><a href="/q/receipt">{delete}</a></p>{more}'
    )


def _received(request: Request, known: Known, asked: Asked, receipt: str) -> Response:
    language = interface(asked.language)
    title = translate(say("Received. Thank you."), language)
    again = f"/q/{known.link.slug}?lang={asked.language}" if known.link.many else ""
    content = received_html(language, spell(receipt), again)
    if is_script(request):
        told = {"title": title, "html": content}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})
    from server.public.page import Shell

    return answer(Shell(asked.language, title), content)


__all__ = ["own_name", "routes"]

routes = [
    Route("/q/{slug:str}", show, methods=["GET"]),
    Route("/q/{slug:str}", send, methods=["POST"]),
    Route("/q/{slug:str}/part", follow, methods=["POST"]),
]

"""A screen on a stand: the whole questionnaire in every language, so that it needs no network.

The page keeps nothing of a visitor. What they send waits in the browser's own database until the
server has it. A small worker of the browser keeps the page itself, so that a tablet that was
switched off starts without a network too.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from html import escape

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from data.database import trouble
from i18n import Message, say, translate
from server.paper import language_of
from server.public import tickets
from server.public.answering import find, send, work
from server.public.drawing import Drawing
from server.public.known import Known
from server.public.page import HEADERS, TICKET, Shell, asset, html, interface, own_name, said
from server.public.received import received_html
from server.public.showing import Asked, not_now, nowhere, study_of, title_of
from survey.filling import Filling

AGAIN = "60"
"""Seconds after which a kiosk that is not open looks again."""
CODE = "@code@"
"""Where the page writes the code of a receipt."""


async def show(request: Request) -> Response:
    """Show a kiosk: a door with its languages, and behind it the questions."""
    try:
        known = await find(request)
    except SQLAlchemyError as error:
        return said(language_of(request), say("Not right now"), trouble(error), status=503)
    if known is None or known.link.kind != "kiosk":
        return nowhere(language_of(request))
    if known.state != "open":
        response = not_now(known, Asked(known.link.languages[0]), languages=False)
        response.headers["Refresh"] = AGAIN
        return response
    page = await work(partial(known.page, "kiosk", partial(_made, known)))
    return HTMLResponse(page.replace(TICKET.encode(), tickets.issue().encode()), headers=HEADERS)


async def ticket(request: Request) -> Response:
    """Answer with a new ticket, and with what the page is now, for a kiosk that stands for days."""
    try:
        known = await find(request)
    except SQLAlchemyError:
        return Response(status_code=503)
    if known is None or known.link.kind != "kiosk":
        return Response(status_code=404)
    page = await work(partial(known.page, "kiosk", partial(_made, known)))
    told = {"ticket": tickets.issue(), "version": _version(page), "open": known.state == "open"}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _version(page: bytes) -> str:
    return sha256(page).hexdigest()[:16]


def _made(known: Known) -> str:
    """Return the page of a kiosk, with a mark where its ticket stands."""
    languages = known.link.languages
    told = {
        "slug": known.link.slug,
        "bits": tickets.BITS,
        "ticket": TICKET,
        "titles": {tag: title_of(known, tag) for tag in languages},
        "words": {tag: _words(interface(tag)) for tag in languages},
    }
    shell = Shell(
        language=languages[0],
        title=title_of(known, languages[0]),
        script="kiosk.js",
        told=told,
        kind="kiosk",
        above=translate(say("Invented: a demonstration"), interface(languages[0]))
        if known.study.invented
        else study_of(known, languages[0]),
    )
    door = "".join(
        f'<button class="language" lang="{escape(tag)}" data-language="{escape(tag)}">'
        f"<strong>{escape(title_of(known, tag))}</strong><span>{escape(own_name(tag))}</span>"
        f"</button>"
        for tag in languages
    )
    forms = "".join(
        f'<template data-language="{escape(tag)}">{_form(known, tag)}</template>'
        f'<template data-thanks="{escape(tag)}">'
        f"{received_html(interface(tag), CODE, delete_at=True)}"
        f'<button class="primary" data-done>{_say(say("Done"), tag)}</button></template>'
        for tag in languages
    )
    content = (
        f'<div id="door">{door}</div><div id="place" hidden></div>'
        f'<p id="idle" role="status" hidden></p><p id="waiting" class="quiet"></p>{forms}'
    )
    return html(shell, content)


def _say(message: Message, tag: str) -> str:
    return escape(translate(message, interface(tag)))


def _form(known: Known, tag: str) -> str:
    drawn = Drawing(Filling(known.form, language=tag), language=interface(tag)).html()
    return (
        f'<form autocomplete="off"><div id="questions">{drawn}</div>'
        f'<div class="ends"><button type="button" class="plain" data-stop>'
        f"{_say(say('Stop'), tag)}</button>"
        f'<button class="primary">{_say(say("Send"), tag)}</button></div></form>'
    )


def _words(language: str) -> dict[str, str]:
    return {
        "thanks": translate(say("Thank you. Your answer is kept."), language),
        "idle": translate(say("Still there? This starts again in a moment."), language),
        "missing": translate(say("One question still needs an answer."), language),
        "waiting": translate(say("Waiting for the network: {count}"), language),
    }


async def worker(_request: Request) -> Response:
    """Answer with the browser's worker; it looks after every kiosk of this site."""
    found = asset("worker.js")
    assert found is not None  # noqa: S101 - it ships with the code
    headers = {"Cache-Control": "no-cache"}
    return Response(found[0], media_type="text/javascript", headers=headers)


routes = [
    Route("/k/worker.js", worker, methods=["GET"]),
    Route("/k/{slug:str}", show, methods=["GET"]),
    Route("/k/{slug:str}", send, methods=["POST"]),
    Route("/k/{slug:str}/ticket", ticket, methods=["GET"]),
]

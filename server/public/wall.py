"""A wall display: what the public answers, live; words only after somebody approved them."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import partial
from html import escape
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from data.database import open_session
from i18n import catalog, say, translate
from server.paper import language_of
from server.public.answering import find, work
from server.public.known import Known
from server.public.page import HEADERS, Shell, html, interface
from server.public.showing import nowhere, study_of, title_of
from settings import settings
from survey.audience.links import state_of
from survey.audience.wall import wall_of

SECONDS = 4.0
"""For so long a wall says the same, however many displays ask."""
_said: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}


async def _found(request: Request) -> tuple[Known, str] | None:
    """Return the link of a wall and the language it is shown in."""
    known = await find(request)
    if known is None or not known.link.wall:
        return None
    offered = known.link.languages
    wanted = request.query_params.get("lang", "")
    return known, wanted if wanted in offered else offered[0]


async def show(request: Request) -> Response:
    """Show the wall of a link."""
    try:
        found = await _found(request)
    except SQLAlchemyError:
        found = None
    if found is None:
        return nowhere(language_of(request))
    known, tag = found
    page = await work(partial(known.page, ("wall", tag), partial(_made, known, tag)))
    return HTMLResponse(page, headers=HEADERS)


def _made(known: Known, tag: str) -> str:
    from xml.etree.ElementTree import tostring  # neither is needed before a wall is

    from survey.link_sheet import picture

    language = interface(tag)
    address = f"{settings().public_url}/q/{known.link.slug}"
    scan = ""
    if known.link.kind == "link":
        code = tostring(picture(address), encoding="unicode", method="html")
        join = escape(translate(say("Scan and answer: it takes a minute"), language))
        typed = escape(address.partition("://")[2])
        scan = f'<aside>{code}<p>{join}</p><p class="address">{typed}</p></aside>'
    first = escape(translate(say("The first answers are arriving."), language))
    content = (
        f'<p id="people" role="status">{first}</p>'
        f'<div class="columns"><section id="charts"></section>'
        f'<section id="words"></section>{scan}</div>'
    )
    told = {
        "slug": known.link.slug,
        "language": tag,
        "first": translate(say("The first answers are arriving."), language),
        "few": translate(say("few"), language),
        "themes": translate(say("What people speak of"), language),
    }
    shell = Shell(
        language=tag,
        title=title_of(known, tag),
        script="wall.js",
        told=told,
        kind="wall",
        above=study_of(known, tag),
    )
    return html(shell, content)


async def now(request: Request) -> Response:
    """Answer with what the wall says now."""
    try:
        found = await _found(request)
        if found is None:
            return Response(status_code=404)
        known, tag = found
        told = _fresh(known, tag) or await work(partial(_now, known, tag))
    except SQLAlchemyError:
        return Response(status_code=503)
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _fresh(known: Known, tag: str) -> dict[str, Any] | None:
    at, told = _said.get((known.link.slug, tag), (float("-inf"), None))
    return told if time.monotonic() - at < SECONDS else None


def _now(known: Known, tag: str) -> dict[str, Any]:
    if told := _fresh(known, tag):
        return told  # made while this one waited its turn
    with open_session() as session:
        wall = wall_of(
            known.link,
            known.form,
            session=session,
            language=tag,
            threshold=known.study.threshold,
        )
    language = interface(tag)
    told = {
        "people": wall.people,
        "answered": tn(
            "{count} person has answered",
            "{count} people have answered",
            wall.people,
            language=language,
        ),
        "charts": [asdict(chart) for chart in wall.charts],
        "words": [{"text": text, "language": spoken} for text, spoken in wall.words],
        "themes": [{"title": title, "people": people} for title, people in wall.themes],
        "open": state_of(known.link, known.study) == "open",
    }
    _said[(known.link.slug, tag)] = (time.monotonic(), told)
    return told


def tn(one: str, many: str, count: int, *, language: str) -> str:
    """Say a sentence about a number of things, the number as it is written in the language."""
    from babel.numbers import format_decimal

    number = format_decimal(count, locale=language.replace("-", "_"))
    return catalog(language).ngettext(one, many, count).format(count=number)


routes = [
    Route("/wall/{slug:str}", show, methods=["GET"]),
    Route("/wall/{slug:str}/now", now, methods=["GET"]),
]

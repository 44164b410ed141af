"""The public door of a call for applications: what it is about, and an address for the link.

What is answered is the same whether an address is new or known, so that nobody learns who applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.database import open_session, trouble
from data.tables import Study
from data.tables.base import now
from i18n import INTERFACE_LANGUAGES, Message, Refusal, say, translate
from server.origin import is_own
from server.paper import HEADERS, language_of, page
from survey.applying.asked import minutes_of, sections_of
from survey.applying.calls import at_the_door, is_open, opening
from survey.applying.letter import day_of, until
from survey.applying.posting import can_post
from survey.applying.starting import ask_for_link
from survey.reminding.letter import of

POSTING = frozenset({"open", "decided"})
"""When a letter is sent to whoever has an application."""
TRIES = 8
"""So often a beginning is tried where others begin at the same moment."""


@dataclass(frozen=True)
class Door:
    """What the page says, in one language.

    Attributes:
        study: That of the call.
        standing: `open`, `coming`, `decided` (the time is over; who applied gets their link),
            `over`, or `by hand` where no letters are sent.
        title: What is applied to.
        about: What it is, in paragraphs.
        asked: What the form asks about.
        minutes: How long it takes.
    """

    study: Study
    standing: str
    title: str
    about: Sequence[str]
    asked: Sequence[str]
    minutes: int


def _language(request: Request) -> str:
    """Return the language chosen at the door, else what the browser asks for first."""
    chosen = request.query_params.get("language", "")
    return chosen if chosen in INTERFACE_LANGUAGES else language_of(request)


def _door(slug: str, language: str) -> Door | None:
    with open_session() as session:
        found = at_the_door(session=session, slug=slug)
        if found is None or not found[0].open:
            return None
        call, study = found
        about = of(study.texts.get("description", {}), language)
        return Door(
            study=study,
            standing=_standing(study, taking=is_open(call, study, session=session)),
            title=of(study.texts.get("title", {}), language, study.slug),
            about=[part for part in about.split("\n\n") if part.strip()],
            asked=sections_of(study, session=session, language=language),
            minutes=minutes_of(study, session=session),
        )


def _standing(study: Study, *, taking: bool) -> str:
    posts = can_post() and not study.invented
    if taking:
        return "open" if posts else "by hand"
    if now() < opening(study):
        return "coming"
    return "decided" if posts and study.closed_at is None else "over"


def _ask(slug: str, address: str, language: str) -> bool:
    """Ask for the link of an address; tell whether the call is open.

    Raises:
        Refusal: The address is none, or too many people ask.
    """
    for _ in range(TRIES):
        with open_session() as session:
            found = at_the_door(session=session, slug=slug)
            if found is None:
                return False
            standing = _standing(found[1], taking=is_open(*found, session=session))
            if not found[0].open or standing not in POSTING:
                return False
            try:
                ask_for_link(
                    session=session,
                    study=found[1],
                    address=address,
                    language=language,
                    may_begin=standing == "open",
                )
                session.commit()
            except IntegrityError:
                continue  # somebody else got the code, or the same address was typed twice
            return True
    raise Refusal(say("Very many people are applying right now. Please try in an hour."))


async def door(request: Request) -> Response:
    """Show what the call is about, or send the private link to the address that was typed."""
    language, slug = _language(request), request.path_params["slug"]
    try:
        if request.method == "POST":
            return await _post(request, slug, language)
        found = await run_in_threadpool(_door, slug, language)
    except SQLAlchemyError as error:
        return _closed(request, trouble(error), language)
    return _show(request, found, language)


async def _post(request: Request, slug: str, language: str) -> Response:
    form = await request.form(max_files=0, max_fields=5)
    address = str(form.get("address", ""))[:400]
    problem: Message | None = None
    if is_own(request):
        try:
            if await run_in_threadpool(_ask, slug, address, language):
                query = urlencode({"language": language})
                place = f"/apply/{slug}/sent?{query}"
                return RedirectResponse(place, status_code=303, headers=HEADERS)
        except Refusal as refusal:
            problem = refusal.messages[0]
    found = await run_in_threadpool(_door, slug, language)
    return _show(request, found, language, problem=problem, address=address)


def _closed(request: Request, text: Message, language: str) -> Response:
    return page(request, title=say("Not right now"), text=text, status=503, language=language)


def _show(
    request: Request,
    found: Door | None,
    language: str,
    *,
    problem: Message | None = None,
    address: str = "",
) -> Response:
    if found is None:
        return page(
            request,
            title=say("There is no call here"),
            text=say("Perhaps the address is not quite right."),
            status=404,
            language=language,
        )
    parts = [_languages(request, language), *(f"<p>{escape(part)}</p>" for part in found.about)]
    parts.append(_facts(found, language))
    if found.standing in POSTING:
        parts.append(_form(language, problem, address, over=found.standing == "decided"))
    return page(
        request,
        title=say("{title}", title=found.title),
        text=_said(found, language),
        status=400 if problem else 200,
        language=language,
        body="".join(parts),
    )


def _said(found: Door, language: str) -> Message:
    """Say in one sentence what can be done here now."""
    match found.standing:
        case "open":
            return say("Apply until {until}.", until=until(found.study, language))
        case "coming":
            return say(
                "Applications are taken from {day} on.", day=day_of(found.study.start, language)
            )
        case "over" | "decided":
            return say("The time to apply is over. Thank you to everybody who did.")
    if contact := str(found.study.texts.get("contact", "")):
        return say(
            "Apply until {until}. Write to {contact}: you get a private link with which you apply.",
            until=until(found.study, language),
            contact=contact,
        )
    return say(
        "Apply until {until}. Ask the organisers for a private link with which you apply.",
        until=until(found.study, language),
    )


def _languages(request: Request, language: str) -> str:
    """Return the languages to choose from as links that stay on this page."""
    links = []
    for tag, name in INTERFACE_LANGUAGES.items():
        here = ' aria-current="true"' if tag == language else ""
        address = escape(f"{request.url.path}?{urlencode({'language': tag})}")
        links.append(f'<a href="{address}" lang="{tag}" hreflang="{tag}"{here}>{name}</a>')
    return f'<nav class="languages">{"".join(links)}</nav>'


def _facts(found: Door, language: str) -> str:
    rows = [
        (say("What is asked"), ", ".join(found.asked)),
        (
            say("How long it takes"),
            translate(
                say("about {minutes} minutes; you can stop and go on later", minutes=found.minutes),
                language,
            ),
        ),
        (
            say("Who reads it"),
            translate(say("only those who choose; nothing of it is public"), language),
        ),
    ]
    listed = "".join(
        f"<dt>{escape(translate(name, language))}</dt><dd>{escape(value)}</dd>"
        for name, value in rows
        if value
    )
    return f"<dl>{listed}</dl>"


def _form(language: str, problem: Message | None, address: str, *, over: bool) -> str:
    def word(message: Message) -> str:
        return escape(translate(message, language))

    news = f'<p class="news" role="alert">{word(problem)}</p>' if problem else ""
    label = word(say("Your e-mail address"))
    button = word(say("Send me my private link"))
    again = word(
        say("You applied? Type the same address, and your link comes once more.")
        if over
        else say("You have begun already? Type the same address, and the link comes once more.")
    )
    return (
        f'{news}<form method="post" action="?{urlencode({"language": language})}">'
        f'<label>{label}<input name="address" type="email" autocomplete="email" required '
        f'maxlength="254" value="{escape(address)}"></label><button>{button}</button></form>'
        f"<p>{again}</p>"
    )


async def sent(request: Request) -> Response:
    """Say where to look now; the same for every address."""
    return page(
        request,
        title=say("Look into your e-mail"),
        text=say(
            "In a minute or two a letter is there with your private link: with it you begin, and "
            "come back on any device. If none comes, look among the unwanted ones, or go back and "
            "see whether the address was right."
        ),
        language=_language(request),
    )


routes = [
    Route("/apply/{slug}", door, methods=["GET", "POST"]),
    Route("/apply/{slug}/sent", sent, methods=["GET"]),
]

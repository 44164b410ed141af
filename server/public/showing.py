"""The page of a public link: made once for each language and address, copied for each visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode
from uuid import uuid4

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from i18n import Message, best, say, translate
from server.paper import parse_accept
from server.public import tickets
from server.public.drawing import Drawing, is_live
from server.public.known import Known, register
from server.public.page import (
    FROM_ADDRESS,
    HEADERS,
    INSTANCE,
    QUERY,
    RECEIPT,
    TICKET,
    Shell,
    answer,
    html,
    interface,
    said,
)
from server.public.reading import prefilled_only
from settings import settings
from survey.audience.fitting import FILES
from survey.audience.links import State
from survey.audience.prefilling import prefillable
from survey.audience.receipts import new_code
from survey.filling import Filling

NOWHERE = say("There is nothing at this address")
CHECK = say("Please check the letters, or scan the code again.")
NOT_NOW: dict[State, tuple[Message, Message]] = {
    "open": (say("Not right now"), say("Please try again in a moment.")),
    "early": (say("Not open yet"), say("Answers are taken from {day} on. See you then.")),
    "over": (say("This questionnaire is closed"), say("Thank you for coming by.")),
    "closed": (say("This questionnaire is closed"), say("Thank you for coming by.")),
    "full": (say("All answers are in"), say("No more are needed. Thank you for coming by.")),
}


@dataclass(frozen=True)
class Asked:
    """Which page is asked for: in which language."""

    language: str


def asked_for(request: Request, known: Known) -> Asked:
    """Return which page of a link a request asks for; the language is one that is offered."""
    offered = known.link.languages
    query = request.query_params
    wanted = [
        *([query["lang"]] if "lang" in query else []),
        *parse_accept(request.headers.get("accept-language", "")),
    ]
    return Asked(best(wanted, offered, offered[0]))


def title_of(known: Known, language: str) -> str:
    """Return what visitors read above the questions."""
    titles = known.link.title or {"und": known.form.title}
    return titles.get(language) or titles.get("en") or next(iter(titles.values()))


def study_of(known: Known, language: str) -> str:
    """Return what the study is called that asks."""
    titles = known.study.texts.get("of") or {"en": known.study.slug}
    return str(titles.get(language) or titles.get("en") or next(iter(titles.values())))


def shell_of(known: Known, asked: Asked, *, query: str = QUERY) -> Shell:
    """Return what stands around the questions of a link.

    Args:
        known: The link.
        asked: Which page it is.
        query: What else its addresses in other languages say; by default the mark for it.
    """
    where = f"/q/{known.link.slug}"
    return Shell(
        language=asked.language,
        title=title_of(known, asked.language),
        languages={tag: f"{where}?lang={tag}{query}" for tag in known.link.languages},
        script="form.js",
        told=_told(known, interface(asked.language)),
        above=translate(say("Invented: a demonstration"), interface(asked.language))
        if known.study.invented
        else "",
    )


def _told(known: Known, language: str) -> dict[str, object]:
    """Return what the script of the page is told."""
    return {
        "slug": known.link.slug,
        "live": is_live(known.form),
        "many": known.link.many,
        "bits": tickets.BITS,
        "words": {
            "kept": translate(
                say("There is no network right now. Your answers are kept on this device and sent "
                    "as soon as there is."),
                language,
            ),
            "sending": translate(say("Sending …"), language),
            "busy": translate(say("Many people are sending right now. Yours is next."), language),
            "missing": translate(say("One question still needs an answer."), language),
        },
    }  # fmt: skip


def form_html(
    known: Known,
    asked: Asked,
    filling: Filling,
    *,
    problems: dict[str, str] | None = None,
    hidden: Mapping[str, str] | None = None,
    name: str = "",
) -> str:
    """Return the form of a link.

    Args:
        known: The link.
        asked: Which page it stands on.
        filling: What is answered so far.
        problems: What is wrong, by path; of the name under `name`.
        hidden: The ticket, instance and receipt of this copy; by default the marks for them.
        name: The name given so far.
    """
    language = interface(asked.language)
    told = hidden or {"instance": INSTANCE, "receipt": RECEIPT, "ticket": TICKET}
    kept = "".join(
        f'<input type="hidden" name="{key}" value="{escape(value)}">'
        for key, value in {**told, "language": asked.language}.items()
    )
    with_files = any(question.type in FILES for question in known.form.questions())
    encoding = ' enctype="multipart/form-data"' if with_files else ""
    drawn = Drawing(filling, language=language, problems=problems).html()
    send = escape(translate(say("Send"), language))
    return (
        f'<form method="post" action="/q/{known.link.slug}"{encoding} autocomplete="off">'
        f"{'' if hidden else FROM_ADDRESS}"
        f'<div id="news" role="status"></div><div id="questions">{drawn}</div>'
        f"{_name(known, language, name, (problems or {}).get('name', ''))}{kept}"
        f'<p class="quiet">{_promise(known, asked.language)}</p>'
        f'<button class="primary" name="do" value="send">{send}</button></form>'
    )


def _name(known: Known, language: str, value: str, wrong: str) -> str:
    if known.link.naming == "none":
        return ""
    must = known.link.naming == "required"
    label = say("Your name") if must else say("Your name, if you like")
    need = " required" if must else ""
    missing = escape(translate(say("Please write your name."), language))
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return (
        f'<fieldset class="question" data-missing="{missing}"><legend><label for="name">'
        f"{escape(translate(label, language))}</label></legend>"
        f'<input id="name" name="name" maxlength="80" value="{escape(value)}"{need}>'
        f"{told}</fieldset>"
    )


def _promise(known: Known, language: str) -> str:
    """Say what becomes of the answers."""
    nameless = say(
        "Your answers are kept without your name, for “{study}”. After sending you get a code with "
        "which you can delete them."
    )
    named = say(
        "Your answers are kept for “{study}”. After sending you get a code with which you can "
        "delete them."
    )
    message = nameless if known.link.naming == "none" else named
    told = Message(message.text, {"study": study_of(known, language)})
    return escape(translate(told, interface(language)))


def ready(known: Known, asked: Asked) -> bytes:
    """Return the page of a link, made unless it is there, with marks where copies differ."""

    def make() -> str:
        filling = Filling(known.form, language=asked.language)
        return html(shell_of(known, asked), form_html(known, asked, filling))

    return known.page(asked, make)


def prepare() -> None:
    """Make the pages of what is open now, so that the first visitor of a screening need not wait.

    Raises:
        SQLAlchemyError: The database cannot be read.
    """
    register.refresh()
    for known in register.all():
        if known.state == "open" and known.link.kind == "link":
            for tag in known.link.languages:
                ready(known, Asked(tag))


def copy(page: bytes, request: Request, known: Known) -> Response:
    """Return a visitor's own copy of a ready page, with the cookie their device is known by."""
    before = tickets.read(request.cookies.get(tickets.COOKIE, ""))
    ticket = tickets.issue(before.device if before else "")
    answers = prefilled_only(request.query_params, known.link.prefilled)
    fields, query = _from_address(answers, known)
    filled = (
        page.replace(TICKET.encode(), ticket.encode())
        .replace(INSTANCE.encode(), str(uuid4()).encode())
        .replace(RECEIPT.encode(), new_code().encode())
        .replace(FROM_ADDRESS.encode(), fields.encode())
        .replace(QUERY.encode(), query.encode())
    )
    response = HTMLResponse(filled, headers=HEADERS)
    if before is None:
        give(response, ticket)
    return response


def _from_address(answers: Mapping[str, str], known: Known) -> tuple[str, str]:
    """Return what an address answers, as hidden fields and as a query for other languages.

    Nothing is drawn anew for it: an address can be written in endless ways, and a page that must be
    made for each would be a way to keep the server busy. Hidden questions are answered by their
    field; the script of the page fills the others in, where its visitor sees them.
    """
    if not answers:
        return "", ""
    questions = prefillable(known.form)
    fields = "".join(
        f'<input type="hidden" name="{"a" if questions[name].type == "hidden" else "q"}:'
        f'{escape("/" + "/".join(questions[name].path))}" value="{escape(text)}">'
        for name, text in answers.items()
        if name in questions
    )
    return fields, escape(f"&{urlencode(answers)}")


def give(response: Response, ticket: str) -> None:
    """Let a device be known again; scripts cannot read it."""
    response.set_cookie(
        tickets.COOKIE,
        ticket,
        max_age=tickets.COOKIE_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=settings().public_url.startswith("https:"),
        path="/",
    )


def nowhere(language: str) -> Response:
    """Return the page of an address that opens nothing."""
    return said(language, NOWHERE, CHECK, status=404)


def not_now(
    known: Known, asked: Asked, *, languages: bool = True, state: State | None = None
) -> Response:
    """Return the friendly page of a link that takes no answers now.

    Args:
        known: The link.
        asked: Which page of it was asked for.
        languages: Whether it can be had in the other languages.
        state: Why it takes none; by default as the link is known to be.
    """
    state = state or known.state
    title, text = NOT_NOW[state]
    day = format_date(known.link.opens, locale=interface(asked.language).replace("-", "_"))
    status = 200 if state == "early" else 410
    language = interface(asked.language)
    words = Message(text.text, {"day": day}) if state == "early" else text
    around = Shell(
        asked.language,
        translate(title, language),
        languages={tag: f"/q/{known.link.slug}?lang={tag}" for tag in known.link.languages}
        if languages
        else {},
        above=title_of(known, asked.language),
    )
    return answer(around, f"<p>{escape(translate(words, language))}</p>", status=status)

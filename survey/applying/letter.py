"""What the letters to applicants say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlmodel import Session

from data.tables import Application, Call, Letter, Person, Study
from data.tables.base import now
from i18n import Message, say, translate
from settings import settings
from survey.applying.calls import deadline
from survey.applying.links import link_of
from survey.applying.states import State
from survey.reminding.letter import of

HTML = Path(__file__).with_name("letter.html")
POLICY = EmailPolicy(linesep="\r\n")
PLACES = ("name", "study", "link", "contact")
"""What may stand in braces in a coordinator's letter."""

LINK = (
    say("Your application to “{study}”"),
    say(
        "Hello!\n\n"
        "This is your private link to your application to “{study}”. With it you begin, go on "
        "later and change things, on any device, until {until}.\n\n"
        "{link}\n\n"
        "Keep this letter: whoever has the link can open your application. Nobody else sees it "
        "before you send it.\n\n"
        "You did not ask for this? Then do nothing. What nobody opens is deleted after a week."
    ),
)
RECEIPT = (
    say("Your application has arrived"),
    say(
        "Hello!\n\n"
        "Your application {code} to “{study}” has arrived. Thank you for the work in it.\n\n"
        "You can read, correct or withdraw it until {until}, with your private link:\n\n"
        "{link}\n\n"
        "We write to you at this address as soon as it is decided."
    ),
)
ANSWERS: Mapping[State, tuple[Message, Message]] = {
    State.INVITED: (
        say("“{study}”: you are invited"),
        say(
            "Hello {name},\n\n"
            "we read your application to “{study}”, and we would like you to be part of it.\n\n"
            "Please tell us whether you are coming. Your private link leads to two buttons:\n\n"
            "{link}\n\n"
            "We look forward to you.\n\n"
            "{contact}"
        ),
    ),
    State.REFUSED: (
        say("“{study}”: about your application"),
        say(
            "Hello {name},\n\n"
            "thank you for your application to “{study}”, and for the work in it. There were many "
            "more than places, and this time we did not choose yours.\n\n"
            "With your private link you can still read what you sent, and have it deleted:\n\n"
            "{link}\n\n"
            "{contact}"
        ),
    ),
}


@cache
def _template() -> Template:
    return Template(HTML.read_text(encoding="utf-8"))


def wording(call: Call, what: State, language: str) -> tuple[str, str]:
    """Return subject and text of an answer, places unfilled: the call's own or what ships."""
    own = call.letters.get(what.value, {}).get(language)
    if own:
        return str(own["subject"]), str(own["text"])
    subject, text = ANSWERS[what]
    return translate(subject, language), translate(text, language)


def filled(text: str, places: Mapping[str, str]) -> str:
    """Fill the places of a letter; other braces stay as they are.

    Example:
        >>> filled("Hello {name}, {what?}", {"name": "Ana"})
        'Hello Ana, {what?}'
    """
    return re.sub(r"\{(\w+)\}", lambda found: places.get(found[1], found[0]), text).strip()


def title_of(study: Study, language: str) -> str:
    """Return what a study is called in a language."""
    return of(study.texts.get("title", {}), language, study.slug)


def places_of(
    application: Application, person: Person, study: Study, *, session: Session, language: str
) -> dict[str, str]:
    """Return what stands in the places of a letter to an applicant."""
    parent = session.get(Study, study.parent_id) if study.parent_id else None
    return {
        "name": person.name or person.code,
        "code": person.code,
        "study": title_of(parent or study, language),
        "contact": str(study.texts.get("contact", "")),
        "link": link_of(application, session=session),
        "until": until(study, language),
    }


def day_of(day: dt.date, language: str) -> str:
    """Write a day out in a language."""
    from babel.dates import format_date  # the web process starts without it

    return str(format_date(day, "long", locale=language.replace("-", "_")))


def city_of(study: Study, language: str) -> str:
    """Return the place whose clock counts, as it is called in a language."""
    from babel.dates import get_timezone_location  # as above

    return str(
        get_timezone_location(study.time_zone, locale=language.replace("-", "_"), return_city=True)
    )


def until(study: Study, language: str) -> str:
    """Say until when applications are taken: the last day, to its end, and where that counts."""
    last = deadline(study).astimezone(ZoneInfo(study.time_zone))
    day = day_of(study.end, language)
    zone = city_of(study, language)
    clock = "24:00" if last.strftime("%H:%M") == "00:00" else last.strftime("%H:%M")
    return translate(say("{day}, {clock} ({zone})", day=day, clock=clock, zone=zone), language)


def compose(letter: Letter, *, session: Session) -> EmailMessage | None:
    """Write a letter as things stand now; None where there is nobody to write to any more."""
    application = session.get(Application, letter.application_id)
    person = session.get(Person, application.person_id) if application else None
    if application is None or person is None or person.withdrawn_at or not person.email:
        return None
    study = session.get_one(Study, application.study_id)
    if study.invented:
        return None
    places = places_of(application, person, study, session=session, language=letter.language)
    subject, text = _words(letter)
    said = (filled(subject, places), filled(text, places))
    return _message(letter, said, to=person.email, study=study, places=places)


def _words(letter: Letter) -> tuple[str, str]:
    if letter.kind == "answer":
        return letter.subject, letter.text
    subject, text = LINK if letter.kind == "link" else RECEIPT
    return translate(subject, letter.language), translate(text, letter.language)


def _message(
    letter: Letter, said: tuple[str, str], *, to: str, study: Study, places: Mapping[str, str]
) -> EmailMessage:
    subject, text = said
    made = EmailMessage(policy=POLICY)
    sender = parseaddr(settings().mail_from)[1]
    made["From"] = Address(display_name=places["study"], addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = " ".join(subject.split())
    made["Date"] = format_datetime(now())
    made["Message-ID"] = f"<{letter.id}@{urlsplit(settings().public_url).hostname}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    contact = parseaddr(str(study.texts.get("contact", "")))[1]
    if "@" in contact:
        made["Reply-To"] = contact
    made.set_content(text, cte="base64")
    made.add_alternative(
        _template().substitute(
            subject=escape(subject),
            language=letter.language,
            paragraphs="\n".join(_paragraphs(text, places["link"])),
        ),
        subtype="html",
        cte="base64",
    )
    made["Content-Language"] = letter.language  # after the content, which takes such headers along
    return made


def _paragraphs(text: str, link: str) -> list[str]:
    """Write paragraphs as HTML; the private link can be pressed."""
    pressed = f'<a href="{escape(link)}" style="color:#B3261E;font-weight:600">{escape(link)}</a>'
    return [
        "<p>" + escape(each).replace(escape(link), pressed).replace("\n", "<br>") + "</p>"
        for each in re.split(r"\n\s*\n", text)
    ]

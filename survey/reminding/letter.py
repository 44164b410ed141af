"""What a reminder says: one short letter as plain text and as simple HTML.

It holds nothing that somebody wrote, no name, no picture from elsewhere and no link that signs
anybody in. The only secret in it is the link that ends the reminders.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from data.tables import Person, Study
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, Message, best, say, translate
from settings import settings
from survey.reminding.choices import stopping_token
from survey.today import Asked, zone_of


class LetterPolicy(EmailPolicy):
    """How letters are written: as usual, but the link that ends reminders stays as it is.

    Python would encode a long address in a header as if it were a word, and no mail program would
    find the link in it (RFC 8058 wants a plain one).
    """

    def fold(self, name: str, value: str) -> str:
        """Write one header."""
        if name == UNSUBSCRIBE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Write one header as bytes."""
        if name == UNSUBSCRIBE:
            return self.fold(name, value).encode("ascii")
        return bytes(super().fold_binary(name, value))


UNSUBSCRIBE = "List-Unsubscribe"
POLICY = LetterPolicy(linesep="\r\n")
HTML = Path(__file__).with_name("letter.html")


@cache
def _template() -> Template:
    return Template(HTML.read_text(encoding="utf-8"))


def message_id(reminder_id: UUID) -> str:
    """Return the Message-ID of a reminder: whenever it is written, it is the same."""
    return f"<{reminder_id}@{urlsplit(settings().public_url).hostname}>"


def stop_address(person_id: UUID) -> str:
    """Return the address that ends a person's reminders."""
    return f"{settings().public_url}/reminders/stop/{stopping_token(person_id)}"


def of(texts: dict[str, Any], language: str, default: str = "") -> str:
    """Return the text by language that fits best."""
    if not texts:
        return default
    return str(texts[best([language, DEFAULT_LANGUAGE], texts, default=next(iter(texts)))])


def compose(
    *, reminder_id: UUID, person: Person, study: Study, due: Sequence[Asked], language: str
) -> EmailMessage:
    """Write the reminder of a person.

    Args:
        reminder_id: Its key, from which its Message-ID follows.
        person: To whom; their address is read here and nowhere else on the way out.
        study: From whom.
        due: What is due and has a window; at least one.
        language: An interface language.
    """
    title = of(study.texts.get("title", {}), language, study.slug)
    said = _said(person, study, title, due)
    words = {name: translate(message, language) for name, message in said.items()}
    lines = [translate(line, language) for line in _lines(person, study, due, language)]
    site = settings().public_url
    places = {"address": site, "stop": stop_address(person.id), "mine": f"{site}/my-data"}

    letter = EmailMessage(policy=POLICY)
    letter["From"] = _sender(title)
    letter["To"] = Address(addr_spec=person.email)
    letter["Subject"] = words["subject"]
    letter["Date"] = format_datetime(now())
    letter["Message-ID"] = message_id(reminder_id)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    letter[UNSUBSCRIBE] = f"<{places['stop']}>"
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    contact = parseaddr(str(study.texts.get("contact", "")))[1]
    if "@" in contact:
        letter["Reply-To"] = contact
    letter.set_content(_plain(words, lines, places), cte="base64")
    letter.add_alternative(_html(words, lines, places, language), subtype="html", cte="base64")
    letter["Content-Language"] = language  # after the content, which takes such headers along
    return letter


def _sender(title: str) -> Address:
    return Address(display_name=title, addr_spec=parseaddr(settings().mail_from)[1])


def _said(person: Person, study: Study, title: str, due: Sequence[Asked]) -> dict[str, Message]:
    contact = str(study.texts.get("contact", ""))
    why = say("You get this because you take part in “{study}”.", study=title)
    closes = _closing(person, study, due)
    return {
        "subject": say("Today’s questions are open until {time}", time=closes),
        "hello": say("Hello!"),
        "enough": say("A sentence or two is enough, in any language."),
        "open": say("Write about today"),
        "known": say("If this device does not know you yet, open your personal link first."),
        "why": say("{why} Questions: {contact}.", why=why, contact=contact) if contact else why,
        "ending": say("No more reminders"),
        "other": say("Another hour"),
    }


def _closing(person: Person, study: Study, due: Sequence[Asked]) -> str:
    """Return when the first of what is due closes, on the person's clock."""
    first = min(each.window.closes for each in due if each.window)
    return first.astimezone(zone_of(person, study)).strftime("%H:%M")


def _lines(person: Person, study: Study, due: Sequence[Asked], language: str) -> list[Message]:
    return [
        say(
            "“{title}” is open until {time} and takes about {minutes} min.",
            title=of(each.assignment.title, language, each.assignment.questionnaire),
            time=_closing(person, study, [each]),
            minutes=each.assignment.minutes,
        )
        for each in due
    ]


def _plain(words: dict[str, str], lines: Sequence[str], places: dict[str, str]) -> str:
    return "\n".join(
        [
            words["hello"],
            "",
            *lines,
            words["enough"],
            "",
            words["open"],
            places["address"],
            words["known"],
            "",
            "-- ",
            words["why"],
            words["ending"],
            places["stop"],
            words["other"],
            places["mine"],
            "",
        ]
    )


def _html(
    words: dict[str, str], lines: Sequence[str], places: dict[str, str], language: str
) -> str:
    paragraphs = [words["hello"], *lines, words["enough"]]
    return _template().substitute(
        {name: escape(text) for name, text in (words | places).items()},
        language=language,
        paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in paragraphs),
    )

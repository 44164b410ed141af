"""Everything held about a person as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

from sqlmodel import Session

from data.tables import Study
from i18n import Message, say, translate
from survey import questionnaires
from survey.belongings import Belongings
from survey.devices import browser_of, system_of
from survey.history_sentences import action_in
from survey.readable import lines
from survey.today import zone_of

STYLE = (
    "body{font:17px/1.6 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2{font-family:serif}dt{opacity:.75;margin-top:.8rem}dd{margin:0;white-space:pre-wrap}"
)


class _Page:
    """A page that grows by headings, sentences and pairs of a name and what it is."""

    def __init__(self, language: str, title: Message) -> None:
        self.language = language
        self.root = Element("html", lang=language)
        head = SubElement(self.root, "head")
        SubElement(head, "meta", charset="utf-8")
        SubElement(head, "meta", name="viewport", content="width=device-width")
        SubElement(head, "title").text = self.said(title)
        SubElement(head, "style").text = STYLE
        self.body = SubElement(self.root, "body")
        self.add("h1", title)

    def said(self, text: Message | str) -> str:
        return translate(text, self.language) if isinstance(text, Message) else text

    def add(self, tag: str, text: Message | str) -> None:
        SubElement(self.body, tag).text = self.said(text)

    def pairs(self, pairs: Iterable[tuple[Message | str, object]]) -> None:
        found = [(name, value) for name, value in pairs if value]
        if not found:
            return
        group = SubElement(self.body, "dl")
        for name, value in found:
            SubElement(group, "dt").text = self.said(name)
            SubElement(group, "dd").text = (
                self.said(value) if isinstance(value, Message) else str(value)
            )


def page(given: Belongings, facts: dict[str, Any], *, session: Session, language: str) -> bytes:
    """Write the page.

    Args:
        given: What belongs to the person.
        facts: The same as plain data (`survey.holdings.gathered`).
        session: The caller's transaction.
        language: Of the page.
    """
    made = _Page(language, say("Everything held about you"))
    person = facts["person"]
    made.pairs(
        [
            (say("Your code"), person["code"]),
            (say("Name"), person["name"]),
            (say("Other names"), ", ".join(person["nicknames"])),
            (say("E-mail"), person["email"]),
            (say("Role"), person["role"]),
            (say("Nationality"), ", ".join(person["nationalities"])),
            (say("Language"), ", ".join(person["languages"])),
            (say("Time zone"), person["time_zone"]),
            (say("Stopped on"), person["stopped_on"]),
            (say("Why you stopped"), person["stopped_why"]),
        ]
    )
    if facts["teams"]:
        made.add("h2", say("Your teams"))
        made.pairs((stay["since"], stay["team"] or "–") for stay in facts["teams"])
    if facts["calendar"]:
        made.add("h2", say("What is different in your calendar"))
        made.pairs(
            (f"{row['first']} – {row['last']}", f"{row['kind']} {row['reason']}".strip())
            for row in facts["calendar"]
        )
    made.add("h2", say("What you agreed to"))
    made.pairs(
        (say("Version {version}", version=agreed["version"]), agreed["given_at"])
        for agreed in facts["consent"]
    )
    _entries(made, given, session=session)
    made.add("h2", say("What you wrote and did not send"))
    made.pairs((draft["question"], draft["answer"]) for draft in facts["drafts"])
    made.add("h2", say("What you said in interviews"))
    for interview in facts["interviews"]:
        made.add("h3", interview["interview"])
        for said in interview["said"]:
            made.add("p", said)
    made.add("h2", say("What the research team reads of it"))
    made.add("p", say("Known names are masked in it."))
    for passage in facts["passages"]:
        made.add("p", passage["text"])
    if facts["marks"]:
        made.add("h2", say("What readers marked in it"))
        made.pairs((each["code"], each["words"]) for each in facts["marks"])
    _quotations(made, facts["quotations"])
    made.add("h2", say("Files"))
    made.pairs((each["name"], each["type"]) for each in facts["files"])
    made.add("h2", say("Devices"))
    made.pairs((each["since"], _device(each["device"])) for each in facts["devices"])
    made.add("h2", say("Reminders"))
    made.pairs((each["day"], each["at"]) for each in facts["reminders"]["sent"])
    if facts["application"]:
        _application(made, facts["application"])
    made.add("h2", say("What was recorded"))
    zone = zone_of(given.person, session.get_one(Study, given.person.study_id))
    made.pairs(
        (_at(each["at"], zone), action_in(language, each["action"])) for each in facts["history"]
    )
    written: bytes = tostring(made.root, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + written


def _at(moment: str, zone: ZoneInfo) -> str:
    """Say a moment as the person's wall clock showed it."""
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _quotations(made: _Page, quotations: list[dict[str, Any]]) -> None:
    """Write what was chosen to be quoted, and what the person chose about it."""
    chosen = {
        "named": say("With my name"),
        "unattributed": say("Without my name"),
        "refused": say("Not at all"),
    }
    made.add("h2", say("Quotations of yours"))
    for each in quotations:
        made.add("h3", each["words"] or say("These words were corrected or removed since."))
        made.pairs(each["translations"].items())
        made.pairs(
            [
                (say("You were asked"), each["asked_at"]),
                (say("You chose"), made.said(chosen.get(each["chosen"], say("Nothing yet")))),
                (say("Printed as"), each["named"]),
                (say("In a final version since"), each["printed_at"]),
            ]
            if each["asked_at"]
            else []
        )


def _application(made: _Page, application: dict[str, Any]) -> None:
    """Write how an application stands, what those who choose said, and the letters about it."""
    made.add("h2", say("Your application"))
    made.pairs(
        [
            (say("Sent"), application["sent_at"]),
            (say("How it stands"), application["state"]),
            *((say("What a reviewer said"), each["comment"]) for each in application["reviews"]),
            *((each["at"] or each["kind"], each["subject"]) for each in application["letters"]),
        ]
    )


def _device(user_agent: str) -> Message | str:
    """Say what a device is, as far as its browser told; its own words where that is unknown."""
    browser, system = browser_of(user_agent), system_of(user_agent)
    if browser and system:
        return say("{browser} on {system}", browser=browser, system=system)
    return browser or system or user_agent


def _entries(made: _Page, given: Belongings, *, session: Session) -> None:
    versions = questionnaires.versions(session=session, study_id=given.person.study_id)
    zone = zone_of(given.person, session.get_one(Study, given.person.study_id))
    made.add("h2", say("What you sent"))
    for response in given.responses:
        questionnaire = versions[response.questionnaire_id]
        title = questionnaires.form_of(questionnaire).title or questionnaire.name
        made.add("h3", f"{response.day.isoformat()} · {title}")
        sent = response.submitted_at.astimezone(zone)
        made.add("p", say("Sent {time}", time=sent.strftime("%Y-%m-%d %H:%M")))
        for line in lines(response, questionnaire, language=made.language):
            if line.part == "turn":
                made.add("h4", line.label)
            else:
                made.pairs([(line.label, line.value)])

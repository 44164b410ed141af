"""Personal links as a sheet to print: a card for each person, to be cut apart and handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import segno
from sqlmodel import Session

from data.tables import Person, Study
from i18n import INTERFACE_LANGUAGES, best, say, translate
from survey.entering import invite
from survey.people import membership_of

# Eight cards on a page of A4; what lies between them is where to cut.
STYLE = """
@page { size: A4; margin: 8mm }
* { box-sizing: border-box }
body { margin: 0; color: #1F1B16; background: #fff; font: 10pt/1.4 "Source Sans 3", "Source Sans",
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
.sheet { display: grid; grid-template-columns: 1fr 1fr; grid-auto-rows: 69mm; width: 194mm;
  height: 278mm; margin: 0 auto; break-after: page; align-content: start }
.sheet:last-child { break-after: auto }
.card { display: grid; grid-template-columns: 34mm 1fr; gap: 5mm; padding: 6mm; overflow: hidden;
  border: .3mm dashed #8A8378; margin: -.15mm 0 0 -.15mm }
.card svg { width: 34mm; height: 34mm; display: block }
.code { font: 600 17pt/1.1 "Source Serif 4", "Source Serif", Georgia, "Songti SC",
  "Noto Serif CJK SC", serif; margin: 0 0 1mm }
.who, .team { margin: 0; color: #525D65 }
.say { margin: 2.5mm 0 0 }
.link { grid-column: 1 / -1; margin: 0; font: 7.5pt/1.3 ui-monospace, Menlo, Consolas, monospace;
  overflow-wrap: anywhere; color: #525D65 }
@media screen { body { background: #EFEBE2; padding: 8mm 0 } .sheet { background: #fff;
  margin-bottom: 8mm; padding: 0; box-shadow: 0 0 3mm #0002 } }
"""
A_PAGE = 8
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Card:
    """What one card says: in the person's language, with a name only where it was asked for."""

    code: str
    team: str
    name: str
    language: str
    address: str


def make_cards(
    people: Sequence[Person],
    *,
    session: Session,
    study: Study,
    teams: dict[UUID, dict[str, str]],
    address: str,
    with_names: bool = False,
    account_id: UUID | None = None,
) -> list[Card]:
    """Make a new personal link for each of these people; the ones before it are closed.

    Args:
        people: Who; people who withdrew get none.
        session: The caller's transaction.
        study: Their study.
        teams: What each team is called, by language.
        address: What links begin with, `https://example.org`.
        with_names: Whether the cards say names; whoever reads them records that.
        account_id: Who makes them.
    """
    cards = []
    for person in people:
        if person.withdrawn_at is not None:
            continue
        membership = membership_of(session=session, person_id=person.id)
        token = invite(session=session, membership=membership, account_id=account_id)
        language = best([*person.languages, *study.languages], INTERFACE_LANGUAGES)
        called = teams.get(person.team_id, {}) if person.team_id else {}
        cards.append(
            Card(
                code=person.code,
                team=called.get(best([language], called, default=next(iter(called), "")), ""),
                name=person.name if with_names else "",
                language=language,
                address=f"{address}/enter/{token}",
            )
        )
    return cards


def sheet(cards: Sequence[Card], *, title: str, language: str) -> bytes:
    """Return the cards as one HTML page that needs nothing beside it, eight on a page of A4."""
    root = Element("html", lang=language)
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="robots", content="noindex")
    SubElement(head, "title").text = title
    SubElement(head, "style").text = STYLE
    body = SubElement(root, "body")
    for start in range(0, len(cards), A_PAGE):
        page = SubElement(body, "div", {"class": "sheet"})
        page.extend(_drawn(cards[start : start + A_PAGE]))
    written: bytes = tostring(root, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + written


def _drawn(cards: Sequence[Card]) -> Iterator[Element]:
    for card in cards:
        drawn = Element("section", {"class": "card", "lang": card.language})
        drawn.append(picture(card.address))
        told = SubElement(drawn, "div")
        SubElement(told, "h2", {"class": "code"}).text = card.code
        for kind, text in (("who", card.name), ("team", card.team)):
            if text:
                SubElement(told, "p", {"class": kind}).text = text
        SubElement(told, "p", {"class": "say"}).text = translate(
            say(
                "Scan this with your phone, or type the address. It is yours alone: do not pass it "
                "on. Keep this card; it brings you back."
            ),
            card.language,
        )
        SubElement(drawn, "p", {"class": "link"}).text = card.address
        yield drawn


def picture(address: str) -> Element:
    """Return the QR code of an address as an SVG element (error correction M: 15 percent)."""
    text = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
    drawn = fromstring(text)  # noqa: S314 - made by segno a moment ago
    for part in drawn.iter():
        part.tag = part.tag.removeprefix(SVG)
    drawn.set("role", "img")
    drawn.set("aria-label", "QR")
    return drawn

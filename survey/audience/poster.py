"""A poster to print: one code to scan, the address to type, and what it is in every language."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from data.tables import PublicLink
from i18n import INTERFACE_LANGUAGES, best, say, translate
from survey.link_sheet import picture

STYLE = """
@page { size: A4; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; color: #1F1B16; background: #fff; font: 14pt/1.45 "Source Sans 3", "Source Sans",
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
.poster { width: 210mm; height: 297mm; margin: 0 auto; padding: 22mm 20mm 16mm; overflow: hidden;
  display: grid; grid-template-rows: 1fr auto auto; gap: 10mm; text-align: center }
.told { display: grid; align-content: center; gap: 7mm }
h1, h2 { margin: 0; font: 600 34pt/1.15 "Source Serif 4", "Source Serif", Georgia, "Songti SC",
  "Noto Serif CJK SC", serif; text-wrap: balance }
h2 { font-size: 23pt }
.told p { margin: 1mm 0 0; color: #525D65 }
.poster svg { width: 95mm; height: 95mm; margin: 0 auto; display: block }
.link { margin: 0; font: 600 19pt/1.3 ui-monospace, Menlo, Consolas, monospace;
  overflow-wrap: anywhere }
.days { margin: 2mm 0 0; color: #525D65; font-size: 12pt }
@media screen { body { background: #EFEBE2; padding: 8mm 0 } .poster { background: #fff;
  box-shadow: 0 0 3mm #0002 } }
"""


def poster(link: PublicLink, *, address: str) -> bytes:
    """Return the poster of a public link as one HTML page that needs nothing beside it.

    Args:
        link: The link; the first of its languages is the largest.
        address: What its address begins with, `https://example.org`.
    """
    root = Element("html", lang=link.languages[0])
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = link.slug
    SubElement(head, "style").text = STYLE
    page = SubElement(SubElement(root, "body"), "div", {"class": "poster"})
    told = SubElement(page, "div", {"class": "told"})
    for number, tag in enumerate(link.languages):
        part = SubElement(told, "section", lang=tag)
        SubElement(part, "h2" if number else "h1").text = title(link, tag)
        SubElement(part, "p").text = translate(
            say("Scan this with your phone. It takes a minute, and you need no account."),
            best([tag], INTERFACE_LANGUAGES),
        )
    whole = f"{address}/q/{link.slug}"
    page.append(picture(whole))
    foot = SubElement(page, "footer")
    SubElement(foot, "p", {"class": "link"}).text = whole.partition("://")[2]
    days = f"{link.opens.isoformat()} – {link.closes.isoformat()}"
    SubElement(foot, "p", {"class": "days"}).text = (
        days if link.opens != link.closes else link.opens.isoformat()
    )
    written: bytes = tostring(root, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + written


def title(link: PublicLink, tag: str) -> str:
    """Return what visitors read above the questions, in a language."""
    titles = link.title or {"en": link.questionnaire}
    return titles.get(tag) or titles.get("en") or next(iter(titles.values()))

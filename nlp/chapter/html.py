"""The chapter as one HTML file that needs nothing beside it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from nlp.chapter.document import Block, Document, Figure, Heading, Paragraph, Quotation, Table

TEMPLATE = Path(__file__).with_name("chapter.html")


def _language(tag: str) -> str:
    return "" if tag in {"und", "mul", ""} else f' lang="{escape(tag)}"'


def _row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _block(place: int, block: Block) -> str:
    match block:
        case Heading(text, level):
            return f'<h{level} id="s{place}">{escape(text)}</h{level}>'
        case Paragraph(text, quiet):
            return f"<p{' class=quiet' if quiet else ''}>{escape(text)}</p>"
        case Quotation(text, note, language, translation):
            translated = f"<p>{escape(translation)}</p>" if translation else ""
            return (
                f"<blockquote><p{_language(language)}>{escape(text)}</p>{translated}"
                f"<footer>{escape(note)}</footer></blockquote>"
            )
        case Table(_, head, rows):
            body = "".join(_row(row, "td") for row in rows)
            return (
                f"<table><caption>{escape(block.said)}</caption>"
                f"<thead>{_row(head, 'th')}</thead><tbody>{body}</tbody></table>"
            )
        case Figure(_, alternative, svg):
            return (
                f'<figure><div role="img" aria-label="{escape(alternative)}">{svg}</div>'
                f"<figcaption>{escape(block.said)}</figcaption></figure>"
            )


def _contents(document: Document) -> str:
    if not document.contents:
        return ""
    entries = "".join(
        f'<li class="l{heading.level}"><a href="#s{place}">{escape(heading.text)}</a></li>'
        for place, heading in document.headings
    )
    return f"<nav><h2>{escape(document.contents)}</h2><ul>{entries}</ul></nav>"


def render(document: Document) -> bytes:
    """Write a document as HTML (UTF-8)."""
    page = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        language=escape(document.language),
        title=escape(document.title),
        notice=f'<p class="notice">{escape(document.notice)}</p>' if document.notice else "",
        contents=_contents(document),
        body="\n".join(_block(place, block) for place, block in enumerate(document.blocks)),
    )
    return page.encode()

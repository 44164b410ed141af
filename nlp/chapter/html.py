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


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text, quiet):
            return f"<p{' class=quiet' if quiet else ''}>{escape(text)}</p>"
        case Quotation(text, note, language):
            return (
                f"<blockquote><p{_language(language)}>{escape(text)}</p>"
                f"<footer>{escape(note)}</footer></blockquote>"
            )
        case Table(caption, head, rows):
            body = "".join(_row(row, "td") for row in rows)
            return (
                f"<table><caption>{escape(caption)}</caption>"
                f"<thead>{_row(head, 'th')}</thead><tbody>{body}</tbody></table>"
            )
        case Figure(caption, alternative, svg):
            return (
                f'<figure role="img" aria-label="{escape(alternative)}">{svg}'
                f"<figcaption>{escape(caption)}</figcaption></figure>"
            )


def render(document: Document) -> bytes:
    """Write a document as HTML (UTF-8)."""
    page = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        language=escape(document.language),
        title=escape(document.title),
        notice=escape(document.notice),
        body="\n".join(_block(block) for block in document.blocks),
    )
    return page.encode()

"""The pages for everybody: one heading, one column, the study's colours, no script in the text."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse, Response

from i18n import INTERFACE_LANGUAGES, Message, best, say, translate

FOLDER = Path(__file__).with_name("static")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
TYPES = {"css": "text/css", "js": "text/javascript"}
_mark = secrets.token_hex(8)
TICKET, INSTANCE, RECEIPT, FROM_ADDRESS, QUERY = (
    f"@{name}{_mark}@" for name in ("ticket", "instance", "receipt", "address", "query")
)
"""Stand in a ready page where each copy differs; nobody can write them into a form."""


@dataclass(frozen=True)
class Shell:
    """What stands around the content of a page.

    Attributes:
        language: The language of the page.
        title: Its heading.
        languages: The other languages it can be had in: address by tag.
        script: The script it runs; it works without.
        told: What the script is told.
        kind: `paper`, `kiosk` or `wall`, which the style sheet follows.
        above: What stands small above the heading.
    """

    language: str
    title: str
    languages: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    told: Mapping[str, object] = field(default_factory=dict)
    kind: str = "paper"
    above: str = ""


@cache
def _template() -> Template:
    return Template(FOLDER.joinpath("page.html").read_text(encoding="utf-8"))


@cache
def asset(name: str) -> tuple[bytes, str] | None:
    """Return a style sheet or script of these pages with its media type; None without one."""
    ending = name.rpartition(".")[2]
    path = FOLDER / name
    if ending not in TYPES or Path(name).name != name or not path.is_file():
        return None
    return path.read_bytes(), TYPES[ending]


@cache
def address(name: str) -> str:
    """Return where a style sheet or script is; what is in it and its like changes where."""
    digest = sha256()
    for file in sorted(FOLDER.glob(f"*.{name.rpartition('.')[2]}")):
        digest.update(file.read_bytes())
    return f"/public/{name}?{digest.hexdigest()[:12]}"


def interface(language: str) -> str:
    """Return the interface language for a language of a questionnaire."""
    return best([language], INTERFACE_LANGUAGES)


def html(shell: Shell, content: str) -> str:
    """Return a page; the content is HTML already."""
    language = interface(shell.language)
    links = "".join(
        f'<a href="{escape(where)}" lang="{escape(tag)}" hreflang="{escape(tag)}"'
        f"{current}>{escape(own_name(tag))}</a>"
        for tag, where in shell.languages.items()
        for current in [' aria-current="true"' if tag == shell.language else ""]
    )
    label = escape(translate(say("Language"), language))
    script = ""
    if shell.script:
        told = escape(json.dumps(shell.told, ensure_ascii=False))
        script = (
            f'<script type="module" src="{address(shell.script)}" id="script"'
            f' data-told="{told}"></script>'
        )
    return _template().substitute(
        language=escape(shell.language),
        kind=shell.kind,
        title=escape(shell.title),
        above=f'<p class="above">{escape(shell.above)}</p>' if shell.above else "",
        style=address("public.css"),
        languages=f'<nav aria-label="{label}">{links}</nav>' if len(shell.languages) > 1 else "",
        content=content,
        script=script,
    )


def own_name(tag: str) -> str:
    """Return what a language calls itself."""
    if tag in INTERFACE_LANGUAGES:
        return INTERFACE_LANGUAGES[tag]
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (ValueError, UnknownLocaleError):
        return tag


def answer(shell: Shell, content: str, *, status: int = 200) -> Response:
    """Return a page as an answer that nobody keeps."""
    return HTMLResponse(html(shell, content), status_code=status, headers=HEADERS)


def said(language: str, title: Message, *sentences: Message, status: int = 200) -> Response:
    """Return a page that says something and asks nothing."""
    told = interface(language)
    text = "".join(f"<p>{escape(translate(each, told))}</p>" for each in sentences)
    return answer(Shell(language, translate(title, told)), text, status=status)

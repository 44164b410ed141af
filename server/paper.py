"""Plain pages outside Streamlit: a heading, a few sentences, at most one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from i18n import INTERFACE_LANGUAGES, Message, best, translate
from settings import ROOT

# Under no-referrer a form is sent with `Origin: null`, which browsers without Sec-Fetch-Site (many
# of those inside messengers) could not be told apart by. Other sites learn no address either way.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
TEMPLATE = Path(__file__).with_name("paper.html")
STATIC = ROOT / "pages" / "static"


@dataclass(frozen=True)
class Script:
    """A script of ours that a page runs.

    Attributes:
        path: Where it lies in the folder of static files.
        data: What it is told.
        words: What it may say, translated for it.
    """

    path: str
    data: Mapping[str, str]
    words: Mapping[str, Message] = field(default_factory=dict)

    def element(self, language: str) -> str:
        """Return the HTML that loads it; scripts beside it change its address as well."""
        digest = sha256()
        for file in sorted((STATIC / self.path).parent.glob("*.js")):
            digest.update(file.read_bytes())
        told = {**self.data} | {
            name: translate(said, language) for name, said in self.words.items()
        }
        attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
        address = f"/app/static/{self.path}?{digest.hexdigest()[:12]}"
        return f'<script type="module" id="script" src="{address}"{attributes}></script>'


@cache
def _template() -> Template:
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def language_of(request: Request) -> str:
    """Return the interface language that the browser asks for first."""
    wanted = parse_accept(request.headers.get("accept-language", ""))
    return best(wanted, INTERFACE_LANGUAGES)


def parse_accept(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, the most wanted first (RFC 9110, 12.5.4)."""

    def weight(part: str) -> float:
        _, _, quality = part.partition(";q=")
        try:
            return float(quality or 1)
        except ValueError:
            return 0.0

    parts = [part.strip() for part in header.split(",") if part.strip()]
    return [part.partition(";")[0] for part in sorted(parts, key=weight, reverse=True)]


def page(
    request: Request,
    *,
    title: Message,
    text: Message,
    button: Message | None = None,
    field: Message | None = None,
    script: Script | None = None,
    status: int = 200,
    language: str | None = None,
    body: str = "",
) -> HTMLResponse:
    """Return one quiet page.

    Args:
        request: What is answered; its address is where the form goes.
        title: The heading.
        text: The sentence below it.
        button: What the form's one button says; without it there is no form.
        field: The label of the form's one field, named `code`.
        script: What the page runs; it reads well without.
        status: The HTTP status.
        language: In which language; by default what the browser asks for first.
        body: HTML below the sentence, everything in it escaped.
    """
    language = language or language_of(request)
    form = ""
    if button:
        entry = ""
        if field:
            label = escape(translate(field, language))
            entry = (
                f'<label>{label}<input name="code" autocomplete="off" required autofocus></label>'
            )
        label = escape(translate(button, language))
        form = f'<form method="post">{entry}<button>{label}</button></form>'
    html = _template().substitute(
        language=language,
        title=escape(translate(title, language)),
        text=escape(translate(text, language)),
        form=body + form,
        script=script.element(language) if script else "",
    )
    return HTMLResponse(html, status_code=status, headers=HEADERS)

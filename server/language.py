"""The language that Streamlit's own page says it is in.

Streamlit writes `<html lang="en">` whatever the screens say. Screen readers would read Chinese with
an English voice, and browsers would draw shared Han characters in a Japanese shape.
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.database import open_session
from i18n import INTERFACE_LANGUAGES, best
from server import cookies
from server.paper import language_of
from survey import entering

WRITTEN = b'<html lang="en">'
CONDITIONS = {b"if-none-match", b"if-modified-since"}


def _wanted(request: Request) -> str:
    """Return the language of the account, or the browser's."""
    cookie = request.cookies.get(cookies.NAME)
    if cookie:
        try:
            with open_session() as session:
                identity = entering.identify(session=session, cookie=cookie)
        except SQLAlchemyError:
            identity = None  # whoever draws the page says what is the matter
        if identity and identity.language:
            return best([identity.language], INTERFACE_LANGUAGES)
    return language_of(request)


class PageLanguage:
    """Middleware that writes the person's language into Streamlit's page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and rewrite the page if that is what comes back."""
        asks_for_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get(
            "accept", ""
        )
        if not asks_for_page:
            await self.app(scope, receive, send)
            return
        # A page in another language is another page: no 304 from before the change.
        fields = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        language = await run_in_threadpool(_wanted, Request(scope))
        rewriting = _Rewriting(send, language)
        await self.app({**scope, "headers": fields}, receive, rewriting)


class _Rewriting:
    """Holds an HTML answer back until it is complete, then sends it with the language changed."""

    def __init__(self, send: Send, language: str) -> None:
        self.send = send
        self.language = language
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(scope=message)
            plain = "content-encoding" not in headers
            if plain and headers.get("content-type", "").startswith("text/html"):
                self.start = message
                return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish()

    async def _finish(self) -> None:
        assert self.start is not None  # noqa: S101 - held back above
        body = self.body.replace(WRITTEN, f'<html lang="{self.language}">'.encode(), 1)
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})

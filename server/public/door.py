"""Who goes on to the public pages: decided before any work is done for them.

A ready page is copied here at once, because that costs no more than turning somebody away. What
sends answers shows that its browser did a little work, and pays from what its device has left.
Browsers without scripts prove nothing; they wait their turn together. Nothing is counted per
address, because hundreds of visitors may share one.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from i18n import say
from server.paper import language_of
from server.public import tickets
from server.public.bodies import is_too_large
from server.public.budget import PART, SEND, Buckets, Lane
from server.public.known import Known, register
from server.public.page import said
from server.public.showing import asked_for, copy, nowhere

PREFIXES = ("/q/", "/k/", "/wall/")
HASTE = 3.0
"""Nobody reads a page and answers it in fewer seconds."""


class PublicDoor:
    """Middleware that answers or turns away what it can, and lets the rest of `/q/` in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.visitors = Buckets(size=40, a_second=0.5)
        self.kiosks = Buckets(size=400, a_second=2)
        self.unproven = Lane(4, burst=10, most=100)
        self.waiting: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer early where nothing needs to be done, else pass the request on."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIXES):
            await self.app(scope, receive, send)
            return
        answer = await self._early(Request(scope))
        await (answer or self.app)(scope, receive, send)

    async def _early(self, request: Request) -> Response | None:
        slug = request.url.path.split("/")[2]
        known = register.get(slug)
        if known is None and not register.stale() and len(slug) == 6:
            return nowhere(language_of(request))
        if request.method == "POST":
            return await self._posted(request, known)
        if known is None or register.stale() or not request.url.path.startswith("/q/"):
            return None
        return self._page(request, known)

    def _page(self, request: Request, known: Known) -> Response | None:
        """Copy a ready page; one that is not ready yet is made by the route."""
        if known.state != "open" or known.link.kind != "link":
            return None
        page = known.pages.get(asked_for(request, known))
        return copy(page, request, known) if page is not None else None

    async def _posted(self, request: Request, known: Known | None) -> Response | None:
        if is_too_large(request):
            large = say("Together these files are too large. Please choose smaller ones.")
            return said(language_of(request), say("Not received"), large, status=413)
        text, _, number = request.headers.get("x-proof", "").rpartition(":")
        ticket = tickets.read(text) if text else None
        if ticket is None:
            return await self._unproven(request)
        if not ticket.fresh or not tickets.is_proven(ticket, number):
            # The page was loaded long ago: its script proves itself again with this.
            renewed = {"ticket": tickets.issue(ticket.device)}
            return JSONResponse(renewed, 428, headers={"Cache-Control": "no-store"})
        kiosk = known is not None and known.link.kind == "kiosk"
        buckets = self.kiosks if kiosk else self.visitors
        cost = PART if request.url.path.endswith("/part") else SEND
        wait = buckets.take(ticket.device, cost)
        return _busy(request, wait) if wait else None

    async def _unproven(self, request: Request) -> Response | None:
        """Let a browser without scripts wait its turn; it is known by its cookie alone."""
        ticket = tickets.read(request.cookies.get(tickets.COOKIE, ""))
        if ticket is None:
            text = say("Please allow cookies or scripts for this site, and load the page again.")
            return said(language_of(request), say("Not received"), text, status=403)
        if ticket.age < HASTE:
            return _busy(request, HASTE)
        if ticket.device in self.waiting or self.visitors.take(ticket.device, SEND):
            return _busy(request, 10)
        self.waiting.add(ticket.device)
        try:
            return None if await self.unproven.turn() else _busy(request, 10)
        finally:
            self.waiting.discard(ticket.device)


def _busy(request: Request, wait: float) -> Response:
    """Ask to come back in a while."""
    headers = {"Retry-After": str(int(wait) + 1), "Cache-Control": "no-store"}
    if "x-proof" in request.headers:
        return JSONResponse({}, 429, headers=headers)
    text = say("Many people are sending right now. Please press the button again in a moment.")
    response = said(language_of(request), say("One moment, please"), text, status=429)
    response.headers.update(headers)
    return response

"""The style sheet and scripts of the public pages, from memory."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.public.page import asset

LONG = "public, max-age=31536000, immutable"


async def give(request: Request) -> Response:
    """Answer with a style sheet or script; its address changes with what is in it."""
    found = asset(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    content, kind = found
    fixed = bool(request.url.query)
    headers = {"Cache-Control": LONG if fixed else "no-cache"}
    return Response(content, media_type=kind, headers=headers)


routes = [Route("/public/{name:str}", give, methods=["GET"])]

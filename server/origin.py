"""Whether a request that changes something comes from a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def is_own(request: Request) -> bool:
    """Tell whether a browser says that the request comes from this very site.

    `Sec-Fetch-Site` cannot be set by scripts; browsers without it send `Origin`. A request with
    neither is no browser's, and carries no cookie it did not bring itself.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == request.headers.get("host", "")

"""The cookie that signs a device in."""

from __future__ import annotations

from starlette.responses import Response

from settings import settings
from survey.entering import COOKIE

NAME = COOKIE


def give(response: Response, token: str) -> None:
    """Put the sign-in token where scripts cannot read it."""
    response.set_cookie(
        NAME,
        token,
        max_age=settings().sign_in_days * 86400,
        httponly=True,
        samesite="lax",
        secure=settings().public_url.startswith("https:"),
        path="/",
    )


def take(response: Response) -> None:
    """Remove the sign-in token."""
    response.delete_cookie(NAME, path="/")

"""Recordings of interviews, a stretch at a time, for those who may hear them.

Players ask for stretches (RFC 9110, section 14), so that an hour can be heard from any place
without fetching all of it, and nothing is read whole into memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from data import files
from data.database import open_session
from data.tables import Attachment, Interview
from server import cookies
from server.origin import is_own
from survey import entering
from survey.interviews.recordings import ADDRESS, ROLES, recording_of

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PLAYABLE = ("audio", "video")


@dataclass(frozen=True)
class Stretch:
    """Bytes of a file, from `start` to `end`, exclusive."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.start


class BeyondError(Exception):
    """The file has nothing at the place asked for."""


def asked_for(header: str | None, size: int) -> Stretch | None:
    """Read a Range header.

    Args:
        header: What the browser sent.
        size: How many bytes the file has.

    Returns:
        The stretch; None where all of it is asked for, or something else than one range of bytes.

    Raises:
        BeyondError: There is nothing in that range.

    Example:
        >>> asked_for("bytes=2-", 10), asked_for("bytes=-3", 10), asked_for("lines=2", 10)
        (Stretch(start=2, end=10), Stretch(start=7, end=10), None)
    """
    match = RANGE.fullmatch((header or "").strip())
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise BeyondError
    return Stretch(start, end)


def _found(cookie: str | None, interview_id: UUID) -> Attachment | None:
    """Return the recording of an interview if this person may hear it and it is there."""
    with open_session() as session:
        identity = entering.identify(session=session, cookie=cookie)
        if identity is None or not identity.roles & ROLES:
            return None
        interview = session.get(Interview, interview_id)
        if interview is None or interview.study_id != identity.study_id:
            return None
        recording = recording_of(interview, session=session)
    return recording if recording and files.exists(recording) else None


async def hear(request: Request) -> Response:
    """Answer with a recording or a stretch of it; 404 to anybody who may not hear it."""
    cookie = request.cookies.get(cookies.NAME)
    try:
        recording = await run_in_threadpool(_found, cookie, request.path_params["interview"])
    except SQLAlchemyError:
        return Response(status_code=503, headers={"Cache-Control": "no-store"})
    kind = recording.media_type if recording else ""
    if recording is None or not is_own(request) or kind.partition("/")[0] not in PLAYABLE:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": "inline",
        "Content-Type": kind,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    try:
        stretch = asked_for(request.headers.get("range"), recording.size)
    except BeyondError:
        headers["Content-Range"] = f"bytes */{recording.size}"
        return Response(status_code=416, headers=headers)
    status = 206 if stretch else 200
    stretch = stretch or Stretch(0, recording.size)
    headers["Content-Length"] = str(stretch.size)
    if status == 206:
        headers["Content-Range"] = f"bytes {stretch.start}-{stretch.end - 1}/{recording.size}"
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    content = files.pieces(recording, start=stretch.start, end=stretch.end)
    return StreamingResponse(content, status_code=status, headers=headers)


routes = [Route(f"/{ADDRESS}/{{interview:uuid}}", hear, methods=["GET"])]

"""Reading the body of a request from anybody: never more of it than we take."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from server.public.reading import FILE_MEGABYTES

MOST_TEXT = 200_000
"""Bytes of answers without files."""
MOST = FILE_MEGABYTES * 1_000_000 + MOST_TEXT
FIELDS = 500
FILES = 10

Field = tuple[str, str | tuple[str, bytes]]


class TooLargeError(Exception):
    """The body is larger than we take, or no form."""


def is_too_large(request: Request) -> bool:
    """Tell from the headers whether a body is larger than we take, or of unknown length."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "")
    most = MOST if kind.startswith("multipart/") else MOST_TEXT
    return not length.isdecimal() or int(length) > most


async def read_body(request: Request) -> list[Field]:
    """Return the fields of a form, files with what they are called and what is in them.

    Raises:
        TooLargeError: There are too many, or they are too large, or it is no form.
    """
    if is_too_large(request):
        raise TooLargeError
    try:
        if request.headers.get("content-type", "").startswith("multipart/"):
            parser = MultiPartParser(
                request.headers,
                request.stream(),
                max_files=FILES,
                max_fields=FIELDS,
                max_part_size=MOST_TEXT,
            )
            form = await parser.parse()
        else:
            form = await FormParser(request.headers, request.stream()).parse()
    except (MultiPartException, ValueError) as error:
        raise TooLargeError from error
    pairs = form.multi_items()[: FIELDS + FILES]
    return [(name, await _value(value)) for name, value in pairs]


async def _value(value: UploadFile | str) -> str | tuple[str, bytes]:
    if isinstance(value, str):
        return value
    return value.filename or "", await value.read()

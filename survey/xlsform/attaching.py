"""Files that come with a questionnaire: lists of choices and data kept outside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from itertools import islice
from typing import Any

from i18n import say
from survey.xlsform.model import Form, Rows
from survey.xlsform.problems import whole_file
from survey.xlsform.sources import MAX_BYTES
from survey.xpath import XPathError
from survey.xpath.documents import read as read_xml

MAX_FILE_ROWS = 100_000


def attach(form: Form, files: Mapping[str, bytes]) -> Form:
    """Return the form with the contents of files it needs (`Form.files`); others are left out.

    Args:
        form: The form.
        files: The content of `.csv`, `.xml` and `.geojson` files by name.

    Raises:
        FormError: A file cannot be read or is too large.
    """
    read = {name: _rows(name, content) for name, content in files.items() if name in form.files}
    return replace(form, attached={**form.attached, **read})


def _rows(name: str, content: bytes) -> Rows:
    if len(content) > MAX_BYTES:
        raise whole_file(
            say(
                "The file {name} is larger than {limit} megabytes.",
                name=name,
                limit=MAX_BYTES // 1_000_000,
            )
        )
    ending = name.rpartition(".")[2]
    try:
        rows = {"csv": _csv, "xml": _xml, "geojson": _geojson}[ending](content)
    except (KeyError, TypeError, AttributeError, ValueError, csv.Error, XPathError) as error:
        raise whole_file(
            say("The file {name} cannot be read: {reason}", name=name, reason=str(error))
        ) from error
    if len(rows) > MAX_FILE_ROWS:
        raise whole_file(
            say("The file {name} has more than {limit} rows.", name=name, limit=MAX_FILE_ROWS)
        )
    return rows


def _csv(content: bytes) -> Rows:
    reader = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    return tuple(
        {key.strip(): value or "" for key, value in row.items() if isinstance(key, str)}
        for row in islice(reader, MAX_FILE_ROWS + 1)
    )


def _xml(content: bytes) -> Rows:
    root = read_xml(content).root
    items = root.named("item") if root is not None else []
    return tuple(
        {child.name: child.string_value() for child in item.children if child.kind == "element"}
        for item in items
    )


def _geojson(content: bytes) -> Rows:
    return tuple(_feature(feature) for feature in json.loads(content)["features"])


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    """Return the properties of a place, its id, and its points as ODK writes them."""
    found = {key: str(value) for key, value in (feature.get("properties") or {}).items()}
    if "id" in feature:
        found.setdefault("id", str(feature["id"]))
    found["geometry"] = _points((feature.get("geometry") or {}).get("coordinates") or [])
    return found


def _points(coordinates: list[Any]) -> str:
    if coordinates and isinstance(coordinates[0], int | float):
        return f"{coordinates[1]} {coordinates[0]} 0 0"
    return "; ".join(_points(part) for part in coordinates)

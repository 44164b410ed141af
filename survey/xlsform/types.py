"""The question types: their names in the many dialects of XLSForm, and what we do with each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from survey.xlsform.kinds import OUTSIDE_DATA

_CONTROL = re.compile(
    r"^(?P<edge>begin|end)[\s_](?P<kind>"
    + "|".join(map(re.escape, aliases.control))
    + r")(?:(?: over)? (?P<list>\S+))?$"
)
_SELECT = re.compile(
    r"^(?P<command>"
    + "|".join(re.escape(command) for command in sorted(aliases.select, key=len, reverse=True))
    + r") (?P<list>\S+)(?P<other> (?:or specify other|or_other|or other))?$"
)
_OSM = re.compile(r"^osm(?: (?P<list>\S+))?$")

SELECT_TYPES = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "rank": "rank",
    "select one external": "select_one_external",
}
# Older names on the left, the name in the Form on the right.
_RENAMED = {
    "q picture": "image",
    "photo": "image",
    "q image": "image",
    "add image prompt": "image",
    "add photo prompt": "image",
    "q audio": "audio",
    "add audio prompt": "audio",
    "q video": "video",
    "add video prompt": "video",
    "add file prompt": "file",
    "add date time prompt": "datetime",
    "add dateTime prompt": "datetime",
    "q date time": "datetime",
    "q dateTime": "datetime",
    "date time": "datetime",
    "dateTime": "datetime",
    "add date prompt": "date",
    "q date": "date",
    "add note prompt": "note",
    "q note": "note",
    "q acknowledge": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "trigger": "acknowledge",
    "location": "geopoint",
    "q location": "geopoint",
    "add location prompt": "geopoint",
    "q geopoint": "geopoint",
    "gps": "geopoint",
    "q geoshape": "geoshape",
    "q geotrace": "geotrace",
    "string": "text",
    "q string": "text",
    "add text prompt": "text",
    "phone number": "text",
    "int": "integer",
    "q int": "integer",
    "add integer prompt": "integer",
    "percentage": "integer",
    "number of days in last month": "integer",
    "number of days in last six months": "integer",
    "number of days in last year": "integer",
    "q decimal": "decimal",
    "add decimal prompt": "decimal",
    "q barcode": "barcode",
    "add barcode prompt": "barcode",
    "q calculate": "calculate",
    "add calculate prompt": "calculate",
    "get start time": "start",
    "start time": "start",
    "get end time": "end",
    "end time": "end",
    "get today": "today",
    "device id": "deviceid",
    "get device id": "deviceid",
    "imei": "deviceid",
    "uri:deviceid": "deviceid",
    "subscriber id": "subscriberid",
    "get subscriber id": "subscriberid",
    "uri:subscriberid": "subscriberid",
    "sim id": "simserial",
    "get sim id": "simserial",
    "uri:simserial": "simserial",
    "get phone number": "phonenumber",
    "uri:phonenumber": "phonenumber",
    "uri:username": "username",
    "uri:email": "email",
}


@dataclass(frozen=True, slots=True)
class RowType:
    """What the type cell of a survey row says.

    Attributes:
        kind: `question`, the `begin` or `end` of a section, a `setting`, `data` for an outside
            file, or `unknown`.
        name: The type in our spelling (`select_one`, `repeat`, `text`); the cell itself if unknown.
        choices: The list, file or reference that a select or a loop takes its choices from.
        other: Whether it ends in `or_other`.
    """

    kind: str
    name: str
    choices: str | None = None
    other: bool = False


def canonical_type(name: str) -> str:
    """Return our spelling of a question type that pyxform knows."""
    return SELECT_TYPES.get(name) or _RENAMED.get(name, name)


def read_type(cell: str) -> RowType:
    """Read a type cell.

    Example:
        >>> read_type("select one from colours or_other")
        RowType(kind='question', name='select_one', choices='colours', other=True)
    """
    if cell in aliases.settings_header:
        return RowType("setting", aliases.settings_header[cell])
    if cell in OUTSIDE_DATA:
        return RowType("data", cell)
    if cell in QUESTION_TYPE_DICT and cell not in SELECT_TYPES:
        return RowType("question", canonical_type(cell))
    return _read_composed_type(cell)


def _read_composed_type(cell: str) -> RowType:
    """Read a type cell that names more than the type: a section's edge, a list of choices."""
    if control := _CONTROL.match(cell):
        edge, kind = control.group("edge"), aliases.control[control.group("kind")]
        return RowType(edge, kind, control.group("list"))
    if select := _SELECT.match(cell):
        name = SELECT_TYPES[aliases.select[select.group("command")]]
        return RowType("question", name, select.group("list"), bool(select.group("other")))
    if osm := _OSM.match(cell):
        return RowType("question", "osm", osm.group("list"))
    return RowType("unknown", cell)

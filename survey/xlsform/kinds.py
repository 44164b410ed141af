"""What is done with each type of question."""

from __future__ import annotations

METADATA = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "subscriberid",
        "simserial",
        "audit",
    }
)
# What a filling notes by itself.
NOTED = METADATA | {"instanceID"}
# Questions nobody sees: they hold what is worked out or noted by the device.
UNSEEN = METADATA | {
    "calculate",
    "hidden",
    "start-geopoint",
    "background-audio",
    "background-geopoint",
}
# Taken in and kept, but the screens offer less than a phone would.
PLAIN_INPUT = frozenset({"geotrace", "geoshape", "barcode", "osm"})
NOT_COLLECTED = frozenset(
    {"start-geopoint", "background-audio", "background-geopoint", "subscriberid", "simserial"}
)
FILES = frozenset({"image", "audio", "video", "file", "osm", "background-audio"})
OUTSIDE_DATA = frozenset({"csv-external", "xml-external"})

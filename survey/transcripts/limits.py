"""How much a transcript may hold: generous for a day of talk, small enough to stay quick."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 32 * MEGABYTE
JSON_BYTES = 16 * MEGABYTE
"""Parsed JSON takes some twenty times the memory of its text."""

LINES = 500_000
TURNS = 200_000
LABELS = 2_000
"""Different labels; beyond these only the ones that recur are looked at."""

ROWS = 200_000
COLUMNS = 200

ARCHIVE_MEMBERS = 2_000
PART_BYTES = 16 * MEGABYTE
"""One unpacked part of a Word, OpenDocument or Excel file."""

ARCHIVE_BYTES = 256 * MEGABYTE
"""All unpacked parts together, as the archive declares them (films and pictures are not read)."""

ISOLATED_SECONDS = 20
ISOLATED_BYTES = 1024 * MEGABYTE
"""Address space of the process that opens PDF and Excel files."""

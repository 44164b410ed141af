"""How much a file of another program may hold: a large project, nothing that fills the machine."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 128 * MEGABYTE
MEMBERS = 20_000
PROJECT_BYTES = 32 * MEGABYTE
"""The unpacked `project.qde`: some 60,000 codings."""

TEXT_BYTES = 16 * MEGABYTE
"""One unpacked text."""

READ_BYTES = 256 * MEGABYTE
"""All that is unpacked together; films and pictures are never unpacked."""

CODES = 20_000
CODINGS = 200_000
SOURCES = 20_000
DEPTH = 30
"""Codes within codes."""

"""Taking a study out: every table, masked by default, in one archive that can be checked."""

from nlp.exporting.archive import ArchiveError, Made, check, pack, read_back
from nlp.exporting.formats import FORMATS, Format
from nlp.exporting.making import make

__all__ = [
    "FORMATS",
    "ArchiveError",
    "Format",
    "Made",
    "check",
    "make",
    "pack",
    "read_back",
]

"""Any file that codings are brought in, read by what it is."""

from __future__ import annotations

from collections.abc import Mapping

from i18n import say
from nlp.exchange.counting import Unit
from nlp.exchange.model import Reading
from nlp.exchange.qdc import read_qdc
from nlp.exchange.qdpx import read_qdpx
from nlp.exchange.refusal import ExchangeError
from nlp.exchange.taguette import MAGIC, read_taguette
from nlp.exchange.taguette_tables import read_highlights

ZIP = b"PK\x03\x04"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "REFI-QDA": ("qdpx", "qdc"),
    "Taguette": ("sqlite3", "xlsx", "csv"),
}


def read(filename: str, content: bytes, *, unit: Unit | None = None) -> Reading:
    """Read a file of another program.

    Args:
        filename: What it is called; a .qdpx and an .xlsx are told apart by it.
        content: The file.
        unit: What a project's positions are counted in, where somebody says so.

    Raises:
        ExchangeError: It cannot be opened, or it is nothing that can be brought.
    """
    ending = filename.rpartition(".")[2].lower()
    if content.startswith(MAGIC):
        return read_taguette(content)
    if ending in {"xlsx", "csv"}:
        return read_highlights(filename, content)
    if content.startswith(ZIP):
        return read_qdpx(content, unit=unit)
    if ending == "qdc" or b"<" in content[:100]:
        return read_qdc(content)
    raise ExchangeError(
        say("{file} is no file of codings: .qdpx, .qdc, or what Taguette exports.", file=filename)
    )

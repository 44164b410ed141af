"""CSV and TSV: telling them from text, and their rows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from i18n import say
from survey.transcripts import columns, limits
from survey.transcripts.model import TranscriptError

DELIMITERS = ",\t;|"
_EXAMINED_ROWS = 60
_EXAMINED_CHARACTERS = 200_000


def delimiter(text: str) -> str | None:
    """Return what separates the columns of a text, None if it is no table.

    In a table nearly every row has as many cells as the others, and at least two.
    """
    best, most = None, 0
    for candidate in DELIMITERS:
        if candidate not in text[:_EXAMINED_CHARACTERS]:
            continue
        widths = Counter(len(row) for row in _rows(text[:_EXAMINED_CHARACTERS], candidate))
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        # The examined stretch may end inside a row.
        if width > 1 and count >= (widths.total() - 1) * 0.8 and count * width > most:
            best, most = candidate, count * width
    return best


def is_table(text: str) -> bool:
    """Tell a table from other text whatever the file is called: its first row names columns."""
    separator = delimiter(text)
    if separator is None:
        return False
    first = list(islice(_rows(text[:_EXAMINED_CHARACTERS], separator), _EXAMINED_ROWS))
    found = columns.detect(first)
    return found is not None and found.headed


def rows(filename: str, text: str, separator: str) -> list[list[str]]:
    """Return the rows of a table.

    Raises:
        TranscriptError: If there are more than an interview has.
    """
    found = list(islice(_rows(text, separator), limits.ROWS + 1))
    if len(found) > limits.ROWS:
        raise TranscriptError(
            say("{file} has more than {count} rows.", file=filename, count=limits.ROWS)
        )
    return found


def _rows(text: str, separator: str) -> Sequence[list[str]]:
    # The limit is one for the whole process; a long interview in one cell must fit.
    csv.field_size_limit(limits.FILE_BYTES)
    lines = (line + "\n" for line in text.split("\n"))
    found = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            found.append(row[: limits.COLUMNS])
            if len(found) > limits.ROWS:
                break
    except csv.Error:
        return found
    return found

"""What came in, in lines for whoever brought it by a command."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.exchange.report import Report


def told(report: Report) -> Iterator[str]:
    """Yield the lines."""
    yield f"New: {report.codings} codings, {report.codes} codes, {report.texts} texts."
    yield (
        f"Here already: {report.codings_known} codings, {report.codes_known} codes, "
        f"{report.texts_known} texts."
    )
    if report.counting:
        yield str(report.counting)
    for heading, messages in (
        ("Not taken:", report.left),
        ("Taken otherwise than the file says:", report.remarks),
    ):
        if messages:
            yield heading
            yield from (f"  {message}" for message in messages)

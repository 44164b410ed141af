"""Finding formulas that wait for each other.

As in JavaRosa, a question depends on what its relevance, calculation, read-only and required
formulas look at, and everything in a section depends on the section. Constraints and the number of
turns of a repeat may look at anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from i18n import say
from survey.xlsform.checks.expressions import Found
from survey.xlsform.checks.report import Report
from survey.xlsform.outline import Entry, Outline
from survey.xlsform.references import Path

_CAUSES = frozenset(
    {("bind", "relevant"), ("bind", "calculate"), ("bind", "readonly"), ("bind", "required")}
)


def check_cycles(outline: Outline, formulas: Iterable[Found], report: Report) -> None:
    """Report every circle of questions once, at its first row."""
    entries = {entry.path: entry for entry in outline.entries if entry.name}
    causes: dict[Path, dict[Path, Found | None]] = {path: {} for path in entries}
    for path in entries:
        if path[:-1] in entries:
            causes[path][path[:-1]] = None
    for found in formulas:
        if found.column.meaning in _CAUSES and not (
            found.column.meaning == ("bind", "calculate") and found.entry.cell("trigger")
        ):
            for reading in found.formula.readings:
                if reading.path in entries:
                    causes[found.entry.path][reading.path] = found
    for circle in circles(causes):
        _report(circle, entries, causes, report)


def circles(causes: Mapping[Path, Mapping[Path, object]]) -> Iterator[list[Path]]:
    """Yield the strongly connected parts of a graph that hold a circle (Tarjan, without recursion).

    Args:
        causes: For each node, the nodes it depends on.
    """
    number: dict[Path, int] = {}
    lowest: dict[Path, int] = {}
    stack: list[Path] = []
    on_stack: set[Path] = set()
    for start in causes:
        if start in number:
            continue
        work: list[tuple[Path, Iterator[Path]]] = []
        _open(start, number, lowest, stack, on_stack)
        work.append((start, iter(causes[start])))
        while work:
            node, following = work[-1]
            for target in following:
                if target not in number:
                    _open(target, number, lowest, stack, on_stack)
                    work.append((target, iter(causes.get(target, {}))))
                    break
                if target in on_stack:
                    lowest[node] = min(lowest[node], number[target])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == number[node]:
                    part = _close(node, stack, on_stack)
                    if len(part) > 1 or node in causes[node]:
                        yield part


def _open(
    node: Path,
    number: dict[Path, int],
    lowest: dict[Path, int],
    stack: list[Path],
    on_stack: set[Path],
) -> None:
    number[node] = lowest[node] = len(number)
    stack.append(node)
    on_stack.add(node)


def _close(node: Path, stack: list[Path], on_stack: set[Path]) -> list[Path]:
    part = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        part.append(member)
        if member == node:
            return part


def _report(
    circle: list[Path],
    entries: Mapping[Path, Entry],
    causes: Mapping[Path, Mapping[Path, Found | None]],
    report: Report,
) -> None:
    members = sorted(circle, key=lambda path: entries[path].row.number)
    names = ", ".join(entries[path].name for path in members)
    for path in members:
        cause = next((causes[path][to] for to in members if causes[path].get(to)), None)
        if cause is None:
            continue
        message = (
            say("This formula looks at its own result: {names}.", names=names)
            if len(members) == 1
            else say("These formulas wait for each other in a circle: {names}.", names=names)
        )
        report.error("survey", entries[path].row, cause.column.heading, message)
        return

"""What a filling notes by itself: its identifier, when it began and ended, whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from survey.filling.tree import AnswerNode, nodes_at
from survey.filling.working import Work

Clock = Callable[[], datetime]


def clock(now: datetime | Clock | None) -> Clock:
    """Return a clock: the machine's, one that stands still at a moment, or the one given."""
    if now is None:
        return lambda: datetime.now().astimezone()
    if isinstance(now, datetime):
        moment = now if now.tzinfo else now.astimezone()
        return lambda: moment
    return now


def note(work: Work, identifier: str, properties: Mapping[str, str], *, new: bool) -> None:
    """Fill in what is blank of a filling's metadata; what is known for sure replaces what was sent.

    Args:
        work: The answers.
        identifier: The identifier of the filling.
        properties: What the device or server knows, by type (`username`).
        new: Whether the filling begins now, so that `start` and `today` are now.
    """
    now = work.clock()
    for node, kind in _noting(work, *work.plan.noted):
        if kind in properties:
            node.text = properties[kind]
        if node.text:
            continue
        if kind == "instanceID":
            node.text = identifier
        elif kind == "start" and new:
            node.text = stamp(now)
        elif kind == "today" and new:
            node.text = now.date().isoformat()


def finish(work: Work) -> None:
    """Note that the filling ends now."""
    now = stamp(work.clock())
    for node, _ in _noting(work, "end"):
        work.put(node, now)


def stamp(moment: datetime) -> str:
    """Write a moment as ODK does, to the millisecond with its time zone."""
    return moment.isoformat(timespec="milliseconds")


def value(root: AnswerNode, name: str) -> str:
    """Return a value about the filling as such (`instanceName`), "" when there is none."""
    return next((node.text for meta in root.turns("meta") for node in meta.turns(name)), "")


def _noting(work: Work, *kinds: str) -> Iterator[tuple[AnswerNode, str]]:
    """Yield the nodes of some kinds of what is noted, each with its kind."""
    for kind in kinds:
        for path in work.plan.noted.get(kind, ()):
            for node in nodes_at(path, work.root):
                yield node, kind

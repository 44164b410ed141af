"""Which convention a text follows: every pattern is tried, the one that explains most wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from survey.transcripts.conventions import BOLD, CONVENTIONS, REACH, Convention
from survey.transcripts.names import Judgement, could_be_name, judge, looks_like_name, tidy
from survey.transcripts.timecodes import STAMP

SAMPLE_LINES = 4_000
"""The convention is chosen on the first lines; labels are judged on all of them."""

CLOSE = 0.5
"""A convention with at least this share of the best one's labels is offered as a choice."""

NEED_COMPANY = frozenset({"letter", "tab", "dash", "quotes", "capitals", "line", "bold"})
"""Conventions so close to ordinary writing that one speaker alone is not enough."""

_STAMP = re.compile(STAMP)
_ONLY_STAMP = re.compile(rf"\s{{0,40}}{STAMP}\s{{0,40}}$")
_SENTENCE_ENDS = tuple(".?!؟。？！…")


@dataclass(frozen=True, slots=True)
class Script:
    """The lines of a file.

    Attributes:
        lines: Text lines; empty ones separate paragraphs.
        bold: For lines that begin in bold type, the number of bold characters.
    """

    lines: Sequence[str]
    bold: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found.

    Attributes:
        line: Its line.
        name: The label, tidied; None where a sign names nobody.
        stamp: The time codes around it.
        offset: Where the words begin.
        marked: A time code, bold type or a sign makes it evident that this is a label.
    """

    line: int
    name: str | None
    stamp: str
    offset: int
    marked: bool = False


def hits(script: Script, convention: Convention) -> list[Hit]:
    """Return every label of a convention, whether it is a speaker or not."""
    return list(_bold_hits(script) if convention is BOLD else _pattern_hits(script, convention))


def judged(found: Sequence[Hit], convention: Convention, lines: Sequence[str]) -> Judgement:
    """Judge the labels found in these lines."""
    blocks = _block_starts(lines)
    opening = sum(1 for hit in found if _begins_block(lines, hit.line))
    share = opening / blocks if blocks > 1 else 0.0
    if not convention.alone:
        share = max(share, len(found) / max(1, filled_lines(lines)))
    marked = {hit.name for hit in found if hit.name and (hit.marked or convention.evident)}
    return judge([hit.name for hit in found if hit.name], marked=marked, share=share)


def filled_lines(lines: Sequence[str]) -> int:
    """Count the lines that are not blank."""
    return sum(1 for line in lines if line and not line.isspace())


def _begins_block(lines: Sequence[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip()


def _block_starts(lines: Sequence[str]) -> int:
    return sum(1 for at, line in enumerate(lines) if line.strip() and _begins_block(lines, at))


def rank(script: Script, among: Iterable[Convention] = (*CONVENTIONS, BOLD)) -> list[Convention]:
    """Return the conventions that fit the beginning of a text, best first."""
    lines = script.lines[:SAMPLE_LINES]
    sample = Script(lines, {at: size for at, size in script.bold.items() if at < len(lines)})
    filled = filled_lines(lines)
    scored = [
        (score, convention) for convention in among if (score := _score(sample, convention, filled))
    ]
    scored.sort(key=lambda pair: -pair[0])  # stable: the table's order decides among equals
    return [convention for score, convention in scored if score >= scored[0][0] * CLOSE]


def followed(lines: Sequence[str], found: Sequence[Hit]) -> list[Hit]:
    """Keep the labels below which there are words, not another label."""
    labelled = {hit.line for hit in found}
    return [hit for hit in found if _words_below(lines, hit.line, labelled)]


def _words_below(lines: Sequence[str], at: int, labelled: set[int]) -> bool:
    for below in range(at + 1, min(at + 4, len(lines))):
        text = lines[below].strip()
        if text:
            return below not in labelled or text.endswith(_SENTENCE_ENDS)
    return False


def _pattern_hits(script: Script, convention: Convention) -> Iterator[Hit]:
    match = convention.pattern.match
    tidied: dict[str, str] = {}
    for at, line in enumerate(script.lines):
        found = match(line, 0, REACH) if line else None
        if found is None:
            continue
        groups = found.groupdict()
        raw = groups.get("name")
        name = None
        if raw:
            name = tidied.get(raw) or tidied.setdefault(raw, tidy(raw))
        stamp = groups.get("before") or groups.get("after") or groups.get("later") or ""
        if convention.alone and not stamp and at and _ONLY_STAMP.match(script.lines[at - 1]):
            stamp = script.lines[at - 1]
        marked = bool(stamp) or at in script.bold or bool(groups.get("sign"))
        if name and not convention.named and not (could_be_name(name) and looks_like_name(name)):
            yield Hit(at, None, stamp, found.end("sign"))
        else:
            yield Hit(at, name, stamp, found.end(), marked)


def _bold_hits(script: Script) -> Iterator[Hit]:
    for at, size in sorted(script.bold.items()):
        label = script.lines[at][: min(size, REACH)]
        stamp = _STAMP.search(label)
        name = tidy(_STAMP.sub("", label).strip(" :：\t"))
        yield Hit(at, name, stamp[0] if stamp else "", size, bool(stamp))


def _score(script: Script, convention: Convention, filled: int) -> int:
    found = hits(script, convention)
    if not convention.named:
        return _score_unnamed(script, convention, found, filled)
    if convention.alone:
        found = followed(script.lines, found)
    speakers = judged(found, convention, script.lines).speakers
    found = [hit for hit in found if hit.name in speakers]
    if convention.key in {"brackets", "tab"} and len(found) < filled * 0.2:
        return 0  # sounds stand in brackets too, lists behind tabs
    if convention.key in NEED_COMPANY and len({hit.name for hit in found}) < 2:
        return 0
    return len(found)


def _score_unnamed(script: Script, convention: Convention, found: list[Hit], filled: int) -> int:
    """A sign that only separates turns must open the text and, if it is a hyphen, rule it."""
    first = next((at for at, line in enumerate(script.lines) if line.strip()), 0)
    if len(found) < 2 or found[0].line > first + 5:
        return 0
    if not convention.evident and len(found) < filled * 0.8:
        return 0
    if convention.key == "time":  # names are worth more than the times beside them
        return max(1, len(found) // 3)
    return len(found)

"""How a file counts, found out from the words that its selections quote.

Many programs give a selection the words it covers as its name. Where positions and words agree in
one way of counting and not in another, the file counts so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.exchange.counting import BEYOND, MARK, UNITS, Counting, Ruler, Unit, plain

MOST = 3_000
"""Selections that are looked at."""
FEWEST_LETTERS = 8
"""A quotation that was cut short has at least so many characters, or says nothing."""
QUOTING = 0.6
"""The share of names that agree with positions from which on names are taken for quotations."""
ELLIPSES = ("…", "...", "[...]", "[…]")


@dataclass(frozen=True)
class Marked:
    """A selection as a file says it: its source, its positions, and its name."""

    source: str
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Detected:
    """What was found out.

    Attributes:
        counting: How the file counts.
        quotes: Whether the names of selections are the words they cover.
        decided: Whether it would have made a difference, and the words decided it.
        matters: Whether it makes a difference at all in these texts.
    """

    counting: Counting
    quotes: bool
    decided: bool
    matters: bool


def detect(
    texts: Mapping[str, str],
    marked: Sequence[Marked],
    *,
    unit: Unit | None = None,
    returns: bool = True,
) -> Detected:
    """Find out how a file counts.

    Args:
        texts: The texts as they are written, by source.
        marked: Its selections.
        unit: What is counted, where somebody says so.
        returns: Whether carriage returns are counted, where nothing tells.
    """
    telling = [each for each in marked if each.source in texts][:MOST]
    ways = list(_ways(texts, unit=unit, returns=returns))
    scores = [_score(texts, telling, way) for way in ways]
    best = max(range(len(ways)), key=lambda number: (scores[number], -number))
    named = sum(1 for each in telling if quotation(each.name))
    fits = scores[best][0]
    return Detected(
        counting=ways[best],
        quotes=bool(named) and fits >= QUOTING * named,
        decided=len(set(scores)) > 1,
        matters=len(ways) > 1,
    )


def _ways(texts: Mapping[str, str], *, unit: Unit | None, returns: bool) -> Iterator[Counting]:
    """Yield the ways of counting that differ for these texts, the likeliest first."""
    wide = any(ord(max(text)) > BEYOND for text in texts.values() if text)
    carriage = any("\r\n" in text for text in texts.values())
    mark = any(text.startswith(MARK) for text in texts.values())
    units: Sequence[Unit] = [unit] if unit else UNITS if wide else UNITS[:1]
    for counted in (False, True) if mark else (False,):
        for unit_ in units:
            for way in (returns, not returns) if carriage else (returns,):
                yield Counting(unit_, way, counted)


def _score(
    texts: Mapping[str, str], telling: Sequence[Marked], counting: Counting
) -> tuple[int, int]:
    """Return how many selections cover the words they name, and how many lie within a text."""
    rulers: dict[str, tuple[Ruler, str]] = {}
    fits = inside = 0
    for each in telling:
        if each.source not in rulers:
            written = texts[each.source]
            rulers[each.source] = (Ruler(written, counting), plain(written))
        ruler, text = rulers[each.source]
        start, end = ruler.here(each.start), ruler.here(each.end)
        if start is None or end is None or start >= end:
            continue
        inside += 1
        fits += agrees(text[start:end], each.name)
    return fits, inside


def quotation(name: str) -> str:
    """Return the words that a name quotes, without what says that they go on."""
    words = " ".join(name.split())
    for ending in ELLIPSES:
        words = words.removesuffix(ending).rstrip()
    return words


def agrees(words: str, name: str) -> bool:
    """Whether a name quotes these words, wholly or their beginning."""
    quoted, covered = quotation(name), quotation(words)
    if not quoted:
        return False
    return covered == quoted or (len(quoted) >= FEWEST_LETTERS and covered.startswith(quoted))

"""A text as coders read it: masked, with the way between its code points and the original's."""

from __future__ import annotations

import hmac
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from data.tables import Passage
from nlp.masking_review import Known
from nlp.passages.sentences import safe
from settings import settings

ADDRESS = "[address]"


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands for a stretch of the original: from `start` to `end` there, in both texts."""

    start: int
    end: int
    masked_start: int
    masked_end: int


@dataclass(frozen=True)
class Shown:
    """A masked text.

    Attributes:
        text: What is read.
        stands: What in it stands for something else, in order.
        length: How many code points the original has.
        mark: Changes whenever the original or what is masked in it changes, and tells neither.
    """

    text: str
    stands: tuple[Stand, ...]
    length: int
    mark: str

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original; what is masked is in it as a whole or not at all."""
        return self._original(start, at_end=False), self._original(end, at_end=True)

    def to_masked(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the masked text that shows a stretch of the original."""
        return self._masked(start, at_end=False), self._masked(end, at_end=True)

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Widen a stretch of the masked text to whole characters and names, without outer space.

        Returns:
            The stretch; an empty one where nothing but space was chosen.
        """
        start, end = max(0, min(start, len(self.text))), max(0, min(end, len(self.text)))
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start >= end:
            return start, start
        while not safe(self.text, start):
            start -= 1
        while not safe(self.text, end):
            end += 1
        return self.to_masked(*self.to_original(start, end))

    def _original(self, place: int, *, at_end: bool) -> int:
        before = bisect_right(self.stands, place, key=lambda each: each.masked_start) - 1
        if before < 0:
            return place
        stand = self.stands[before]
        if place == stand.masked_start:
            return stand.start
        if place < stand.masked_end:
            return stand.end if at_end else stand.start
        return place - stand.masked_end + stand.end

    def _masked(self, place: int, *, at_end: bool) -> int:
        before = bisect_right(self.stands, place, key=lambda each: each.start) - 1
        if before < 0:
            return place
        stand = self.stands[before]
        if place == stand.start:
            return stand.masked_start
        if place < stand.end:
            return stand.masked_end if at_end else stand.masked_start
        return place - stand.end + stand.masked_end


def shown(
    text: str, passages: Sequence[Passage], names: Known, *, languages: Sequence[str]
) -> Shown:
    """Mask a text as its passages are masked; what has no passage yet by the author's language.

    Args:
        text: The text as it stands.
        passages: Its passages in order.
        names: What the study knows.
        languages: What its author writes, the usual one first.
    """
    parts: list[str] = []
    stands: list[Stand] = []
    place = length = 0
    whole = [passage for passage in passages if passage.end <= len(text)]
    for start, end, passage in _stretches(whole, len(text)):
        language = passage.language if passage else next(iter(languages), "und")
        piece, found = _masked(text[start:end], passage, names, language)
        stands += [
            Stand(
                each.start + start,
                each.end + start,
                each.masked_start + length,
                each.masked_end + length,
            )
            for each in found
        ]
        parts.append(piece)
        length += len(piece)
        place = end
    masked = "".join(parts)
    assert place == len(text)  # noqa: S101 - the stretches cover the text
    return Shown(masked, tuple(stands), len(text), sealed(text, masked))


def _stretches(passages: Sequence[Passage], length: int) -> list[tuple[int, int, Passage | None]]:
    """Cover a text: its passages, and what lies between them."""
    found: list[tuple[int, int, Passage | None]] = []
    place = 0
    for passage in passages:
        if passage.start < place:
            continue
        if place < passage.start:
            found.append((place, passage.start, None))
        found.append((passage.start, passage.end, passage))
        place = passage.end
    if place < length:
        found.append((place, length, None))
    return found


def _masked(
    text: str, passage: Passage | None, names: Known, language: str
) -> tuple[str, list[Stand]]:
    masked = names.mask(text, language=language)
    stands = [
        Stand(span.start, span.end, span.masked_start, span.masked_end) for span in masked.spans
    ]
    if passage is None or passage.masked.count(ADDRESS) <= masked.text.count(ADDRESS):
        return masked.text, stands
    return _with_addresses(text, Shown(masked.text, tuple(stands), len(text), ""), passage.masked)


def _with_addresses(text: str, now: Shown, kept: str) -> tuple[str, list[Stand]]:
    """Mask also the addresses that the worker found with a model that is not loaded here."""
    gaps = _gaps(now.text, kept.split(ADDRESS))
    spans = [now.to_original(*gap) for gap in gaps]
    merged = [
        (each.start, each.end, now.text[each.masked_start : each.masked_end])
        for each in now.stands
        if not any(start <= each.start and each.end <= end for start, end in spans)
    ] + [(start, end, ADDRESS) for start, end in spans]
    parts: list[str] = []
    stands: list[Stand] = []
    place = length = 0
    for start, end, placeholder in sorted(merged):
        parts += [text[place:start], placeholder]
        begin = length + start - place
        length = begin + len(placeholder)
        stands.append(Stand(start, end, begin, length))
        place = end
    parts.append(text[place:])
    return "".join(parts), stands


def _gaps(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return what stands between literal parts of a text; nothing where a part is not in it."""
    found: list[tuple[int, int]] = []
    place = 0
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        at = len(text) - len(part) if last and part == "" else text.find(part, place)
        if at < place:
            return []
        if number and place < at:
            found.append((place, at))
        place = at + len(part)
    return found


def sealed(text: str, masked: str) -> str:
    """Return a short text that changes with both, and from which neither can be guessed."""
    secret = settings().secret_key.encode()
    told = f"coding/{len(text)}/{text}/{masked}".encode("utf-8", "surrogatepass")
    return hmac.new(secret, told, sha256).hexdigest()[:20]

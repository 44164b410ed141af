"""Masking: known names and identifying numbers give way to codes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.privacy import patterns
from nlp.privacy.folding import fold
from nlp.privacy.forms import is_team
from nlp.privacy.names import Names, compiled
from nlp.privacy.reading import Hit

KINDS = ("phone", "email", "link", "handle", "id", "address")
SHARED = "name"
ROUNDS = 8
BETWEEN = re.compile(r"[ \t\u00a0·]{0,2}(?:[A-Z]\.[ \t\u00a0]?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Something masked.

    Attributes:
        start: Where it begins in the original text, in code points.
        end: Where it ends there, exclusive.
        masked_start: Where its replacement begins in the masked text.
        masked_end: Where the replacement ends there, exclusive.
        kind: `person`, `team` (what stands before the colon of a code), `name` where several
            people share it, or one of `KINDS`.
        code: Whose name it is; None for what is no name, and for a shared one.
    """

    start: int
    end: int
    masked_start: int
    masked_end: int
    kind: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text and what was masked in it, in order."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the original that is to be replaced."""

    start: int
    end: int
    kind: str
    codes: frozenset[str] = frozenset()

    @property
    def placeholder(self) -> str:
        return f"[{next(iter(self.codes))}]" if self.kind == "person" else f"[{self.kind}]"


def mask(text: str, *, names: Mapping[str, Iterable[str]], language: str = "und") -> Masked:
    """Replace the known names and what else identifies people.

    Args:
        text: What somebody said or wrote.
        names: For each code the spellings of its name: full names, nicknames, other scripts. A code
            with a colon ("team:A") is a group; its placeholder is what stands before the colon.
        language: BCP 47 tag of the text. It decides what is an ending of a name and what a noun.

    Returns:
        The masked text with what was masked. Masking it again changes nothing.

    Example:
        >>> mask("Ask Dr. Müller!", names={"P07": ["Anna Müller"]}, language="en").text
        'Ask [P07]!'
    """
    known = compiled(tuple((code, _spellings(spellings)) for code, spellings in names.items()))
    kept = _placeholders(tuple(names))
    primary = language.split("-", maxsplit=1)[0].lower()
    pieces: list[_Piece] = []
    masked = Masked(text, ())
    for _ in range(ROUNDS):
        more = _find(masked.text, known, kept, primary)
        if not more:
            break
        pieces = _merge(text, [*pieces, *(_original(piece, masked.spans) for piece in more)])
        masked = _replace(text, pieces)
    return masked


def _spellings(spellings: Iterable[str]) -> tuple[str, ...]:
    """Keep the spellings of a code; one string is one spelling."""
    return (spellings,) if isinstance(spellings, str) else tuple(spellings)


@lru_cache(maxsize=64)
def _placeholders(codes: tuple[str, ...]) -> re.Pattern[str]:
    """Match what masking has put into a text before."""
    groups = (_kind(code) for code in codes if is_team(code))
    known = {*KINDS, SHARED, *groups, *codes}
    return re.compile("|".join(re.escape(f"[{kind}]") for kind in sorted(known)))


def _kind(code: str) -> str:
    """Return what kind of name a code stands for."""
    return code.partition(":")[0] if is_team(code) else "person"


def _find(text: str, known: Names, kept: re.Pattern[str], language: str) -> list[_Piece]:
    """Find what is to be replaced; numbers and addresses come before names."""
    taken = bytearray(len(text))
    for match in kept.finditer(text):
        taken[match.start() : match.end()] = b"\1" * len(match.group())
    pieces = [
        _Piece(found.start, found.end, found.kind)
        for found in patterns.find(text)
        if 1 not in taken[found.start : found.end]
    ]
    for piece in pieces:
        taken[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    pieces += [
        _named(hit)
        for hit in known.find(text, fold(text), language)
        if 1 not in taken[hit.start : hit.end]
    ]
    return sorted(pieces, key=lambda piece: piece.start)


def _named(hit: Hit) -> _Piece:
    """Say what a name is replaced by: a code, or what its owners have in common."""
    kinds = {_kind(code) for code in hit.codes}
    if kinds == {"person"} and len(hit.codes) > 1:
        return _Piece(hit.start, hit.end, SHARED, hit.codes)
    kind = next(iter(kinds)) if len(kinds) == 1 else SHARED
    return _Piece(hit.start, hit.end, kind, hit.codes)


def _original(piece: _Piece, spans: Sequence[Span]) -> _Piece:
    """Move a piece from the masked text, in which it was found, to the original."""
    before = bisect_right(spans, piece.start, key=lambda span: span.masked_end)
    shift = spans[before - 1].end - spans[before - 1].masked_end if before else 0
    return replace(piece, start=piece.start + shift, end=piece.end + shift)


def _merge(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Make one of neighbouring names of one person."""
    merged: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        last = merged[-1] if merged else None
        common = last.codes & piece.codes if last else frozenset()
        if last and len(common) == 1 and BETWEEN.fullmatch(text[last.end : piece.start]):
            kind = _kind(next(iter(common)))
            merged[-1] = _Piece(last.start, piece.end, kind, common)
        else:
            merged.append(piece)
    return merged


def _replace(text: str, pieces: Sequence[_Piece]) -> Masked:
    """Put the placeholders in."""
    parts: list[str] = []
    spans: list[Span] = []
    place, length = 0, 0
    for piece in pieces:
        parts += [text[place : piece.start], piece.placeholder]
        begin = length + piece.start - place
        length = begin + len(piece.placeholder)
        code = next(iter(piece.codes)) if len(piece.codes) == 1 else None
        spans.append(Span(piece.start, piece.end, begin, length, piece.kind, code))
        place = piece.end
    parts.append(text[place:])
    return Masked("".join(parts), tuple(spans))

"""Reading one text for known names that are written in an alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.privacy import words
from nlp.privacy.context import Token, is_person
from nlp.privacy.folding import Folded, folded
from nlp.privacy.forms import LETTERS, Form, Strength, is_team

MOST_TOKENS = 8
SEPARATOR = re.compile(r"[1-5]?(?:\s{1,2}|\s?[-'·_=]\s?|\.\s{0,2}-?|,\s{1,2})|[1-5]")
TITLE_GAP = re.compile(r"\.?\s{1,2}|\.")
# Titles that their own language writes small.
SMALL_TITLES = {"pl": "pan", "es": "don", "it": "don", "pt": "seu", "tr": "bay"}
# Russian family names that are adjectives: written small they are taken for those.
ADJECTIVES = re.compile(r"[\u0430-\u044f]+(?:ои|ии|ыи|ая|яя)")
# Letters that Arabic and Hebrew write together with the name behind them.
GLUED = re.compile(r"(?=[\u0600-\u06ff])[وف]?[بكل]?(?:ال)?|[והבלכמש]{1,2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: where in the original text, and whose it may be."""

    start: int
    end: int
    codes: frozenset[str]


class Lexicon(Protocol):
    """Where forms are looked up."""

    def forms(self, key: str) -> Sequence[Form]:
        """Return the forms that are written with these letters."""

    def goes_on(self, key: str) -> bool:
        """Whether a form may go on behind these letters."""


class Reading:
    """One text being read.

    Args:
        names: The known names.
        text: The text.
        fold: The same text folded.
        language: Primary subtag of its language.
    """

    def __init__(self, names: Lexicon, text: str, fold: Folded, language: str) -> None:
        self.names = names
        self.text = text
        self.fold = fold
        self.language = language
        self.tokens = [
            Token(match.group(), match.start(), match.end())
            for match in LETTERS.finditer(fold.text)
        ]

    def hits(self) -> Iterator[Hit]:
        """Yield the names, the longest at each place."""
        index = 0
        while index < len(self.tokens):
            found = self._longest(index)
            if found:
                last, hit = found
                yield hit
                index = last + 1
            else:
                index += 1

    def _longest(self, first: int) -> tuple[int, Hit] | None:
        """Return the longest name that begins at a token, and its last token."""
        best = None
        for skipped in self._beginnings(self.tokens[first].key):
            key, cuts = "", []
            for last in range(first, min(first + MOST_TOKENS, len(self.tokens))):
                if last > first:
                    if not SEPARATOR.fullmatch(self._gap(last - 1)):
                        break
                    cuts.append(len(key))
                key += self.tokens[last].key[skipped if last == first else 0 :]
                hit = self._accepted(key, cuts, first, last, skipped)
                if hit and (best is None or last >= best[0]):
                    best = (last, hit)
                if not self.names.goes_on(key):
                    break
            if best:
                return best
        return best

    def _beginnings(self, key: str) -> Iterator[int]:
        """Yield how many letters in front of a name may be glued to it."""
        yield 0
        if "\u0590" <= key[0] <= "\u06ff":
            glued = GLUED.match(key)
            longest = min(len(glued.group()) if glued else 0, len(key) - 3)
            yield from range(1, longest + 1)

    def _gap(self, index: int) -> str:
        """Return what lies between a token and the next."""
        return self.fold.text[self.tokens[index].end : self.tokens[index + 1].start]

    def _accepted(
        self, key: str, cuts: list[int], first: int, last: int, skipped: int
    ) -> Hit | None:
        """Return the name that these tokens are, if they are one here."""
        forms = self.names.forms(key)
        if not forms:
            return None
        start = self.fold.origin(self.tokens[first].start + skipped)
        end = self.fold.end(self.tokens[last].end)
        titled = self._title_before(first)
        behind = self._title_behind(last)
        fitting = [
            form
            for form in forms
            if form.cuts.issuperset(cuts)
            and self._fits(form, first, last, titled=titled is not None or behind is not None)
        ]
        if not fitting:
            return None
        full = [form for form in fitting if form.strength is Strength.FULL]
        codes = frozenset(form.code for form in full or fitting)
        if not any(map(is_team, codes)):
            start = start if titled is None else self.fold.origin(titled)
            end = end if behind is None else self.fold.end(self.tokens[behind].end)
        end += bool(re.match(r"[1-5](?!\d)", self.text[end:]) and any(f.accents for f in forms))
        return Hit(start, end, codes)

    def _fits(self, form: Form, first: int, last: int, *, titled: bool) -> bool:
        """Whether a form holds for what is really written there."""
        pieces = [self._raw(index) for index in range(first, last + 1)]
        raw = "".join(pieces)
        if not self._separated(form, first, last) or not self._spoken(form, raw):
            return False
        if form.umlaut and not re.search("[äöüÄÖÜåøÅØ\u0308]", raw):
            return False
        cased = raw.lower() != raw.upper()
        main = pieces[-1] if self.tokens[first].key in words.PARTICLES else raw
        capital = not cased or main[:1].isupper()
        if form.initials:
            return self._initials(form, pieces, first, last)
        if form.strength is Strength.FULL:
            return (
                not form.careful
                or (form.accents and folded(raw) != raw.lower())
                or all(piece[:1].isupper() or piece.lower() == piece.upper() for piece in pieces)
            )
        return self._alone(form, raw, first, last, capital=capital, titled=titled)

    def _alone(
        self, form: Form, raw: str, first: int, last: int, *, capital: bool, titled: bool
    ) -> bool:
        """Whether a part of a name may stand for the person here."""
        acronym = raw.isupper() and 1 < len(raw) < 4 and form.strength < Strength.STRONG
        if acronym or self._is_compound(first, last) or self._touches_digit(form, first, last):
            return False
        if titled:
            return True
        foreign = not form.accents and folded(raw) != raw.lower()
        if form.strength is Strength.STRONG:
            adjective = ADJECTIVES.fullmatch(form.key) is not None
            return capital or not (foreign or adjective or self._behind_article(first))
        if form.strength is Strength.SOFT and is_team(form.code) and self._behind_article(first):
            return capital and self.language not in {"de", "und", "mul"}  # any noun is written so
        if form.strength is Strength.SOFT:
            return capital and not (foreign and self._begins_sentence(first))
        return (
            form.strength is Strength.WEAK
            and capital
            and (
                self._joined(last)
                or is_person(self.fold.text, self.tokens, first, last, language=self.language)
            )
        )

    def _joined(self, last: int) -> bool:
        """Whether "and" and another capitalised word follow: "Will and Anna"."""
        if last + 2 >= len(self.tokens) or self.tokens[last + 1].key not in words.AND:
            return False
        spaced = self._gap(last) == " " and self._gap(last + 1) == " "
        german = self.language in {"de", "und", "mul"}
        return spaced and not german and self._raw(last + 2)[:1].isupper()

    def _raw(self, index: int) -> str:
        """Return a token as it is written in the original."""
        token = self.tokens[index]
        return self.text[self.fold.origin(token.start) : self.fold.end(token.end)]

    def _separated(self, form: Form, first: int, last: int) -> bool:
        """Whether commas, stops and digits between the tokens suit the form."""
        gaps = "".join(self._gap(index) for index in range(first, last))
        if "," in gaps and not form.swapped:
            return False
        if "." in gaps and not form.initials:
            return False
        return form.accents or not any(character.isdigit() for character in gaps)

    def _spoken(self, form: Form, raw: str) -> bool:
        """Whether the ending of an inflected form is one of the text's language."""
        if form.language == "*":
            return True
        if self.language in {"und", "mul"}:
            return form.language == "de" and len(raw) > 4
        return form.language == self.language

    def _initials(self, form: Form, pieces: list[str], first: int, last: int) -> bool:
        """Whether initials are written as such: capital, and with a stop or two together."""
        raw = "".join(pieces)
        letters = raw[-form.initials :] if form.swapped else raw[: form.initials]
        if not letters.isupper() or (raw.isupper() and len(raw) < 5):
            return False
        family = pieces[0] if form.swapped else pieces[-1]
        if family.islower():
            return False
        stop = self.fold.text[self.tokens[last].end : self.tokens[last].end + 1] == "."
        gaps = "".join(self._gap(index) for index in range(first, last))
        if form.swapped:
            return last > first and ("." in gaps or stop)
        return "." in gaps or (form.initials > 1 and last > first)

    def _is_compound(self, first: int, last: int) -> bool:
        """Whether the name is half of a hyphenated one: Marie in "Anna-Marie"."""
        joined = (
            self.tokens[beside].key
            for gap, beside in ((first - 1, first - 1), (last, last + 1))
            if 0 <= gap < len(self.tokens) - 1 and self._gap(gap) == "-"
        )
        return any(key in words.HYPHENATED for key in joined)

    def _touches_digit(self, form: Form, first: int, last: int) -> bool:
        """Whether a digit that is no tone is joined to the name."""
        text, start, end = self.fold.text, self.tokens[first].start, self.tokens[last].end
        if text[max(0, start - 1) : start].isdigit():
            return True
        tone = form.accents and re.match(r"[1-5](?!\d)", text[end:])
        return text[end : end + 1].isdigit() and not tone

    def _behind_article(self, first: int) -> bool:
        """Whether an article stands before a token."""
        return first > 0 and (
            self._gap(first - 1) == " "
            and self.tokens[first - 1].key in words.determiners(self.language)
        )

    def _begins_sentence(self, first: int) -> bool:
        """Whether a token begins a sentence."""
        start = self.tokens[first].start
        return not self.fold.text[:start].rstrip(" \"'“„«(") or bool(
            re.search(r"[.!?:\n][\s\"'“„«(]*$", self.fold.text[max(0, start - 6) : start])
        )

    def _title_before(self, first: int) -> int | None:
        """Return where the titles in front of a token begin."""
        found = None
        index = first - 1
        while index >= 0 and TITLE_GAP.fullmatch(self._gap(index)):
            key = self.tokens[index].key
            glued = key not in words.TITLES and key[0] in "وفبكل" and key[1:] in words.TITLES
            small = key in words.TITLES_ONLY_CAPITAL and not self._raw(index)[:1].isupper()
            if (small and key != SMALL_TITLES.get(self.language)) or not (
                glued or key in words.TITLES
            ):
                break
            found = self.tokens[index].start + glued
            index -= 1
        return found

    def _title_behind(self, last: int) -> int | None:
        """Return the title behind a token."""
        after = last + 1
        if after < len(self.tokens) and self._gap(last) in {" ", "-", "\u00a0"}:
            return after if self.tokens[after].key in words.TITLES_BEHIND else None
        return None

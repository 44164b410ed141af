"""Folding: reading a text so that spellings of one name look the same.

Case, accents, tone marks, width and Traditional characters are folded away; every folded
character remembers where in the original it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# Letters whose plain form Unicode's decomposition does not give.
PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n",
    "ə": "e",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ی": "ي",
    "ک": "ك",
    "ё": "е",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "＇": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "・": "·",
    "‧": "·",
    "•": "·",
}
# Marks that carry a vowel or a letter of their own and therefore stay.
LETTER_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3099\u309a]")


@dataclass(frozen=True)
class Folded:
    """A folded text.

    Attributes:
        text: What is left after folding.
        origins: For each folded character the offset of the original character it came from, and
            at the end the length of the original; None where nothing moved.
        length: The length of the original.
    """

    text: str
    origins: list[int] | None
    length: int

    def origin(self, place: int) -> int:
        """Return the original offset of a folded place that begins something."""
        return place if self.origins is None else self.origins[place]

    def end(self, place: int) -> int:
        """Return the original offset behind the folded character before `place`.

        Marks that were folded away behind it belong to it.
        """
        return place if self.origins is None else self.origins[place]


class _Table(dict[int, str]):
    """Folds characters, one at a time, and remembers the result."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_character(chr(code))
        return folded


def fold(text: str) -> Folded:
    """Fold a text and remember where each character came from."""
    if text.isascii():
        return Folded(text.lower(), None, len(text))
    pieces = [_TABLE[ord(character)] for character in text]
    joined = "".join(pieces)
    if len(joined) == len(text) and all(map(len, pieces)):
        return Folded(joined, None, len(text))
    origins = [index for index, piece in enumerate(pieces) for _ in piece]
    return Folded(joined, [*origins, len(text)], len(text))


def folded(text: str) -> str:
    """Fold a text whose positions do not matter, such as a name."""
    return fold(text).text


def fold_character(character: str) -> str:
    """Fold one character; nothing is left of a mark that only modifies."""
    if character.isascii():
        return character.lower()
    if "\uac00" <= character <= "\ud7a3":
        return character
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} and not LETTER_MARKS.match(character):
        return ""
    lower = character.lower()
    if lower[0] in PLAIN:
        return PLAIN[lower[0]]
    if LETTER_MARKS.match(character) or "\u3040" <= character <= "\u30ff":
        return character
    plain = "".join(
        part
        for part in unicodedata.normalize("NFKD", lower)
        if not unicodedata.combining(part) and part != "\u0640"
    )
    plain = "".join(PLAIN.get(part, part) for part in plain)
    return _simplified().get(plain, plain)


@cache
def _simplified() -> dict[str, str]:
    """Map Traditional characters to Simplified ones, one to one, by OpenCC's table."""
    from opencc import OpenCC

    everything = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = OpenCC("t2s").convert("\n".join(everything)).split("\n")
    return {
        before: after
        for before, after in zip(everything, converted, strict=True)
        if before != after and len(after) == 1
    }


_TABLE = _Table()

"""From bytes to text: which character encoding a file is in."""

from __future__ import annotations

import codecs
import logging
from dataclasses import dataclass

from charset_normalizer import from_bytes

from i18n import Message, say
from survey.transcripts import eastasian
from survey.transcripts.cleaning import clean
from survey.transcripts.model import TranscriptError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = [
    *("gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "cp949", "utf_16_le", "utf_16_be"),
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp874", "cp1258", "mac_roman", "cp850"),
]
_LATIN = frozenset(("cp1250", "cp1254", "cp1257", "cp1258", "mac_roman", "cp850", "cp1252"))
_WESTERN = frozenset("äöüÄÖÜßéèêëÉÈÊàâáãÀÂÁçÇñÑíìîïÍÎóòôõÓÔúùûÚœŒ¿¡«»„“”‘’‚–—…€°§·\xa0")
_SAMPLE = 32_768
_DAMAGE = 0.02
"""The share of characters of a UTF-8 file that may be broken before it is taken for another."""

_MIXED = 0.1
"""The share of characters that may be broken where no encoding fits the whole of a file."""

logging.getLogger("charset_normalizer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text file's text, cleaned; the encoding it was in; what was lost."""

    text: str
    encoding: str
    warnings: tuple[Message, ...] = ()


def decode(filename: str, content: bytes) -> Decoded:
    """Return the text of a file.

    A byte-order mark decides; then UTF-8 if the bytes are valid, or all but a few are; then
    UTF-16 without a mark; then what charset-normalizer finds among the encodings in use where
    people speak the toolkit's languages.

    Raises:
        TranscriptError: If the bytes are not text in any of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _forgiving(content, encoding)
    wide = _unmarked_utf16(content)
    if wide:
        return _forgiving(content, wide)
    try:
        return Decoded(clean(content.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    damaged = _forgiving(content, "utf-8")
    broken = damaged.text.count("\ufffd")
    letters = sum(byte >= 0xC2 for byte in content[:1_000_000])
    if broken <= 1 or (letters and broken <= letters * _DAMAGE):
        return damaged
    guessed = _guess(content)
    if guessed is None and broken < len(damaged.text) * _MIXED:
        return damaged
    if guessed is None:
        raise TranscriptError(
            say("{file}: this is not a text in a character encoding we know.", file=filename)
        )
    return _forgiving(content, guessed)


def _forgiving(content: bytes, encoding: str) -> Decoded:
    text = clean(content.decode(encoding, errors="replace"))
    lost = text.count("\ufffd")
    warnings = (
        (say("{count} characters could not be read and show as \ufffd.", count=lost),)
        if lost
        else ()
    )
    return Decoded(text, encoding, warnings)


def _unmarked_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark: its spaces and line ends have a zero in every other byte."""
    sample = content[:4096]
    if len(sample) < 4 or len(content) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 2 * even and odd >= 2 and sample.count(b"\n\x00"):
        return "utf-16-le"
    if even > 2 * odd and even >= 2 and sample.count(b"\x00\n"):
        return "utf-16-be"
    half = len(sample) // 2
    if max(even, odd) > half * 0.7:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _guess(content: bytes) -> str | None:
    """Ask charset-normalizer about the part of the file that is not plain ASCII."""
    first = next(i for i, byte in enumerate(content) if byte >= 0x80)
    begin = content.rfind(b"\n", 0, first) + 1
    sample = content[max(begin, first - _SAMPLE) : first + _SAMPLE]
    cut = sample.rfind(b"\n")
    if cut > 0 and first + _SAMPLE < len(content):
        sample = sample[:cut]
    asian = eastasian.guess(sample)
    if asian:
        return asian
    best = from_bytes(sample, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    if best is None:
        return None
    if best.encoding in _LATIN and _is_western(sample):
        return "cp1252"
    return str(best.encoding)


def _is_western(sample: bytes) -> bool:
    """Tell whether Windows-1252 gives the letters of Western Europe: the Latin pages are alike."""
    marked = [char for char in sample.decode("cp1252", errors="replace") if char > "\x7f"]
    return sum(char in _WESTERN for char in marked) >= len(marked) * 0.95

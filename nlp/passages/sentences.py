"""Where one sentence ends and the next begins, by rules that know no words but abbreviations.

The rules serve mixed text: each stop is judged by what stands on both sides of it, not by the
language of the whole. `bench.passages` compares them with spaCy's rule-based sentence splitter.
"""

from __future__ import annotations

import re
import unicodedata

from nlp.passages.abbreviations import ALWAYS, BEFORE_NUMBERS, ORDINAL_LANGUAGES, SOMETIMES

Span = tuple[int, int]

STRONG = "。！？｡؟۔।॥։።။፧‼⁇⁈⁉!?"
CLOSERS = "\"'”’»«“‘›‹)]）］」』】》〉｣"
OPENING_QUOTES = '“„«「『"‚‘'
OPENERS = "“‘«‹»\"'"
EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f"
STOP = re.compile(
    rf"(?P<stop>[{STRONG}.．…]+)(?P<marks>[\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3]*)"
    rf"(?P<closers>(?:[{re.escape(CLOSERS)}]|[ \u00a0\u202f]»)*)"
    rf"(?P<tail>(?:[ \t]*[{EMOJI}]+)*)"
    r"|(?P<smile>(?<=\s)(?:[:;=][-']?[)(DPp]+|\^\^|[xX]D|<3)(?=\s+[A-ZÀ-ÖØ-ÞА-Я\u3400-\u9fff]))"
    r"|(?P<line>[^\S\r\n]*(?:\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*)"
    r"|(?P<thai>(?<=[\u0e01-\u0e4e\u0e80-\u0edf]) +(?=[\u0e01-\u0e4e\u0e80-\u0edf]))"
)
# Scripts that write sentences without a space between them.
UNSPACED = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
LAST_WORD = re.compile(r"(?:[^\W_]+[.\-‐])*[^\W_]+$")
LIST_MARKER = re.compile(
    r"\s*(?:[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})|[一二三四五六七八九十]{1,3})$"
)
SPEECH_GOES_ON = re.compile(
    r"[^\n。！？!?，,.]{0,6}?(?:说|說|问|問|道|喊|答|想|叫|讲|講)|[とって]{1,2}(?!も)"
)
QUOTE_GOES_ON = re.compile(r"\s?[,，;；:：]|\s?[—–-]\s?(?=[^\W\d_])(?![A-ZÀ-ÖØ-ÞЀ-Я])")
AFTER_NUMBER = re.compile(r"\d\s?[a-zа-я]$")
THAI_END = re.compile(r"(?:ครับ|ค่ะ|คะ|ค่า|จ้ะ|จ้า|นะ|เลย|แล้ว|มาก)$")
THAI_START = re.compile(r"แต่|และ|ดังนั้น|เพราะ|หลังจาก|ต่อมา|วันนี้|เมื่อ|จากนั้น|ผม|ฉัน|เรา|พวกเรา|เขา")
THAI_LENGTH = 60
WRAPPED_LINE = 45


def split(text: str, *, language: str = "und") -> list[Span]:
    """Split a text into sentences.

    Args:
        text: One turn or one answer.
        language: Its language where known; only the reading of "3." depends on it.

    Returns:
        Start and end of each sentence in code points, in order, without the white space around
        it. Only white space lies between them.

    Example:
        >>> text = "Dr. Smith left. 我们走了。明天见!"
        >>> [text[start:end] for start, end in split(text)]
        ['Dr. Smith left.', '我们走了。', '明天见!']
    """
    spans: list[Span] = []
    casual = not any(character.isupper() for character in text[:2000].lstrip("\"'“‘«¿¡(")[:1])
    start = 0
    for stop in STOP.finditer(text):
        end = _end(text, start, stop, language, casual=casual) if stop.end() > start else None
        if end is not None:
            while not safe(text, end):
                end += 1
            _add(text, start, end, spans)
            start = end
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[Span]) -> None:
    """Add the stripped stretch; one without letters or digits joins the sentence before it."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return
    begin = start + len(piece) - len(piece.lstrip())
    finish = begin + len(bare)
    wordless = len(bare) <= 40 and not any(character.isalnum() for character in bare)
    if wordless and spans and "\n" not in text[spans[-1][1] : begin]:
        spans[-1] = (spans[-1][0], finish)
    else:
        spans.append((begin, finish))


def _end(text: str, start: int, stop: re.Match[str], language: str, *, casual: bool) -> int | None:
    """Return where a sentence ends at a stop, a line break or a space between Thai phrases."""
    if stop.group("smile") is not None:
        return stop.end()
    if stop.group("line") is not None:
        return stop.start() if _line_ends(text, start, stop) else None
    if stop.group("thai") is not None:
        return stop.start() if _thai_ends(text, start, stop) else None
    closers, end = stop.group("closers"), stop.end()
    opens = bool(closers) and closers[-1] in OPENERS and text[end : end + 1].isalnum()
    if opens and closers[-1] in "\"'":
        opens = text.count(closers[-1], start, end - 1) % 2 == 0
    if opens and not stop.group("tail"):
        # The mark behind the stop opens the next quotation.
        end -= len(closers)
        closers = ""
    if stop.group("tail") or end == len(text):
        return end
    if stop.group("stop").strip(".．…"):
        ends = _strong_ends(text, stop.group("stop"), closers, end)
    elif len(stop.group("stop")) > 1 or stop.group("stop") == "…":
        ends = _ellipsis_ends(text[end : end + 24])
    else:
        ends = _full_stop_ends(text, start, stop, end, language, casual=casual)
    return end if ends else None


def _strong_ends(text: str, mark: str, closers: str, end: int) -> bool:
    """Whether any stop but the dot ends a sentence: "?", "!", "。" and their kind."""
    after = text[end : end + 24]
    following = after.lstrip()[:1]
    if closers:
        if SPEECH_GOES_ON.match(after) or following.islower() or QUOTE_GOES_ON.match(after):
            return False
        return after[0].isspace() or bool(UNSPACED.match(following)) or not following.isalnum()
    if mark[-1] in "!?" and not after[0].isspace():
        return bool(UNSPACED.match(following)) or following.isupper() or not following.isalnum()
    return True


def _thai_ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a space between Thai phrases ends a sentence: Thai writes no full stop."""
    at, length = stop.start(), stop.start() - start
    phrase = text[max(start, at - 12) : at]
    if phrase.endswith(("ครับ", "ค่ะ", "คะ")) or length >= 2 * THAI_LENGTH:
        return True
    if THAI_END.search(phrase) and length >= THAI_LENGTH // 3:
        return True
    return length >= THAI_LENGTH and bool(THAI_START.match(text, stop.end()))


def _line_ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a line break ends a sentence; it does not where a long line was merely wrapped."""
    line = stop.group("line")
    if sum(line.count(mark) for mark in "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") > 1:
        return True
    begin = max(start, text.rfind("\n", 0, stop.start()) + 1)
    following = text[stop.end() : stop.end() + 1]
    return not (following.islower() and stop.start() - begin >= WRAPPED_LINE)


def _ellipsis_ends(after: str) -> bool:
    """Whether dots end a sentence: a thought that goes on after them is one thought."""
    following = after.lstrip()[:1]
    begins = following.isupper() or following in OPENING_QUOTES or bool(UNSPACED.match(following))
    return after[0].isspace() and begins


def _full_stop_ends(
    text: str, start: int, stop: re.Match[str], end: int, language: str, *, casual: bool
) -> bool:
    """Whether a single full stop ends a sentence."""
    at = stop.start()
    before, after = text[max(start, at - 40) : at], text[end : end + 24]
    spaced, following = after[0].isspace(), after.lstrip()[:1]
    previous = before[-1:]
    if UNSPACED.match(previous):
        return spaced or bool(UNSPACED.match(following)) or following.isalpha()
    word = LAST_WORD.search(before)
    last = word.group() if word else ""
    if not spaced and end == at + 1:
        joined = len(last) > 2 and last.isalpha() and last[-1].islower() and following.isupper()
        return bool(UNSPACED.match(following) and last) or (joined and after[1:2].islower())
    if not last or (AFTER_NUMBER.search(before) and following.isupper()):
        return True  # behind a closing mark, or behind a unit: "until 18 h. Then"
    marker = at - start <= 8 and LIST_MARKER.fullmatch(text[start:at])
    if marker or (following.isdigit() and last.lower() in BEFORE_NUMBERS):
        return False
    return _word_ends(last, following, language, casual=casual)


def _word_ends(word: str, following: str, language: str, *, casual: bool) -> bool:
    """Whether a full stop and a space behind a word end the sentence."""
    lower = word.lower()
    if lower in SOMETIMES:
        return not following.islower()
    if lower in ALWAYS or (len(word) == 1 and word.isalpha() and word not in "IЯ"):
        return False
    if "." in word and len(word) <= 6 and all(len(part) == 1 for part in word.split(".")):
        return False
    if word.isdigit() and len(word) <= 2 and language in ORDINAL_LANGUAGES:
        return False
    if following.islower():
        return casual
    return True


def safe(text: str, place: int) -> bool:
    """Whether a text may be cut at a place without tearing a visible character apart."""
    if not 0 < place < len(text):
        return True
    here, before = text[place], text[place - 1]
    if here.isspace() or before.isspace():
        return (before, here) != ("\r", "\n")
    return not (
        unicodedata.combining(here)
        or unicodedata.category(here) in {"Mn", "Mc", "Me"}
        or "\ufe00" <= here <= "\ufe0f"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or "\u200d" in (here, before)
        or ("\U0001f1e6" <= here <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff")
    )

"""Whether characters that spell a name are that name, or parts of other Chinese words.

The text around them is segmented with jieba's word frequencies (a maximum-probability path, as
jieba itself finds it), once with the name as a word and once without.
"""

from __future__ import annotations

import re
from functools import cache
from math import log

from nlp.privacy.characters import HAN

WINDOW = 8
LONGEST_WORD = 5
# How often a known name is expected among the words of jieba's corpus (60 million).
NAME_FREQUENCY = 2000
MADE_FREQUENCY = 100
# A word at least this frequent is a word first, even if somebody is called so.
ORDINARY = 4000
# A word at least this frequent keeps a shorter name inside it from being one.
KNOWN = 60
PERSON_BEFORE = re.compile(
    r"(?:跟|叫|让|请|找|问|问了|听|被|由|替|帮|陪|见到?|谢谢|感谢|告诉|邀请|采访|认识|佩服|@)$"
)
PERSON_AFTER = re.compile(
    r"(?:说|问|道|讲|觉得|认为|告诉|提|喊|笑|哭|答|建议|负责|主张|坚持|同意|反对|老师|导演|先生|女士|小姐|"
    r"哥|姐|同学)"
)


def fits(text: str, start: int, end: int, *, made: bool = False, strict: bool = False) -> bool:
    """Whether the folded characters from `start` to `end` are a word of their own there.

    With `made`, they are a family name and a title or the like, which is rarer than a name. With
    `strict`, a word that begins with the last of them speaks against it by itself.
    """
    before = _run_before(text, start)
    after = _run_after(text, end)
    name = text[start:end]
    likely = MADE_FREQUENCY if made else NAME_FREQUENCY
    frequencies, _ = _dictionary()
    if frequencies.get(name, 0) >= ORDINARY and _is_common(name):
        known = PERSON_BEFORE.search(before) or PERSON_AFTER.match(after)
        return bool(known) and _wins(before, name, after, likely)
    if strict and any(
        frequencies.get(text[end - 1 : end + size], 0) >= KNOWN for size in range(1, len(after) + 1)
    ):
        return False
    if not before and not after:
        return True
    return not _straddled(before, name, after) or _wins(before, name, after, likely)


def frequency(word: str) -> int:
    """Return how often jieba's corpus has a folded word; 0 where it has not."""
    return _dictionary()[0].get(word, 0)


def _run_before(text: str, start: int) -> str:
    """Return the unbroken characters before a place, a few at most."""
    place = start
    while place > max(0, start - WINDOW) and HAN.match(text[place - 1]):
        place -= 1
    return text[place:start]


def _run_after(text: str, end: int) -> str:
    """Return the unbroken characters behind a place, a few at most."""
    found = HAN.match(text, end, end + WINDOW)
    return found.group() if found else ""


def _straddled(before: str, name: str, after: str) -> bool:
    """Whether any known word lies across one of the name's ends."""
    frequencies, _ = _dictionary()
    whole = before + name + after
    first, last = len(before), len(before) + len(name)
    for edge in (first, last):
        for start in range(max(0, edge - LONGEST_WORD + 1), edge):
            for end in range(edge + 1, min(len(whole), start + LONGEST_WORD) + 1):
                covers = start <= first and end >= last
                if frequencies.get(whole[start:end], 0) > 0 and not covers:
                    return True
                if covers and frequencies.get(whole[start:end], 0) >= KNOWN:
                    return True
    return False


def _wins(before: str, name: str, after: str, likely: int) -> bool:
    """Whether the text is likelier with the name as a word than without it."""
    frequencies, total = _dictionary()
    frequency = max(likely, frequencies.get(name, 0) + 1)
    with_name = _best(before) + log(frequency / total) + _best(after)
    return with_name > _best(before + name + after)


def _best(text: str) -> float:
    """Return the log probability of the likeliest segmentation of a few characters."""
    frequencies, total = _dictionary()
    scores = [0.0]
    for end in range(1, len(text) + 1):
        scores.append(
            max(
                scores[start] + log((frequencies.get(text[start:end], 0) or 1) / total)
                for start in range(max(0, end - LONGEST_WORD), end)
                if end - start == 1 or frequencies.get(text[start:end], 0)
            )
        )
    return scores[-1]


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Load jieba's words with their frequencies, and the sum of them."""
    import jieba

    jieba.setLogLevel(60)
    jieba.dt.initialize()
    return jieba.dt.FREQ, jieba.dt.total


@cache
def _is_common(word: str) -> bool:
    """Whether a word of the dictionary is anything but a name there."""
    import jieba

    line = re.compile(rf"^{re.escape(word)} \d+ (\w+)".encode(), re.MULTILINE)
    with jieba.get_dict_file() as dictionary:
        found = line.search(dictionary.read())
    return bool(found) and not found.group(1).decode().startswith("nr") if found else False

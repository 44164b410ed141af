"""Which labels are speakers, and which are words before a colon in ordinary prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.transcripts import limits
from survey.transcripts.words import (
    ANSWER,
    CLAUSE_ENDS,
    CLAUSE_STARTS,
    FACTS,
    PROSE,
    PROSE_ENDINGS,
    QUESTION,
    ROLES,
    SOUNDS,
    SURNAMES,
)

_EDGES = " \t*_-–—|,·•\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[\s_#-]*(?:\d{1,3}|[A-Z])$")
_SENTENCE = re.compile(
    r"[!?;؟؛،。！？；、…\"“”«»/\\=+@%{}|]|[.,]\s.*[.,]\s|(?:[^\W\d_]{4}|[가-힣])\.(?:\s|$)|\.\s[a-zß-ÿа-я]|\d{4,}"
)
_DIGITS = re.compile(r"[1-9]\d?")
_ORDINAL = re.compile(r"[\d\W_]+")
_PRONOUNS = ("我", "你", "他", "她", "它", "私", "彼")
_NEVER = PROSE | FACTS | SOUNDS
NEARLY_ALL = 0.75
"""The share of labelled lines or paragraphs from which every label is taken for a speaker."""

MOST_WORDS = 5
LONGEST_UNSPACED = 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """Labels taken for speakers, and those that could be but were left in the text."""

    speakers: frozenset[str]
    doubtful: tuple[str, ...]


def tidy(label: str) -> str:
    """Return a label without decoration around it: `** Anna ` is `Anna`."""
    label = _SPACES.sub(" ", label).strip(_EDGES)
    if len(label) > 2 and label[0] in "([（<" and label[-1] in ")]）>":
        label = label[1:-1].strip(_EDGES)
    return label


def is_role(label: str) -> bool:
    """Tell whether a label names a role (`Interviewer`, `说话人 2`, `SPEAKER_01`), not a person."""
    folded = label.casefold()
    return folded in ROLES or _NUMBER.sub("", label).casefold().strip() in ROLES


def is_fact(label: str) -> bool:
    """Tell whether a label names a fact about the interview (`Date`, `地点`)."""
    return label.casefold() in FACTS


def could_be_name(label: str) -> bool:
    """Tell whether a label has the shape of a name: short, no sentence, no known prose."""
    words = label.split()
    folded = label.casefold()
    if not words or len(words) > MOST_WORDS or (folded in _NEVER and not label.isupper()):
        return False
    if len(words) > 1 and (words[-1].casefold() in PROSE_ENDINGS or words[0] in CLAUSE_STARTS):
        return False
    if len(words) > 2 and sum(word[0].islower() for word in words) * 2 > len(words):
        return False
    if _SENTENCE.search(label) or (_ORDINAL.fullmatch(label) and not _DIGITS.fullmatch(label)):
        return False
    clause = label.endswith(CLAUSE_ENDS)
    if clause and (len(label) > 3 or label.startswith(_PRONOUNS) or label in CLAUSE_ENDS):
        return False
    unspaced = max(map(len, words))
    return unspaced <= LONGEST_UNSPACED or label.isascii()


def looks_like_name(label: str) -> bool:
    """Tell whether every word begins with a capital or is in a script without capitals."""
    return all(not word[0].islower() for word in label.split())


def judge(labels: Sequence[str], *, marked: Iterable[str], share: float) -> Judgement:
    """Decide which labels are speakers.

    A label is one when it is a role, is marked as one, or recurs; one that occurs once is taken
    too when it is a full name, is written like the ones that recur (all capitals, a number), or
    when nearly every line of the file has a label.

    Args:
        labels: The labels of the file, in order, with repetitions.
        marked: Labels with a time code beside them, in bold type or behind a sign.
        share: The share of the file's lines, or of its paragraphs, that begin with a label.
    """
    counts = Counter(labels)
    few = len(counts) <= limits.LABELS
    possible = [
        label for label, count in counts.items() if (few or count > 1) and could_be_name(label)
    ]
    known = set(marked)
    dialogue = _has_questions_and_answers(possible)
    sure = {
        label
        for label in possible
        if is_role(label) or (dialogue and _letter(label)) or label in known
    }
    recurring = {label for label in possible if counts[label] > 1}
    capitalised = {label for label in recurring | sure if looks_like_name(label)}
    # Lower-case labels count only where the file's speakers are written so.
    if sum(counts[label] for label in capitalised) >= sum(
        counts[label] for label in recurring - capitalised
    ):
        recurring = {label for label in recurring if looks_like_name(label)}
    speakers = sure | recurring
    singles = [label for label in possible if label not in speakers]
    if share >= NEARLY_ALL and len(speakers) + len(singles) > 1:
        speakers |= {label for label in singles if looks_like_name(label)}
    else:
        kinds = {kind for label in speakers if (kind := _kind(label))}
        speakers |= {label for label in singles if _kind(label) in kinds}
        if len(speakers) > 1:
            speakers |= {label for label in singles if _is_full_name(label)}
    doubtful = tuple(label for label in possible if label not in speakers)
    return Judgement(frozenset(speakers), doubtful)


def without_numbers(labels: Iterable[str]) -> dict[str, str]:
    """Map numbered questions and answers (`Q1`, `A1`, `Q2` …) to `Q` and `A`.

    Only where each number belongs to one question and one answer: `A1` and `A2` alone are people.
    """
    numbered = [label for label in dict.fromkeys(labels) if _NUMBER.search(label)]
    stems = {label: _NUMBER.sub("", label) for label in numbered if label[-1].isdigit()}
    questions = [label for label, stem in stems.items() if stem.casefold() in QUESTION]
    answers = [label for label, stem in stems.items() if stem.casefold() in ANSWER]
    if len(questions) > 1 and len(answers) > 1 and len(stems) == len(questions) + len(answers):
        return stems
    return {}


def _letter(label: str) -> bool:
    stem = _NUMBER.sub("", label) if label[-1:].isdigit() else label
    return stem.casefold() in QUESTION or stem.casefold() in ANSWER


def _has_questions_and_answers(labels: Iterable[str]) -> bool:
    stems = {
        _NUMBER.sub("", label).casefold() if label[-1:].isdigit() else label.casefold()
        for label in labels
    }
    return bool(stems & QUESTION) and bool(stems & ANSWER)


def _is_full_name(label: str) -> bool:
    """Tell a given with a family name: two capitalised words, or `王小梅`, `김민수`."""
    if len(label) in {2, 3} and label[0] in SURNAMES and not label.isascii():
        return len(label) == 3 or "가" <= label[0] <= "힣"
    words = label.split()
    return len(words) in {2, 3} and all(word[0].isupper() for word in words)


def _kind(label: str) -> str:
    """Return how a label is written, where that sets it apart from prose; else nothing."""
    if label.isupper() and (len(label) > 1 or label.isascii()):
        return "capitals"
    if label[-1:].isdigit():
        return _NUMBER.sub("", label).casefold()
    return ""

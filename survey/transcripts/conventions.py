"""The ways in which transcripts mark who speaks: one pattern each, in order of preference.

A pattern is matched at the beginning of a line. Its groups: `name`, the label as written (absent
where the convention names nobody); `before`, `after`, `later`, time codes around it; `sign`, a
mark that leaves no doubt. What is said begins where the match ends. Patterns look at the first
`REACH` characters only and repeat nothing inside a repetition, so a line of any length costs the
same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from i18n import Message, say
from survey.transcripts.timecodes import BRACKETED, STAMP

REACH = 200
"""How many characters of a line can belong to the label and its time codes."""

NAME_LENGTH = 60

_MARKS = r"[\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,40}"
_OPENING = rf"(?P<before>{BRACKETED}|{STAMP}(?=\s))\s{{0,8}}"
_BEFORE = rf"{_MARKS}(?:{_OPENING}(?:[-–—|:,]\s{{0,3}})?)?"
_AFTER = rf"(?:\s{{0,8}}[-–—|,]?\s{{0,8}}(?P<after>{STAMP}))?"
_LATER = rf"(?:\s{{0,8}}(?P<later>{BRACKETED}))?"
_NAME = rf"(?P<name>[^\W_][^:：\t\n]{{0,{NAME_LENGTH}}}?)"
_WORD_NAME = rf"(?P<name>[^\W\d_][^:：\t\n\[\]()（）<>]{{0,{NAME_LENGTH}}}?)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁΑ-ΩŁŚŻŹĆŃĄĘŠČŽĐĞİŞ]"


@dataclass(frozen=True, slots=True)
class Convention:
    """One way of marking speakers.

    Attributes:
        key: Its name in `Transcript.convention` and in choices.
        example: What it looks like.
        pattern: See the module.
        alone: The label has a line to itself; what is said follows below.
        named: The convention names speakers; otherwise it shows where turns begin, and names few.
        evident: A time code or sign makes every label evident, even one that occurs once.
    """

    key: str
    example: str
    pattern: re.Pattern[str]
    alone: bool = False
    named: bool = True
    evident: bool = False

    @property
    def label(self) -> Message:
        """The sentence that offers to read a file in this way."""
        return say("Speakers are marked like this: {example}", example=self.example)


CONVENTIONS = (
    Convention(
        "colon",
        "Anna: …",
        # A colon inside a time (12:30), an address (http://) or a smiley is none of a label.
        re.compile(
            rf"{_BEFORE}(?P<sign>>>\s?|\*\*|__)?[\[【<]?{_NAME}[\]】>]?(?:\*\*|__)?{_AFTER}{_MARKS}"
            rf"(?::(?![\d/\\)|*]\S)|：|:(?=\*\*|__))(?:\*\*|__)?{_LATER}"
        ),
    ),
    Convention(
        "brackets",
        "[Anna] …",
        re.compile(
            rf"{_BEFORE}[\[【<](?P<name>[^\W\d_][^\[\]【】<>/\n]{{0,{NAME_LENGTH}}})[\]】>]"
            rf"(?:\s{{1,8}}(?P<after>{STAMP})\s{{0,40}}$|{_LATER})"
        ),
        evident=True,
    ),
    Convention(
        "name-time",
        "Anna (00:12)",
        re.compile(
            rf"{_MARKS}{_WORD_NAME}(?:\s{{1,8}}(?:[-–—|,]\s{{1,8}})?|,\s|(?=[\[(（［【<#]))"
            rf"(?P<after>{STAMP})\s?[:：]?\s{{0,40}}$"
        ),
        alone=True,
        evident=True,
    ),
    Convention(
        "time-name",
        "[00:12:03] Anna",
        re.compile(rf"{_MARKS}{_OPENING}(?:[-–—|,]\s{{0,3}})?{_WORD_NAME}\s?[:：]?\s{{0,40}}$"),
        alone=True,
        evident=True,
    ),
    Convention(
        "name-time-text",
        "Anna (00:12) …",
        re.compile(rf"{_MARKS}{_WORD_NAME}\s{{1,8}}(?P<after>{BRACKETED})\s"),
        evident=True,
    ),
    Convention(
        "arrows",
        ">> …",
        re.compile(rf"{_BEFORE}(?P<sign>>>+\s?|&gt;&gt;\s?)(?:{_WORD_NAME}[:：](?!\S))?"),
        named=False,
        evident=True,
    ),
    Convention(
        "letter",
        "Q. … A. …",
        re.compile(
            rf"{_BEFORE}(?P<name>{_CAPITAL}{{1,3}}\d{{0,3}}|[问答問문답])[.)．、]{_LATER}(?=\s|$)"
        ),
    ),
    Convention("tab", "Anna ⇥ …", re.compile(rf"{_BEFORE}{_NAME}{_AFTER}\s?\t"), evident=True),
    Convention(
        "chat",
        "3.5.24, 14:05 - Anna: …",
        # The time of day at which a message was sent is no time of a recording.
        re.compile(
            rf"{_MARKS}\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
            rf"(?:\s?[AaPp]\.?[Mm]\.?)?\]?(?:\s?[-–])?\s{_WORD_NAME}:(?=\s|$)"
        ),
        evident=True,
    ),
    Convention("dash", "Anna – …", re.compile(rf"{_BEFORE}{_WORD_NAME}\s[-–—]{{1,2}}\s")),
    Convention("quotes", "田中「…」", re.compile(rf"{_BEFORE}{_WORD_NAME}(?=[「『])")),
    Convention(
        "capitals",
        "ANNA …",
        re.compile(
            rf"{_BEFORE}(?P<name>{_CAPITAL}{{2,20}}"
            rf"(?:[ .-]{{1,2}}{_CAPITAL}{{2,20}}|\s{_CAPITAL}\.|\s\d{{1,2}}){{0,3}})"
            r"\.?\s{1,8}(?=\S)"
        ),
    ),
    Convention(
        "line",
        "Anna ↵ …",
        re.compile(
            rf"{_BEFORE}(?P<sign>\*\*|__)?(?P<name>[^\W_][^:：\t\n!?。！？…,，;；؟،؛]{{0,40}}?(?<![.]))(?:\*\*|__)?\s{{0,40}}$"
        ),
        alone=True,
    ),
    Convention(
        "time",
        "[00:12:03] …",
        re.compile(rf"{_MARKS}(?P<before>{STAMP})(?:\s{{0,8}}[-–—|]\s|\s|$)"),
        named=False,
        evident=True,
    ),
    Convention("hyphen", "– …", re.compile(rf"{_MARKS}[-–—―]{{1,2}}\s?(?=\S)"), named=False),
)

BY_KEY = {convention.key: convention for convention in CONVENTIONS}
BOLD = Convention("bold", "**Anna** …", re.compile(r"(?!)"))
"""Labels in bold type: found by the reader of the file, not by a pattern."""

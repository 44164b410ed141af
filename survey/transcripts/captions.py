"""WebVTT, SubRip (SRT) and SBV captions.

Read here rather than with webvtt-py and srt, which give a cue one speaker at most and stop at, or
drop, what is damaged; both serve the tests as second opinions.
Format: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from i18n import say
from survey.transcripts import detection, limits
from survey.transcripts.conventions import BY_KEY
from survey.transcripts.cues import Cue, join, read_cues
from survey.transcripts.detection import Script
from survey.transcripts.model import Reading, TranscriptError
from survey.transcripts.timecodes import CLOCK, seconds

_TIMING = re.compile(rf"\s{{0,20}}({CLOCK})\s{{0,9}}(?:-->|,)\s{{0,9}}({CLOCK})(?=\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,200})>")
_VOICE_END = re.compile(r"</v\s{0,9}>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,300}>|\{\\[^{}]{0,60}\}")
_INNER_TIME = re.compile(r"<\d{1,3}:\d{2}[:.\d]{2,12}>")
_NAMED_ID = re.compile(r"\d{1,9}\s+\"([^\"]{1,80})\"")
_IN_CUES = tuple(BY_KEY[key] for key in ("colon", "brackets", "arrows"))


@dataclass(slots=True)
class _Block:
    start: float | None
    end: float | None
    identifier: str
    lines: list[str] = field(default_factory=list)


def read_captions(filename: str, text: str, choice: str | None = None) -> Reading:
    """Read captions as turns.

    Speakers are voice tags (`<v Anna>`), names in cue ids (Webex) or labels in the words.

    Raises:
        TranscriptError: If no cue says anything.
    """
    blocks = _blocks(text.split("\n"))
    if len(blocks) > limits.TURNS:
        raise TranscriptError(
            say("{file} has more than {count} turns.", file=filename, count=limits.TURNS)
        )
    if _INNER_TIME.search(text):
        _unroll(blocks)
    cues = [cue for block in blocks for cue in _voices(block)]
    if any(cue.speaker for cue in cues):
        return read_cues(filename, _flat(cues), "voices", choice)
    script = Script([line for cue in cues for line in cue.text.split("\n")])
    ranked = detection.rank(script, _IN_CUES)
    if not ranked:
        return read_cues(filename, _flat(_dashes(cues)), "none", choice)
    found = detection.hits(script, ranked[0])
    if ranked[0].named:
        speakers = detection.judged(found, ranked[0], script.lines).speakers
        found = [hit for hit in found if hit.name in speakers]
    labelled = {hit.line: hit for hit in found}
    return read_cues(filename, _flat(_labelled(cues, labelled)), ranked[0].key, choice)


def looks_like_captions(text: str) -> str | None:
    """Return `webvtt` or `srt` if a text holds captions, else None."""
    if text[:6] == "WEBVTT":
        return "webvtt"
    lines = text[:4_000].split("\n")[:30]
    filled = [line for line in lines if line.strip()][:3]
    return "srt" if any(_TIMING.match(line) for line in filled[:2]) and _is_srt(lines) else None


def _is_srt(lines: Sequence[str]) -> bool:
    """Tell captions from a transcript whose time ranges stand above a name (Teams, Whisper)."""
    at = next(at for at, line in enumerate(lines) if _TIMING.match(line))
    numbered = at > 0 and lines[at - 1].strip().isdigit()
    return numbered or "," in lines[at]


def _blocks(lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    above = ""  # the line above, where it could be a cue's id
    open_block = False
    for line in lines:
        timing = _TIMING.match(line) if ":" in line else None
        if timing:
            if open_block and blocks and blocks[-1].lines and blocks[-1].lines[-1].isdigit():
                above = blocks[-1].lines.pop()
            blocks.append(_Block(seconds(timing[1]), seconds(timing[2]), above))
            open_block = True
        elif not line.strip():
            open_block = False
            above = ""
        elif open_block:
            blocks[-1].lines.append(line.strip())
        else:
            above = line.strip()
    return blocks


def _unroll(blocks: list[_Block]) -> None:
    """Drop the repeated first lines of captions that roll up the screen (YouTube)."""
    shown = ""
    for block in blocks:
        plain = [_plain(line) for line in block.lines]
        last = plain[-1] if plain else ""
        if shown and plain and plain[0] == shown:
            block.lines = block.lines[1:]
        shown = last or shown


def _voices(block: _Block) -> Iterator[Cue]:
    """Yield a cue for each voice in a block."""
    named = _NAMED_ID.match(block.identifier)
    speaker = named[1].strip() if named else None
    text = "\n".join(block.lines)
    begin = 0
    for voice in _VOICE.finditer(text):
        yield Cue(speaker, block.start, block.end, _plain(text[begin : voice.start()]))
        speaker = html.unescape(voice[1]).strip() or None
        begin = voice.end()
    yield Cue(speaker, block.start, block.end, _plain(text[begin:]))


def _plain(text: str) -> str:
    """Drop markup as browsers do: tags go, what they enclose stays."""
    text = _TAG.sub("", _VOICE_END.sub("", text)) if "<" in text or "{" in text else text
    return (html.unescape(text) if "&" in text else text).strip()


def _labelled(cues: Sequence[Cue], labelled: dict[int, detection.Hit]) -> Iterator[Cue]:
    """Yield cues cut at the labels in their words; one without a label continues the speaker."""
    speaker: str | None = None
    at = 0
    for cue in cues:
        words: list[str] = []
        for line in cue.text.split("\n"):
            hit = labelled.get(at)
            at += 1
            if hit:
                yield Cue(speaker, cue.start, cue.end, "\n".join(words))
                speaker = hit.name
                words = [line[hit.offset :].strip()]
            else:
                words.append(line)
        yield Cue(speaker, cue.start, cue.end, "\n".join(words))


def _dashes(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield a cue for each line where hyphens show that two people speak in one caption."""
    for cue in cues:
        lines = cue.text.split("\n")
        if len(lines) > 1 and all(line.startswith(("-", "–", "—")) for line in lines):
            for line in lines:
                yield Cue(None, cue.start, cue.end, line.lstrip("-–— "))
        else:
            yield cue


def _flat(cues: Sequence[Cue] | Iterator[Cue]) -> Iterator[Cue]:
    """Yield cues with their lines, which are the screen's, joined."""
    for cue in cues:
        pieces = [piece for line in cue.text.split("\n") if (piece := line.strip())]
        yield Cue(cue.speaker, cue.start, cue.end, join(pieces))

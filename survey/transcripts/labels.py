"""From lines of text to turns: choose the convention, judge the labels, cut."""

from __future__ import annotations

from dataclasses import replace

from i18n import say
from survey.transcripts import cutting, detection, heading, limits
from survey.transcripts.conventions import BOLD, BY_KEY, Convention
from survey.transcripts.cutting import Join
from survey.transcripts.detection import Hit, Script
from survey.transcripts.model import Choice, Reading, TranscriptError
from survey.transcripts.names import without_numbers

NONE = "none"
PARAGRAPHS = "paragraphs"
_NAMES_SHOWN = 6


def read_script(
    filename: str,
    script: Script,
    choice: str | None = None,
    *,
    join: Join = "\n".join,
) -> Reading:
    """Read lines as turns.

    Args:
        filename: For errors.
        script: The lines.
        choice: `labels:KEY` for a convention, `labels:KEY:all` to take all its labels for
            speakers, `labels:none` for one text without speakers, `labels:paragraphs` for a
            turn each paragraph.
        join: Makes one text of the lines of a turn.

    Raises:
        TranscriptError: If nothing is said in it, or far too much.
    """
    if len(script.lines) > limits.LINES:
        raise TranscriptError(
            say("{file} has more than {count} lines.", file=filename, count=limits.LINES)
        )
    if not detection.filled_lines(script.lines):
        raise TranscriptError(say("{file} holds no text.", file=filename))
    wanted, everyone = _wanted(filename, choice)
    facts, body = _split(script)
    ranked = detection.rank(body)
    key = wanted or (ranked[0].key if ranked else NONE)
    if key in {NONE, PARAGRAPHS}:
        cutter = cutting.whole if key == NONE else cutting.paragraphs
        reading = Reading(tuple(cutter(script.lines, join)), NONE)
    else:
        reading = _read_labelled(body, _convention(key), join, everyone=everyone)
        reading = replace(reading, heading="\n\n".join(filter(None, [facts, reading.heading])))
    if not any(turn.text for turn in reading.turns):
        raise TranscriptError(say("{file} has speakers' labels but no words.", file=filename))
    if len(reading.turns) > limits.TURNS:
        raise TranscriptError(
            say("{file} has more than {count} turns.", file=filename, count=limits.TURNS)
        )
    return replace(reading, choices=reading.choices + _other_conventions(ranked, key))


def _wanted(filename: str, choice: str | None) -> tuple[str, bool]:
    if choice is None:
        return "", False
    kind, _, rest = choice.partition(":")
    key, _, extra = rest.partition(":")
    if (
        kind != "labels"
        or key not in {*BY_KEY, BOLD.key, NONE, PARAGRAPHS}
        or extra not in {"", "all"}
    ):
        raise TranscriptError(
            say("{file} cannot be read in the way “{choice}”.", file=filename, choice=choice)
        )
    return key, extra == "all"


def _convention(key: str) -> Convention:
    return BOLD if key == BOLD.key else BY_KEY[key]


def _split(script: Script) -> tuple[str, Script]:
    """Part the facts above the interview from the rest."""
    at = heading.end_of_facts(script.lines)
    facts = "\n".join(script.lines[:at]).strip()
    bold = {line - at: size for line, size in script.bold.items() if line >= at}
    return facts, Script(script.lines[at:], bold)


def _read_labelled(
    script: Script, convention: Convention, join: Join, *, everyone: bool
) -> Reading:
    found = detection.hits(script, convention)
    if convention.alone:
        found = detection.followed(script.lines, found)
    doubtful: tuple[str, ...] = ()
    if convention.named:
        found = _one_spelling(found)
        judgement = detection.judged(found, convention, script.lines)
        doubtful = judgement.doubtful
        speakers = judgement.speakers | (set(doubtful) if everyone else set())
        found = [hit for hit in found if hit.name in speakers]
    first = found[0].line if found else len(script.lines)
    title, opening = cutting.before_first(script.lines, first, join)
    turns = cutting.cut(script.lines, found, join)
    if opening:
        turns.insert(0, opening)
    return Reading(tuple(turns), convention.key, title, choices=_everyone(convention, doubtful))


def _one_spelling(found: list[Hit]) -> list[Hit]:
    """Give every label the spelling in which it first occurs, and numbered questions one label."""
    labels = [hit.name for hit in found if hit.name]
    numbered = without_numbers(labels)
    spelling: dict[str, str] = {}
    for label in labels:
        spelling.setdefault(label.casefold(), numbered.get(label, label))
    return [
        hit
        if hit.name is None or hit.name == spelling[hit.name.casefold()]
        else replace(hit, name=spelling[hit.name.casefold()])
        for hit in found
    ]


def _everyone(convention: Convention, doubtful: tuple[str, ...]) -> tuple[Choice, ...]:
    if not doubtful:
        return ()
    shown = ", ".join(doubtful[:_NAMES_SHOWN]) + (" …" if len(doubtful) > _NAMES_SHOWN else "")
    label = say("These are speakers too: {names}", names=shown)
    return (Choice(f"labels:{convention.key}:all", label),)


def _other_conventions(ranked: list[Convention], used: str) -> tuple[Choice, ...]:
    others = [Choice(f"labels:{other.key}", other.label) for other in ranked if other.key != used]
    if used != NONE:
        others.append(Choice(f"labels:{NONE}", say("Nobody is named: it is one text.")))
    others.append(
        Choice(f"labels:{PARAGRAPHS}", say("Nobody is named: every paragraph is a turn."))
    )
    return tuple(others)

"""Reading transcripts: how many turns come out right, and how fast.

The real interviews are judged against their own plain rule (`User:`, `AI:` or `Assistant:` at the
beginning of a line opens a turn); the made ones against the truth they were written from.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from bench.report import report
from bench.transcript_files import NAMES, SENTENCES, Made, all_files, pdf_of, wrapped
from survey.transcripts import TranscriptError, Turn, read, read_table

REAL = (
    Path(__file__).parents[2] / "shared" / "benchmarks" / "creative-interviews" / "interviews.csv"
)
SEEDS = 3
LABEL = re.compile(r"^(User|AI|Assistant):", re.MULTILINE)


def main() -> None:
    """Measure and print the JSON line."""
    figures = {
        "made_turns_right": made_share(),
        "plain_text_mb_per_s": plain_speed(),
        **long_interview(),
    }
    goals = {
        "made_turns_right": (">=", 0.99),
        "plain_text_mb_per_s": (">=", 5.0),
        "interview_20000_words_s": ("<=", 1.0),
        "pdf_20000_words_s": ("<=", 1.0),
    }
    if REAL.exists():
        figures["real_interviews"], figures["real_turns_right"] = real_share()
        goals["real_turns_right"] = (">=", 0.99)
    else:
        print(f"The real interviews are not here ({REAL.name}); they are left out.")
    report("transcripts", figures, goals, runs=SEEDS)


def made_share() -> float:
    """Return the share of made turns read right, and print the kinds of files that are not."""
    right: defaultdict[str, int] = defaultdict(int)
    total: defaultdict[str, int] = defaultdict(int)
    for seed in range(SEEDS):
        for language in NAMES:
            for made in all_files(language, seed):
                good, all_turns = compare(made)
                right[made.kind] += good
                total[made.kind] += all_turns
                if good < all_turns and "-v" in sys.argv:
                    print(f"{language} {seed} {made.kind}: {good} of {all_turns}")
    for kind in sorted(total):
        if right[kind] < total[kind]:
            print(f"{kind}: {right[kind]} of {total[kind]} turns right")
    print(f"{sum(total.values())} turns in {len(total)} kinds of files, {len(NAMES)} languages")
    return sum(right.values()) / sum(total.values())


def compare(made: Made) -> tuple[int, int]:
    """Return how many of the turns of a file are read right, and how many there are."""
    try:
        turns = read(made.filename, made.content).turns
    except TranscriptError:
        return 0, len(made.truth)
    want = [
        (said.speaker if made.named else None, squeezed(said.text), said.start if made.timed else 0)
        for said in made.truth
    ]
    got = [
        (turn.speaker, squeezed(turn.text), round(turn.start or 0, 1) if made.timed else 0)
        for turn in turns
    ]
    matcher = SequenceMatcher(None, want, got, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    return right, max(len(want), len(got))


def squeezed(text: str) -> str:
    """Return a text without white space, which formats keep differently."""
    return "".join(text.split())


def real_share() -> tuple[float, float]:
    """Return the number of real interviews and the share of their turns read right."""
    right = total = 0
    interviews = read_table(REAL.name, REAL.read_bytes())
    for key, text in interviews:
        want = expected(text)
        got = [(turn.speaker, turn.text) for turn in turns_of(key, text)]
        right += sum(mine == theirs for mine, theirs in zip(got, want, strict=False))
        total += max(len(want), len(got))
    return float(len(interviews)), right / total


def turns_of(key: str, text: str) -> Sequence[Turn]:
    """Read an interview's text as a file of its own."""
    return read(f"{key}.txt", text.encode()).turns


def expected(text: str) -> list[tuple[str, str]]:
    """Cut a real interview by its plain rule."""
    found = list(LABEL.finditer(text))
    ends = [label.start() for label in found[1:]] + [len(text)]
    return [
        (label[1], text[label.end() : end].strip()) for label, end in zip(found, ends, strict=True)
    ]


def plain_speed() -> float:
    """Return megabytes of plain text read in a second, the slowest of the languages."""
    speeds = []
    for language in NAMES:
        rng = random.Random(language)
        lines: list[str] = []
        size = 0
        while size < 4_000_000:
            line = (
                f"{rng.choice(NAMES[language][:2])}: {' '.join(rng.sample(SENTENCES[language], 3))}"
            )
            lines += [line, ""]
            size += len(line.encode())
        content = "\n".join(lines).encode()
        speeds.append(len(content) / 1e6 / seconds(content, runs=5))
    return min(speeds)


def long_interview() -> dict[str, float]:
    """Return the seconds it takes to read an interview of 20,000 words: text and Word, and PDF."""
    from io import BytesIO

    from docx import Document

    rng = random.Random(20_000)
    turns: list[tuple[str, str]] = []
    while sum(len(words.split()) for _, words in turns) < 20_000:
        turns.append((NAMES["en"][len(turns) % 2], " ".join(rng.sample(SENTENCES["en"], 5))))
    said = [f"{name}: {words}" for name, words in turns]
    document = Document()
    for line in said:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    pdf = pdf_of([line for turn in said for line in wrapped(turn, 78, spaced=True)])
    return {
        "interview_20000_words_s": max(
            seconds(content, runs=5) for content in ("\n\n".join(said).encode(), out.getvalue())
        ),
        "pdf_20000_words_s": seconds(pdf, runs=5),
    }


def seconds(content: bytes, *, runs: int) -> float:
    """Return the shortest of some times to read a file: what else runs only ever adds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        read("interview", content)
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    csv.field_size_limit(10_000_000)
    main()

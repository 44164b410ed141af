"""What a code means, as one text: description, when to use it, when not, and examples.

Other programs know one description of a code. Ours is written into it under headings that people
read as they are, so that it can be taken apart again exactly. A line that is a heading by itself
gets a backslash before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADINGS = ("Include:", "Exclude:", "Examples:", "Memo:")
HEADING = re.compile(r"\\*(?:Include|Exclude|Examples|Memo):")
ITEM, INDENT = "- ", "  "


@dataclass(frozen=True)
class Definition:
    """What a code means."""

    description: str = ""
    includes: str = ""
    excludes: str = ""
    examples: tuple[str, ...] = ()
    memo: str = ""


def joined(definition: Definition) -> str:
    """Return a definition as one text."""
    parts = [_kept(definition.description)]
    listed = "\n".join(
        ITEM + example.strip().replace("\n", "\n" + INDENT) for example in definition.examples
    )
    texts = (_kept(definition.includes), _kept(definition.excludes), listed, _kept(definition.memo))
    parts += [f"{name}\n{text}" for name, text in zip(HEADINGS, texts, strict=True) if text]
    return "\n\n".join(part for part in parts if part)


def with_memo(text: str, memo: str) -> str:
    """Return a definition, written as one text, with a memo behind it."""
    memo = _kept(memo)
    return "\n\n".join(part for part in (text, f"{HEADINGS[3]}\n{memo}" if memo else "") if part)


def taken_apart(text: str) -> Definition:
    """Return the definition that a text says; without our headings all of it is description."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in text.split("\n"):
        if line in HEADINGS and line not in found:
            heading = line
            found[heading] = []
        else:
            unguarded = line.startswith("\\") and HEADING.fullmatch(line)
            found[heading].append(line[1:] if unguarded else line)
    plain = {name: "\n".join(lines).strip() for name, lines in found.items()}
    return Definition(
        description=plain[""],
        includes=plain.get("Include:", ""),
        excludes=plain.get("Exclude:", ""),
        examples=tuple(_items(plain.get("Examples:", ""))),
        memo=plain.get("Memo:", ""),
    )


def _kept(text: str) -> str:
    """Guard the lines of a text that would be taken for headings."""
    lines = text.strip().split("\n")
    return "\n".join("\\" + line if HEADING.fullmatch(line) else line for line in lines)


def _items(text: str) -> list[str]:
    items: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith(ITEM):
            items.append([line.removeprefix(ITEM)])
        elif items:
            items[-1].append(line.removeprefix(INDENT))
        elif line:
            items.append([line])
    return ["\n".join(item).strip() for item in items]

"""What is noted while a file is read or taken in: counted, with some examples of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n import Message, say

EXAMPLES = 20
"""Sentences of one kind that are said one by one."""


class Findings:
    """Sentences in the order in which their kinds first occurred."""

    def __init__(self) -> None:
        self._said: dict[str, list[Message]] = {}
        self._counts: Counter[str] = Counter()

    def note(self, message: Message) -> None:
        """Note one thing; beyond the first of its kind only their number is kept."""
        self._counts[message.text] += 1
        kept = self._said.setdefault(message.text, [])
        if len(kept) < EXAMPLES and message not in kept:
            kept.append(message)

    def count(self, message: Message, times: int = 1) -> None:
        """Count things of a kind that are only said with their number, as `count`."""
        if times:
            self._counts[message.text] += times
            self._said[message.text] = [
                Message(message.text, {**message.arguments, "count": self._counts[message.text]})
            ]

    def __iter__(self) -> Iterator[Message]:
        for text, messages in self._said.items():
            yield from messages
            more = self._counts[text] - len(messages)
            if more > 0 and not any("count" in each.arguments for each in messages):
                yield say("And {count} more like this.", count=more)

    def __len__(self) -> int:
        return sum(self._counts.values())

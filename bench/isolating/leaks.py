"""Finding what belongs to the other study in what somebody was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bench.isolating.other_study import MARK, Other

KEY = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Findings:
    """What was checked, and what was found.

    Attributes:
        other: The other study.
        checked: How many were checked, by kind.
        leaks: What showed something of the other study, and what.
        crashes: What failed in a way that nobody foresaw.
    """

    other: Other
    checked: dict[str, int] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def look(self, kind: str, what: str, shown: bytes, *, listed: bool = False) -> None:
        """Check what somebody was shown.

        Args:
            kind: Of what it is one.
            what: What it is, for whoever mends it.
            shown: What was shown.
            listed: Whether it is a list of one's own studies, on which the other study's name may
                stand: somebody in both has to choose.
        """
        self.checked[kind] = self.checked.get(kind, 0) + 1
        for text in self.other.names if listed else ():
            shown = shown.replace(text.encode(), b"")
        if MARK.encode() in shown:
            place = shown.index(MARK.encode())
            self.leaks.append(f"{what}: …{shown[max(0, place - 60) : place + 20]!r}")
            return
        found = {key.decode() for key in KEY.findall(shown)} & self.other.ids
        if found:
            self.leaks.append(f"{what}: the keys {sorted(found)[:3]}")

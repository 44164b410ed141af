"""How much of the server a device may use, and how much all those together who prove nothing.

Nothing is counted per address: hundreds of people may come from one.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

PART, SEND = 1.0, 6.0
"""What it costs to have a page follow its form, and to send an answer."""
MOST_DEVICES = 50_000
"""So many devices are remembered; whoever was not here for longest is forgotten first."""


class Buckets:
    """What devices have left: a bucket for each that fills up slowly.

    Args:
        size: How much a device may use at once.
        a_second: How much comes back each second.
    """

    def __init__(self, size: float, a_second: float) -> None:
        self.size = size
        self.a_second = a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, device: str, cost: float, *, now: float | None = None) -> float:
        """Take a cost from what a device has left.

        Returns:
            0 where it was taken; else after how many seconds there is enough.
        """
        moment = time.monotonic() if now is None else now
        left, since = self._left.pop(device, (self.size, moment))
        left = min(self.size, left + (moment - since) * self.a_second)
        enough = left >= cost
        self._left[device] = (left - cost if enough else left, moment)
        if len(self._left) > MOST_DEVICES:
            self._left.popitem(last=False)
        return 0.0 if enough else (cost - left) / self.a_second


class Lane:
    """Those who prove nothing, one behind the other: browsers without scripts, and scripts.

    They wait their turn, which costs the server nothing; where too many wait, the next is sent
    away at once.

    Args:
        a_second: How many go on in a second.
        burst: How many go on at once after a quiet while.
        most: How many may wait.
    """

    def __init__(self, a_second: float, *, burst: int, most: int) -> None:
        self.gap = 1 / a_second
        self.burst = burst
        self.most = most
        self._next = 0.0

    async def turn(self) -> bool:
        """Wait for one's turn; False at once where too many wait."""
        now = time.monotonic()
        turn = max(self._next, now - self.burst * self.gap)
        wait = turn - now
        if wait > self.most * self.gap:
            return False
        self._next = turn + self.gap
        if wait > 0:
            await asyncio.sleep(wait)
        return True

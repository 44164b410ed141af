"""Visitors of a public link over real HTTP, as their browsers speak, and a script that floods."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from server.public import tickets
from survey.audience.receipts import new_code

ASSETS = re.compile(rb'"(/public/[^"]+)"')
HIDDEN = re.compile(rb'name="(instance|receipt|ticket|language)" value="([^"]*)"')
MODULES = ("keeping.js", "following.js", "sending.js", "work.js")


@dataclass
class Measured:
    """What visitors met with.

    Attributes:
        seconds: How long each request took, by its kind.
        refused: How many were not answered with what was asked for, by kind and status.
        kept: The instances that the server said it received.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)

    def note(self, kind: str, seconds: float, status: int) -> None:
        """Note one request."""
        self.seconds.setdefault(kind, []).append(seconds)
        if status != 200:
            self.refused[f"{kind} {status}"] += 1


class Connection:
    """A connection that is kept open, as browsers keep theirs."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, *, body: bytes | None = None, proof: str = ""
    ) -> tuple[int, bytes]:
        """Ask for something and return the status and the body of the answer."""
        try:
            return await self._asked(path, body, proof)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server has closed a connection that was quiet for long: browsers open another.
            self.close()
            return await self._asked(path, body, proof)

    async def _asked(self, path: str, body: bytes | None, proof: str) -> tuple[int, bytes]:
        if self._streams is None:
            name, _, port = self.host.partition(":")
            self._streams = await asyncio.open_connection(name, int(port))
        reader, writer = self._streams
        lines = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
            f"Host: {self.host}",
            "Accept: text/html",
            "Accept-Language: de",
            *([f"Cookie: {tickets.COOKIE}={self.cookie}"] if self.cookie else []),
            *([f"X-Proof: {proof}"] if proof else []),
        ]
        if body is not None:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        writer.write("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        await writer.drain()
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, length = int(head[0].split()[1]), 0
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "set-cookie" and value.startswith(f"{tickets.COOKIE}="):
                self.cookie = value.partition("=")[2].partition(";")[0]
            elif name.lower() == "connection" and value.lower() == "close":
                self._streams = None
        return status, await reader.readexactly(length)

    def close(self) -> None:
        """Close it."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


def answers() -> list[tuple[str, str]]:
    """Return the answers of a visitor to the five questions of the example."""
    noticed = random.choice(["yes", "sometimes"])
    return [
        ("a:/data/sincere", str(random.randint(0, 10))),
        ("a:/data/noticed", noticed),
        ("a:/data/effect", random.choice(["helped", "both", "hindered"])),
        ("a:/data/author", random.choice(["people", "both", "machine"])),
        ("a:/data/moment", "Die Großmutter am Fenster, als niemand etwas sagte."),
    ]


@dataclass
class Crowd:
    """Visitors behind one address.

    Attributes:
        host: Where the server listens.
        pool: Processes that do the small work of each page, beside the measuring.
        measured: What they meet with.
    """

    host: str
    pool: ProcessPoolExecutor
    measured: Measured = field(default_factory=Measured)

    async def _timed(
        self, kind: str, via: Connection, path: str, *, body: bytes | None = None, proof: str = ""
    ) -> tuple[int, bytes]:
        started = time.perf_counter()
        status, answer = await via.ask(path, body=body, proof=proof)
        self.measured.note(kind, time.perf_counter() - started, status)
        return status, answer

    async def prove(self, ticket: str) -> str:
        """Do the small work for a ticket."""
        loop = asyncio.get_running_loop()
        return f"{ticket}:{await loop.run_in_executor(self.pool, tickets.prove, ticket)}"

    async def visitor(self, slug: str, *, arrives: float, stays: float, live: bool) -> None:
        """Come at some moment, answer five questions in so many seconds, and send.

        Args:
            slug: The link.
            arrives: Seconds from now.
            stays: Seconds from seeing the page to sending.
            live: Whether the page asks the server what follows from each answer.
        """
        await asyncio.sleep(arrives)
        via = Connection(self.host)
        _, page = await self._timed("page", via, f"/q/{slug}")
        assets = [address.decode() for address in ASSETS.findall(page)]
        version = assets[-1].partition("?")[2]
        for address in [*assets, *(f"/public/{name}?{version}" for name in MODULES)]:
            await self._timed("asset", via, address)
        hidden = [(name.decode(), value.decode()) for name, value in HIDDEN.findall(page)]
        proof = await self.prove(dict(hidden)["ticket"])
        given = list[tuple[str, str]]()
        for answer in answers():
            await asyncio.sleep(stays / 5)
            given.append(answer)
            if live:
                body = urlencode([*hidden, *given]).encode()
                await self._timed("part", via, f"/q/{slug}/part", body=body, proof=proof)
        await self._send(via, f"/q/{slug}", [*hidden, *given], proof)
        via.close()

    async def kiosk(self, slug: str, *, count: int, seconds: float, away: float) -> None:
        """Be a kiosk for so many visitors, without a network for a part of the time.

        Args:
            slug: The link.
            count: How many answer.
            seconds: For how long.
            away: Which part of it passes without a network, at its beginning.
        """
        via = Connection(self.host)
        _, page = await self._timed("page", via, f"/k/{slug}")
        found = re.search(rb"&quot;ticket&quot;: &quot;([0-9a-f.]+)&quot;", page)
        assert found
        proof = await self.prove(found[1].decode())
        started, waiting = time.monotonic(), list[tuple[float, list[tuple[str, str]]]]()
        for _ in range(count):
            await asyncio.sleep(seconds / count)
            fresh = [("instance", str(uuid4())), ("receipt", new_code()), ("language", "de")]
            waiting.append((time.monotonic(), [*fresh, *answers()]))
            if time.monotonic() - started < away * seconds:
                continue
            while waiting:
                at, pairs = waiting[0]
                age = ("age", str(int(time.monotonic() - at)))
                if not await self._send(via, f"/k/{slug}", [*pairs, age], proof):
                    break
                waiting.pop(0)
        via.close()

    async def _send(
        self, via: Connection, path: str, pairs: Sequence[tuple[str, str]], proof: str
    ) -> bool:
        status, _ = await self._timed(
            "send", via, path, body=urlencode(pairs).encode(), proof=proof
        )
        if status == 200:
            self.measured.kept.add(dict(pairs)["instance"])
        return status == 200


async def flood(host: str, slug: str, *, seconds: float, a_second: float) -> Counter[int]:
    """Send what a script could think of, each on a connection of its own; count the answers.

    It takes pages, asks for pages that must be made first, sends without anything, with one cookie
    over and over, with one proven ticket over and over, and with a fresh ticket each time.
    """
    one = Connection(host)
    _, page = await one.ask(f"/q/{slug}")
    ticket = dict(HIDDEN.findall(page))[b"ticket"].decode()
    proof = f"{ticket}:{tickets.prove(ticket)}"
    statuses: Counter[int] = Counter()
    running: set[asyncio.Task[None]] = set()

    async def strike(number: int) -> None:
        via = Connection(host)
        kind = number % 6
        body = urlencode([("instance", str(uuid4())), ("receipt", new_code()), *answers()]).encode()
        try:
            if kind == 0:
                status, _ = await via.ask(f"/q/{slug}")
            elif kind == 1:
                status, _ = await via.ask(f"/q/{slug}?film={number}")
            elif kind == 4:
                status, _ = await via.ask(f"/q/{slug}", body=body, proof=proof)
            else:
                via.cookie = {2: "", 3: one.cookie, 5: tickets.issue()}[kind]
                status, _ = await via.ask(f"/q/{slug}", body=body)
            statuses[status] += 1
        except (OSError, asyncio.IncompleteReadError):
            statuses[0] += 1
        finally:
            via.close()

    started = time.monotonic()
    for number in range(int(seconds * a_second)):
        pause = started + number / a_second - time.monotonic()
        if pause > 0:
            await asyncio.sleep(pause)
        task = asyncio.create_task(strike(number))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.sleep(1)
    for task in list(running):
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    one.close()
    return statuses

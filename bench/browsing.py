"""A browser without a screen: it speaks Streamlit's own websocket protocol and our plain routes.

It does what the page in a browser does for the server, and nothing else, so that two hundred of
them fit beside the server on the same machine.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

SMALL = 200
"""Bytes: the message that says that a script has finished is shorter than this."""
PATIENCE = 60.0


class BrokenError(Exception):
    """The server did not do what was asked."""


@dataclass
class Browser:
    """One person's device, signed in.

    Attributes:
        host: `localhost:8501`.
        cookie: What the server gave it.
        screen: The address of the screen it opens; empty for the first one.
    """

    host: str
    cookie: str
    screen: str = ""
    _page: str = ""
    _socket: ClientConnection | None = None
    _lines: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(
        default=None, repr=False
    )

    async def open(self) -> float:
        """Connect and draw the screen; return the seconds until it has finished."""
        self._socket = await connect(
            f"ws://{self.host}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item] # a plain string is one
            additional_headers={"Cookie": f"zhenqing={self.cookie}"},
            origin=f"http://{self.host}",  # type: ignore[arg-type] # as above
            compression=None,
            max_size=None,
        )
        return await self.rerun()

    async def rerun(self) -> float:
        """Run the screen once more, as a click does; return the seconds until it has finished.

        Raises:
            BrokenError: The script did not finish as it should.
        """
        assert self._socket
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.page_name = "" if self._page else self.screen
        message.rerun_script.context_info.timezone = "Asia/Shanghai"
        message.rerun_script.context_info.locale = "en-US"
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await self._socket.recv()
                assert isinstance(data, bytes)
                if self._page and len(data) > SMALL:
                    continue
                answer = ForwardMsg.FromString(data)
                kind = answer.WhichOneof("type")
                if kind == "navigation" and not self._page:
                    self._page = answer.navigation.page_script_hash
                if kind == "script_finished":
                    if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                        raise BrokenError(f"the script finished with {answer.script_finished}")
                    return time.perf_counter() - begun

    async def put(self, path: str, content: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        """Send JSON as the page does while somebody writes.

        Returns:
            The seconds it took, and what the server answered.

        Raises:
            BrokenError: The status was not 200.
        """
        body = json.dumps(content).encode()
        head = (
            f"PUT {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: zhenqing={self.cookie}\r\n"
            "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            try:
                said, answer = await self._asked(head.encode() + body)
            except (asyncio.IncompleteReadError, ConnectionError):
                # The server closes what was idle for five seconds; a browser asks again.
                self._lines = None
                said, answer = await self._asked(head.encode() + body)
        seconds = time.perf_counter() - begun
        if not said.startswith("http/1.1 200"):
            raise BrokenError(f"{said.splitlines()[0]}: {answer[:200]!r}")
        return seconds, json.loads(answer)

    async def _asked(self, request: bytes) -> tuple[str, bytes]:
        """Send a request over the connection there is, or a new one; return head and body."""
        if self._lines is None or self._lines[0].at_eof():
            host, _, port = self.host.partition(":")
            self._lines = await asyncio.open_connection(host, int(port))
        reader, writer = self._lines
        writer.write(request)
        said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(said.partition("content-length:")[2].partition("\r")[0] or 0)
        return said, await reader.readexactly(length)

    async def close(self) -> None:
        """Disconnect."""
        if self._lines:
            self._lines[1].close()
        if self._socket:
            await self._socket.close()

"""A real SMTP server for tests that can be told to misbehave."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class MailServer:
    """Takes letters and remembers them.

    Attributes:
        letters: What was taken, in order.
        raw: The same as it came.
        answers: What to say, in order, instead of taking the next letters: `rcpt 450`, `data 554`
            and so on; `vanish` ends the connection after the letter was kept and before the answer,
            `cut` ends it when the recipient is named, `hang at the recipient` and `hang after the
            letter` let the client wait.
        password: What whoever sends has to know, after STARTTLS; nobody is asked where it is empty.
        encryption: With what it offers STARTTLS, if it does.
        hangs: For how many seconds.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: list[str] = []
        self.hangs = 0.5
        self.password = ""
        self.encryption: ssl.SSLContext | None = None
        self.port = free_port()

    def _made(self) -> Controller:
        return Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self._authenticates,
            auth_required=bool(self.password),
            tls_context=self.encryption,
        )

    def _authenticates(
        self,
        server: SMTP,  # noqa: ARG002 - so is what it is called with
        session: Session,  # noqa: ARG002 - as above
        envelope: Envelope,  # noqa: ARG002 - as above
        mechanism: str,  # noqa: ARG002 - as above
        said: LoginPassword,
    ) -> AuthResult:
        return AuthResult(success=said.password == self.password.encode())

    def start(self) -> None:
        self._controller = self._made()
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Refuse every connection for a while."""
        self.stop()
        yield
        self.start()

    def count(self) -> Counter[str]:
        """Return how many letters each address got."""
        return Counter(str(letter["To"]) for letter in self.letters)

    def _told(self, what: str) -> str | None:
        """Return the next answer if it is of this kind."""
        if self.answers and self.answers[0].startswith(what):
            return self.answers.pop(0)
        return None

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002 - so is what it is called with
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002 - as above
    ) -> str:
        if self._told("cut"):
            server.transport.abort()  # type: ignore[union-attr] # there is one while it speaks
            return "421 gone"
        if self._told("hang at the recipient"):
            await asyncio.sleep(self.hangs)
        if told := self._told("rcpt"):
            return f"{told.split()[1]} not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002 - as above
        envelope: Envelope,
    ) -> str:
        assert isinstance(envelope.content, bytes)
        letter: Any = message_from_bytes(envelope.content, policy=default)
        if told := self._told("data"):
            return f"{told.split()[1]} not this"
        self.letters.append(letter)
        self.raw.append(envelope.content)
        if self._told("hang after the letter"):
            await asyncio.sleep(self.hangs)
        if self._told("vanish"):
            server.transport.abort()  # type: ignore[union-attr] # as above
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

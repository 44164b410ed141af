"""The way to the mail server: handing over one letter and knowing what became of it.

`smtplib.SMTP.sendmail` cannot say when exactly a letter left the house. Here the steps before its
text (RFC 5321, 4.1.1) are apart from the text itself: whatever fails before is certain, and only a
connection that breaks after the text was sent and before the answer came leaves it unknown.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from settings import settings

SECONDS = 20.0
"""For so long each step before the text may take."""

ANSWER_SECONDS = 120.0
"""For so long the server may look at a text before it says whether it takes it."""

LETTERS_A_CONNECTION = 50
"""Many servers end a connection after a hundred."""


class PostError(Exception):
    """A letter was not taken; the text is the kind of failure, without an address."""


class ClosedError(PostError):
    """The server cannot be used now, for no letter; this one certainly did not go out."""


class LaterError(PostError):
    """This letter was not taken now and certainly did not go out."""


class RefusedError(PostError):
    """This letter will never be taken, and certainly did not go out."""


class UnknownError(PostError):
    """Nobody can say whether this letter went out."""


class Post:
    """A connection to the operator's mail server, opened when the first letter is there."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._letters = 0

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def send(self, letter: EmailMessage, *, hand_over: Callable[[], bool]) -> bool:
        """Hand a letter to the server.

        Args:
            letter: With one sender and one recipient.
            hand_over: Called when the server is ready for the text and nothing of it was sent;
                what it returns says whether to send it.

        Returns:
            Whether it was sent: False only if `hand_over` said no.

        Raises:
            PostError: What became of it is said by the class.
        """
        smtp = self._connected()
        self._letters += 1
        text = _as_sent(letter)
        try:
            self._address(smtp, letter)
            if not hand_over():
                self._drop()
                return False
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._drop()
            raise LaterError("disconnected") from error
        except BaseException:
            self._drop()
            raise
        self._hand_over(smtp, text)
        return True

    def _connected(self) -> smtplib.SMTP:
        if self._smtp and self._letters >= LETTERS_A_CONNECTION:
            self._leave()
        if self._smtp is None:
            self._smtp, self._letters = _connect(), 0
        return self._smtp

    def _address(self, smtp: smtplib.SMTP, letter: EmailMessage) -> None:
        """Say from whom and to whom, and that the text comes now."""
        sender = letter["From"].addresses[0].addr_spec
        recipient = letter["To"].addresses[0].addr_spec
        if not recipient.isascii():
            raise RefusedError("address")
        smtp.ehlo_or_helo_if_needed()
        code, _ = smtp.mail(sender)
        if code != 250:
            self._drop()
            raise ClosedError(f"sender {code}")
        code, _ = smtp.rcpt(recipient)
        if code not in {250, 251}:
            raise _judged(code, "recipient")
        code, _ = smtp.docmd("DATA")
        if code != 354:
            raise _judged(code, "letter")

    def _hand_over(self, smtp: smtplib.SMTP, text: bytes) -> None:
        try:
            if smtp.sock:
                smtp.sock.settimeout(ANSWER_SECONDS)
            smtp.send(text)
            code, _ = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise UnknownError("no answer") from error
        if code != 250:
            self._drop()
            raise _judged(code, "letter")
        if smtp.sock:
            smtp.sock.settimeout(SECONDS)

    def _leave(self) -> None:
        """Say goodbye; what the server thinks of it no longer matters."""
        if self._smtp:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
        self._smtp = None

    def _drop(self) -> None:
        """Close the connection in the middle: the letter it was about did not go out by it."""
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _as_sent(letter: EmailMessage) -> bytes:
    """Return the text of a letter with its end, its dots doubled (RFC 5321, 4.5.2)."""
    text = re.sub(rb"(?m)^\.", b"..", letter.as_bytes())
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _judged(code: int, what: str) -> PostError:
    """Return what a refusal means: 4xx is for now, 5xx for good (RFC 5321, 4.2.1)."""
    if code == 421:
        return ClosedError(f"{what} {code}")
    return (RefusedError if 500 <= code < 600 else LaterError)(f"{what} {code}")


def _connect() -> smtplib.SMTP:
    """Open a connection as the operator set it.

    Raises:
        ClosedError: There is none, or the server does not let us in.
    """
    wanted = settings()
    place: dict[str, Any] = {
        "host": wanted.smtp_host,
        "port": wanted.smtp_port,
        "timeout": SECONDS,
    }
    smtp: smtplib.SMTP | None = None
    try:
        if wanted.smtp_security == "tls":
            smtp = smtplib.SMTP_SSL(**place, context=ssl.create_default_context())
        else:
            smtp = smtplib.SMTP(**place)
        if wanted.smtp_security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if wanted.smtp_user:
            smtp.login(wanted.smtp_user, wanted.smtp_password.get_secret_value())
    except (OSError, smtplib.SMTPException) as error:
        if smtp:
            smtp.close()
        raise ClosedError(_kind(error)) from error
    return smtp


def _kind(error: Exception) -> str:
    code = getattr(error, "smtp_code", None)
    return f"connection {code}" if code else f"connection {type(error).__name__}"

"""A .qdpx file: a zip archive, opened within limits, whose parts are read one by one."""

from __future__ import annotations

import zipfile
from io import BytesIO

from i18n import say
from nlp.exchange import limits
from nlp.exchange.refusal import ExchangeError

DIRECTORY_ENTRY = b"PK\x01\x02"


class Package:
    """A zip archive; nothing of it is unpacked that was not asked for, and nothing too large.

    Raises:
        ExchangeError: From every method, if the archive is broken, protected or a bomb.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > limits.FILE_BYTES or content.count(DIRECTORY_ENTRY) > limits.MEMBERS:
            raise too_large()
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except Exception as error:  # zipfile answers damage with a dozen kinds of errors
            raise broken() from error
        members = self._archive.infolist()
        # Names are told apart by the case of their letters in some systems and not in others.
        self._members = {member.filename.replace("\\", "/").lower(): member for member in members}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def ending(self, suffix: str) -> list[str]:
        """Return the names of parts with an ending, the least deep first."""
        names = [name for name in self._members if name.endswith(suffix)]
        return sorted(names, key=lambda name: (name.count("/"), name))

    def part(self, name: str, *, most: int) -> bytes:
        """Return one part, unpacked.

        Args:
            name: The part.
            most: How many bytes it may have.
        """
        member = self._members[name.lower()]
        most = min(most, limits.READ_BYTES - self._read)
        if member.file_size > most:
            raise too_large()
        try:
            with self._archive.open(member) as part:
                # The size an archive states may be a lie; what comes out counts.
                content = part.read(most + 1)
        except Exception as error:  # as above
            raise broken() from error
        if len(content) > most:
            raise too_large()
        self._read += len(content)
        return content


def broken() -> ExchangeError:
    """Say that an archive cannot be opened."""
    return ExchangeError(
        say("This file is damaged, incomplete or protected by a password and cannot be opened.")
    )


def too_large() -> ExchangeError:
    """Say that an archive holds too much."""
    return ExchangeError(say("This file unpacks to far more than a project of texts."))

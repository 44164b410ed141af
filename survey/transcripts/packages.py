"""Word and OpenDocument files are zip archives of XML: opened here, within limits."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from i18n import say
from survey.transcripts import limits
from survey.transcripts.model import TranscriptError

_DIRECTORY_ENTRY = b"PK\x01\x02"


class Package:
    """A zip archive whose parts are read one by one, none of them larger than allowed.

    Raises:
        TranscriptError: From every method, if the archive is broken, encrypted or a bomb.
    """

    def __init__(self, filename: str, content: bytes) -> None:
        self.filename = filename
        if content.count(_DIRECTORY_ENTRY) > limits.ARCHIVE_MEMBERS:
            raise self._too_large()
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except Exception as error:  # zipfile answers damage with a dozen kinds of errors
            raise self._broken() from error
        members = self._archive.infolist()
        self.names = frozenset(member.filename for member in members)
        if sum(member.file_size for member in members) > limits.ARCHIVE_BYTES:
            raise self._too_large()

    def part(self, name: str) -> bytes:
        """Return one part, unpacked."""
        try:
            if self._archive.getinfo(name).file_size > limits.PART_BYTES:
                raise self._too_large()
            with self._archive.open(name) as part:
                # The size an archive states may be a lie; what comes out counts.
                content = part.read(limits.PART_BYTES + 1)
        except TranscriptError:
            raise
        except Exception as error:
            raise self._broken() from error
        if len(content) > limits.PART_BYTES:
            raise self._too_large()
        return content

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; document types, and so entities, are refused."""
        content = self.part(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._broken()
        return root

    def _broken(self) -> TranscriptError:
        return TranscriptError(
            say(
                "{file} is damaged, incomplete or protected by a password and cannot be opened.",
                file=self.filename,
            )
        )

    def _too_large(self) -> TranscriptError:
        return TranscriptError(
            say("{file} unpacks to far more than an interview.", file=self.filename)
        )


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; nothing for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def nearest(element: etree._Element, name: str) -> etree._Element | None:
    """Return the closest element around this one with a name."""
    return next(element.iterancestors("{*}" + name), None)


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None

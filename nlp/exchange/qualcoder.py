"""What QualCoder writes otherwise than the standard says.

Seen in its exports: remarks on passages are written into the XML as they are, so that an `&` or a
`<` in one breaks the whole file; versions before 3.8 close marks on sound and film with a stray
apostrophe; the texts begin with a byte order mark and the folder is called `Sources`; a user or a
coding's author may be an empty GUID; a new GUID is drawn for everything at every export; on
Windows line feeds become two characters in the texts, and one in the positions. All but the first
two are read as they are (`texts_reading`, `detecting`, `guids`); here the XML is mended.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

ORIGIN = re.compile(rb"<Project[^>]{0,2000}\borigin=\"[^\"]{0,200}QualCoder", re.IGNORECASE)
REMARK = re.compile(r"(<PlainTextContent>)(.*?)(</PlainTextContent>)", re.DOTALL)
STRAY = re.compile(r"(</(?:Audio|Video)Selection)'>")


def mended(content: bytes) -> bytes | None:
    """Return the XML with what QualCoder leaves unescaped escaped; None where it is not its own.

    Args:
        content: XML that could not be read as it is.
    """
    if not ORIGIN.search(content[:10_000]):
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    text = STRAY.sub(r"\1>", text)
    return REMARK.sub(lambda found: found[1] + escape(found[2]) + found[3], text).encode()

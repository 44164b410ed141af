"""What a file is, judged by what is in it: names and what a sender says are not believed."""

from __future__ import annotations

MAX_MEGABYTES = {"image": 20, "audio": 50, "video": 50, "file": 20}
"""The largest file of each kind of question, in megabytes."""
ENDINGS: dict[str, tuple[str, ...]] = {
    "image": ("jpg", "jpeg", "png", "webp", "gif", "heic"),
    "audio": ("mp3", "m4a", "wav", "ogg", "opus", "flac", "aac", "amr", "webm"),
    "video": ("mp4", "mov", "webm", "mkv", "avi", "3gp", "mpg"),
    "file": (),
}
"""What the names of files of each kind end in; anything for `file`."""

# At which byte which bytes stand; from the registered media types and the formats' own texts.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
)
# The brands of the ISO base media format (ISO/IEC 14496-12) that are not films.
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
# What may be sound alone or a film; only a player could tell.
_EITHER = {
    "video/mp4": "audio/mp4",
    "video/webm": "audio/webm",
    "video/ogg": "audio/ogg",
}


def media_type(content: bytes) -> str:
    """Return the media type of a file, `application/octet-stream` where it is not recognised.

    Example:
        >>> media_type(b"GIF89a..."), media_type(b"<svg onload='alert(1)'>")
        ('image/gif', 'application/octet-stream')
    """
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content.startswith(b"\x1aE\xdf\xa3"):  # Matroska, of which WebM is a part
        return "video/webm" if b"webm" in content[:64] else "video/x-matroska"
    if content.startswith(b"OggS"):
        return "video/ogg" if b"theora" in content[:128] else "audio/ogg"
    for offset, signature, found in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return found
    return _frames(content)


def _frames(content: bytes) -> str:
    """Recognise sound that begins with a frame: MPEG layers and AAC (ISO/IEC 11172-3, 13818-7)."""
    if len(content) > 2 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0:
        return "audio/aac" if content[1] & 0xF6 == 0xF0 else "audio/mpeg"
    return "application/octet-stream"


# What the name of a file promises: the types that its content may have.
_PROMISED: dict[str, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    **dict.fromkeys(("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"), ("application/zip",)),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif"), ("image/",)),
    **dict.fromkeys(("mp4", "mov", "webm", "mkv", "avi", "3gp", "mpg"), ("video/", "audio/")),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg", "opus", "flac", "aac"), ("audio/", "video/")),
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/")


def keeps_promise(filename: str, content: bytes) -> bool:
    """Tell whether a file is what its name says, and no program.

    Example:
        >>> keeps_promise("portfolio.pdf", b"%PDF-1.7"), keeps_promise("portfolio.pdf", b"MZ...")
        (True, False)
    """
    if content.startswith(_PROGRAMS):
        return False
    promised = _PROMISED.get(filename.rpartition(".")[2].lower())
    return promised is None or media_type(content).startswith(promised)


def media_type_for(kind: str, content: bytes) -> str | None:
    """Return the media type of a file if it answers a question of a kind, else None.

    Args:
        kind: `image`, `audio`, `video` or `file`.
        content: What is in the file.
    """
    found = media_type(content)
    if kind == "audio":
        found = _EITHER.get(found, found)
    if kind == "file":
        return found if content else None
    return found if found.partition("/")[0] == kind else None

"""Digests, encodings and signatures of texts."""

from __future__ import annotations

import base64
import binascii
import hashlib

from i18n import say
from survey.xpath.errors import XPathError
from survey.xpath.registry import function

_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_SIGNATURE = 64


@function("digest", "string", "string", "string?", result="string")
def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """Return the digest of a text (UTF-8) in base64 or hex, as in XForms 1.1."""
    name = _ALGORITHMS.get(algorithm)
    if name is None:
        known = ", ".join(_ALGORITHMS)
        problem = say(
            "There is no digest “{name}”; known are {known}.", name=algorithm, known=known
        )
        raise XPathError(problem)
    value = hashlib.new(name, text.encode(), usedforsecurity=False)
    match encoding:
        case "hex":
            return value.hexdigest()
        case "base64":
            return base64.b64encode(value.digest()).decode()
        case _:
            problem = say("There is no encoding “{name}”, only base64 and hex.", name=encoding)
            raise XPathError(problem)


def _decoded(text: str) -> bytes | None:
    """Decode base64 with or without its padding; None for other texts."""
    packed = "".join(text.split())
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


@function("base64-decode", "string", result="string")
def base64_decode(text: str) -> str:
    """Return the text (UTF-8) that was encoded in base64, "" where it is none."""
    packed = _decoded(text)
    return "" if packed is None else packed.decode("utf-8", errors="replace")


@function("extract-signed", "string", "string", result="string")
def extract_signed(text: str, public_key: str) -> str:
    """Return the message of a signed text, "" unless the signature is that of the key's owner.

    The text is the base64 of an Ed25519 signature (64 bytes, RFC 8032) and the message after it;
    the key is in base64 too.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed, key = _decoded(text), _decoded(public_key)
    if signed is None or key is None or len(signed) < _SIGNATURE:
        return ""
    signature, message = signed[:_SIGNATURE], signed[_SIGNATURE:]
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return ""
    return message.decode("utf-8", errors="replace")

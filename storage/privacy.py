"""Pseudonyms, digests and cleaning: what happens to identities and texts before they are kept."""

import hashlib
import re

KEY_SIZE = 16
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def author_key(secret: bytes, platform: str, author_id: str) -> bytes:
    """An author's pseudonym: 16 bytes of keyed BLAKE2b, the same for the same `secret`.

    Raises `ValueError` for an empty secret, which would make the pseudonym guessable.
    """
    return _keyed(secret, b"sada-author", platform, author_id)


def handle_key(secret: bytes, platform: str, handle: str) -> bytes:
    """The same of an author's handle; upper and lower case and a leading @ do not matter."""
    return _keyed(secret, b"sada-handle", platform, handle.removeprefix("@").casefold())


def post_key(secret: bytes, platform: str, platform_id: str) -> bytes:
    """What a tombstone remembers of an erased post."""
    return _keyed(secret, b"sada-post", platform, platform_id)


def _keyed(secret: bytes, purpose: bytes, platform: str, value: str) -> bytes:
    if not secret:
        raise ValueError("the privacy key is empty")
    key = secret if len(secret) <= hashlib.blake2b.MAX_KEY_SIZE else hashlib.sha512(secret).digest()
    data = f"{platform}\0{value}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=KEY_SIZE, key=key, person=purpose).digest()


def text_digest(body: str) -> bytes:
    """What tells distinct (cleaned, masked) texts apart: 16 bytes of BLAKE2b."""
    return hashlib.blake2b(body.encode(), digest_size=KEY_SIZE).digest()


def clean(text: str) -> str:
    """`text` as valid UTF-8 without NUL: surrogate pairs joined, what is unreadable replaced."""
    if (text.isascii() and "\0" not in text) or not _UNREADABLE.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\ufffd")


def clipped(text: str, length: int) -> str:
    """`text`, cleaned, in at most `length` (≥ 64) characters; distinct texts stay distinct."""
    text = clean(text)
    if len(text) <= length:
        return text
    return text[: length - 2 * KEY_SIZE] + text_digest(text).hex()

"""Texts from outside made fit for storing and for messages."""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without NUL and with lone surrogates replaced by U+FFFD; nothing else changed."""
    return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def one_line(text: str, most: int) -> str:
    """What a platform said, fit for a log or a terminal: printable, one line, `most` characters."""
    kept = (" " if sign.isspace() else sign for sign in text if _is_shown(sign))
    return " ".join("".join(kept).split())[:most]


def _is_shown(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")

"""Texts from outside made fit for storing: valid UTF-8 without NUL, nothing else changed."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without NUL and with lone surrogates replaced by U+FFFD."""
    return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)

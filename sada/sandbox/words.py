"""Texts as the platforms' indexes have them: words without case and without Latin accents."""

import re
import unicodedata

WORDS = re.compile(r"\w+")


def fold(text: str) -> str:
    """`text` without case and without the accents of Latin letters; Arabic script as it is."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def framed(text: str) -> str:
    """The folded words of `text`, framed by single spaces, so that `" a b "` finds a phrase."""
    return f" {' '.join(fold(word) for word in WORDS.findall(text))} "

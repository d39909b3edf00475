"""Texts as models of tweets were taught to read them.

XLM-T and its kin saw `@user` for every account and `http` for every link (Barbieri et al. 2022,
<https://aclanthology.org/2022.lrec-1.27>). Sada stores masks for both and for what else points
to a person; those others say nothing and go.
"""

import re
from typing import Final

from nlp.pii import MASKS
from nlp.text import whole

VERSION: Final = 1
"""Part of every hub model's version: another preparation gives other answers."""

_USER, _LINK = "@user", "http"
_PLACEHOLDERS: Final = {"link": _LINK, "account": _USER}
_MASKED: Final = tuple((mask, f" {_PLACEHOLDERS.get(kind, '')} ") for kind, mask in MASKS.items())
_MENTION = re.compile(r"(?<!\S)@\S+")
_URL = re.compile(r"(?<!\S)(?:https?:|www\.)\S*", re.IGNORECASE)
_SILENT = re.compile(
    f"(?:{re.escape(_USER)}|(?<!\\w){_LINK}(?!\\w)"
    "|[\\s\x00\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffd])+"
)


def prepare(text: str) -> str:
    """Valid Unicode of at most `nlp.text.MAX_CHARS`, placeholders in place of links and accounts,
    one space between words, no NUL."""
    text = whole(text).replace("\x00", " ")
    for mask, placeholder in _MASKED:
        if mask in text:
            text = text.replace(mask, placeholder)
    return " ".join(_URL.sub(_LINK, _MENTION.sub(_USER, text)).split())


def says_nothing(prepared: str) -> bool:
    """Whether only placeholders and invisible signs are left."""
    return _SILENT.fullmatch(prepared) is not None or not prepared

"""One normaliser for everything people type: elongation, emoticons, digits as letters, the
spellings of Arabic script, invisible characters, links and mentions.

Every regular expression here is linear: single character classes, no nested repetition.
"""

import re
import unicodedata
from typing import Final

from nlp.pii import MASKS

MAX_CHARS: Final = 10_000
"""Characters of a text that are read; what follows is ignored."""

URL_MARK: Final = "\ue001"
"""Stands for a link in normalised text (private use, so that no text contains it)."""

_DROPPED: Final = (
    *range(0x200B, 0x2010),  # zero-width, joiners, direction marks
    *range(0x202A, 0x202F),  # direction embeddings
    *range(0x2060, 0x2070),  # word joiner, isolates
    0x00AD,  # soft hyphen
    0x0640,  # tatweel
    0x061C,  # Arabic letter mark
    *range(0x0610, 0x061B),  # Arabic signs
    *range(0x064B, 0x0660),  # Arabic vowel marks
    0x0670,
    *range(0x06D6, 0x06EE),  # Quranic marks
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
    *range(0x1F3FB, 0x1F400),  # skin tones
    0x2640,  # gender signs of composed emoji
    0x2642,
    0x20E3,
)
_LETTER_FOLDS: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي",
    "ؤ": "و", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ڪ": "ك",
    "گ": "ڭ", "ݣ": "ڭ", "ڨ": "ڭ", "پ": "ب", "ڤ": "ف", "ڥ": "ف", "چ": "ش",
    "ء": "", "’": "'", "‘": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae",
}  # fmt: skip
_ARABIC_DIGITS: Final = {chr(0x0660 + i): str(i) for i in range(10)} | {
    chr(0x06F0 + i): str(i) for i in range(10)
}
_FOLDS: Final = str.maketrans(
    dict.fromkeys(map(chr, _DROPPED), "") | _LETTER_FOLDS | _ARABIC_DIGITS
)
_ENTITIES: Final = (
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("\\n", " "),
    ("\\u002c", ","),
    ("\\u2019", "'"),
    ("NEWLINE", " "),  # placeholders of published corpora
    ("EMOJI", " "),
)
_MASKED: Final = tuple(
    (mask, f" {URL_MARK} " if kind == "link" else " ") for kind, mask in MASKS.items()
)
"""What stored texts carry in place of links, accounts and numbers is no word of theirs."""
_EMOJI_RANGES: Final = (
    "\u231a-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK_RUN = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f]{4,}")
_URL = re.compile(r"(?:https?:?|www\.|t\.co/|pic\.twitter)[^\s]*|@url\b|\burl\b")
_MENTION = re.compile(r"@\s?\w+|\brt\b:?")
_PARTED_MENTION = re.compile("[@＠﹫](?![^\\W\u0640])")
_SMILE = re.compile(r"[:;=][-o]?[)\]d](?!\w)|\^_*\^|(?<!\w)x+d+(?!\w)")
_FROWN = re.compile(r"[:;=]'?-?[(\[](?!\w)")
_HEART = re.compile(r"<3+")
_LAUGH = re.compile(r"(?<!\w)(?:h{3,}|ه{3,}|[ha]{4,}|[ها]{5,}|[lo]{1,2}ol+|mdr+|ptdr+)(?!\w)")
_ELONGATED = re.compile(r"(\w)\1{2,}")
_NUMBER = re.compile(r"(?<!\w)\d{2,}(?!\w)")
_EMOJI = re.compile(f"[{_EMOJI_RANGES}]")
_SIGN = re.compile(f"[!?#{URL_MARK}{_EMOJI_RANGES}]")
_WORD_CHAR = re.compile(r"[^\W_]")
_MANY_LONE = re.compile(r"([^\w\s])(?: \1){2,}")


class _Apart(dict[int, str]):
    """For `str.translate`: signs get a space on both sides, letters and digits stay, all else is
    a space. Filled as characters come, so that each is looked at once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = f" {char} " if _SIGN.match(char) else char if _WORD_CHAR.match(char) else " "
        if code < _REMEMBERED:
            self[code] = kept
        return kept


_REMEMBERED: Final = 1 << 17
"""Code points from here on are rare: they are looked at again each time."""
_APART: Final = _Apart()


def whole(text: str) -> str:
    """The text as valid Unicode: surrogate pairs joined, lone surrogates as U+FFFD, and no
    longer than `MAX_CHARS`."""
    text = text[:MAX_CHARS]
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def normalize(text: str) -> str:
    """The text in the one form that models read.

    Lower case, one space between tokens; letters of a word stay together with the digits that
    stand for letters; emoji, `!`, `?` and `#` are tokens of their own; links, masked ones too,
    are `URL_MARK`; mentions, other masks and other punctuation are gone (they tell corpora
    apart, not opinions); numbers of two and more digits are `0`; anything repeats at most
    twice. Accents stay.
    """
    text = whole(text)
    if _PARTED_MENTION.search(text):
        readings = [_read(text)]
    else:  # nothing else looks across a space, and posts repeat few words often
        readings = [_READINGS[piece] for piece in text.split()]
    return _MANY_LONE.sub(r"\1 \1", " ".join(filter(None, readings)))


def _read(text: str) -> str:
    """`normalize` but for signs that stand alone many times."""
    text = _MARK_RUN.sub("", text)
    for entity, meant in (*_MASKED, *_ENTITIES):
        if entity in text:
            text = text.replace(entity, meant)
    text = unicodedata.normalize("NFKC", text).lower().translate(_FOLDS)
    text = _URL.sub(f" {URL_MARK} ", text)
    text = _MENTION.sub(" ", text)
    text = _HEART.sub(" ❤ ", _FROWN.sub(" ☹ ", _SMILE.sub(" 🙂 ", text)))
    text = text.translate(_APART)
    text = _NUMBER.sub("0", _ELONGATED.sub(r"\1\1", _LAUGH.sub(" hhh ", text)))
    return " ".join(text.split())


class _Readings(dict[str, str]):
    """What `_read` makes of pieces of text without a space, as they come."""

    def __missing__(self, piece: str) -> str:
        reading = _read(piece)
        if len(piece) <= _REMEMBERED_LENGTH:
            if len(self) >= _REMEMBERED_PIECES:
                self.clear()
            self[piece] = reading
        return reading


_REMEMBERED_LENGTH: Final = 32
_REMEMBERED_PIECES: Final = 1 << 15
_READINGS: Final = _Readings()


def strip_emoji(text: str) -> str:
    """The text without emoji and emoticons."""
    text = _HEART.sub(" ", _FROWN.sub(" ", _SMILE.sub(" ", whole(text))))
    return _EMOJI.sub(" ", text).translate(_STRIP_JOINERS)


_STRIP_JOINERS: Final = dict.fromkeys((0x200D, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400)))

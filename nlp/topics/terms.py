"""Texts to content words: what topics are made of and what their labels show."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.stopwords import StopWords
from nlp.text import normalize

MIN_LETTERS = 3
MAX_LETTERS = 30
_MASK = re.compile(r"⟨\w*⟩")
_HIDDEN = re.compile(r"(?:https?://|www\.)\S*|[\w.+-]{1,64}@\S*|@\s?[\w.]+|&\w{1,8};")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ELISION = re.compile(r"^(?:[ldjtmnsc]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd)'")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_PREFIX = re.compile(r"^(?:و?(?:[بفكل]?ال|لل)|و(?=\w{4}))")
_ARABIZI_ARTICLE = re.compile(r"^[fbw]?l(?=[^\Waeiouyéèêl_]\w{3})")
"""`lmadrasa`, `flmadrasa`: no French or English word starts with l and a consonant."""
_REPEATED = re.compile(r"(\w)\1+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Terms:
    """Content words of texts by key, and how people mostly write each key."""

    keys: Sequence[Sequence[str]]
    surface: dict[str, str]


def terms_of(texts: Sequence[str]) -> Terms:
    """Content words of each text, in order: no stop word, mask, link, mention, number or emoji."""
    forms: dict[str, Counter[str]] = {}
    keys = []
    for text in texts:
        own = []
        for word in words(text):
            key = key_of(word)
            if is_content(key):
                own.append(key)
                forms.setdefault(key, Counter())[word] += 1
        keys.append(own)
    return Terms(keys, {key: _commonest(counted) for key, counted in forms.items()})


def words(text: str) -> Iterable[str]:
    """Words in lower case as written, with elongation cut and elided articles off."""
    plain = _HIDDEN.sub(" ", _MASK.sub(" ", text[:10_000]))
    plain = unicodedata.normalize("NFKC", plain).lower().replace("’", "'").translate(_MARKS)
    for word in _WORD.findall(plain):
        yield _ELISION.sub("", re.sub(r"(\w)\1{2,}", r"\1", word)).replace("'", "")


@cache
def key_of(word: str) -> str:
    """What spellings of a word share: letters folded, no accents, no article, no plural s."""
    folded = normalize(word).replace(" ", "")
    if _ARABIC.search(folded):
        bare = _ARABIC_PREFIX.sub("", folded)
        return _REPEATED.sub(r"\1", bare if len(bare) >= MIN_LETTERS else folded)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    bare = _REPEATED.sub(r"\1", _ARABIZI_ARTICLE.sub("", bare))
    return bare[:-1] if len(bare) > 4 and bare[-1] in "sx" else bare


@cache
def is_content(key: str) -> bool:
    """Whether a word, by its key, may stand in a topic's label."""
    letters = len(_LETTER.findall(key))
    return letters >= MIN_LETTERS and len(key) <= MAX_LETTERS and key not in _stop_words()


@cache
def _stop_words() -> StopWords:
    return StopWords(key_of)


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda word: (-counted[word], word))


_MARKS = dict.fromkeys((*range(0x64B, 0x660), 0x670, 0x640, *range(0x200B, 0x2010), 0xFE0F))

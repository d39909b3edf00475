"""Makes a clean sentence look typed on a telephone: lost accents, elongation, swapped letters."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

WORD = re.compile(r"[^\W\d_]{5,}")
STRETCHED = re.compile(
    r"\b(bravo|merci|jamais|bzaf|bezzaf|safi|walo|hchouma|tbarklah|please|so|never)\b"
    r"|(بزاف|عيب|شكرا|برافو|حرام|كفى)",
    re.IGNORECASE,
)
ARABIZI = (("ch", "sh"), ("ou", "o"), ("9", "q"), ("7", "h"), ("kh", "5"))
HAMZA = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})

Change = Callable[[Random, str], str]


def loosen(rng: Random, language: str, text: str, keep: re.Pattern[str] | None = None) -> str:
    """`text` with a few mistakes of its language; what `keep` matches stays letter by letter."""
    for chance, change in CHANGES.get(language, ()):
        if rng.random() < chance:
            text = _around(rng, text, keep, change)
    return text


def _around(rng: Random, text: str, keep: re.Pattern[str] | None, change: Change) -> str:
    if keep is None:
        return change(rng, text)
    pieces, end = [], 0
    for match in keep.finditer(text):
        pieces += [change(rng, text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, change(rng, text[end:])])


def _stretch(rng: Random, text: str) -> str:
    def longer(match: re.Match[str]) -> str:
        word = match[0]
        place = len(word) - (2 if word[-1] in "فب" and len(word) > 3 else 1)
        return word[:place] + word[place] * rng.randint(3, 6) + word[place + 1 :]

    return STRETCHED.sub(longer, text, count=1)


def _without_accents(_: Random, text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def _lower(_: Random, text: str) -> str:
    return text.lower()


def _without_points(_: Random, text: str) -> str:
    return re.sub(r"(?<=\w)\.(?= |$)", "", text)


def _swap(rng: Random, text: str) -> str:
    """Two letters inside one longer word change places."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    place = word.start() + rng.randrange(1, len(word[0]) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _respell(rng: Random, text: str) -> str:
    written, other = rng.choice(ARABIZI)
    return text.replace(written, other)


def _plain_hamza(_: Random, text: str) -> str:
    return text.translate(HAMZA)


CHANGES: dict[str, tuple[tuple[float, Change], ...]] = {
    "fr": (
        (0.2, _without_accents),
        (0.25, _lower),
        (0.15, _stretch),
        (0.05, _swap),
        (0.3, _without_points),
    ),
    "en": ((0.3, _lower), (0.1, _stretch), (0.05, _swap), (0.3, _without_points)),
    "ary-Latn": ((0.3, _respell), (0.5, _lower), (0.2, _stretch), (0.5, _without_points)),
    "ary-Arab": ((0.35, _plain_hamza), (0.2, _stretch), (0.5, _without_points)),
    "arb": ((0.15, _plain_hamza),),
}
"""What may happen to a sentence of each language, with its chance."""

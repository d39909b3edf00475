"""Spellings to ask a platform for, where its own search does not fold what Sada folds.

X and Reddit fold case, and X folds Latin accents; neither is known to fold Arabic spelling. So an
Arabic word is asked for as given, as people type it (bare alef, haa for taa marbuta, yaa for alef
maqsura) and, when it stands alone, with the article; an Arabizi word with digits also with letters
for them. Elongations and the other prefixes cannot be listed within a platform's limits: they are
found by local matching only, in texts that came for another reason.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from collectors.query.normalise import normalise, spelled_without_digits
from collectors.query.terms import Term, TermKind

WORDS_OF_A_TAG = 4
"""Phrases of more words are not asked for as one hashtag: nobody writes it, and it takes room."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARTICLE = re.compile("ال|[بوفك]ال...")
_TYPED = str.maketrans("أإآٱةى", "ااااهي")
_DROPPED = ("Cf", "Cc", "Cs")
_WORDS_OF_SYNTAX = frozenset({"or", "and", "not"})


def clean(text: str) -> str:
    """As a person would type it into a search box: composed, one space, no invisible marks."""
    composed = unicodedata.normalize("NFKC", text).replace("ـ", "").replace('"', " ")
    kept = (" " if c.isspace() else c for c in composed if c.isspace() or _is_visible(c))
    return " ".join("".join(kept).split())


def _is_visible(character: str) -> bool:
    if unicodedata.category(character) in _DROPPED:
        return False
    return not (unicodedata.combining(character) and _ARABIC.match(character))


def is_arabic(text: str) -> bool:
    return _ARABIC.search(text) is not None


def as_typed(text: str) -> str:
    """Arabic script without the letters that people leave plain."""
    return text.translate(_TYPED)


def without_accents(text: str) -> str:
    """`text` in lower case without Latin accents; Arabic script comes back as given."""
    return text if is_arabic(text) else normalise(text)


def unique(texts: Iterable[str]) -> list[str]:
    """Each text once, whatever its case, in order."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.casefold(), text)
    return list(found.values())


def quoted(text: str) -> str:
    """`text` as one atom: bare when it is a plain word, else in quotation marks."""
    plain = text.isalnum() and text.casefold() not in _WORDS_OF_SYNTAX
    return text if plain else f'"{text}"'


def any_of(atoms: Sequence[str]) -> str:
    """Atoms joined by OR, in parentheses where there are several."""
    return atoms[0] if len(atoms) == 1 else f"({' OR '.join(atoms)})"


def word_spellings(text: str) -> Iterator[str]:
    """A single word or a phrase, most faithful spelling first."""
    given = clean(text)
    typed = as_typed(given)
    yield given
    yield typed
    if is_arabic(given) and " " not in given and not _ARTICLE.match(given):
        yield f"ال{given}"
        yield f"ال{typed}"
    yield " ".join(map(spelled_without_digits, given.split()))


def tag_spellings(term: Term) -> Iterator[str]:
    """Hashtags, without `#`, that stand for a hashtag or a phrase."""
    if term.kind is TermKind.HASHTAG:
        given = clean(term.text)
        yield given
        yield as_typed(given)
        if term.is_spelled_out:
            yield "_".join(term.words)
            yield term.joined
        return
    words = re.findall(r"\w+", clean(term.text))
    if 1 < len(words) <= WORDS_OF_A_TAG:
        tag = ("_" if is_arabic(term.text) else "").join(words)
        yield tag
        yield as_typed(tag)

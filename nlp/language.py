"""Which language a text is in: its script first, then a linear model among that script's own.

Tifinagh needs no model. Arabic script holds Darija, standard Arabic and the other Arabic
dialects; Latin script holds French, English, Spanish, Arabizi and Amazigh.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.batch import TextBatch
from nlp.numbers import softmax

Floats = NDArray[np.float32]

ARABIC: Final = ("ary-Arab", "arb", "other")
"""What the Arabic-script scores tell apart, in column order."""
LATIN: Final = ("fr", "en", "es", "ary-Latn", "ber-Latn")
"""What the Latin-script scores tell apart, in column order."""

FOREIGN_LETTERS: Final = frozenset("ٹڈڑںےۓټډړږښڼۇۈۆەڵۋژھ")
"""Letters of Urdu, Pashto, Kurdish and Uyghur that no Arabic text uses."""

_DARIJA: Final = """
ديال ديالي ديالك ديالو ديالها ديالنا ديالكم ديالهم ديالتي بزاف دابا دبا واش اشنو شنوا شكون علاش
فاش كيفاش شحال امتا كاين كاينه كاينين مكاينش ماكاينش مكاين ماكاين غادي غاديه غاديين هاد هادشي
هادو هادوك داكشي ديك حيت راه راك راكي راكم راهم باش باغي بغيت بغينا مبغيتش مابغيتش خاصك خاصنا
خاصو خاصها خاصهم ماعندو معندوش ماعندوش مزيان مزيانه زوين زوينه زوينين واخا وخا بحال بحالي بحالك
بحالو بحالها والو كلشي كولشي ديما عافاك عفاك خويا ختي حنا نتا نتي نتوما هوما زعما ياك مابقاش
مبقاش دراري الدراري حشومه خايب جوج ڭاع بلاصه فلمغرب فالمغرب كيقول كيدير كيديرو كنشوف كيبان علاه
مزال غاتكون غيكون هدشي عنداك بلاتي راني رانا راها راهي ديرو ديري داير دايرين دايره درت كندير لقيت
مشيت لاباس واعر واعره هاكا هكا حيتاش ملي لمغرب حكره شفار شفاره مسخوط كنضن كنظن كيعرف كنعرف كيبغي
كنبغي كيقولو كاتقول كنقول كيجي كنمشي كيمشي غادا تانا الدري لوليدات لعيالات ماشي بغا بغاو بغيتي
كنبغيك كيبغيو خصنا خصك خصهم خصو دارو دارها داروها ديرها نديرو يديرو يدير تدير شوفو شفتو شفتي
شفتها نشوفو كتشوف كنشوفو عندو عندهوم عندكوم معاهوم ليهوم فيهوم بيهوم ديالهوم ديالكوم هداك هداكشي
هادوكشي هاداك هاديك هدي هدو فهاد بهاد لهاد علهاد داك هاكدا هكدا بصح زيدو يلاه يالاه سيرو اجي اجيو
منين فين وفين وعلاش وشكون واشنو شنو شنا شناهو اشمن بشحال قداش نتاع تاع متاع ڭاعما مول مولات لداخل
لبرا كولها كولهم كلهوم بوحدو بوحدها بوحدي راهوم راكوم عاوتاني دغيا بالزاف نيشان شويا ماعرفت
معرفتش ماعرفتش ماقدرتش مقدرتش ماكانش مكانش مابانش مايمكنش مكنعرفش ماكنعرفش ماعنديش معنديش معندناش
ماعندناش مافيهش مافيهاش حداه مورا ليوم لمغاربه مغاربا لبلاد فبلادنا لخدمه خدام خدامه خدامين باغا
باغيين هضره الهضره كيهضر كتهضر تهضر نهضر هضرو ضحكتو كيضحكو كتضحك ضحكتي فرحان فرحانه قهرتونا عيينا
لفلوس طوموبيل تيليفون كازا طنجه كازاوي زنقه الزنقه حومه الحومه
"""
DARIJA_WORDS: Final = frozenset(_DARIJA.split())
"""Frequent words of Darija that standard Arabic and the eastern dialects do not have, as
`normalize` writes them. Short posts often hold one of them and little else that tells."""

_NEGATED = re.compile(r"م\w{3,}ش")
_NEGATED_AFTER_MA = re.compile(r"\w{3,}ش")
"""A negated verb, ma-…-sh, in one word or in two."""

WORD_BONUS: Final = 2.0
"""What one such word adds to Darija's score (in nats); two count, further ones do not."""

MIXED_SHARE: Final = 0.25
"""Two scripts share a text when each has at least this share of the letters, and two words."""


WINDOW: Final = 4
"""Words of a stretch that is named by itself to find French and Arabizi in one text."""
WINDOW_CHANCE: Final = 0.8
"""Least probability of French in one stretch and of Arabizi in another to call a text mixed."""
DOUBT: Final = 0.001
"""Texts whose second of the two languages is less likely than this are not looked into."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """Letters of a text by script."""

    arab: int
    latn: int
    tfng: int
    other: int

    @property
    def letters(self) -> int:
        return self.arab + self.latn + self.tfng + self.other


@dataclass(frozen=True, slots=True)
class Cuts:
    """Decision boundaries, chosen on held-out rows by the training."""

    darija: float
    """Arabic script: least P(Darija) / (P(Darija) + P(standard Arabic)) to be called Darija."""
    latin: float
    """Latin script: least probability of the best language; below it the answer is `other`."""


_LETTERLESS, _UNSEEN = len(fields(Scripts)), 255
_SCRIPT_OF: Final = np.full(sys.maxunicode + 1, _UNSEEN, np.uint8)
"""Place of each character's script among the fields of `Scripts`, found when it is first met."""


def _script(char: str) -> int:
    if not char.isalpha():
        return _LETTERLESS
    if char in FOREIGN_LETTERS:
        return 3
    if "\u0600" <= char <= "\u077f" or "\u08a0" <= char <= "\u08ff":
        return 0
    if char <= "\u02af" or "\u1e00" <= char <= "\u1eff" or char in "ɣɛƐƔ":
        return 1
    return 2 if "\u2d30" <= char <= "\u2d7f" else 3


def count_scripts(normalized: str) -> Scripts:
    """Count letters by script (digits, emoji and punctuation are none)."""
    return Scripts(*script_counts([normalized])[0].tolist())


def script_counts(normalized: Sequence[str]) -> NDArray[np.int64]:
    """Letters of each text by script: shape (n, 4), columns as the fields of `Scripts`."""
    codes = np.frombuffer("".join(normalized).encode("utf-32-le", "replace"), np.uint32)
    unseen = np.unique(codes[_SCRIPT_OF[codes] == _UNSEEN])
    _SCRIPT_OF[unseen] = [_script(chr(code)) for code in unseen]
    kinds = _LETTERLESS + 1
    rows = np.repeat(np.arange(len(normalized)), [len(text) for text in normalized])
    counts = np.bincount(rows * kinds + _SCRIPT_OF[codes], minlength=len(normalized) * kinds)
    return counts.reshape(-1, kinds)[:, :_LETTERLESS]


def with_word_bonus(batch: TextBatch, arabic: Floats) -> Floats:
    """The Arabic-script scores (n, len(ARABIC)) with `WORD_BONUS` for Darija's own words."""
    raised = arabic.copy()
    raised[:, 0] += WORD_BONUS * np.minimum(_darija_words(batch), 2).astype(np.float32)
    return raised


def _darija_words(batch: TextBatch) -> NDArray[np.int64]:
    """Distinct words of the list and negated verbs of each text."""
    words, numbers = batch.vocabulary, batch.numbers
    listed = words.which(DARIJA_WORDS.__contains__)[numbers]
    pairs = np.unique(batch.rows[listed] * len(words.words) + numbers[listed])
    own = np.bincount(pairs // max(len(words.words), 1), minlength=batch.count)
    one = words.which(lambda word: word[-1] == "ش" and bool(_NEGATED.fullmatch(word)))
    after = words.which(lambda word: word[-1] == "ش" and bool(_NEGATED_AFTER_MA.fullmatch(word)))
    negated = one[numbers]
    follows = batch.rows[1:] == batch.rows[:-1]
    in_two = words.which("ما".__eq__)[numbers[:-1]] & after[numbers[1:]] & follows
    negated[1:] |= in_two
    return own + np.bincount(batch.rows[negated], minlength=batch.count)


def stretches(batch: TextBatch, rows: NDArray[np.int64]) -> tuple[TextBatch, NDArray[np.int64]]:
    """Stretches of `WINDOW` Latin words, each overlapping the next by half, of some texts (in
    ascending order), and how many each has: none if it has less than two of them side by side."""
    wanted = np.zeros(batch.count, np.bool_)
    wanted[rows] = True
    kept = wanted[batch.rows] & batch.vocabulary.which(_is_latin)[batch.numbers]
    numbers = batch.numbers[kept]
    lengths = np.bincount(batch.rows[kept], minlength=batch.count)[rows]
    step = WINDOW // 2
    pieces = np.where(lengths >= 2 * WINDOW, (lengths - WINDOW) // step + 1, 0)
    within = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    first = np.repeat(np.cumsum(lengths) - lengths, pieces) + step * within
    words = numbers[first[:, None] + np.arange(WINDOW)].ravel()
    owners = np.repeat(np.arange(len(first)), WINDOW)
    return TextBatch(len(first), batch.vocabulary, words, owners), pieces


def _is_latin(word: str) -> bool:
    return "a" <= word[0] <= "\u02af" or (word[0].isdigit() and not word.isdigit())


def in_doubt(latin: Floats) -> NDArray[np.bool_]:
    """Which texts may hold French and Arabizi together, by their scores as a whole."""
    chances = softmax(latin)[:, [LATIN.index("fr"), LATIN.index("ary-Latn")]]
    return np.asarray(chances.min(axis=1) > DOUBT)


def hold_both(latin: Floats, sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a text's stretches are French here and Arabizi there: `latin` holds the scores of
    all texts' stretches (n, len(LATIN)), `sizes` how many each text has, at least one."""
    chances = softmax(latin)[:, [LATIN.index("fr"), LATIN.index("ary-Latn")]]
    best = np.maximum.reduceat(chances, np.cumsum(sizes) - sizes)
    return np.asarray(best.min(axis=1) > WINDOW_CHANCE)


def name_languages(
    normalized: Sequence[str], latin: Floats, arabic: Floats, cuts: Cuts
) -> list[str]:
    """Name each text's language.

    `latin` has shape (n, len(LATIN)), `arabic` (n, len(ARABIC)): scores before softmax, the
    latter with the word bonus.
    """
    counts = script_counts(normalized)
    arab, latn, tfng, other = counts.T
    letters, most = counts.sum(axis=1), counts.max(axis=1, initial=0)
    names = np.select(
        [(letters == 0) | (most == other) | (16 * other > letters), most == tfng, most == arab],
        ["other", "ber-Tfng", _names_arabic(softmax(arabic), cuts)],
        _names_latin(softmax(latin), cuts),
    )
    both = (letters > 0) & (np.minimum(arab, latn) >= MIXED_SHARE * letters)
    shared = [row for row in np.flatnonzero(both).tolist() if _is_shared(normalized[row])]
    names[shared] = "mixed"
    found: list[str] = names.tolist()
    return found


def _names_latin(chances: Floats, cuts: Cuts) -> NDArray[np.str_]:
    names = np.array(LATIN)[chances.argmax(axis=1)]
    return np.where(chances.max(axis=1) >= cuts.latin, names, "other")


def _names_arabic(chances: Floats, cuts: Cuts) -> NDArray[np.str_]:
    darija, standard, dialect = chances.astype(np.float64).T
    own = (darija >= cuts.darija * (darija + standard)) & (darija >= dialect)
    return np.select([own, standard >= dialect], ["ary-Arab", "arb"], "other")


def _is_shared(text: str) -> bool:
    """Whether two words or more are in each of the two scripts."""
    arab_words = latin_words = 0
    for word in text.split():
        arab_words += "\u0600" <= word[0] <= "\u077f"
        latin_words += "a" <= word[0] <= "\u02af"
    return min(arab_words, latin_words) >= 2

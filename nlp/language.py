"""Which language a text is in: its script first, then a linear model among that script's own.

Tifinagh needs no model. Arabic script holds Darija, standard Arabic and the other Arabic
dialects; Latin script holds French, English, Spanish, Arabizi and Amazigh.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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

_NEGATED = re.compile(r"(?<!\w)(?:م|ما )\w{3,}ش(?!\w)")
"""A negated verb, ma-…-sh, in one word or two."""

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


class _Scripts(dict[int, str]):
    """For `str.translate`: each letter becomes the first letter of its script's field in
    `Scripts`, all else a space. Filled as characters come."""

    def __missing__(self, code: int) -> str:
        script = _script(chr(code))
        if code < _REMEMBERED:
            self[code] = script
        return script


_REMEMBERED: Final = 1 << 17
"""Code points from here on are rare: they are looked at again each time."""
_SCRIPT_OF: Final = _Scripts()


def _script(char: str) -> str:
    if not char.isalpha():
        return " "
    if char in FOREIGN_LETTERS:
        return "o"
    if "\u0600" <= char <= "\u077f" or "\u08a0" <= char <= "\u08ff":
        return "a"
    if char <= "\u02af" or "\u1e00" <= char <= "\u1eff" or char in "ɣɛƐƔ":
        return "l"
    return "t" if "\u2d30" <= char <= "\u2d7f" else "o"


def count_scripts(normalized: str) -> Scripts:
    """Count letters by script (digits, emoji and punctuation are none)."""
    scripts = normalized.translate(_SCRIPT_OF)
    return Scripts(*map(scripts.count, "alto"))


def with_word_bonus(normalized: Sequence[str], arabic: Floats) -> Floats:
    """The Arabic-script scores (n, len(ARABIC)) with `WORD_BONUS` for Darija's own words."""
    found = [_darija_words(text) for text in normalized]
    raised = arabic.copy()
    raised[:, 0] += WORD_BONUS * np.minimum(np.array(found, dtype=np.float32), 2)
    return raised


def _darija_words(text: str) -> int:
    own = len(DARIJA_WORDS.intersection(text.split()))
    return own + len(_NEGATED.findall(text))


def stretches(normalized: str) -> list[str]:
    """Stretches of `WINDOW` Latin words, each overlapping the next by half; none if the text has
    less than two of them side by side."""
    words = [word for word in normalized.split() if _is_latin(word)]
    if len(words) < 2 * WINDOW:
        return []
    starts = range(0, len(words) - WINDOW + 1, WINDOW // 2)
    return [" ".join(words[start : start + WINDOW]) for start in starts]


def _is_latin(word: str) -> bool:
    return not word.isdigit() and (word[0].isdigit() or "a" <= word[0] <= "\u02af")


def in_doubt(latin: Floats) -> NDArray[np.bool_]:
    """Which texts may hold French and Arabizi together, by their scores as a whole."""
    chances = softmax(latin)[:, [LATIN.index("fr"), LATIN.index("ary-Latn")]]
    return np.asarray(chances.min(axis=1) > DOUBT)


def holds_both(latin: Floats) -> bool:
    """Whether stretches of one text, by their scores (n, len(LATIN)), are French here and Arabizi
    there."""
    best = softmax(latin).max(axis=0)
    both = best[[LATIN.index("fr"), LATIN.index("ary-Latn")]]
    return bool(both.min() > WINDOW_CHANCE)


def name_languages(
    normalized: Sequence[str], latin: Floats, arabic: Floats, cuts: Cuts
) -> list[str]:
    """Name each text's language.

    `latin` has shape (n, len(LATIN)), `arabic` (n, len(ARABIC)): scores before softmax, the
    latter with the word bonus.
    """
    return [
        _name(text, latin_row, arabic_row, cuts)
        for text, latin_row, arabic_row in zip(
            normalized, softmax(latin), softmax(arabic), strict=True
        )
    ]


def _name(text: str, latin: Floats, arabic: Floats, cuts: Cuts) -> str:
    scripts = count_scripts(text)
    if not scripts.letters:
        return "other"
    if _is_shared(text, scripts):
        return "mixed"
    most = max(scripts.arab, scripts.latn, scripts.tfng, scripts.other)
    if most == scripts.other or 16 * scripts.other > scripts.letters:
        return "other"
    if most == scripts.tfng:
        return "ber-Tfng"
    if most == scripts.arab:
        return _name_arabic(arabic, cuts)
    return LATIN[int(latin.argmax())] if latin.max() >= cuts.latin else "other"


def _name_arabic(arabic: Floats, cuts: Cuts) -> str:
    darija, standard, dialect = (float(value) for value in arabic)
    if darija >= cuts.darija * (darija + standard) and darija >= dialect:
        return "ary-Arab"
    return "arb" if standard >= dialect else "other"


def _is_shared(text: str, scripts: Scripts) -> bool:
    if min(scripts.arab, scripts.latn) < MIXED_SHARE * scripts.letters:
        return False
    arab_words = latin_words = 0
    for word in text.split():
        arab_words += "\u0600" <= word[0] <= "\u077f"
        latin_words += "a" <= word[0] <= "\u02af"
    return min(arab_words, latin_words) >= 2

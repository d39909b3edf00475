"""Which help lines and reporting channels a text names.

A number counts in Western and Arabic-Indic digits, spaced or dotted; not as a count, a price, a
year or a part of a longer number. One of two or three digits (the police's 19) counts only where
somebody is told to call it. Sites count with and without scheme, names in any script.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from config.campaign import Account, Signpost, Standing
from nlp import signpost_words as words

MAX_CHARS: Final = 10_000
"""Characters of a text that are searched."""

_INVISIBLE: Final = (
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0x20E3,  # the key of keycap digits
)
_FOLDS: Final = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ٱ": "ا", "ء": "",
        "گ": "ك", "ـ": "", "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)}
    | dict.fromkeys(map(chr, _INVISIBLE), "")
)  # fmt: skip
_REPEATED = re.compile(r"([^\W\d])\1+")


def fold(text: str) -> str:
    """Lower case without accents, vowel marks, invisible characters and spelling differences of
    Arabic; digits are 0-9. Length is not kept."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).translate(_FOLDS)).lower()
        kept = "".join(part for part in parts if not unicodedata.combining(part))
        folded = self[code] = kept.translate(_FOLDS)
        return folded


_FOLDED: Final = _Folded()


def _single(folded: str) -> str:
    """Each letter once in a row: forgives emphasis (`e-blaaagh`) and doubled consonants."""
    return _REPEATED.sub(r"\1", folded)


class Signposts:
    """The help lines of one or more campaigns, and the accounts that are public on purpose."""

    def __init__(self, signposts: Sequence[Signpost], accounts: Sequence[Account] = ()) -> None:
        self._numbers = {_national(n) for post in signposts for n in post.numbers}
        self._sites = {_host(site) for post in signposts for site in post.sites}
        listed = (a.handle for a in accounts if a.standing is not Standing.EARNED)
        named = (n for post in signposts for n in post.names if n.startswith("@"))
        self._accounts = {name.removeprefix("@").lower() for name in (*listed, *named)}
        self._looks = [(post.name, look) for post in signposts for look in _looks(post)]

    def found(self, text: str) -> list[str]:
        """Names of the signposts that the text points to, each once, in the campaign's order."""
        folded = f" {fold(text[:MAX_CHARS])}"  # a space, so that a word at the start has one before
        single = _single(folded)
        names: dict[str, None] = {}
        for name, look in self._looks:
            searched = single if look.single else folded
            if look.part in searched and name not in names and look.pattern.search(searched):
                names[name] = None
        return list(names)

    def keeps_number(self, digits: str) -> bool:
        return _national(digits) in self._numbers

    def keeps_site(self, host: str) -> bool:
        host = host.removeprefix("www.")
        return any(host == site or host.endswith(f".{site}") for site in self._sites)

    def keeps_account(self, handle: str) -> bool:
        return handle in self._accounts


@dataclass(frozen=True, slots=True)
class _Look:
    """A pattern, the form of the text that it is searched in, and a part that each match has."""

    pattern: re.Pattern[str]
    part: str
    single: bool = False


def _looks(post: Signpost) -> list[_Look]:
    looks = [_Look(_number(n, post), n if len(n) <= 3 else n[-1]) for n in post.numbers]
    looks += [_Look(_site(site), _host(site)) for site in post.sites]
    return looks + [_Look(_name(n), max(_parts(n), key=len), True) for n in post.names if _parts(n)]


@cache
def _any(listed: str, single: bool = False) -> str:
    """A list of words as one alternative; the longest first, so that none hides another."""
    found = {_single(fold(word)) if single else fold(word) for word in listed.split()}
    ordered = sorted(found, key=lambda word: (-len(word), word))
    bodies = (re.escape(word).replace(r"\*", r"\w{0,8}").replace("_", r"\s") for word in ordered)
    return rf"(?:{'|'.join(bodies)})(?!\w)"


_CALL: Final = rf"(?<!\w)(?:[وف]?{_any(words.CALLS)})"
_PHONE: Final = "[☎📞📱]"
_NUMBER: Final = rf"(?<!\w){_any(words.NUMBER_WORDS)}"
_SIGNS: Final = "[\\s:=,،'’(«\"“.>→☎📞📱👉⬅➡\\-]"
_FILLERS: Final = rf"(?:{_SIGNS}|(?<!\w){_any(words.FILLERS)}){{0,9}}"
_AFTER: Final = rf"(?:[\s:='(«\"“.→\-]|(?<!\w){_any(words.AFTER)}){{1,6}}"
_COUNTED: Final = rf"{_any(words.COUNTED)}|[€$£%°+]"
_NOT_COUNTED: Final = (
    rf"(?![\s\u00a0]{{0,2}}(?:{_COUNTED}|sur \d{{3}}|[/:.,-]\d|h\d|eme|er\b))(?!\w)"
)
_TO: Final = _any("et a to and w و الي حتي")
_RANGE: Final = rf"(?!\s{_TO}\s[\d .]{{3,8}}?\s?(?:{_COUNTED}))"
_NAMED: Final = "".join(
    rf"(?<!\b{re.escape(fold(word.replace('_', ' ')))} )" for word in words.NAMING.split()
)
_JOINED: Final = r"(?<=[\s(«][lbلب])"  # `l8350`, `ب19`: the preposition is written onto it
_NOT_INSIDE: Final = rf"(?:{_JOINED}|(?<![\w.,+/:=$€£-])(?<!\d[ .\-\u00a0]){_NAMED})"
_NOT_GOING_ON: Final = r"(?![ .\-\u00a0]\d{2,4}(?!\d)(?!\s?(?:h|/|j\b|heures|jours|سا)))"


def _number(number: str, post: Signpost) -> re.Pattern[str]:
    if len(number) <= 3:
        return re.compile(_short_number(number, post))
    return re.compile(_long_number(number) if len(number) >= 8 else _help_line(number))


def _help_line(number: str) -> str:
    """8350 alone, in two halves by a space, or after a word of calling in any way of spacing."""
    halves = rf"{number[:2]}[ \u00a0]{number[2:]}" if len(number) == 4 else number
    rest = rf"{_NOT_GOING_ON}{_NOT_COUNTED}{_RANGE}"
    spaced = rf"{_gapped(number)}(?![ .\-]?\d){_NOT_COUNTED}"
    called = rf"(?:{_CALL}|{_NUMBER}|{_PHONE}){_FILLERS}{spaced}"
    alone = rf"(?={number[0]}){_NOT_INSIDE}(?:{number}|{halves}|{' '.join(number)}){rest}"
    named = rf"(?={number[0]}){_NOT_INSIDE}{_gapped(number)} {_NUMBER}"
    return rf"{alone}|{called}|{named}|#{number}(?!\w)"


def _long_number(number: str) -> str:
    prefix = r"(?:(?:\+|00)?[ .\-(]{0,2}2 ?1 ?2[ .\-)]{0,2}(?:\(?0\)?)?|0)?[ .\-]?"
    digits = _gapped(_national(number), r" .\-\u00a0()")
    return rf"(?<!\d){prefix}{digits}(?!\d){_NOT_COUNTED}"


def _short_number(number: str, post: Signpost) -> str:
    """19 only as `call 19`, `police 19`, `19 (police)` or second in such a list."""
    who = rf"(?<!\w){_who(post)}"
    alone = rf"(?<![\w.,/+])(?<!covid )[lbلب]?{number}(?![\-/]\d){_NOT_COUNTED}"
    other = r"[^.!?\n]{0,30}?(?<!\d)\d{2,5}\s?(?:,|/|ou|et|aw|wla|wlla|or|and|و|أو|او|ولا|الي)"
    told = rf"(?:{_CALL}|{who})(?:{other})?{_FILLERS}{alone}"
    number_of = rf"{alone}\s?,\s?(?:(?<!\w){_any('le the c est')}\s)?{_NUMBER}{_AFTER}{who}"
    return rf"{told}|{alone}{_AFTER}{who}|{number_of}"


def _who(post: Signpost) -> str:
    """Words that say whose short number it is: those of the signpost's own names, and every word
    for the police when it is theirs."""
    own = re.findall(r"[^\W\d_]{4,}", fold(" ".join((post.name, *post.names))))
    listed = " ".join(own) + (words.POLICE if "police" in own else "")
    return _any(listed) if listed else "(?!)"


def _gapped(number: str, between: str = r" .\-\u00a0") -> str:
    return rf"[{between}]{{0,2}}".join(number)


def _site(site: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(_host(site))}(?![\w-]|\.\w)")


def _name(name: str) -> re.Pattern[str]:
    body = r"[\s_\-.]{0,3}".join(map(re.escape, _parts(name)))
    if name.startswith("@"):
        return re.compile(rf"@{body}(?!\w)")
    arabic = re.match(r"[\u0600-\u06ff]", fold(name))
    prefix = "(?:[وفبلك]{0,2}(?:ال)?)?" if arabic else ""
    whole = rf"(?<![\w.-]){prefix}{body}(?!\w)(?!\.[a-z]{{2,6}}\.[a-z])"
    if " ".join(_parts(name)) not in _ORDINARY:
        return re.compile(whole)
    platform = rf"(?<!\w){_any(words.PLATFORMS, single=True)}"
    near = r"(?:[^\w\n]{1,3}\w{1,15}){0,2}[^\w\n]{1,3}"
    marked = rf"[#«\"“]\s?{body}(?!\w)"
    return re.compile(rf"{marked}|{platform}{near}{whole}|{whole}{near}{platform}")


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s_\-.@]+", _single(fold(name))) if part]


_ORDINARY: Final = frozenset(_single(fold(word)) for word in words.ORDINARY.split())


def _host(site: str) -> str:
    return re.sub(r"^\w+://", "", site.strip().lower()).removeprefix("www.").split("/")[0]


def _national(number: str) -> str:
    """A number without country and trunk prefix, so that +212 and 0 forms compare equal."""
    bare = number.removeprefix("+").removeprefix("00")
    if len(bare) >= 11 and bare.startswith("212"):
        return bare[3:].removeprefix("0")
    return bare.removeprefix("0") if len(bare) == 10 else bare

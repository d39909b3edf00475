"""Masks what points to a person: phone, e-mail, link, account, identity card, bank account.

Each find is replaced by one of `MASKS`, whichever digits it is written in (Arabic-Indic, Persian,
full width). Help lines and campaign accounts that `keep` knows survive. Hashtags, view counts,
years, dates and prices are no finds. Names of persons are not looked for.

Every regular expression is linear: bounded or possessive repetition, anchored starts.
"""

import re
from functools import cache
from typing import Final, Protocol

MASKS: Final = {
    "phone": "⟨phone⟩",
    "email": "⟨email⟩",
    "link": "⟨link⟩",
    "account": "⟨account⟩",
    "card": "⟨id⟩",
    "bank": "⟨bank⟩",
}
"""Kind of find to what stands in its place. Stored texts hold these: they never change."""


class Keep(Protocol):
    """Knows what is public on purpose. `nlp.signposts.Signposts` is one."""

    def keeps_number(self, digits: str) -> bool:
        """Whether a help line has this number (0-9 only)."""
        ...

    def keeps_site(self, host: str) -> bool:
        """Whether a reporting channel lives at this host (lower case)."""
        ...

    def keeps_account(self, handle: str) -> bool:
        """Whether the campaign lists this account (without @, lower case)."""
        ...


class KeepNothing:
    """Masks help lines too."""

    def keeps_number(self, digits: str) -> bool:
        return False

    def keeps_site(self, host: str) -> bool:
        return False

    def keeps_account(self, handle: str) -> bool:
        return False


_ZEROS: Final = (0x0660, 0x06F0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
_SIGNS: Final = {
    0xFF20: "@",
    0xFE6B: "@",
    0xFF0E: ".",
    0x3002: ".",
    0xFF0B: "+",
    0xFF1A: ":",
    0xFF0F: "/",
}


class _Shadow(dict[int, str | int]):
    """Learns the characters that stay as they are: `str.translate` is slow where one is missing."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_SHADOW: Final = _Shadow({zero + n: str(n) for zero in _ZEROS for n in range(10)} | _SIGNS)
"""One character for one, so that a place in the shadow is the same place in the text."""

_TLDS: Final = (
    "com|net|org|info|biz|gov|gouv|edu|int|ma|fr|dz|tn|eg|sa|ae|qa|ch|nl|uk|eu|ly|co|io|tv|gg|gl|gd|"
    "cc|app|link|site|online|shop|store|xyz|page|blog|live|news|dev|ai|club|africa|tk|ru|tr|social|tech"
)
_WORD_TLDS: Final = "de|es|it|to|in|be|us|ca|pt|is|so|no|me|la|ee|gle|bio|media|top|pro|cloud|im"
"""Endings that are words too: `fini.de` is a missing space, `t.me/abc` is a link."""
_UNSEEN: Final = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\u20e3"
)
"""Signs that show nothing between digits, the key around keycap emoji among them."""
_GAP: Final = rf"[ .\-/()\u00a0\u2007\u2009\u202f\u2010-\u2015{_UNSEEN}]"
_END: Final = r"(?!\d)"
_HOST_TAIL: Final = r"(?:\.[\w-]{1,63}+){1,5}+"
_PROVIDERS: Final = (
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|proton(?:mail)?|menara)"
)
_DOT: Final = r"\s{0,2}[\[(]?\s?(?:\.|dot|point|نقطة)\s?[\])]?\s{0,2}(?:com|fr|ma|net|org|me|es)\b"
_EMAIL: Final = rf"""(?P<email>
    (?<![\w.+-])[\w.+-]{{1,64}}+(?:
        @[\w-]{{1,63}}+{_HOST_TAIL}
        |\s{{0,2}}(?:@|[\[({{<]\s?(?:@|at|arobase)\s?[\])}}>])\s{{0,2}}{_PROVIDERS}\b(?:{_DOT})?
        |\s{{1,2}}(?:at|arobase)\s{{1,2}}{_PROVIDERS}{_DOT}
    )
)"""
_LINK: Final = rf"""(?P<link>
    (?:https?|ftp)://[^\s⟨⟩]++
    |(?<!\w)www\.[^\s⟨⟩]++
    |(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}+\.){{1,5}}?
     (?:
        (?:(?-i:{_TLDS})|(?-i:{_TLDS.upper()}))(?![\w-])(?!\.\w)
        (?!\s+\w{{1,20}}+(?<=ch|sh)\b)  # Darija's negation after a missing space: bzaf.ma 3jebnich
        (?::\d{{1,5}})?(?:/[^\s⟨⟩]*+)?
        |(?:{_WORD_TLDS})/[^\s⟨⟩]++
     )
)"""
_ACCOUNT: Final = rf"""(?P<account>
    @\u2068[^\u2069\n]{{1,60}}\u2069  # a mention as WhatsApp copies it
    |@[{_UNSEEN}]{{0,3}}\w(?:[\w.-]{{0,60}}\w)?(?:@[\w-]{{1,63}}+{_HOST_TAIL})?
    |(?<![\w/])/?u/[\w-]{{3,30}}+
    |(?<!\w)(?:insta(?:gram)?|ig|snap(?:chat)?|tik\ ?tok|telegram|fb|facebook|tw|twitter|x)
     \s?:\s?(?=[a-z.]{{0,29}}[\d_])[\w.]{{3,30}}+
)"""
_BANK: Final = rf"""(?P<bank>
    (?<!\w)(?:ma|(?-i:[A-Z]{{2}}))\d{{2}}(?:[ .-]?(?=[a-z]{{0,3}}\d)[a-z0-9]{{4}}){{2,7}}
     (?:[ .-]?(?=[a-z]{{0,2}}\d)[a-z0-9]{{1,3}})?(?!\w)
    |(?<!\d)(?!00[1-9]\d{{7,13}}{_END})\d{{14,40}}{_END}
    |(?<!\d)\d{{4}}(?:[ .-]\d{{4}}){{3}}{_END}
    |(?<!\d)\d(?:[ .-]?\d){{23}}{_END}
)"""
_PHONE: Final = rf"""(?P<phone>
    (?<![\d.,])(?:
        (?:(?:\+|00){_GAP}{{0,3}})?2{_GAP}?1{_GAP}?2{_GAP}{{0,3}}(?:0{_GAP}{{0,3}})?
        |[0o]{_GAP}{{0,3}}
    )[1-9](?:{_GAP}{{0,3}}\d){{8}}{_END}
    |(?<![\d.,])0[5-8](?P<sign>\s?[,;:_*|~•·٫،=]\s?)\d\d(?:(?P=sign)\d\d){{3}}{_END}
    |(?<!\d)(?:\+|00){_GAP}?[1-9](?:{_GAP}{{0,3}}\d){{7,13}}{_END}
    |(?<![\d.,])\d{{10,13}}{_END}
    |(?<![\d.,])[5-7]\d{{8}}{_END}
    |(?<![\d.,])[5-7](?:[ .-]\d\d){{4}}{_END}
)"""
_CARD: Final = r"""(?P<card>
    (?<![\w#])[a-z]{2}-?\d{5,7}(?!\w)
    |(?<![\w#])(?-i:[A-Z])-?\d{5,7}(?!\w)
    |(?<!\w)(?:cin|cnie|cni|carte\ nationale|بطاقة|البطاقة\ الوطنية)
     (?:\s?(?:n°|no|num|رقم|:)){0,2}\s?[a-z]{1,2}\s?\d{4,7}(?!\w)
)"""
_HAS_LINK = re.compile(rf"://|www\.|\.(?:{_TLDS}|{_WORD_TLDS})(?!\w)", re.IGNORECASE)
_HAS_NAMED_ACCOUNT = re.compile(r"\bu/|\w\s?:\s?[a-z.]{0,29}[\d_]", re.IGNORECASE)
_HAS_SPELLED_ADDRESS = re.compile(rf"(?:at|arobase)\W{{1,4}}{_PROVIDERS}", re.IGNORECASE)
_HAS_DIGITS = re.compile(r"\d(?:[^\d\n]{0,3}\d){4}")
_DATE = re.compile(r"\d{1,2}([ ./-])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d([./-])\d\d?\2\d\d?")
_FIGURE = re.compile(r"\d+")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ .-]?){4}")
_THOUSANDS = re.compile(r"\+?\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+")
_UNIT = re.compile(
    r"[\s\u00a0\u202f]{0,2}(?:vues?|views?|vus|likes?|fois|abonn|followers?|millions?|milliards?|mille|"
    r"dh|dhs|mad|dirhams?|euros?|eur|€|\$|£|usd|%|personnes|habitants|people|partages|shares|"
    r"commentaires|comments|posts|tweets|مشاهد|درهم|مليون|مليار|متابع|شخص|نسمة|تعليق|إعجاب|mchahada|"
    r"drham|moutabi3)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:\w{1,10}://)?(?:www\.)?([^/:?#\s]++)", re.IGNORECASE)
_PATH_START = re.compile(r"/@?([\w.-]{1,60})")
_TRAILING: Final = ".,;:!?)]»”\"'،؛؟"
_PASSES: Final = 4


def mask(text: str, keep: Keep | None = None) -> str:
    """The text with every find replaced by its mask; masking twice changes nothing more."""
    keep = keep or KeepNothing()
    for _ in range(_PASSES):
        masked = _once(text, keep)
        if masked == text:
            return text
        text = masked
    return text


def _once(text: str, keep: Keep) -> str:
    shadow = text if text.isascii() else text.translate(_SHADOW)
    pattern = _pattern(
        bool(_HAS_LINK.search(shadow)),
        _may_have_account(shadow),
        bool(_HAS_DIGITS.search(shadow)),
    )
    if pattern is None:
        return text
    out: list[str] = []
    done = at = 0
    while found := pattern.search(shadow, at):
        kind = str(found.lastgroup)
        start, end = _cut(found, shadow, kind, keep)
        if end > start:
            out += (text[done:start], MASKS[kind])
            done = at = end
        else:
            at = _after_refused(found, kind)
    return "".join((*out, text[done:]))


def _may_have_account(shadow: str) -> bool:
    """Cheap signs first: most texts have neither."""
    if "@" in shadow or _HAS_SPELLED_ADDRESS.search(shadow):
        return True
    named = "/" in shadow or ":" in shadow
    return named and _HAS_NAMED_ACCOUNT.search(shadow) is not None


def _after_refused(found: re.Match[str], kind: str) -> int:
    """Where to look on: behind the first figure, since a number to mask may follow a kept one."""
    figure = _FIGURE.search(found[0]) if kind in ("bank", "phone") else None
    return found.start() + figure.end() if figure else found.end()


@cache
def _pattern(links: bool, accounts: bool, numbers: bool) -> re.Pattern[str] | None:
    """What has to be looked for in a text with these signs; looking for all is much slower."""
    parts = [_EMAIL] if accounts else []
    parts += [_LINK] if links else []
    parts += [_ACCOUNT] if accounts else []
    parts += [_BANK, _PHONE, _CARD] if numbers else []
    return re.compile("|".join(parts), re.IGNORECASE | re.VERBOSE) if parts else None


def _cut(found: re.Match[str], shadow: str, kind: str, keep: Keep) -> tuple[int, int]:
    """What of a match is masked; nothing (equal ends) when it is no find or is to be kept."""
    start, end = found.span()
    if kind in ("link", "email"):
        end = start + len(shadow[start:end].rstrip(_TRAILING))
    value = shadow[start:end]
    if kind == "link":
        return _kept_part(value, start, end, keep)
    if kind == "email":
        return (start, start if keep.keeps_site(value.rpartition("@")[2].lower()) else end)
    if kind == "account":
        handle = value.rpartition(":")[2].rpartition("/")[2].strip().removeprefix("@").lower()
        return (start, start if keep.keeps_account(handle) else end)
    if kind == "phone":
        return _phone(value, start, end, shadow, keep)
    if kind == "bank":
        return (start, end if _is_bank(value, keep) else start)
    return start, end


def _kept_part(value: str, start: int, end: int, keep: Keep) -> tuple[int, int]:
    """Of a link to a kept site the host stays, and a plain path; what may name a case goes."""
    host = _HOST.match(value)
    if host is None:
        return start, end
    path = value[host.end() :]
    if keep.keeps_site(host[1].lower()):
        plain = not re.search(r"[?#=@]|\d{4}", path)
        return (end if plain else start + host.end()), end
    profile = _PATH_START.match(path)
    if (
        profile
        and keep.keeps_account(profile[1].lower())
        and profile.end() >= len(path.rstrip("/"))
    ):
        return end, end
    return start, end


def _phone(value: str, start: int, end: int, shadow: str, keep: Keep) -> tuple[int, int]:
    if keep.keeps_number(_digits(value)) or _DATE.search(value) or _is_emphasis(value):
        return start, start
    international = value.startswith(("+", "00"))
    if not value.startswith(("0", "o", "O", "+212")):
        grouped = _THOUSANDS.fullmatch(value) and value.endswith("000")
        if grouped or _UNIT.match(shadow, end):
            return start, start
    if international:
        last = re.search(r"(?<!\d)\d+$", value)
        if last and last.start() > 0 and keep.keeps_number(last[0]):
            return start, start + len(value[: last.start()].rstrip())
    return start, end


def _is_bank(value: str, keep: Keep) -> bool:
    if _DATE.search(value) or _YEARS.fullmatch(value) or _is_emphasis(value):
        return False
    groups = re.split(r"[ .-]", value)
    if any(keep.keeps_number(group) for group in groups):
        return False
    if value[:2].isalpha():
        return sum(char.isdigit() for char in value) >= 10
    return not any(len(group) == 10 and group.startswith("0") for group in groups if groups[1:])


def _is_emphasis(value: str) -> bool:
    """Whether it is a digit held down (`5555555555555`) or a round sum (`1000000000000`)."""
    held_down = len(set(value)) == 1
    round_sum = value.endswith("000000") and not value.startswith(("0", "٠"))
    return value.isdigit() and (held_down or round_sum)


def _digits(value: str) -> str:
    return "".join(char for char in value.replace("o", "0").replace("O", "0") if char.isdigit())

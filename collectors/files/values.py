"""Cells as people and platforms write them: times, counts, kinds, names of platforms."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

from collectors.base import Kind

Clock = Callable[[str], datetime]
"""Text to an aware moment in UTC; raises `ValueError` with a reason for people."""

DAY_FIRST, MONTH_FIRST, AUTO = "day-first", "month-first", "auto"
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ZONES: Final = {
    "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "WET": "+0000", "WEST": "+0100",
    "CET": "+0100", "CEST": "+0200", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
    "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}  # fmt: skip
_ZONE_NAME = re.compile(r"(?<!\s)\s*\b([A-Z]{1,4})$")
_EPOCH = re.compile(r"\d{9,10}(?:[.,]\d{1,9})?|\d{12,13}(?:[.,]\d{1,6})?|\d{15,16}")
_EXCEL = re.compile(r"[3-7]\d{4}(?:[.,]\d{1,12})?")
"""A day as spreadsheets count them, from 30 December 1899 on; between 1982 and 2119."""
_EXCEL_START: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the zone is the file's
_NUMERIC = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
    r"(?:[ T,à-]{1,4}(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:\s?([AaPp])\.?[Mm]\.?)?)?"
    r"(?:\s?([+-]\d{2}:?\d{2}))?"
)
_LEGACY = "%a %b %d %H:%M:%S %z %Y"
_EARLIEST, _LATEST = datetime(1995, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_UNREADABLE = "is no date that Sada reads; name its form with dates: (see docs/how-to/import.md)"


def plain_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9."""
    return text if text.isascii() else text.translate(_DIGITS)


def clock(form: str, zone: tzinfo) -> Clock:
    """A reader of times. `form`: `auto`, `day-first`, `month-first`, or as `strptime` has it.

    What bears no zone is read as `zone`. `auto` takes ISO 8601, seconds, milliseconds or
    microseconds since 1970, the forms of platforms' exports, and 31/12/2025 as day first.
    """
    if form in (AUTO, DAY_FIRST, MONTH_FIRST):
        return lambda text: _plausible(_any_form(text, form == MONTH_FIRST, zone), text)
    return lambda text: _plausible(_own_form(text, form, zone), text)


def moment(value: object, read: Clock, zone: tzinfo) -> datetime:
    """The moment in a cell, in UTC. Raises `ValueError` with a reason for people."""
    if isinstance(value, datetime):
        return _plausible(_zoned(value, zone), str(value))
    if isinstance(value, date):
        return _plausible(_zoned(datetime.combine(value, time()), zone), str(value))
    return read(str(value))


def count(value: object) -> int | None:
    """An interaction count (`12`, `1,204`, `1 204`, `1.204,0`, `12.5K`, `1,2 M`), `None` where
    unknown."""
    if isinstance(value, str) and value.isdigit() and value.isascii() and len(value) <= 15:
        return int(value)
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    text = plain_digits(str(value)).replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    found = _COUNT.fullmatch(text)
    if not found:
        return None
    whole = _THOUSANDS.fullmatch(found[1]) is not None and not found[2]
    try:
        number = float(re.sub(r"[.,'’]", "", found[1]) if whole else _decimal(found[1]))
    except ValueError:
        return None
    return round(number * _SCALE[found[2].lower()])


def _decimal(text: str) -> str:
    """A number with its decimals behind a dot: where two signs are used, the last one is theirs."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0 or len({sign for sign in text if not sign.isdigit()}) == 1:
        return text.replace(",", ".")
    return re.sub(r"[.,'’]", "", text[:last]) + "." + text[last + 1 :]


_COUNT = re.compile(r"\+?(\d{1,15}(?:[.,'’]\d{1,6}){0,4})([kKmMbB]?)")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_SCALE: Final = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def truth(value: object) -> bool | None:
    """A yes or no, `None` where neither is said."""
    text = str(value).strip().lower()
    if text in ("true", "1", "1.0", "yes", "y", "oui", "vrai", "نعم", "blue", "verified"):
        return True
    return False if text in ("false", "0", "0.0", "no", "n", "non", "faux", "لا") else None


def says_yes(value: object) -> bool:
    """Whether a flag is set: by a yes, or by the id of the other post."""
    if value is None or isinstance(value, bool):
        return bool(value)
    return str(value).strip().lower() not in _NOTHING and truth(value) is not False


_NOTHING: Final = frozenset(("", "none", "null", "nan", "na", "n/a", "-", "[]", "{}"))

_KINDS: Final = {
    Kind.ORIGINAL: (
        "original post tweet status photo video link reel album carousel igtv article submission "
        "native_video live_video_complete youtube publication originale statut photos videos "
        "story text image clip منشور"
    ),
    Kind.REPOST: "repost retweet retweeted rt share shared partage repartage republication reblog",
    Kind.REPLY: "reply replied_to comment comments commentaire réponse reponse answer رد تعليق",
    Kind.QUOTE: "quote quoted quote_tweet citation cité cite اقتباس",
}
_KIND: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def kind(text: str) -> Kind:
    """What a post is, by the word in its cell. Raises `ValueError` for an unknown word."""
    found = _KIND.get(re.sub(r"[\s-]+", "_", text.strip().lower()))
    if found is None:
        raise ValueError(f"kind “{text[:40]}” is none of original, repost, reply, quote")
    return found


_PLATFORMS: Final = {
    "twitter": "x", "twitter.com": "x", "x.com": "x", "tweet": "x", "fb": "facebook",
    "facebook.com": "facebook", "ig": "instagram", "insta": "instagram",
    "instagram.com": "instagram", "tiktok.com": "tiktok", "tik tok": "tiktok", "tik_tok": "tiktok",
    "youtube.com": "youtube", "yt": "youtube", "reddit.com": "reddit", "threads.net": "threads",
    "threads.com": "threads", "youtu.be": "youtube", "m.facebook.com": "facebook",
    "vm.tiktok.com": "tiktok", "mobile.twitter.com": "x", "bsky": "bluesky",
    "bsky.app": "bluesky", "linkedin.com": "linkedin",
}  # fmt: skip
_PLATFORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")


def platform(text: str) -> str:
    """A platform's short name (`x`, `facebook` …), of its name, site or a link to it.

    Raises `ValueError` when it cannot be one.
    """
    name = text.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    name = name.removeprefix("www.")
    name = _PLATFORMS.get(name, name)
    if not _PLATFORM.fullmatch(name):
        raise ValueError(f"“{text[:40]}” is no name of a platform")
    return name


def is_month_first(samples: list[str]) -> bool:
    """Whether numeric dates among `samples` can only be read month first."""
    found = [match for text in samples if (match := _NUMERIC.match(plain_digits(text.strip())))]
    return any(int(m[2]) > 12 for m in found) and not any(int(m[1]) > 12 for m in found)


def _any_form(text: str, month_first: bool, zone: tzinfo) -> datetime:
    text = plain_digits(text).strip()
    if text[4:5] == "-" and (written := _plain_iso(text)):
        return _zoned(written, zone)
    if _EPOCH.fullmatch(text):
        return _epoch(float(text.replace(",", ".")))
    if _EXCEL.fullmatch(text):
        days = float(text.replace(",", "."))
        return _zoned(_EXCEL_START + timedelta(seconds=round(days * 86_400)), zone)
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found, month_first, zone)
    for reader in (_iso, _legacy, parsedate_to_datetime):
        try:
            return _zoned(reader(text), zone)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise ValueError(f"“{text[:40]}” {_UNREADABLE}")


def _plain_iso(text: str) -> datetime | None:
    """What most exports write, without a look at the other forms."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _iso(text: str) -> datetime:
    named = _ZONE_NAME.search(text)
    if named and named[1] != "Z":
        if named[1] not in _ZONES:
            raise ValueError
        text = text[: named.start()] + _ZONES[named[1]]
    return datetime.fromisoformat(re.sub(r"(?<!\s)\s+([+-]\d{2}:?\d{2})$", r"\1", text))


def _legacy(text: str) -> datetime:
    return datetime.strptime(text, _LEGACY)  # noqa: DTZ007 - %z is in the form


def _own_form(text: str, form: str, zone: tzinfo) -> datetime:
    try:
        return _zoned(datetime.strptime(plain_digits(text).strip(), form), zone)  # noqa: DTZ007
    except ValueError as error:
        raise ValueError(f"“{text[:40]}” is not written as {form}") from error


def _epoch(number: float) -> datetime:
    for limit, scale in ((1e11, 1.0), (1e14, 1e3)):
        if number < limit:
            return datetime.fromtimestamp(number / scale, UTC)
    return datetime.fromtimestamp(number / 1e6, UTC)


def _numeric(found: re.Match[str], month_first: bool, zone: tzinfo) -> datetime:
    day, month = (int(found[2]), int(found[1])) if month_first else (int(found[1]), int(found[2]))
    hour, minute, second = (int(found[i] or 0) for i in (4, 5, 6))
    if found[7]:
        hour = hour % 12 + (12 if found[7] in "pP" else 0)
    try:
        made = datetime(int(found[3]), month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError as error:
        order = "month first" if month_first else "day first"
        raise ValueError(f"“{found[0]}” is no date when read {order}") from error
    if found[8]:
        made = made.replace(tzinfo=datetime.strptime(found[8], "%z").tzinfo)
    return _zoned(made, zone)


def _zoned(made: datetime, zone: tzinfo) -> datetime:
    return (made if made.tzinfo else made.replace(tzinfo=zone)).astimezone(UTC)


def _plausible(made: datetime, text: str) -> datetime:
    if not _EARLIEST <= made < _LATEST:
        raise ValueError(f"“{text[:40]}” is read as the year {made.year}, which cannot be")
    return made

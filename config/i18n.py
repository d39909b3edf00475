"""Translations: one `.po` catalogue a language and room, and numbers as readers expect them.

Messages are named by keys (`kpi.posts`), so that no language is the source of the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

Language = Literal["fr", "ar", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: Mapping[Language, str] = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}
FALLBACK: Language = "fr"
BRANDS: Mapping[str, str] = {
    "x": "X",
    "reddit": "Reddit",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "telegram": "Telegram",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
}
"""Platforms by their proper names, which are the same in all languages."""
CASABLANCA = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True)
class Translator:
    """Texts and numbers of one language.

    Digits are Western in all three, as Moroccans write them (CLDR `ar_MA`).
    """

    language: Language
    messages: Mapping[str, str]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def locale(self) -> Locale:
        return Locale.parse(LOCALES[self.language])

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with `{name}` replaced by `values`. Raises `KeyError` if unknown."""
        return self.messages[key].format(**values)

    def platform(self, platform: str) -> str:
        """The name of a platform or source; a word such as `news` is the text `platform.news`."""
        written = self.messages.get(f"platform.{platform}") or BRANDS.get(platform)
        return written or platform.replace("_", " ").capitalize()

    def number(self, value: float, digits: int = 0) -> str:
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def compact(self, value: float) -> str:
        """A large number in a word: 12 k, 3,4 M."""
        if abs(value) < 10_000:
            return self.number(value)
        return str(format_compact_decimal(value, fraction_digits=1, locale=self.locale))

    def percent(self, share: float, digits: int = 0) -> str:
        whole = self.locale.percent_formats[None].pattern
        pattern = whole.replace("0", "0." + "0" * digits) if digits else whole
        return str(format_percent(share, format=pattern, locale=self.locale))

    def points(self, difference: float, digits: int = 0) -> str:
        """A difference of two shares in percentage points, with its sign and no unit."""
        value = round(100 * difference, digits)
        shown = self.number(abs(value), digits)
        return f"{'−' if value < 0 else '+'}{shown}" if value else shown

    def day(self, day: date, form: str = "d MMM yyyy") -> str:
        return str(format_date(day, format=form, locale=self.locale))

    def moment(self, moment: datetime, form: str = "d MMM yyyy HH:mm") -> str:
        """`moment` (aware) as the clocks of Casablanca show it."""
        return str(format_datetime(moment, format=form, tzinfo=CASABLANCA, locale=self.locale))


@lru_cache
def load_messages(folder: Path, language: Language) -> Mapping[str, str]:
    """The catalogue `folder/<language>.po` by key."""
    with (folder / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


def load_translator(language: str, *folders: Path) -> Translator:
    """The translator of `language` (French when unknown) over the catalogues of `folders`."""
    known = next((name for name in LANGUAGES if name == language), FALLBACK)
    messages = {k: v for folder in folders for k, v in load_messages(folder, known).items()}
    return Translator(known, messages)

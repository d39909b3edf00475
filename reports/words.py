"""Figures in words, the same for digest and report, in the reader's language."""

import re
from functools import cache
from pathlib import Path

from config.i18n import Translator, load_translator
from measures.change import Change
from measures.dictionary import METRICS

TRANSLATIONS = Path(__file__).with_name("translations")
VOLUMES = frozenset({"posts", "originals", "engagement", "views"})
"""Metrics whose change is a ratio; that of all others is a difference of shares."""
OPEN = frozenset({"posts", "originals"})
"""Figures that are shown however few authors stand behind them (see `measures.suppress`)."""
QUOTED = re.compile(r"[«“\"]([^»”\"\n]+)[»”\"]")
TITLE_END = re.compile(r"[,،:(]| [–—] ")
LEFT_TO_RIGHT = "\u200e"


@cache
def translator(language: str) -> Translator:
    """The translator of this room's texts."""
    return load_translator(language, TRANSLATIONS)


def left(t: Translator, text: str) -> str:
    """`text` (a signed number, a code) kept in its own order inside right-to-left text."""
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if t.direction == "rtl" else text


def isolated(text: str) -> str:
    """`text` of unknown direction (a topic, a name) so that it does not turn its surroundings."""
    return f"\u2068{text}\u2069"


def percent(t: Translator, share: float, digits: int = 0) -> str:
    """A share as readers of the language write it."""
    return left(t, t.percent(share, digits))


def signed_percent(t: Translator, change: float) -> str:
    """A relative change with its sign; a change that rounds to nothing has none."""
    size = percent(t, abs(change)).strip(LEFT_TO_RIGHT)
    sign = "" if round(abs(change), 2) == 0 else ("−" if change < 0 else "+")
    return left(t, f"{sign}{size}")


def points(t: Translator, difference: float) -> str:
    """A difference of shares in percentage points, with its sign and unit."""
    form = t.locale.plural_form(abs(round(100 * difference)))
    return t(f"points.{form}", n=left(t, t.points(difference)))


def counted(t: Translator, key: str, number: int) -> str:
    """`number` with its noun in the form that the language asks for."""
    form = t.locale.plural_form(number)
    name = f"{key}.{form}" if f"{key}.{form}" in t.messages else f"{key}.other"
    return t(name, n=t.number(number))


def short_title(title: str, longest: int = 40) -> str:
    """A campaign's name in quotes, else the first part of its title, fit for a subject line."""
    quoted = QUOTED.match(title)
    title = quoted.group(1).strip() if quoted else TITLE_END.split(title, maxsplit=1)[0].strip()
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"


def metric_name(t: Translator, key: str) -> str:
    """What the dictionary of metrics calls `key`, else this room's own name."""
    metric = METRICS.get(key)
    return metric.name[t.language] if metric else t(f"metric.{key}")


def change_label(t: Translator, key: str, period: str) -> str:
    """A metric and the period whose change is told."""
    return t("change.label", metric=metric_name(t, key), period=t(f"period.{period}"))


def amount(t: Translator, key: str, value: float | None) -> str:
    """An effect, bound or detectable change of metric `key`, with sign and unit."""
    if value is None:
        return t("words.unknown")
    return signed_percent(t, value - 1) if key in VOLUMES else points(t, value)


def change_words(t: Translator, key: str, change: Change, *, corrected: bool = False) -> str:
    """The verdict on a change in one sentence, with its interval.

    `corrected`: hand labels have corrected it for the classifier's errors.
    """
    if change.verdict == "not_enough_data":
        return t("change.not_enough_data", reason=t(f"reason.{change.reason or 'unknown'}"))
    told = t(
        f"change.{change.verdict}",
        effect=amount(t, key, change.effect),
        low=amount(t, key, change.low),
        high=amount(t, key, change.high),
        smallest=amount(t, key, change.smallest_detectable).replace("+", ""),
    )
    return f"{told} {t('change.corrected')}" if corrected else told

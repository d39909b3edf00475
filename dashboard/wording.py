"""How figures and changes are written: signs, units, intervals, verdicts."""

from dataclasses import dataclass
from typing import Literal

from config.i18n import Translator
from dashboard.words import figure
from measures.change import Change
from measures.compare_campaigns import Contrast
from measures.figures import Interval

Scale = Literal["ratio", "share"]
MINUS = "−"
ARROWS = {
    "rose": "▲", "fell": "▼", "higher": "▲", "lower": "▼", "not_detectable": "≈",
    "not_enough_data": "?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change amounts to, ready to be shown. `detail` explains it in full."""

    kind: str
    arrow: str
    short: str
    detail: str


def scale(key: str) -> Scale:
    """Whether changes of a metric are ratios or differences of shares."""
    return "ratio" if key == "originals" else "share"


def signed_percent(ratio: float, t: Translator) -> str:
    """A ratio to the baseline as a change in per cent, with its sign."""
    if ratio >= 10:
        return figure("×" + t.number(ratio, 1))
    value = round(100 * (ratio - 1))
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    return figure(sign + t.percent(abs(value) / 100))


def _amount(value: float, on: Scale, t: Translator) -> str:
    return signed_percent(value, t) if on == "ratio" else figure(t.points(value, 1))


def change_amount(change: Change, on: Scale, t: Translator) -> str:
    if change.effect is None:
        return ""
    amount = _amount(change.effect, on, t)
    return amount if on == "ratio" else t("unit.points", value=amount)


def interval(change: Change, on: Scale, t: Translator) -> str:
    """The 95 % interval in words: between this and that."""
    if change.low is None or change.high is None:
        return ""
    return t("interval", low=_amount(change.low, on, t), high=_amount(change.high, on, t))


def verdict(change: Change, on: Scale, t: Translator) -> Verdict:
    """The chip of a change."""
    kind = change.verdict
    if kind in ("rose", "fell"):
        short = change_amount(change, on, t)
        detail = t(f"verdict.{kind}.detail", interval=interval(change, on, t))
    elif kind == "not_detectable":
        short, detail = t("verdict.not_detectable"), t("verdict.not_detectable.detail")
        if change.smallest_detectable is not None:
            least = _amount(change.smallest_detectable, on, t)
            least = least if on == "ratio" else t("unit.points", value=least)
            detail = t("verdict.not_detectable.least", least=least)
        if change.low is not None:
            detail += " " + t("verdict.interval", interval=interval(change, on, t))
    else:
        short = t("verdict.not_enough_data")
        detail = t("verdict.why", why=t(f"reason.{change.reason or 'unknown'}"))
    return Verdict(kind, ARROWS[kind], short, detail)


def change_words(change: Change, on: Scale, t: Translator) -> str:
    """What stands below the chip of a change: its interval, or why nothing can be said."""
    if change.verdict == "not_enough_data":
        return t(f"reason.{change.reason or 'unknown'}")
    return interval(change, on, t)


def contrast_words(contrast: Contrast, on: Scale, t: Translator) -> Verdict:
    """How the first side's change compares with the other's; ratios are told as factors."""
    kind = contrast.verdict
    short = t(f"compare.verdict.{kind}")
    values = (contrast.effect, contrast.low, contrast.high)
    if kind == "not_enough_data" or None in values:
        return Verdict(kind, ARROWS[kind], short, t("compare.contrast.why"))
    effect, low, high = (_contrasted(value or 0.0, on, t) for value in values)
    if on == "share":
        effect = t("unit.points", value=effect)
    detail = t("compare.contrast.amount", amount=effect, interval=t("interval", low=low, high=high))
    return Verdict(kind, ARROWS[kind], short, detail)


def _contrasted(value: float, on: Scale, t: Translator) -> str:
    if on == "share":
        return figure(t.points(value, 1))
    return figure("×" + t.number(value, 2 if value < 10 else 0))


def level(value: float, key: str, t: Translator) -> str:
    """What was observed of a metric whose change is measured: a day for counts, else a share."""
    if key == "originals":
        return t("unit.a_day", value=t.number(value, 0 if value >= 100 else 1))
    if key == "net_sentiment":
        return t("unit.points", value=figure(t.points(value, 1)))
    return t.percent(value, 1)


def between(bounds: Interval, t: Translator) -> str:
    return t("between", low=t.compact(bounds.low), high=t.compact(bounds.high))

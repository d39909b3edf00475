"""Before and during the campaign: a topic's change, and what moved altogether, in words."""

from collections.abc import Mapping
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.parts.card import chip
from dashboard.wording import interval, verdict
from dashboard.words import figure, isolate
from measures.change import Change
from measures.several import LEVEL
from measures.topic_mix import Shift, TopicMix


def topic_change(mix: TopicMix | None, number: int, t: Translator) -> Any:
    """What the row of a topic tells; `None` where there is nothing to compare."""
    if mix is None:
        return None
    if number in mix.withheld:
        return html.Div(t("topics.withheld"), className="topic-change soft")
    change = mix.changes.get(number)
    if change is None or change.baseline is None or change.level is None:
        return None
    parts: list[Any] = [
        html.Div(
            t("topics.shares", before=_share(change.baseline, t), during=_share(change.level, t)),
            className="topic-shares",
        ),
        chip(verdict(change, "share", t), t),
    ]
    if change.verdict != "not_enough_data" and change.low is not None:
        said = t("topics.interval", interval=interval(change, "share", t))
        parts.append(html.Div(said, className="topic-interval"))
    return html.Div(parts, className="topic-change")


def mix_words(mix: TopicMix | None, names: Mapping[int, str], t: Translator) -> Any:
    """Above the list: which topics changed, how far all of them moved, and how that is judged."""
    if mix is None or not mix.changes:
        return None
    return html.Div(
        [
            html.H2(_found(mix.changes, names, t), className="mix-title"),
            html.P(_shifted(mix.shift, t)) if mix.shift else None,
            html.P(t("topics.mix.note"), className="soft"),
        ],
        className="topic-mix",
    )


def _found(changes: Mapping[int, Change], names: Mapping[int, str], t: Translator) -> str:
    claims = {
        verdict: [
            isolate(names[number])
            for number, one in changes.items()
            if one.verdict == verdict and number in names
        ]
        for verdict in ("rose", "fell")
    }
    said = [
        t(f"topics.mix.{verdict}", topics=t("topics.join").join(topics))
        for verdict, topics in claims.items()
        if topics
    ]
    if said:
        return " ".join(said)
    judged = [one for one in changes.values() if one.verdict != "not_enough_data"]
    if judged:
        return t("topics.mix.none")
    reason = next(iter(changes.values())).reason or "unknown"
    return t("topics.mix.not_enough", why=t(f"reason.{reason}"))


def _shifted(shift: Shift, t: Translator) -> str:
    key = "moved" if shift.chance < LEVEL else "still"
    return t(
        f"topics.mix.{key}",
        divergence=figure(t.number(100 * shift.divergence, 1)),
        usual=figure(t.number(100 * shift.usual, 1)),
    )


def _share(value: float, t: Translator) -> str:
    return t.percent(value, 1 if value < 0.1 else 0)

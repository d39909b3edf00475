"""What of `sada measure` is about topics and about yesterday."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from config.campaign import Campaign, Phase
from measures.change import Change, Period
from measures.daily import Calendar
from measures.document import plain
from measures.reach import LEAST_AUTHORS
from measures.summary import NEVER
from measures.topics import topic_changes, topic_shift
from measures.unusual import Unusual
from reports.gather import Material
from reports.topics import safe_label, safe_words
from storage import queries
from storage.database import Database
from storage.rows import Cut, TopicView

Document = Mapping[str, Any]
Counts = list[float | None]

SEED = 103_13
"""Of the permutations behind a shift: the same data give the same document."""


def topics_document(database: Database, campaign: Campaign, material: Material) -> Document:
    """How each topic's share changed, all topics judged together, and how far the mix moved.

    Topics that fewer than ten authors of one platform posted on are in the sums but not told.
    """
    calendar = _calendar(campaign, material)
    cut = Cut(first=calendar.first, last=calendar.last)
    views = queries.topics(database, campaign.slug, cut)
    counts = {str(view.number): _counts(view, calendar) for view in views}
    found: dict[Period, dict[str, Change]] = {}
    shifts = {}
    periods = _periods(material)
    for period in periods if views else ():
        found[period], shifts[period] = _moved(campaign, material, calendar, counts, period)
    told = [view for view in views if view.number >= 0 and _told(database, campaign, cut, view)]
    return {
        "found": [_topic(view, found) for view in told],
        "shift": plain(shifts),
    }


def _moved(
    campaign: Campaign,
    material: Material,
    calendar: Calendar,
    counts: Mapping[str, Counts],
    period: Period,
) -> tuple[dict[str, Change], Any]:
    totals = _totals(list(counts.values()))
    named = {number: daily for number, daily in counts.items() if int(number) >= 0}
    days, span = calendar.dates, (campaign.start, campaign.end)
    changes = topic_changes(
        named, totals, days, *span, period, effective_authors=_authors(material, period)
    )
    chance = np.random.default_rng(SEED)
    return changes, topic_shift(counts, days, *span, period, chance=chance)


def _calendar(campaign: Campaign, material: Material) -> Calendar:
    seen = (material.seen or NEVER) if material.imports_only else None
    last = min(material.yesterday, campaign.last_day or material.yesterday)
    return Calendar(campaign.first_day, last, material.missing, seen)


def _counts(view: TopicView, calendar: Calendar) -> Counts:
    return [
        float(view.by_day.get(day, 0)) if calendar.collected(day) else None
        for day in calendar.dates
    ]


def _totals(counts: Sequence[Counts]) -> Counts:
    return [
        None if any(n is None for n in day) else sum(n or 0.0 for n in day)
        for day in zip(*counts, strict=True)
    ]


def _authors(material: Material, period: Period) -> float | None:
    """The fewer effective authors of the baseline and the period, where known."""
    phases = (material.summary.phases.get(phase) for phase in (Phase.BEFORE, Phase(period)))
    known = [f.effective_authors for f in phases if f and f.effective_authors is not None]
    return min(known, default=None)


def _periods(material: Material) -> list[Period]:
    return list(material.summary.changes.get("originals", {}))


def _told(database: Database, campaign: Campaign, cut: Cut, view: TopicView) -> bool:
    authors = queries.topic_authors(database, campaign.slug, cut, view.number)
    return authors >= LEAST_AUTHORS


def _topic(view: TopicView, found: Mapping[Period, Mapping[str, Change]]) -> Document:
    words = safe_words(tuple(view.words))
    return {
        "number": view.number,
        "label": safe_label(view.label, words),
        "words": list(words),
        "originals": sum(view.by_day.values()),
        "changes": {period: plain(changes[str(view.number)]) for period, changes in found.items()},
    }


def alerts_document(unusual: Sequence[Unusual]) -> list[Document]:
    """Yesterday's unusual counts; empty where there are none."""
    return [_alert(one) for one in unusual]


def _alert(one: Unusual) -> Document:
    topic = None
    if one.topic is not None:
        words = safe_words(one.topic.words)
        label = safe_label(one.topic.label, words)
        topic = {**plain(one.topic), "label": label, "words": list(words)}
    return {
        "metric": one.metric,
        "platform": one.platform,
        **plain(one.alert),
        "one_in": one.one_in,
        "topic": topic,
    }

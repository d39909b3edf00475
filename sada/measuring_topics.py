"""What of `sada measure` is about topics and about yesterday."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from config.campaign import Campaign, Phase
from measures.change import Period
from measures.daily import Calendar
from measures.document import plain
from measures.summary import NEVER
from measures.topic_mix import TopicMix, topic_mix
from measures.unusual import Unusual
from reports.gather import Material, phase_days
from reports.topics import safe_label, safe_words
from storage import queries
from storage.database import Database
from storage.rows import Cut, TopicView

Document = Mapping[str, Any]

SEED = 103_13
"""Of the permutations behind a shift: the same data give the same document."""


def topics_document(database: Database, campaign: Campaign, material: Material) -> Document:
    """How each topic's share changed, all topics judged together, and how far the mix moved.

    A topic that fewer than ten authors make in either phase is in the sums but not told.
    """
    calendar = _calendar(campaign, material)
    views = queries.topics(database, campaign.slug, Cut(first=calendar.first, last=calendar.last))
    periods = list(material.summary.changes.get("originals", {})) if views else []
    mixes = {
        period: _mix(database, campaign, material, calendar, views, period) for period in periods
    }
    told = [view for view in views if any(view.number in mix.changes for mix in mixes.values())]
    return {
        "found": [_topic(view, mixes) for view in told],
        "shift": {period: plain(mix.shift) for period, mix in mixes.items()},
    }


def _mix(
    database: Database,
    campaign: Campaign,
    material: Material,
    calendar: Calendar,
    views: Sequence[TopicView],
    period: Period,
) -> TopicMix:
    days = phase_days(campaign, calendar.last)
    spans = [days[phase] for phase in (Phase.BEFORE, Phase(period)) if phase in days]
    whole = (calendar.first, calendar.last)
    *sides, both = (
        queries.topic_voices(database, campaign.slug, Cut(first=first, last=last))
        for first, last in (*spans, whole)
    )
    return topic_mix(
        views,
        calendar,
        campaign.start,
        campaign.end,
        period,
        sides=sides,
        both=both,
        effective_authors=_authors(material, period),
        chance=np.random.default_rng(SEED),
    )


def _calendar(campaign: Campaign, material: Material) -> Calendar:
    seen = (material.seen or NEVER) if material.imports_only else None
    last = min(material.yesterday, campaign.last_day or material.yesterday)
    return Calendar(campaign.first_day, last, material.missing, seen)


def _authors(material: Material, period: Period) -> float | None:
    """The fewer effective authors of the baseline and the period, where known."""
    phases = (material.summary.phases.get(phase) for phase in (Phase.BEFORE, Phase(period)))
    known = [f.effective_authors for f in phases if f and f.effective_authors is not None]
    return min(known, default=None)


def _topic(view: TopicView, mixes: Mapping[Period, TopicMix]) -> Document:
    words = safe_words(tuple(view.words))
    return {
        "number": view.number,
        "label": safe_label(view.label, words),
        "words": list(words),
        "originals": sum(view.by_day.values()),
        "changes": {
            period: plain(mix.changes[view.number])
            for period, mix in mixes.items()
            if view.number in mix.changes
        },
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

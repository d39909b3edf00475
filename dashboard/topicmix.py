"""How the topics changed since before the campaign: asks the source, hands it to the measures."""

from dataclasses import replace
from datetime import date, timedelta

from config.campaign import Phase
from dashboard.context import Shown
from dashboard.gather import authors_within, missing_days, running_sources
from measures.daily import Calendar
from measures.reach import effective_authors
from measures.summary import NEVER
from measures.topic_mix import TopicMix, topic_mix
from storage.rows import Cut

SEED = 103_13
"""Of the permutations behind the shift, so that a page says the same each time it is drawn."""

Span = tuple[date, date]


def mix_of(shown: Shown) -> TopicMix | None:
    """Of the whole baseline and campaign so far, for the scope and platforms of the view.

    `None` before the campaign has a whole day. Kept until something is collected.
    """
    during = shown.campaign.phase_days(Phase.DURING, shown.today - timedelta(days=1))
    if during is None:
        return None
    before = (shown.campaign.first_day, shown.campaign.start - timedelta(days=1))
    changed = shown.source.last_change(shown.slug)
    key = ("topic mix", shown.slug, shown.view.cut, shown.today, changed)
    found: TopicMix = shown.cache.get(key, lambda: _found(shown, before, during))
    return found


def _found(shown: Shown, before: Span, during: Span) -> TopicMix:
    import numpy as np

    source, slug, whole = shown.source, shown.slug, (before[0], during[1])
    seen = None if running_sources(shown) else source.seen_range(slug) or NEVER
    known = [
        value
        for span in (before, during)
        if (value := effective_authors(authors_within(shown, span))) is not None
    ]
    return topic_mix(
        source.topics(slug, _cut(shown, whole)),
        Calendar(*whole, missing_days(shown, *whole), seen),
        shown.campaign.start,
        shown.campaign.end,
        sides=[source.topic_voices(slug, _cut(shown, span)) for span in (before, during)],
        both=source.topic_voices(slug, _cut(shown, whole)),
        effective_authors=min(known, default=None),
        chance=np.random.default_rng(SEED),
    )


def _cut(shown: Shown, span: Span) -> Cut:
    return replace(shown.view.cut, first=span[0], last=span[1])

"""What was unusual about yesterday, above the overview."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.context import Shown
from dashboard.gather import missing_days, running_sources
from dashboard.words import isolate
from measures.alerts import WINDOW
from measures.daily import Calendar
from measures.summary import NEVER
from measures.unusual import ALL, RAREST, Talk, Unusual, unusual_counts, with_new_topics
from storage.rows import Cut


def unusual_notice(shown: Shown) -> Any:
    """One line a count that is unusual, whatever the view leaves out; `None` without any."""
    found = unusual_yesterday(shown)
    if not found:
        return None
    return html.Div(
        [html.P(_said(one, shown.t)) for one in with_new_topics(found)],
        className="lead-notice",
        role="note",
    )


def unusual_yesterday(shown: Shown) -> tuple[Unusual, ...]:
    """What is unusual of yesterday in all that is followed, as the digest tells it."""
    key = ("unusual", shown.slug, shown.today, shown.source.last_change(shown.slug))
    found: tuple[Unusual, ...] = shown.cache.get(key, lambda: _found(shown))
    return found


def _found(shown: Shown) -> tuple[Unusual, ...]:
    yesterday = shown.today - timedelta(days=1)
    if shown.campaign.phase(yesterday) is None:
        return ()
    first = max(shown.campaign.first_day, yesterday - timedelta(days=WINDOW))
    source, slug = shown.source, shown.slug

    def cut(platform: str, since: date) -> Cut:
        return Cut(platforms=() if platform == ALL else (platform,), first=since, last=yesterday)

    talk = Talk(
        topics=lambda platform: source.topics(slug, cut(platform, first)),
        authors=lambda platform, number: source.topic_authors(
            slug, cut(platform, yesterday), number
        ),
    )
    days = source.daily(slug, cut(ALL, first), ("platform",))
    authors = source.authors(slug, cut(ALL, yesterday))
    return unusual_counts(days, _calendar(shown, first, yesterday), authors, talk)


def _calendar(shown: Shown, first: date, last: date) -> Calendar:
    """Which days can be used, over all platforms whatever the view leaves out."""
    seen = None if running_sources(shown) else shown.source.seen_range(shown.slug) or NEVER
    whole = replace(shown, view=replace(shown.view, scope="all", platforms=()))
    return Calendar(first, last, missing_days(whole, first, last), seen)


def _said(one: Unusual, t: Translator) -> str:
    alert = one.alert
    said = [
        t(
            f"unusual.{'loud' if alert.count > alert.expected else 'quiet'}",
            where=t.platform(one.platform) if one.platform else t("unusual.everywhere"),
            count=t.number(alert.count),
            expected=t.number(round(alert.expected)),
            low=t.number(round(alert.low)),
            high=t.number(round(alert.high)),
        ),
        t(f"unusual.{'rarer' if one.one_in >= RAREST else 'rare'}", days=t.number(one.one_in)),
    ]
    if one.topic is not None:
        label = one.topic.label or ", ".join(one.topic.words[:4])
        share, usual = t.percent(one.topic.share), t.percent(one.topic.usual)
        said.append(t("unusual.topic", topic=isolate(label), share=share, usual=usual))
    return " ".join(said)

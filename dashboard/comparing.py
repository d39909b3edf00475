"""What stands side by side: two campaigns, a campaign and its conversation, the last days and those
before. Asks as the overview does, and hands the rows to the measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from config.campaign import Campaign
from config.i18n import CASABLANCA
from dashboard.context import Shown
from dashboard.gather import Overview, authors_within, missing_days, overview, running_sources
from dashboard.view import THE_CONVERSATION, Scope
from measures.change import Change, Period
from measures.changes import CHANGES
from measures.compare import SPANS, Comparison, compare
from measures.compare_campaigns import Contrast, compare_campaigns, shared_days
from measures.daily import UNKNOWN_FROM
from measures.periods import BASELINE_DAYS
from measures.reach import fewest_voices
from measures.summary import NEVER
from storage.queries import given_later

Comparisons = Mapping[str, Mapping[int, Comparison]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called, and its figures."""

    name: str
    campaign: Campaign
    data: Overview


@dataclass(frozen=True, slots=True)
class Versus:
    """Both sides, the contrast of each change that both have, and how many days they share
    (`None` while neither ends). `conversation`: the other side is the talk around the campaign."""

    first: Side
    other: Side
    contrasts: Mapping[str, Mapping[Period, Contrast]]
    shared_days: int | None
    conversation: bool

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.other

    @property
    def keys(self) -> Sequence[str]:
        """Metrics whose change at least one side has."""
        return [key for key in CHANGES if any(key in s.data.summary.changes for s in self.sides)]

    def change(self, side: Side, key: str, period: Period) -> Change | None:
        """The change that the contrast is made of: corrected by hand labels if both sides' are."""
        found = self.contrasts.get(key, {}).get(period)
        summary = side.data.summary
        told = summary.told_changes if found is not None and found.corrected else summary.changes
        return told.get(key, {}).get(period)


@dataclass(frozen=True, slots=True)
class Lately:
    """The days up to `last` against as many before, by metric and span."""

    last: date
    comparisons: Comparisons

    def stretches(self, span: int) -> tuple[date, date, date]:
        """First day before, last day before, first day of the newer stretch."""
        middle = self.last - timedelta(days=span)
        return middle - timedelta(days=span - 1), middle, middle + timedelta(days=1)

    @property
    def without(self) -> tuple[str, ...]:
        """Platforms that are left out, since they give the newest days later."""
        return next((one.without for by in self.comparisons.values() for one in by.values()), ())

    def reason(self, span: int) -> str:
        """Why none of the span's differences can be judged; empty if any can."""
        tested = [one for by in self.comparisons.values() if (one := by[span].tested) is not None]
        judged = any(one.verdict != "not_enough_data" for one in tested)
        return "" if judged or not tested else tested[0].reason or "unknown"


def same_campaign(one: Campaign, other: Campaign) -> bool:
    """Whether they are waves of one campaign: they have a hashtag in common."""
    return bool(_hashtags(one) & _hashtags(other))


def _hashtags(campaign: Campaign) -> set[str]:
    return {tag.casefold() for family in campaign.families for tag in family.hashtags}


def versus(shown: Shown) -> Versus:
    """The campaign of `shown` beside what its view names, which must exist."""
    t, language = shown.t, shown.language
    title = shown.campaign.title[language]
    conversation = shown.view.against == THE_CONVERSATION
    if conversation:
        first = Side(title, shown.campaign, overview(_as(shown, shown.campaign, "campaign")))
        around = overview(_as(shown, shown.campaign, "topic"))
        other = Side(t("compare.conversation"), shown.campaign, around)
    else:
        theirs = shown.campaigns[shown.view.against]
        scope = shown.view.scope
        first = Side(title, shown.campaign, overview(_as(shown, shown.campaign, scope)))
        other = Side(theirs.title[language], theirs, overview(_as(shown, theirs, scope)))
    contrasts = compare_campaigns(first.data.summary, other.data.summary)
    days = shared_days(first.campaign, other.campaign)
    return Versus(first, other, contrasts, days, conversation)


def _as(shown: Shown, campaign: Campaign, scope: Scope) -> Shown:
    """The whole life of `campaign` within `scope`, as the same reader sees it."""
    view = replace(shown.view, campaign=campaign.slug, scope=scope, period="life")
    return replace(shown, campaign=campaign, view=replace(view, first=None, last=None))


def lately(shown: Shown) -> Lately:
    """Up to yesterday, or up to the campaign's last day; kept until something is collected."""
    yesterday = shown.today - timedelta(days=1)
    last = min(yesterday, shown.campaign.last_day or yesterday)
    changed = shown.source.last_change(shown.slug)
    key = ("lately", shown.slug, shown.view.cut, last, changed)
    found: Comparisons = shown.cache.get(key, lambda: _compared(shown, last))
    return Lately(last, found)


def _compared(shown: Shown, last: date) -> Comparisons:
    first = last - timedelta(days=2 * max(SPANS) - 1)
    source, slug = shown.source, shown.slug
    began = datetime.combine(first, time(), CASABLANCA)
    states = source.source_states(slug, shown.live, began, shown.now) if shown.live else []
    chosen = [one for one in states if not shown.view.platforms or one.name in shown.view.platforms]
    later = given_later(chosen, last, CASABLANCA, UNKNOWN_FROM)
    cut = replace(shown.view.cut, first=first, last=last)
    return compare(
        source.daily(slug, cut, ("platform",)),
        missing_days(shown, first, last, later),
        last,
        offensive_excluded=shown.offensive_excluded,
        seen=None if running_sources(shown) else source.seen_range(slug) or NEVER,
        effective_authors={s: _voices(shown, last, s) for s in SPANS if s >= BASELINE_DAYS},
        without=later,
    )


def _voices(shown: Shown, last: date, span: int) -> float | None:
    """The fewer effective authors of the two stretches."""
    middle, day = last - timedelta(days=span), timedelta(days=1)
    both = ((middle + day, last), (middle - (span - 1) * day, middle))
    return fewest_voices(authors_within(shown, days) for days in both)

"""The figures behind the overview: asks the source, hands the rows to the measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config.campaign import Phase
from dashboard.context import Shown
from measures.figures import Figures, figures
from measures.labelled import LabelledShares, correct
from measures.summary import NEVER, Summary, summarise
from storage.rows import AuthorsRow, Cut, DayRow

GRACE = timedelta(hours=1)
"""An hour that ended less than this ago may still be on its way, and is no gap yet."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the overview shows. `days` are those of the view by platform and language."""

    summary: Summary
    period: Figures
    """Of the view's days; without authors where the view is the whole life of a begun campaign,
    since the large figures are then those of the campaign so far."""
    days: Sequence[DayRow]
    missing: Mapping[date, float]
    any_posts: bool
    """Whether the campaign has any post at all, whatever the view leaves out."""
    without_offensive: tuple[str, ...] = ()
    """Platforms in the view that policy leaves out of the offensive share."""
    invented: int = 0
    """Posts of the campaign whose date was made up at their import."""


def overview(shown: Shown) -> Overview:
    """The figures of `shown`, from the cache when nothing was collected since."""
    key = (
        shown.slug,
        shown.view.cut,
        shown.days,
        shown.today,
        shown.source.last_change(shown.slug),
        shown.labels.stamp(shown.slug),
    )
    return shown.cache.get(key, lambda: _gather(shown))


def _gather(shown: Shown) -> Overview:
    campaign, source = shown.campaign, shown.source
    first, last = shown.days
    begin, end = min(first, campaign.first_day), shown.today
    whole = replace(shown.view.cut, first=begin, last=end)
    rows = source.daily(shown.slug, whole, ("platform", "language"))
    own = rows
    if shown.view.scope == "all":
        own = source.daily(shown.slug, replace(whole, scope="campaign"), ("platform",))
    missing = missing_days(shown, begin, end)
    summary = summarise(
        campaign,
        _since(campaign.first_day, rows),
        _authors_by_phase(shown),
        {day: share for day, share in missing.items() if day < shown.today},
        shown.today,
        campaign_days=None if own is rows else _since(campaign.first_day, own),
        offensive_excluded=shown.offensive_excluded,
        seen=None if running_sources(shown) else source.seen_range(shown.slug) or NEVER,
        labelled=_labelled(shown),
    )
    whole_life = shown.view.period == "life" and summary.phases.get(Phase.DURING) is not None
    period = figures(
        rows,
        () if whole_life else authors_within(shown, (first, last)),
        first=first,
        last=last,
        missing=missing,
        campaign_originals=_originals(own, first, last) if own is not rows else None,
        offensive_excluded=shown.offensive_excluded,
    )
    return Overview(
        summary=summary,
        period=period,
        days=[row for row in rows if first <= row.day <= last],
        missing={day: share for day, share in missing.items() if first <= day <= last},
        any_posts=bool(rows) or shown.slug in source.campaigns_with_posts(),
        invented=source.invented_dates(shown.slug),
        without_offensive=tuple(sorted({row.platform for row in rows} & shown.offensive_excluded)),
    )


def _labelled(shown: Shown) -> LabelledShares:
    """What hand labels correct of the posts in the view; without any, no post need be read."""
    if not shown.labels.stamp(shown.slug)[0]:
        return LabelledShares()
    frames = {}
    for phase in Phase:
        span = shown.campaign.phase_days(phase, shown.today)
        if span is not None:
            cut = replace(shown.view.cut, first=span[0], last=span[1])
            frames[phase] = shown.labels.frame(shown.slug, cut)
    return correct(frames, offensive_excluded=shown.offensive_excluded)


def missing_days(
    shown: Shown, first: date, last: date, without: Sequence[str] = ()
) -> Mapping[date, float]:
    """Share of each day's collection that is missing, for the platforms of the view, `without` some
    of them.

    A source that never ran is absent from every day alike, so it leaves no hole in the series.
    """
    chosen = shown.view.platforms
    names = [
        name
        for name in running_sources(shown)
        if name not in without and (not chosen or name in chosen)
    ]
    if not names:
        return {}
    return shown.source.missing_days(shown.slug, names, first, last, shown.now - GRACE)


def running_sources(shown: Shown) -> tuple[str, ...]:
    """The campaign's sources that have ever run; without any, it lives from imports."""

    def find() -> tuple[str, ...]:
        states = shown.source.source_states(shown.slug, shown.live, shown.now, shown.now)
        return tuple(state.name for state in states if state.last_run is not None)

    return shown.cache.get(("running", shown.slug, shown.today), find) if shown.live else ()


def _authors_by_phase(shown: Shown) -> dict[Phase, Sequence[AuthorsRow]]:
    spans = {phase: shown.campaign.phase_days(phase, shown.today) for phase in Phase}
    return {phase: authors_within(shown, days) for phase, days in spans.items() if days is not None}


def authors_within(shown: Shown, days: tuple[date, date]) -> Sequence[AuthorsRow]:
    """Authors of a stretch: the one question that must read all posts, so its answer is kept."""
    cut: Cut = replace(shown.view.cut, first=days[0], last=days[1])
    key = ("authors", shown.slug, cut, shown.source.last_change(shown.slug))
    return shown.cache.get(key, lambda: shown.source.authors(shown.slug, cut))


def _since(first: date, rows: Sequence[DayRow]) -> list[DayRow]:
    return [row for row in rows if row.day >= first]


def _originals(rows: Sequence[DayRow], first: date, last: date) -> int:
    return sum(row.originals for row in rows if first <= row.day <= last)

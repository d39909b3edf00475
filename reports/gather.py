"""Everything that the digest and the report tell, asked of the database once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.campaign import Campaign, Phase, State
from config.i18n import CASABLANCA
from measures.budget import Account, account
from measures.compare import SPANS, Comparison, compare
from measures.daily import UNKNOWN_FROM
from measures.labelled import LabelledShares, correct
from measures.reach import fewest_voices
from measures.summary import NEVER, Summary, summarise
from measures.unusual import Unusual
from reports.topics import TopicCount, topic_counts
from reports.unusual import unusual_yesterday
from storage import annotating, queries, spending
from storage.database import Database
from storage.queries.labels import labelled_frame, last_answer
from storage.rows import AuthorsRow, Cut, DayRow, SourceState
from storage.warnings import told_warnings

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Material:
    """What the database knows of `campaign` on the morning of `today`.

    `days` are grouped by platform, `authors` are those of each stretch that a figure is about, by
    its first and last day. `accounts` are of every source, and `told` are the warnings that mails
    told, by the day of the mail. `topics` compare the last seven whole days with the seven before.
    `imports_only`: no source ever ran, so days outside `seen` are unknown. `later` are platforms
    that have not given yesterday yet and will; `settled` is what is `missing` of the others.
    """

    campaign: Campaign
    today: date
    now: datetime
    days: Sequence[DayRow]
    missing: Mapping[date, float]
    later: tuple[str, ...]
    settled: Mapping[date, float]
    seen: Stretch | None
    imports_only: bool
    summary: Summary
    comparisons: Mapping[str, Mapping[int, Comparison]]
    authors: Mapping[Stretch, Sequence[AuthorsRow]]
    topics: Sequence[TopicCount]
    sources: Sequence[SourceState]
    accounts: Mapping[str, Account]
    told: Mapping[str, date]
    model: tuple[str, str] | None
    waiting: int
    changed: datetime | None
    invented: int = 0
    """Posts whose date was made up at their import."""
    unusual: Sequence[Unusual] = ()
    """Yesterday's counts that are to be told of."""

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of one scope rest on, and the summary that they make.

    `last` is the last whole day. `known` are the days with posts where a campaign lives from
    imports alone, else `None`.
    """

    days: Sequence[DayRow]
    missing: Mapping[date, float]
    seen: Stretch | None
    imports_only: bool
    known: Stretch | None
    authors: Mapping[Stretch, Sequence[AuthorsRow]]
    sources: Sequence[SourceState]
    summary: Summary
    last: date


def basis(
    database: Database,
    campaign: Campaign,
    *,
    today: date,
    now: datetime,
    offensive_excluded: frozenset[str] = frozenset(),
    scope: str = "all",
) -> Basis:
    """Read the sums and make the summary; arguments as for `gather`.

    `scope` is that of a `Cut`: `campaign` for its own posts alone, `topic` for the conversation
    without them.
    """
    slug, names = campaign.slug, [source.name for source in campaign.sources]
    first = _first(campaign, today)
    sources = queries.source_states(database, slug, names, *campaign.followed(now, CASABLANCA))
    # A source that never ran is absent from every day alike, so it leaves no hole in the series.
    live = [source.name for source in sources if source.last_run is not None]
    seen = queries.seen_range(database, slug)
    days = queries.daily(database, slug, Cut(scope, first=first, last=today), by=("platform",))
    yesterday = today - timedelta(days=1)
    missing = queries.missing_days(database, slug, live, first, yesterday, CASABLANCA)
    authors = _authors(database, slug, stretches(campaign, today), scope)
    known = None if live else seen or NEVER
    summary = summarise(
        campaign,
        [row for row in days if row.day >= campaign.first_day],
        {phase: authors[span] for phase, span in phase_days(campaign, today).items()},
        missing,
        today,
        campaign_days=_own(database, campaign, today) if scope == "all" else None,
        offensive_excluded=offensive_excluded,
        seen=known,
        labelled=_labelled(database, campaign, today, offensive_excluded, scope),
    )
    return Basis(days, missing, seen, not live, known, authors, sources, summary, yesterday)


def gather(
    database: Database,
    campaign: Campaign,
    *,
    today: date,
    now: datetime,
    offensive_excluded: frozenset[str] = frozenset(),
) -> Material:
    """Read all that is told of `campaign`; `now` is aware, `today` its day or an earlier one.

    `offensive_excluded` are the platforms whose terms forbid the offensive share.
    """
    slug, yesterday = campaign.slug, today - timedelta(days=1)
    base = basis(database, campaign, today=today, now=now, offensive_excluded=offensive_excluded)
    authors, shown = base.authors, annotating.shown_model(database)
    later = queries.given_later(base.sources, yesterday, CASABLANCA, UNKNOWN_FROM)
    missing = base.missing
    if later:
        others = [s.name for s in base.sources if s.last_run and s.name not in later]
        first = _first(campaign, today)
        missing = queries.missing_days(database, slug, others, first, yesterday, CASABLANCA)
    return Material(
        campaign=campaign,
        today=today,
        now=now,
        days=base.days,
        missing=base.missing,
        later=later,
        settled=missing,
        seen=base.seen,
        imports_only=base.imports_only,
        summary=base.summary,
        comparisons=compare(
            base.days,
            missing,
            yesterday,
            offensive_excluded=offensive_excluded,
            seen=base.known,
            effective_authors={span: _voices(authors, yesterday, span) for span in SPANS},
            without=later,
        ),
        authors=authors,
        topics=topic_counts(database, slug, _weeks(yesterday)),
        sources=base.sources,
        accounts=_accounts(database, campaign, today),
        told=told_warnings(database, slug),
        model=None if shown is None else (shown[1], shown[2]),
        waiting=queries.texts_waiting(database),
        changed=queries.last_change(database, slug),
        invented=queries.invented_dates(database, slug),
        unusual=unusual_yesterday(
            database,
            campaign,
            yesterday,
            [row for row in base.days if row.platform not in later],
            missing,
            authors[yesterday, yesterday],
            base.known,
        ),
    )


def _first(campaign: Campaign, today: date) -> date:
    """The first day that any figure is about."""
    return min(campaign.first_day, today - timedelta(days=2 * max(SPANS)))


def _own(database: Database, campaign: Campaign, today: date) -> list[DayRow]:
    """The daily sums of the campaign's own posts, for its share of voice."""
    cut = Cut("campaign", first=campaign.first_day, last=today)
    return queries.daily(database, campaign.slug, cut, by=("platform",))


def _voices(authors: Mapping[Stretch, Sequence[AuthorsRow]], last: date, span: int) -> float | None:
    """The fewer effective authors of the last `span` days and of those before."""
    both = (stretch(last, span), stretch(last - timedelta(days=span), span))
    return fewest_voices(authors[one] for one in both)


def _labelled(
    database: Database,
    campaign: Campaign,
    today: date,
    offensive_excluded: frozenset[str],
    scope: str,
) -> LabelledShares:
    """What hand labels correct; without any, the posts need not be read."""
    if not last_answer(database, campaign.slug)[0]:
        return LabelledShares()
    frames = {
        phase: labelled_frame(database, campaign.slug, Cut(scope, first=first, last=last))
        for phase, (first, last) in phase_days(campaign, today).items()
    }
    return correct(frames, offensive_excluded=offensive_excluded)


def phase_days(campaign: Campaign, today: date) -> dict[Phase, Stretch]:
    """First and last day of each phase that has begun, up to `today`."""
    spans = {phase: campaign.phase_days(phase, today) for phase in Phase}
    return {phase: span for phase, span in spans.items() if span is not None}


def stretches(campaign: Campaign, today: date) -> list[Stretch]:
    """Every stretch that figures are shown of: the phases, and the digest's two times three."""
    found = list(phase_days(campaign, today).values())
    last = today - timedelta(days=1)
    for span in SPANS:
        found.append(stretch(last, span))
        found.append(stretch(last - timedelta(days=span), span))
    return list(dict.fromkeys(found))


def stretch(last: date, days: int) -> Stretch:
    """The `days` days that end on `last`."""
    return last - timedelta(days=days - 1), last


def watching(campaign: Campaign, today: date) -> bool:
    """Whether sources are being followed, so that silence is worth a warning."""
    return campaign.state(today) in (State.RUNNING, State.FOLLOWUP)


def _weeks(yesterday: date) -> dict[str, Stretch]:
    before = yesterday - timedelta(days=7)
    return {"now": stretch(yesterday, 7), "before": stretch(before, 7)}


def _authors(
    database: Database, slug: str, spans: Sequence[Stretch], scope: str
) -> dict[Stretch, Sequence[AuthorsRow]]:
    return {
        (first, last): queries.authors(database, slug, Cut(scope, first=first, last=last))
        for first, last in spans
    }


def _accounts(database: Database, campaign: Campaign, today: date) -> dict[str, Account]:
    daily = spending.daily_spending(database, campaign.slug)
    return {
        plan.name: account(
            campaign,
            plan,
            {day: cost for day, cost in daily.get(plan.name, {}).items() if day <= today},
            today,
        )
        for plan in campaign.sources
    }

"""The overview: is it catching on, with whom, and how do people speak of it?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html

from config.campaign import Phase, State
from config.i18n import Translator
from dashboard.cards import cards
from dashboard.context import Shown
from dashboard.figures import style
from dashboard.figures.curve import age, curve
from dashboard.figures.sentiment import sentiment
from dashboard.figures.volume import day_totals, volume
from dashboard.gather import Overview, overview
from dashboard.headline import headline
from dashboard.parts.card import card
from dashboard.parts.copies import without_copies
from dashboard.parts.notice import notice
from dashboard.parts.panel import bars, graph, panel
from dashboard.parts.standing import standing
from dashboard.parts.unusual import unusual_notice
from dashboard.view import address
from dashboard.words import language_name
from storage.rows import DayRow

MOST_BARS = 6
LEAST_POINTS = 2


def layout(shown: Shown) -> Any:
    data = overview(shown)
    if not data.any_posts:
        return _nothing_yet(shown)
    if not any(row.posts for row in data.days):
        return nothing_in_view(shown)
    return html.Div(
        [_lead(shown, data), _cards(shown, data), _charts(shown, data)], className="overview"
    )


def nothing_in_view(shown: Shown) -> html.Div:
    """All that there is lies outside what the view asks for."""
    t = shown.t
    clear = address(shown.view, scope="all", period="life", first=None, last=None, platforms=())
    return notice(
        t("empty.filtered.title"),
        t("empty.filtered.text"),
        dcc.Link(t("empty.filtered.action"), href=clear, className="button"),
    )


def _nothing_yet(shown: Shown) -> html.Div:
    t, campaign = shown.t, shown.campaign
    if campaign.state(shown.today) is State.PENDING:
        return notice(
            t("empty.pending.title"),
            t(
                "empty.pending.text",
                baseline=t.day(campaign.first_day),
                start=t.day(campaign.start),
            ),
            kind="pending",
        )
    return notice(
        t("empty.posts.title"),
        t("empty.posts.text"),
        html.Code(f"sada collect {campaign.slug}", dir="ltr"),
        html.Code(f"sada import FILE --campaign {campaign.slug}", dir="ltr"),
    )


def _lead(shown: Shown, data: Overview) -> html.Header:
    said = headline(shown, data)
    campaign, t = shown.campaign, shown.t
    start = t.day(campaign.start)
    if campaign.end is None:
        dates = t("campaign.dates_open", start=start)
    else:
        dates = t("campaign.dates", start=start, end=t.day(campaign.end))
    return html.Header(
        [
            html.P(
                [
                    html.Span(t(f"state.{data.summary.state}"), className="state"),
                    html.Span(campaign.title[shown.language], className="lead-title"),
                    html.Span(dates),
                ],
                className="lead-campaign",
            ),
            html.H1(said.lead, className=f"lead lead-{said.mood}"),
            html.Ul([html.Li(sentence) for sentence in said.rest], className="lead-rest"),
            unusual_notice(shown),
            _invented(data.invented, t),
        ],
        className="lead-box",
    )


def _invented(count: int, t: Translator) -> html.P | None:
    """Says when dates were made up, so that nobody reads a course of time into them."""
    if not count:
        return None
    return html.P(t("invented.note", count=t.number(count)), className="lead-notice", role="note")


def _cards(shown: Shown, data: Overview) -> html.Section:
    t = shown.t
    whole = shown.view.period == "life"
    about = "during" if whole and data.summary.phases.get(Phase.DURING) else "view"
    first, last = shown.days
    link = address(shown.view, page="labels", topic=None)
    return html.Section(
        [
            html.H2(t("cards.title"), className="section-title"),
            html.P(
                t(f"cards.{about}", first=t.day(first), last=t.day(last)),
                className="section-note",
            ),
            html.Div(
                [card(c, t) for c in cards(data, t, whole=whole, label_link=link)],
                className="cards",
            ),
        ]
    )


def _charts(shown: Shown, data: Overview) -> html.Div:
    return html.Div(
        [
            _volume(shown, data),
            _sentiment(shown, data),
            _languages(shown, data),
            _platforms(shown, data),
            standing(shown),
            _curve(shown),
        ],
        className="panels",
    )


def _curve(shown: Shown) -> html.Section | None:
    """How fast posts gain their interactions, once second looks have shown it."""
    t = shown.t
    key = ("curve", shown.slug, shown.cut, shown.source.last_change(shown.slug))
    points = shown.cache.get(key, lambda: shown.source.engagement_curve(shown.slug, shown.cut))
    if len(points) < LEAST_POINTS:
        return None
    last, first = points[-1], points[0]
    title = t("curve.title_even", age=age(last.hours, t), middle=t.number(last.middle, 1))
    if last.middle > 0:
        share = t.percent(min(first.middle / last.middle, 1))
        title = t("curve.title", share=share, first=age(first.hours, t), last=age(last.hours, t))
    return panel(
        title,
        graph("curve", curve(points, t), title),
        question=t("curve.question"),
        notes=[t("curve.note", posts=t.number(last.posts))],
        wide=True,
    )


def _events(shown: Shown) -> list[tuple[date, str]]:
    return [(event.date, event.title[shown.language]) for event in shown.campaign.events]


def _event_notes(shown: Shown) -> list[str]:
    first, last = shown.days
    return [
        shown.t("colon", name=f"{number} — {shown.t.day(day, 'd MMM')}", value=title)
        for number, (day, title) in enumerate(_events(shown), start=1)
        if first <= day <= last
    ]


def _volume(shown: Shown, data: Overview) -> html.Section:
    t = shown.t
    totals = day_totals(data.days)
    peak = max(totals, key=lambda day: (totals[day], day))
    title = t("chart.volume.title_none")
    if totals[peak]:
        busiest = t.day(peak, "EEEE d MMMM")
        title = t("chart.volume.title", day=busiest, count=t.number(totals[peak]))
    figure = volume(
        data.days,
        data.missing,
        t,
        days=shown.days,
        campaign=(shown.campaign.start, shown.campaign.end),
        events=_events(shown),
        today=shown.today,
    )
    notes = [
        t("chart.shade"),
        *_event_notes(shown),
        t("chart.gap_note") if data.missing else "",
        t("chart.today") if shown.days[1] == shown.today else "",
    ]
    return panel(
        title,
        graph("volume", figure, title),
        question=t("chart.volume.question"),
        notes=notes,
        wide=True,
    )


def _sentiment(shown: Shown, data: Overview) -> html.Section:
    t = shown.t
    phases = data.summary.phases
    before, during = phases.get(Phase.BEFORE), phases.get(Phase.DURING)
    now = data.period.negative_share
    if now is None:
        body = notice(t("empty.annotations.title"), t("empty.annotations.text"))
        return panel(t("chart.sentiment.none"), body, wide=True)
    if (
        before
        and during
        and (earlier := data.summary.told_share("negative_share", Phase.BEFORE)) is not None
        and (later := data.summary.told_share("negative_share", Phase.DURING)) is not None
    ):
        title = t("chart.sentiment.title", during=t.percent(later), before=t.percent(earlier))
        change = data.summary.told_changes.get("negative_share", {}).get("during")
        if change is not None:
            title = t("chart.verdict", title=title, verdict=t(f"chart.verdict.{change.verdict}"))
    else:
        title = t("chart.sentiment.title_now", now=t.percent(now))
    figure = sentiment(
        data.days,
        data.missing,
        t,
        days=shown.days,
        campaign=(shown.campaign.start, shown.campaign.end),
        events=_events(shown),
    )
    return panel(
        title,
        graph("sentiment", figure, title),
        question=t("chart.sentiment.question"),
        notes=[t("chart.sentiment.note"), t("chart.sentiment.model"), without_copies(shown)],
        wide=True,
    )


def _shares(
    rows: Sequence[DayRow], names: list[str], t: Translator
) -> list[tuple[str, float, str]]:
    """Labelled shares of originals, largest first, small ones together."""
    counts: Counter[str] = Counter()
    for row, name in zip(rows, names, strict=True):
        counts[name] += row.originals
    total = counts.total() or 1
    shown = [(name, n / total) for name, n in counts.most_common(MOST_BARS) if n]
    rest = 1 - sum(share for _name, share in shown)
    if rest > 0.0005:
        shown.append((t("other"), rest))
    return [(name, share, t.percent(share, 0 if share >= 0.01 else 1)) for name, share in shown]


def _languages(shown: Shown, data: Overview) -> html.Section:
    t = shown.t
    rows = _shares(data.days, [language_name(t, row.language) for row in data.days], t)
    title = t("chart.first", name=rows[0][0], share=rows[0][2]) if rows else t("unknown")
    return panel(title, bars(rows, style.ACCENT), question=t("chart.languages.question"))


def _platforms(shown: Shown, data: Overview) -> html.Section:
    t = shown.t
    rows = _shares(data.days, [t.platform(row.platform) for row in data.days], t)
    title = t("chart.first", name=rows[0][0], share=rows[0][2]) if rows else t("unknown")
    return panel(title, bars(rows, style.POSITIVE), question=t("chart.platforms.question"))

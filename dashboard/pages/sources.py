"""The sources: what was collected, what is missing, what did it cost?"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from dash import html

from config.campaign import SourcePlan
from config.i18n import CASABLANCA, Translator
from dashboard.context import Shown
from dashboard.figures.coverage import COLOURS, STATES, completeness, coverage
from dashboard.freshness import ago
from dashboard.parts.notice import notice
from dashboard.parts.panel import graph
from dashboard.words import isolate, platform_name
from storage.rows import Gap, SourceState

MOST_GAPS = 12


def layout(shown: Shown) -> Any:
    t = shown.t
    if not shown.live:
        return notice(t("empty.sources.title"), t("empty.sources.text"))
    first = coverage_start(shown)
    end = min(shown.now, coverage_end(shown))
    names = [name for name in shown.live if name in (shown.view.platforms or shown.live)]
    states = shown.source.source_states(shown.slug, names, first, end)
    shares = [completeness(state.gaps, first, end) for state in states]
    known = [share for share in shares if share is not None]
    return html.Div(
        [
            html.Header(html.H1(_lead(known, t), className="lead"), className="lead-box"),
            _legend(t),
            html.Div([_source(state, shown, first, end) for state in states], className="sources"),
        ]
    )


def _lead(shares: Sequence[float], t: Translator) -> str:
    if not shares:
        return t("sources.lead_none")
    if min(shares) == 1:
        return t("sources.lead_all")
    return t("sources.lead", share=t.percent(min(sum(shares) / len(shares), 0.999), 1))


def coverage_start(shown: Shown) -> datetime:
    """Midnight of the first day of the baseline on Casablanca's clocks, in UTC."""
    return datetime.combine(shown.campaign.first_day, time(), CASABLANCA).astimezone(UTC)


def coverage_end(shown: Shown) -> datetime:
    """Where collection of the campaign is over; far away while its end is open."""
    last = shown.campaign.last_day
    if last is None:
        return shown.now
    return datetime.combine(last, time(23, 59), CASABLANCA).astimezone(UTC)


def _legend(t: Translator) -> html.Ul:
    return html.Ul(
        [
            html.Li([html.I(style={"background": colour}), t(f"coverage.{state}")], className="key")
            for state, colour in zip(STATES, COLOURS, strict=True)
        ],
        className="keys",
    )


def _source(state: SourceState, shown: Shown, first: datetime, end: datetime) -> html.Section:
    t = shown.t
    plan = next(plan for plan in shown.campaign.sources if plan.name == state.name)
    share = completeness(state.gaps, first, end)
    said = t("sources.covered", share=t.percent(share, share < 1)) if share is not None else ""
    body: list[Any] = [
        html.Div(
            [
                html.H2(platform_name(state.name), className="panel-title"),
                html.Span(t(f"source.{state.state}"), className=f"status status-{state.state}"),
                html.Span(said, className="source-share"),
            ],
            className="source-head",
        ),
        html.P(state.error, className="source-error", dir="auto") if state.error else None,
        html.Dl(_facts(state, plan, shown), className="facts"),
    ]
    if first < end:
        figure = coverage(state.gaps, t, first=first, now=end)
        body.append(graph(f"coverage-{state.name}", figure, f"{platform_name(state.name)}: {said}"))
    return html.Section([*body, _gaps(state.gaps, t)], className="panel source")


def _facts(state: SourceState, plan: SourcePlan, shown: Shown) -> list[Any]:
    t = shown.t
    spent = t("sources.dollars", value=t.number(state.dollars, 2))
    if plan.dollars_in_all:
        spent = t(
            "sources.of",
            part=spent,
            whole=t("sources.dollars", value=t.number(plan.dollars_in_all)),
        )
    facts = [
        ("sources.last_success", _moment(state.last_success, shown)),
        ("sources.last_run", _moment(state.last_run, shown)),
        ("sources.rhythm", t("sources.minutes", count=t.number(plan.every_minutes))),
        ("sources.posts", t.number(state.posts)),
        ("sources.calls", t.number(state.calls)),
        ("sources.spent", spent),
    ]
    return [html.Div([html.Dt(t(key)), html.Dd(value)]) for key, value in facts]


def _moment(moment: datetime | None, shown: Shown) -> Any:
    if moment is None:
        return shown.t("never")
    exact = html.Span(shown.t.moment(moment), className="fact-more")
    return [ago(moment, shown.now, shown.t), html.Br(), exact]


def _gaps(gaps: Sequence[Gap], t: Translator) -> Any:
    if not gaps:
        return html.P(t("sources.no_gaps"), className="panel-question")
    newest = sorted(gaps, key=lambda gap: gap.start, reverse=True)
    more = len(newest) - MOST_GAPS
    return html.Details(
        [
            html.Summary(t("sources.gaps", count=t.number(len(newest)))),
            html.Ul([_gap(gap, t) for gap in newest[:MOST_GAPS]], className="gaps"),
            html.P(t("sources.more_gaps", count=t.number(more))) if more > 0 else None,
        ],
        className="gap-list",
    )


def _gap(gap: Gap, t: Translator) -> html.Li:
    hours = (gap.end - gap.start).total_seconds() / 3600
    return html.Li(
        [
            html.I(
                style={
                    "background": COLOURS[STATES.index(gap.state)] if gap.state in STATES else ""
                }
            ),
            html.Span(
                t(
                    "sources.gap",
                    start=isolate(t.moment(gap.start)),
                    end=isolate(t.moment(gap.end)),
                    hours=t.number(hours),
                )
            ),
            html.Span(t.messages.get(f"coverage.{gap.state}", gap.state), className="gap-state"),
            html.Span(gap.why, className="gap-why", dir="auto") if gap.why else None,
        ]
    )

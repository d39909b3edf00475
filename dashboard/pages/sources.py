"""The sources: what was collected, what is missing, what did it cost?"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from dash import html

from config.campaign import SourcePlan
from config.i18n import CASABLANCA, Translator
from dashboard.context import Shown
from dashboard.figures.coverage import COLOURS, coverage
from dashboard.freshness import ago
from dashboard.parts.budget import budget
from dashboard.parts.calendar import calendar, legend
from dashboard.parts.notice import notice
from dashboard.parts.panel import graph
from dashboard.words import isolate, reason, run_error
from measures.budget import Account, account
from measures.coverage import STATES, completeness, days, hours
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
    spent = shown.source.spending(shown.slug)
    accounts = {
        plan.name: account(shown.campaign, plan, spent.get(plan.name, {}), shown.today)
        for plan in shown.campaign.sources
    }
    return html.Div(
        [
            html.Header(html.H1(_lead(known, t), className="lead"), className="lead-box"),
            legend(t),
            html.Div(
                [_source(state, accounts[state.name], shown, first, end) for state in states],
                className="sources",
            ),
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


def _source(
    state: SourceState, spent: Account, shown: Shown, first: datetime, end: datetime
) -> html.Section:
    t = shown.t
    plan = next(plan for plan in shown.campaign.sources if plan.name == state.name)
    share = completeness(state.gaps, first, end)
    said = t("sources.covered", share=t.percent(share, share < 1)) if share is not None else ""
    body: list[Any] = [
        html.Div(
            [
                html.H2(t.platform(state.name), className="panel-title"),
                html.Span(t(f"source.{state.state}"), className=f"status status-{state.state}"),
                html.Span(said, className="source-share"),
            ],
            className="source-head",
        ),
        _error(state, t),
        _waiting(state, shown),
        html.Dl(_facts(state, plan, spent, shown), className="facts"),
        budget(spent, t, shown.today),
        *_covered(state, t, first, end, said),
    ]
    return html.Section([*body, _gaps(state.gaps, t)], className="panel source")


def _error(state: SourceState, t: Translator) -> html.P | None:
    """Why the newest pass went wrong; what the log says of it, with the remedy, on hover."""
    told = run_error(t, state)
    return html.P(told, title=state.error, className="source-error") if told else None


def _waiting(state: SourceState, shown: Shown) -> html.P | None:
    """Until when a source is not asked, where it was told to wait."""
    if state.resume_at is None or state.resume_at <= shown.now:
        return None
    return html.P(
        shown.t("sources.resumes", moment=shown.t.moment(state.resume_at)),
        className="panel-question",
    )


def _covered(
    state: SourceState, t: Translator, first: datetime, end: datetime, said: str
) -> list[Any]:
    """All days as a calendar, and the hours of the last ones."""
    found = hours(state.gaps, first, end, CASABLANCA)
    if not found:
        return []
    label = f"{t.platform(state.name)}: {said}"
    return [
        calendar(days(found), t, label),
        html.Details(
            [
                html.Summary(t("sources.by_hour")),
                graph(f"coverage-{state.name}", coverage(found, t), label),
            ],
            className="by-hour",
        ),
    ]


def _facts(state: SourceState, plan: SourcePlan, spent: Account, shown: Shown) -> list[Any]:
    t = shown.t
    facts = [
        ("sources.last_success", _moment(state.last_success, shown)),
        ("sources.last_run", _moment(state.last_run, shown)),
        ("sources.rhythm", t("sources.minutes", count=t.number(plan.every_minutes))),
        ("sources.posts", t.number(state.posts)),
        ("sources.calls", t.number(spent.spent["calls"])),
        ("sources.spent", t("sources.dollars", value=t.number(spent.spent["dollars"], 2))),
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
            html.Span(t("coverage.lost"), className="gap-state") if gap.lost else None,
            html.Span(reason(t, gap), className="gap-why") if gap.why else None,
        ]
    )

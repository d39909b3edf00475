"""The days of a source as a calendar: a sign, a pattern and a colour for each day's worst hour."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.parts.aria import HIDDEN, aria
from dashboard.words import reason
from measures.coverage import LOST, SIGNS, STATES, DayState

MONDAY = date(2025, 9, 29)


def calendar(days: Mapping[date, DayState], t: Translator, label: str) -> html.Div:
    """Weeks of seven days: side by side where there is room, one below the other on a phone."""
    first = min(days)
    blanks = [html.Span(className="day day-none", **HIDDEN) for _ in range(first.weekday())]
    return html.Div(
        [
            *(
                html.Span(
                    t.day(MONDAY + timedelta(days=n), "EEEEE"), className="day-name", **HIDDEN
                )
                for n in range(7)
            ),
            *blanks,
            *(
                _day(day, state, t, named=day in (first, day.replace(day=1)))
                for day, state in days.items()
            ),
        ],
        className="calendar",
        role="list",
        **aria(label=label),
    )


def _day(day: date, state: DayState, t: Translator, *, named: bool) -> html.Span:
    said = told(day, state, t)
    lost = " day-lost" if state.lost else ""
    return html.Span(
        [
            html.Small(t.day(day, "d MMM") if named else t.day(day, "d")),
            html.B(SIGNS[state.state] + (LOST if state.lost else ""), **HIDDEN),
        ],
        className=f"day day-{state.state}{lost}",
        title=said,
        role="listitem",
        **aria(label=said),
    )


def told(day: date, state: DayState, t: Translator) -> str:
    """One day in words: how many hours in which state, and why."""
    parts = [
        t("coverage.day_part", hours=t.number(state.counts[name]), state=t(f"coverage.{name}"))
        for name in STATES
        if state.counts.get(name)
    ]
    said = t("colon", name=t.day(day, "EEE d MMM"), value=", ".join(parts))
    if state.lost:
        said += f" · {t('coverage.lost')}"
    why = reason(t, state.reason)
    return f"{said} · {why}" if why else said


def legend(t: Translator) -> html.Ul:
    """What signs, patterns and colours mean."""
    keys = [
        html.Li(
            [html.I(SIGNS[name], className=f"day-{name}", **HIDDEN), t(f"coverage.{name}")],
            className="key",
        )
        for name in STATES
    ]
    lost: Any = html.Li(
        [html.I(LOST, className="day-lost", **HIDDEN), t("coverage.lost")], className="key"
    )
    return html.Ul([*keys, lost], className="keys keys-signs")

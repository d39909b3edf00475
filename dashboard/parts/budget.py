"""What a source may cost, has cost and will have cost."""

from datetime import date
from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.parts.aria import HIDDEN
from measures.budget import NEAR, Account, Unit, Used


def budget(account: Account, t: Translator, today: date) -> html.Div | None:
    """A bar for each limit, then the forecast of what is limited or paid for."""
    limited = {used.limit.unit for used in account.used}
    told = [unit for unit in account.forecasts if unit in limited or unit == "dollars"]
    if not account.used and not told:
        return None
    return html.Div(
        [
            html.Ul([_limit(used, account, t, today) for used in account.used], className="bars"),
            *(html.P(_forecast(account, unit, t), className="panel-question") for unit in told),
        ],
        className="budget",
    )


def amount(unit: Unit, value: float, t: Translator) -> str:
    """A number with its unit."""
    if unit == "dollars":
        return t("sources.dollars", value=t.number(value, 2 if value % 1 else 0))
    return t(f"budget.{unit}", count=t.number(round(value)))


def _limit(used: Used, account: Account, t: Translator, today: date) -> html.Li:
    limit = used.limit
    part = t(
        "sources.of",
        part=amount(limit.unit, used.spent, t),
        whole=amount(limit.unit, limit.amount, t),
    )
    tone = "spent" if used.over else "near" if used.share >= NEAR else "well"
    ends = account.runs_out(used, today)
    notes = [t("budget.stopped")] if used.over else []
    if ends is not None and not used.over:
        notes.append(t("budget.runs_out", day=t.day(ends, "d MMM")))
    width = f"{100 * min(used.share, 1):.1f}%"
    value: list[Any] = [f"{part} · {t.percent(used.share)}"]
    return html.Li(
        [
            html.Span(t(f"budget.per_{limit.per}"), className="bar-label"),
            html.Span(value, className="bar-value"),
            html.Div(
                html.Div(className=f"bar-fill budget-{tone}", style={"width": width}),
                className="bar-track",
                **HIDDEN,
            ),
            html.Span(" · ".join(notes), className="budget-note") if notes else None,
        ],
        className="bar",
    )


def _forecast(account: Account, unit: Unit, t: Translator) -> str:
    ahead = account.forecasts[unit]
    return t(
        "budget.forecast",
        day=t.day(account.until, "d MMM"),
        middle=amount(unit, ahead.middle, t),
        low=amount(unit, ahead.low, t),
        high=amount(unit, ahead.high, t),
        days=t.number(ahead.days),
    )

"""How much was said, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from config.i18n import Translator
from dashboard.figures import style
from storage.rows import DayRow

UNFINISHED = 0.45
"""Opacity of a day that is not over."""


def volume(
    rows: Sequence[DayRow],
    missing: Mapping[date, float],
    t: Translator,
    *,
    days: tuple[date, date],
    campaign: tuple[date, date | None],
    events: Sequence[tuple[date, str]] = (),
    today: date | None = None,
) -> style.Figure:
    """Originals per day, stacked by platform; what was not collected is hatched, not zero.

    The bar of `today`, a day that is not over, is paler than the others.
    """
    rtl = t.direction == "rtl"
    counts = by_platform(rows)
    totals = day_totals(rows)
    shown = [d for d in style.every_day(*days) if missing.get(d, 0) < 0.999 or d in totals]
    order = sorted(counts, key=lambda name: -sum(counts[name].values()))
    others = [name for name in order if name not in style.PLATFORM_COLOURS]
    traces: list[style.Trace] = [
        {
            "type": "bar",
            "name": style.escape(t.platform(name)),
            "x": [day.isoformat() for day in shown],
            "y": [counts[name].get(day, 0) for day in shown],
            "customdata": [t.number(counts[name].get(day, 0)) for day in shown],
            "hovertemplate": "%{customdata}",
            "marker": {
                "color": style.colour(name, others),
                "line": {"width": 0},
                "opacity": [UNFINISHED if day == today else 1 for day in shown],
            },
        }
        for name in order
    ]
    shapes, notes = style.marks(events, *days)
    highest = max(totals.values(), default=1)
    return {
        "data": [
            _heading(shown, totals, missing, t),
            *traces,
            *style.gap_bands(missing, t("chart.gap")),
        ],
        "layout": style.layout(
            rtl=rtl,
            height=300,
            barmode="stack",
            shapes=style.campaign_shade(*campaign, *days) + shapes,
            annotations=notes,
            xaxis=style.day_axis(*days, lambda day: t.day(day, "d MMM"), rtl=rtl),
            yaxis=style.value_axis(rtl=rtl) | style.number_ticks(highest, t.compact),
            yaxis2=style.GAP_AXIS,
        ),
    }


def _heading(
    shown: Sequence[date], totals: Mapping[date, int], missing: Mapping[date, float], t: Translator
) -> style.Trace:
    """An invisible line that gives the hover box its date, its total and its warning."""

    def said(day: date) -> str:
        text = f"<b>{t.day(day, 'EEE d MMM')}</b> · {t.number(totals.get(day, 0))}"
        if missing.get(day, 0) > 0:
            text += f" · {t('chart.missing_part', share=t.percent(missing[day]))}"
        return text

    return {
        "type": "scatter",
        "mode": "markers",
        "name": "",
        "x": [day.isoformat() for day in shown],
        "y": [totals.get(day, 0) for day in shown],
        "marker": {"opacity": 0, "size": 1},
        "showlegend": False,
        "customdata": [said(day) for day in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def by_platform(rows: Sequence[DayRow]) -> dict[str, dict[date, int]]:
    """Originals by platform and day."""
    counts: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counts[row.platform][row.day] += row.originals
    return {name: dict(days) for name, days in counts.items() if any(days.values())}


def day_totals(rows: Sequence[DayRow]) -> dict[date, int]:
    """Originals by day."""
    totals: dict[date, int] = defaultdict(int)
    for row in rows:
        totals[row.day] += row.originals
    return dict(totals)

"""Which hours of which days a source collected."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from config.i18n import CASABLANCA, Translator
from dashboard.figures import style
from storage.rows import Gap

STATES = ("complete", "partial", "missing", "budget", "failed")
COLOURS = ("rgba(42,157,143,0.42)", "#c9a227", "#a3acb6", "#8a6fc0", "#d9660f")
HOUR = timedelta(hours=1)


def coverage(
    gaps: Sequence[Gap], t: Translator, *, first: datetime, now: datetime, most_days: int = 120
) -> style.Figure:
    """Hours (down) by days (across) of one source; hours that are still to come stay empty."""
    rtl = t.direction == "rtl"
    now = now.replace(minute=0, second=0, microsecond=0)
    first = max(first, now - timedelta(days=most_days))
    states = hours(gaps, first, now)
    days = style.every_day(first.astimezone(CASABLANCA).date(), now.astimezone(CASABLANCA).date())
    column = {day: n for n, day in enumerate(days)}
    z: list[list[int | None]] = [[None] * len(days) for _ in range(24)]
    text = [[""] * len(days) for _ in range(24)]
    for (day, hour), state in states.items():
        z[hour][column[day]] = STATES.index(state)
        text[hour][column[day]] = t(
            "coverage.hour", day=t.day(day, "d MMM"), hour=hour, state=t(f"coverage.{state}")
        )
    edge = len(STATES)
    scale = [[step, COLOURS[n]] for n in range(edge) for step in (n / edge, (n + 1) / edge)]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [day.isoformat() for day in days],
                "y": list(range(24)),
                "z": z,
                "text": text,
                "hovertemplate": "%{text}<extra></extra>",
                "zmin": -0.5,
                "zmax": edge - 0.5,
                "colorscale": scale,
                "showscale": False,
                "xgap": 1,
            }
        ],
        "layout": style.layout(
            rtl=rtl,
            height=190,
            hovermode="closest",
            margin={"l": 8 if rtl else 40, "r": 40 if rtl else 8, "t": 6, "b": 8},
            showlegend=False,
            xaxis=style.day_axis(days[0], days[-1], lambda day: t.day(day, "d MMM"), rtl=rtl),
            yaxis=style.value_axis(rtl=rtl, showgrid=False)
            | {
                "rangemode": "normal",
                "range": [23.5, -0.5],
                "tickvals": [0, 6, 12, 18],
                "ticktext": [t("coverage.tick", hour=hour) for hour in (0, 6, 12, 18)],
            },
        ),
    }


def hours(gaps: Sequence[Gap], first: datetime, now: datetime) -> dict[tuple[date, int], str]:
    """The state of every hour over by `now`, by day and hour of Casablanca's clocks.

    Where clocks go back, the worse of the two hours counts.
    """
    found: dict[tuple[date, int], str] = {}
    moment = first.replace(minute=0, second=0, microsecond=0)
    now = now.replace(minute=0, second=0, microsecond=0)
    ordered = sorted(gaps, key=lambda gap: gap.start)
    place = 0
    while moment < now:
        while place < len(ordered) and ordered[place].end <= moment:
            place += 1
        inside = place < len(ordered) and ordered[place].start <= moment
        state = ordered[place].state if inside else "complete"
        state = state if state in STATES else "missing"
        local = moment.astimezone(CASABLANCA)
        key = (local.date(), local.hour)
        found[key] = max(state, found.get(key, state), key=STATES.index)
        moment += HOUR
    return found


def completeness(gaps: Sequence[Gap], first: datetime, now: datetime) -> float | None:
    """Share of hours that are wholly collected, `None` before the first hour is over."""
    states = hours(gaps, first, now)
    if not states:
        return None
    return sum(state == "complete" for state in states.values()) / len(states)

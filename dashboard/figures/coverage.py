"""Which hours of the last days a source collected."""

from collections.abc import Mapping
from datetime import date

from config.i18n import Translator
from dashboard.figures import style
from dashboard.words import reason
from measures.coverage import LOST, SIGNS, STATES, HourState

COLOURS = ("rgba(42,157,143,0.30)", "#c9a227", "#a3acb6", "#8a6fc0", "#d9660f")
MOST_DAYS = 14


def coverage(found: Mapping[tuple[date, int], HourState], t: Translator) -> style.Figure:
    """Hours (down) by days (across), at most the last 14, of one source; hours to come are empty.

    `found` is not empty. Every hour that is not complete bears its sign.
    """
    rtl = t.direction == "rtl"
    last = max(day for day, _ in found)
    days = style.every_day(min(day for day, _ in found), last)[-MOST_DAYS:]
    column = {day: n for n, day in enumerate(days)}
    z: list[list[int | None]] = [[None] * len(days) for _ in range(24)]
    signs, texts = ([[""] * len(days) for _ in range(24)] for _ in range(2))
    for (day, hour), one in found.items():
        if day in column:
            n = column[day]
            z[hour][n] = STATES.index(one.state)
            signs[hour][n] = LOST if one.lost else SIGNS[one.state]
            texts[hour][n] = _told(day, hour, one, t)
    edge = len(STATES)
    scale = [[step, COLOURS[n]] for n in range(edge) for step in (n / edge, (n + 1) / edge)]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [day.isoformat() for day in days],
                "y": list(range(24)),
                "z": z,
                "text": signs,
                "texttemplate": "%{text}",
                "textfont": {"size": 10, "color": "#10171d"},
                "customdata": texts,
                "hovertemplate": "%{customdata}<extra></extra>",
                "zmin": -0.5,
                "zmax": edge - 0.5,
                "colorscale": scale,
                "showscale": False,
                "xgap": 1,
                "ygap": 1,
            }
        ],
        "layout": style.layout(
            rtl=rtl,
            height=340,
            hovermode="closest",
            margin={"l": 8 if rtl else 40, "r": 40 if rtl else 8, "t": 6, "b": 8},
            showlegend=False,
            xaxis=style.day_axis(
                days[0], days[-1], lambda day: t.day(day, "d MMM"), rtl=rtl, ticks=4
            ),
            yaxis=style.value_axis(rtl=rtl, showgrid=False)
            | {
                "rangemode": "normal",
                "range": [23.5, -0.5],
                "tickvals": [0, 6, 12, 18],
                "ticktext": [t("coverage.tick", hour=hour) for hour in (0, 6, 12, 18)],
            },
        ),
    }


def _told(day: date, hour: int, one: HourState, t: Translator) -> str:
    said = t("coverage.hour", day=t.day(day, "d MMM"), hour=hour, state=t(f"coverage.{one.state}"))
    if one.lost:
        said += f" · {t('coverage.lost')}"
    why = reason(t, one)
    return f"{said} · {style.escape(why)}" if why else said

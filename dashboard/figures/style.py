"""What all charts share: colours that serve both themes and all eyes, axes, gaps, the campaign.

Texts and grid lines take their colour from the page's style sheet, so a chart needs no redrawing
when the theme changes. Colours of marks hold 3:1 against white and against the dark background.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

Figure = dict[str, Any]
Trace = dict[str, Any]

NEGATIVE, NEUTRAL, POSITIVE = "#d9660f", "#8a94a0", "#2b83c6"
"""Orange and blue keep apart for every kind of colour blindness, which red and green do not."""
PLATFORM_COLOURS = {
    "x": "#4f7cac",
    "reddit": "#d07c2e",
    "facebook": "#7a6fc0",
    "instagram": "#c25d9a",
    "tiktok": "#2a9d8f",
    "youtube": "#b5544d",
}
OTHER_COLOURS = ("#8d8b3a", "#5b8f57", "#7f8c9a", "#a07850")
ACCENT = "#128a80"
GAP = "#8a94a0"
SHADE = "rgba(18,138,128,0.10)"


def colour(platform: str, others: Sequence[str] = ()) -> str:
    """The colour of a platform; those without one of their own get theirs by order."""
    if platform in PLATFORM_COLOURS:
        return PLATFORM_COLOURS[platform]
    position = others.index(platform) if platform in others else 0
    return OTHER_COLOURS[position % len(OTHER_COLOURS)]


def clear(colour: str, opacity: float) -> str:
    """`#rrggbb` with an opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def escape(text: str) -> str:
    """`text` for plotly, which reads a little HTML in its labels."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def layout(*, rtl: bool, height: int = 280, **more: Any) -> dict[str, Any]:
    """The frame of every chart: no zoom that a thumb could start by mistake, one hover line."""
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8 if rtl else 40, "r": 40 if rtl else 8, "t": 26, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "inherit", "size": 12},
        "hovermode": "x unified",
        "hoverlabel": {"align": "right" if rtl else "left", "namelength": -1},
        "dragmode": False,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 1 if rtl else 0,
            "xanchor": "right" if rtl else "left",
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "title": {"text": ""},
        },
        "bargap": 0.15,
        "separators": ", ",
    }
    return base | more


def day_axis(
    first: date, last: date, label: Callable[[date], str], *, rtl: bool, ticks: int = 7
) -> dict[str, Any]:
    """The axis of days; it runs from right to left where the page does."""
    span = [(first - timedelta(days=1)).isoformat(), (last + timedelta(days=1)).isoformat()]
    shown = _ticks(every_day(first, last), ticks)
    return {
        "type": "date",
        "range": span[::-1] if rtl else span,
        "tickvals": [day.isoformat() for day in shown],
        "ticktext": [label(day) for day in shown],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickangle": 0,
        "automargin": True,
        "hoverformat": " ",
        "unifiedhovertitle": {"text": ""},
    }


def _ticks(days: Sequence[date], most: int) -> list[date]:
    step = max(1, -(-len(days) // most))
    for tidy in (1, 2, 4, 7, 14, 28, 56, 84, 168):
        if tidy >= step:
            step = tidy
            break
    return list(days[step // 2 :: step])


def value_axis(*, rtl: bool, **more: Any) -> dict[str, Any]:
    """The axis of values, at the side where reading starts."""
    return {
        "fixedrange": True,
        "rangemode": "tozero",
        "zeroline": False,
        "automargin": True,
        "side": "right" if rtl else "left",
        "nticks": 5,
        "tickfont": {"size": 11},
    } | more


def number_ticks(highest: float, text: Callable[[float], str], steps: int = 4) -> dict[str, Any]:
    """Round ticks from 0 past `highest`, written in the reader's format."""
    raw = max(highest, 1) / steps
    size = 10.0 ** (len(str(int(raw))) - 1)
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= raw and size * m % 1 == 0)
    values = [step * n for n in range(int(highest / step) + 2)]
    return {"tickvals": values, "ticktext": [text(value) for value in values]}


def gap_bands(missing: Mapping[date, float], name: str) -> list[Trace]:
    """Hatched bands over days that were not, or not wholly, collected (second value axis)."""
    if not missing:
        return []
    days = sorted(missing)
    return [
        {
            "type": "bar",
            "name": name,
            "x": [day.isoformat() for day in days],
            "y": [1] * len(days),
            "width": 86_400_000,
            "yaxis": "y2",
            "hoverinfo": "skip",
            "marker": {
                "color": "rgba(0,0,0,0)",
                "line": {"width": 0},
                "pattern": {
                    "shape": "/",
                    "fgcolor": [clear(GAP, 0.35 + 0.5 * min(1.0, missing[day])) for day in days],
                    "fillmode": "replace",
                    "size": 7,
                    "solidity": 0.22,
                },
            },
        }
    ]


GAP_AXIS: dict[str, Any] = {
    "overlaying": "y",
    "range": [0, 1],
    "visible": False,
    "fixedrange": True,
}


def campaign_shade(start: date, end: date | None, first: date, last: date) -> list[dict[str, Any]]:
    """A soft band over the days of the campaign, as far as they are in sight."""
    begin, stop = max(start, first), min(end or last, last)
    if begin > stop:
        return []
    half = timedelta(hours=12)
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": (datetime.combine(begin, time()) - half).isoformat(),
            "x1": (datetime.combine(stop, time()) + half).isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": SHADE,
            "line": {"width": 0},
            "layer": "below",
        }
    ]


def marks(
    events: Sequence[tuple[date, str]], first: date, last: date
) -> tuple[list[Any], list[Any]]:
    """Numbered dotted lines (shapes, annotations) for events in sight; the page tells them."""
    shapes, notes = [], []
    for number, (day, _title) in enumerate(events, start=1):
        if first <= day <= last:
            x = day.isoformat()
            shapes.append(
                {
                    "type": "line",
                    "xref": "x",
                    "yref": "paper",
                    "x0": x,
                    "x1": x,
                    "y0": 0,
                    "y1": 0.97,
                    "line": {"width": 1.2, "dash": "dot", "color": GAP},
                }
            )
            notes.append(
                {
                    "x": x,
                    "y": 1.0,
                    "xref": "x",
                    "yref": "paper",
                    "text": f"<b>{number}</b>",
                    "showarrow": False,
                    "font": {"size": 11},
                    "yanchor": "middle",
                }
            )
    return shapes, notes

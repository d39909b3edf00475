"""How people speak of it, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from config.i18n import Translator
from dashboard.figures import style
from storage.rows import DayRow

FEW = 30
"""Under so many annotated originals a day's share says little, and its dot is hollow and grey."""
SMOOTH = 7


@dataclass(frozen=True, slots=True)
class Tone:
    """Counts among the annotated originals of a day or of several."""

    neg: int = 0
    neu: int = 0
    pos: int = 0

    @property
    def total(self) -> int:
        return self.neg + self.neu + self.pos

    def __add__(self, other: "Tone") -> "Tone":
        return Tone(self.neg + other.neg, self.neu + other.neu, self.pos + other.pos)


def sentiment(
    rows: Sequence[DayRow],
    missing: Mapping[date, float],
    t: Translator,
    *,
    days: tuple[date, date],
    campaign: tuple[date, date | None],
    events: Sequence[tuple[date, str]] = (),
) -> style.Figure:
    """Negative and positive shares: dots are days, lines seven days together with their margin."""
    rtl = t.direction == "rtl"
    tones = tones_by_day(rows)
    gone = {day for day, share in missing.items() if share >= 0.999}
    shown = [day for day in style.every_day(*days) if day not in gone]
    traces = [_heading(shown, tones, t)]
    for key, colour in (("neg", style.NEGATIVE), ("pos", style.POSITIVE)):
        traces += _lines(style.every_day(*days), tones, gone, key, colour, t)
        traces.append(_dots(shown, tones, key, colour, t))
    shapes, notes = style.marks(events, *days)
    top = _top(shown, tones)
    return {
        "data": traces + style.gap_bands(missing, t("chart.gap")),
        "layout": style.layout(
            rtl=rtl,
            height=300,
            shapes=style.campaign_shade(*campaign, *days) + shapes,
            annotations=notes,
            xaxis=style.day_axis(*days, lambda day: t.day(day, "d MMM"), rtl=rtl),
            yaxis=style.value_axis(rtl=rtl, range=[0, top])
            | {
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "ticktext": [t.percent(v) for v in (0, 0.25, 0.5, 0.75, 1)],
            },
            yaxis2=style.GAP_AXIS,
        ),
    }


def tones_by_day(rows: Sequence[DayRow]) -> dict[date, Tone]:
    tones: dict[date, Tone] = defaultdict(Tone)
    for row in rows:
        tones[row.day] += Tone(row.neg, row.neu, row.pos)
    return {day: tone for day, tone in tones.items() if tone.total}


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927); it takes posts for independent."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    scale = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def smoothed(day: date, tones: Mapping[date, Tone], span: int = SMOOTH) -> Tone:
    """The tone of the `span` days around `day` together."""
    reach = span // 2
    around = (day + timedelta(days=n) for n in range(-reach, span - reach))
    return sum((tones[d] for d in around if d in tones), Tone())


def _lines(
    days: Sequence[date],
    tones: Mapping[date, Tone],
    gone: set[date],
    key: str,
    colour: str,
    t: Translator,
) -> list[style.Trace]:
    x = [day.isoformat() for day in days]
    pooled = [None if day in gone else smoothed(day, tones) for day in days]
    pooled = [tone if tone and tone.total >= FEW else None for tone in pooled]
    bounds = [wilson(getattr(p, key), p.total) if p else (None, None) for p in pooled]
    hidden = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip", "showlegend": False}
    return [
        *_bands(x, bounds, hidden, colour),
        hidden
        | {
            "y": [getattr(p, key) / p.total if p else None for p in pooled],
            "name": t(f"label.{key}"),
            "line": {"color": colour, "width": 2.5, "shape": "spline", "smoothing": 0.6},
            "connectgaps": False,
            "showlegend": True,
        },
    ]


def _bands(
    x: Sequence[str],
    bounds: Sequence[tuple[float | None, float | None]],
    hidden: style.Trace,
    colour: str,
) -> list[style.Trace]:
    """One closed ribbon a stretch without gaps (plotly would fill across them)."""
    ribbons: list[style.Trace] = []
    stretch: list[int] = []
    for place in range(len(x) + 1):
        if place < len(x) and bounds[place][0] is not None:
            stretch.append(place)
            continue
        if len(stretch) > 1:
            there = [*stretch, *reversed(stretch)]
            ys = [bounds[n][0] for n in stretch] + [bounds[n][1] for n in reversed(stretch)]
            ribbons.append(
                hidden
                | {
                    "x": [x[n] for n in there],
                    "y": ys,
                    "fill": "toself",
                    "fillcolor": style.clear(colour, 0.18),
                    "line": {"width": 0},
                }
            )
        stretch = []
    return ribbons


def _dots(
    days: Sequence[date], tones: Mapping[date, Tone], key: str, colour: str, t: Translator
) -> style.Trace:
    there = [day for day in days if day in tones]
    few = [tones[day].total < FEW for day in there]
    shares = [getattr(tones[day], key) / tones[day].total for day in there]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t(f"label.{key}"),
        "showlegend": False,
        "x": [day.isoformat() for day in there],
        "y": shares,
        "customdata": [t.percent(share) for share in shares],
        "hovertemplate": "%{customdata}",
        "marker": {
            "size": 6,
            "color": ["rgba(0,0,0,0)" if f else style.clear(colour, 0.55) for f in few],
            "line": {
                "width": 1.2,
                "color": [style.clear(style.GAP, 0.6) if f else colour for f in few],
            },
        },
    }


def _heading(days: Sequence[date], tones: Mapping[date, Tone], t: Translator) -> style.Trace:
    there = [day for day in days if day in tones]

    def said(day: date) -> str:
        tone = tones[day]
        few = f" · {t('chart.few')}" if tone.total < FEW else ""
        return (
            f"<b>{t.day(day, 'EEE d MMM')}</b> · n = {t.number(tone.total)}{few}"
            f"<br>{t('label.neu')} {t.percent(tone.neu / tone.total)}"
        )

    return {
        "type": "scatter",
        "mode": "markers",
        "name": "",
        "x": [day.isoformat() for day in there],
        "y": [0] * len(there),
        "marker": {"opacity": 0, "size": 1},
        "showlegend": False,
        "customdata": [said(day) for day in there],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _top(days: Sequence[date], tones: Mapping[date, Tone]) -> float:
    """The upper end of the axis: what the lines reach, with room, in quarters."""
    reached = [max(p.neg, p.pos) / p.total for p in (smoothed(d, tones) for d in days) if p.total]
    most = max(reached, default=0.5) + 0.12
    return 0.5 if most <= 0.5 else 0.75 if most <= 0.75 else 1.02

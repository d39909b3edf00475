"""How fast posts gain their interactions."""

from collections.abc import Sequence

from config.i18n import Translator
from dashboard.figures import style
from storage.rows import CurvePoint


def curve(points: Sequence[CurvePoint], t: Translator) -> style.Figure:
    """Median interactions by age with the middle half of posts around it; `points` not empty."""
    rtl = t.direction == "rtl"
    names = [age(point.hours, t) for point in points]
    told = [
        t(
            "curve.point",
            age=name,
            middle=t.number(point.middle, 1),
            low=t.number(point.low, 1),
            high=t.number(point.high, 1),
            posts=t.number(point.posts),
        )
        for name, point in zip(names, points, strict=True)
    ]
    band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    highest = max(point.high for point in points)
    return {
        "data": [
            {"type": "scatter", "x": names, "y": [point.low for point in points], **band},
            {
                "type": "scatter",
                "x": names,
                "y": [point.high for point in points],
                "fill": "tonexty",
                "fillcolor": style.SHADE,
                **band,
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": "",
                "x": names,
                "y": [point.middle for point in points],
                "line": {"color": style.ACCENT, "width": 2.5},
                "marker": {"color": style.ACCENT, "size": 8},
                "customdata": told,
                "hovertemplate": "%{customdata}<extra></extra>",
                "showlegend": False,
            },
        ],
        "layout": style.layout(
            rtl=rtl,
            height=240,
            hovermode="closest",
            showlegend=False,
            xaxis={
                "type": "category",
                "fixedrange": True,
                "showgrid": False,
                "autorange": "reversed" if rtl else True,
                "automargin": True,
            },
            yaxis=style.value_axis(rtl=rtl) | style.number_ticks(highest, t.compact),
        ),
    }


def age(hours: float, t: Translator) -> str:
    """An age as hours or days."""
    if hours < 24:
        return t("curve.hours", count=t.number(hours))
    return t("curve.days", count=t.number(hours / 24))

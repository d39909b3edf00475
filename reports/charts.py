"""Charts as files: what both mail and report draw with matplotlib.

Same arguments, same bytes: no dates in the files and a fixed seed for the names within an SVG.
matplotlib shapes Arabic itself; DejaVu Sans comes with it. It is imported late because it is heavy.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from config.campaign import Campaign
from config.i18n import Translator

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER, INK, SOFT, GRID = "#ffffff", "#1d2733", "#5b6875", "#e3e8ed"
BAR, MARK, BAND, HOLE = "#8fb3c9", "#0b6e8f", "#f1e9d2", "#d9dee3"
WEEKS = 5
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "svg.hashsalt": "sada",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": SOFT,
    "axes.unicode_minus": True,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "hatch.linewidth": 0.6,
    "text.parse_math": False,
}


def digest_picture(
    series: Mapping[date, float],
    missing: Mapping[date, float],
    campaign: Campaign,
    last: date,
    middle: float | None,
    t: Translator,
) -> bytes:
    """The mail's PNG: posts a day over five weeks up to `last`, read on a phone.

    Days that were not (wholly) collected are hatched, the campaign's days shaded, `last` marked,
    `middle` (an ordinary day) drawn as a line.
    """
    days = [last - timedelta(days=n) for n in range(7 * WEEKS - 1, -1, -1)]
    with figure(4.4, 2.5) as (drawn, axes):
        heights = [series.get(day, 0.0) for day in days]
        colours = [MARK if day == last else BAR for day in days]
        axes.bar([_x(day) for day in days], heights, width=0.8, color=colours, zorder=3)
        top = max([*heights, middle or 0, 1.0]) * 1.18
        axes.set_ylim(0, top)
        axes.set_xlim(_x(days[0]) - 0.6, _x(days[-1]) + 0.6)
        campaign_band(axes, campaign, days[0], days[-1], t)
        holes(axes, [day for day in days if missing.get(day, 0.0) > 0 or day not in series], top)
        if middle is not None:
            ordinary_line(axes, middle, t)
        value_on_top(axes, _x(last), series.get(last), max(heights[-2:]), t)
        day_axis(axes, days, t)
        return png(drawn)


@contextmanager
def figure(width: float, height: float) -> Iterator[tuple["Figure", "Axes"]]:
    """A figure of inches with one pair of axes, in Sada's style."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        drawn = Figure(figsize=(width, height), layout="constrained", facecolor=PAPER)
        axes = drawn.add_subplot()
        axes.set_facecolor("none")
        axes.grid(axis="y", color=GRID, linewidth=0.8, zorder=0)
        axes.tick_params(length=0)
        yield drawn, axes


def png(drawn: "Figure") -> bytes:
    """The figure fit for fine screens, without a trace of when it was made."""
    return _saved(drawn, format="png", dpi=260, metadata={"Software": None})


def svg(drawn: "Figure") -> str:
    """The figure as SVG text to stand within a page."""
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    text = _saved(drawn, format="svg", transparent=True, metadata=nothing).decode()
    return text[text.index("<svg") :]


def _saved(drawn: "Figure", **options: Any) -> bytes:
    out = BytesIO()
    with warnings.catch_warnings():
        # An emoji in a topic's name is drawn as a box, which is no news for the operator.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        drawn.savefig(out, **options)
    return out.getvalue()


def campaign_band(axes: "Axes", campaign: Campaign, first: date, last: date, t: Translator) -> None:
    """The campaign's own days as a shade behind everything, named at the top."""
    start, end = max(campaign.start, first), min(campaign.end or last, last)
    if start > end:
        return
    axes.axvspan(_x(start) - 0.5, _x(end) + 0.5, color=BAND, zorder=0, linewidth=0)
    top = axes.get_ylim()[1]
    centre = (_x(start) + _x(end)) / 2
    axes.text(
        centre, top * 0.985, t("chart.campaign"), ha="center", va="top", fontsize=8.5, color=SOFT
    )


def holes(axes: "Axes", days: list[date], top: float) -> None:
    """Days that were not wholly collected, hatched; never drawn as zeros."""
    for day in days:
        axes.axvspan(
            _x(day) - 0.5,
            _x(day) + 0.5,
            facecolor="none",
            edgecolor=HOLE,
            hatch="////",
            linewidth=0,
            zorder=1,
        )


def ordinary_line(axes: "Axes", middle: float, t: Translator) -> None:
    """A dashed line at an ordinary day, named above the picture."""
    line = axes.axhline(middle, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=4)
    axes.legend(
        [line],
        [t("chart.ordinary")],
        loc="lower left",
        bbox_to_anchor=(-0.01, 0.99),
        frameon=False,
        fontsize=8.5,
        borderpad=0,
    )


def value_on_top(axes: "Axes", x: float, value: float | None, height: float, t: Translator) -> None:
    """The last day's figure, above its bar and its neighbour's."""
    if value is not None:
        axes.annotate(
            t.number(value),
            (x, height),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            fontsize=9.5,
            fontweight="bold",
            color=MARK,
            zorder=6,
        )


def day_axis(axes: "Axes", days: list[date], t: Translator) -> None:
    """A tick a week with day and month in words, and whole numbers upwards."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    step = max(1, (len(days) - 1) // 4)
    ticks = days[::-1][::step]
    axes.set_xticks([_x(day) for day in ticks], [t.day(day, "d MMM") for day in ticks])
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: t.compact(value)))


def _x(day: date) -> float:
    return float(day.toordinal())

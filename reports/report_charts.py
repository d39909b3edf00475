"""The report's drawings as SVG that follows the page's colours, light, dark or printed."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from config.campaign import Campaign, Event, Indicator
from config.i18n import Translator
from measures.change import Change
from measures.figures import Figures
from reports.charts import (
    BAND,
    BAR,
    GRID,
    HOLE,
    INK,
    MARK,
    PAPER,
    SOFT,
    campaign_band,
    day_axis,
    figure,
    holes,
    svg,
)
from reports.topics import TopicCount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NEGATIVE, NEUTRAL, POSITIVE = "#d9660f", "#b8c0c8", "#2b83c6"
ROLES = {
    PAPER: "paper",
    INK: "ink",
    SOFT: "soft",
    GRID: "grid",
    BAR: "bar",
    MARK: "mark",
    BAND: "band",
    HOLE: "hole",
    NEGATIVE: "negative",
    NEUTRAL: "neutral",
    POSITIVE: "positive",
}
WIDE = 7.2


def daily_chart(
    series: Mapping[date, float],
    missing: Mapping[date, float],
    campaign: Campaign,
    span: tuple[date, date],
    t: Translator,
) -> str:
    """Posts a day from baseline to follow-up: gaps hatched, events numbered, campaign shaded."""
    first, last = span
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with figure(WIDE, 2.8) as (drawn, axes):
        heights = [series.get(day, 0.0) for day in days]
        axes.bar([float(d.toordinal()) for d in days], heights, width=0.85, color=BAR, zorder=3)
        top = max([*heights, 1.0]) * 1.3
        axes.set_ylim(0, top)
        axes.set_xlim(first.toordinal() - 0.6, last.toordinal() + 0.6)
        campaign_band(axes, campaign, first, last, t)
        holes(axes, [day for day in days if missing.get(day, 0.0) > 0 or day not in series], top)
        for number, event in enumerate(events_of(campaign, first, last), start=1):
            x = event.date.toordinal()
            axes.axvline(x, ymax=0.86, color=MARK, linewidth=1, zorder=4)
            axes.text(x, top * 0.87, t.number(number), ha="center", color=MARK, zorder=5)
        day_axis(axes, days, t)
        return _themed(svg(drawn), "daily")


def change_chart(
    changes: Sequence[tuple[str, Change]], percent: bool, name: str, t: Translator
) -> str:
    """Changes with their intervals beside no change; `changes` are labelled, first on top.

    `percent`: effects are ratios, drawn as relative changes; else differences in points.
    """
    with figure(WIDE, 0.75 + 0.34 * len(changes)) as (drawn, axes):
        axes.grid(visible=False)
        axes.axvline(0, color=SOFT, linewidth=1, zorder=1)
        for row, (_, change) in enumerate(reversed(changes)):
            effect, low, high = (
                _scaled(v, percent) for v in (change.effect, change.low, change.high)
            )
            colour = MARK if change.verdict in ("rose", "fell") else SOFT
            axes.plot([low, high], [row, row], color=colour, linewidth=3, solid_capstyle="round")
            axes.plot([effect], [row], "o", color=colour, markersize=8)
        axes.set_yticks(range(len(changes)), [label for label, _ in reversed(changes)])
        axes.set_ylim(-0.6, len(changes) - 0.4)
        axes.set_xlabel(t("chart.change.percent" if percent else "chart.change.points"))
        axes.tick_params(axis="y", labelcolor=INK)
        _whole_ticks(axes, t)
        return _themed(svg(drawn), name)


def sentiment_chart(phases: Sequence[tuple[str, Figures]], t: Translator) -> str:
    """Shares of negative, neutral and positive originals, one bar a phase."""
    with figure(WIDE, 0.9 + 0.45 * len(phases)) as (drawn, axes):
        axes.grid(visible=False)
        axes.set_axis_off()
        for row, (label, figures) in enumerate(reversed(phases)):
            axes.text(-0.01, row, label, ha="right", va="center", fontsize=10)
            _stack(axes, row, figures, t)
        axes.set_xlim(-0.16, 1.0)
        axes.set_ylim(-0.5, len(phases) - 0.5)
        _legend(axes, t)
        return _themed(svg(drawn), "sentiment")


def topic_chart(topics: Sequence[TopicCount], totals: Mapping[str, int], t: Translator) -> str:
    """Each topic's share of originals before (hollow) and during (full) the campaign."""
    with figure(WIDE, 0.8 + 0.36 * len(topics)) as (drawn, axes):
        axes.grid(visible=False)
        axes.xaxis.grid(visible=True, color=GRID, linewidth=0.8)
        for row, topic in enumerate(reversed(topics)):
            before, during = (_share(topic, name, totals) for name in ("before", "during"))
            if before is not None and during is not None:
                axes.plot([before, during], [row, row], color=BAR, linewidth=2, zorder=2)
            if before is not None:
                axes.plot([before], [row], "o", mfc=PAPER, mec=SOFT, mew=1.8, markersize=8)
            if during is not None:
                axes.plot([during], [row], "o", color=MARK, markersize=8, zorder=4)
        axes.set_yticks(range(len(topics)), [topic.label for topic in reversed(topics)])
        axes.tick_params(axis="y", labelcolor=INK)
        axes.set_ylim(-0.6, len(topics) - 0.4)
        axes.set_xlim(left=0)
        axes.set_xlabel(t("chart.topics.axis"))
        _whole_ticks(axes, t)
        return _themed(svg(drawn), "topics")


def indicator_chart(indicator: Indicator, campaign: Campaign, name: str, t: Translator) -> str:
    """An outside figure by date beside the campaign's days."""
    days = sorted(indicator.values)
    first, last = min([*days, campaign.start]), max([*days, campaign.end or campaign.start])
    with figure(WIDE, 2.2) as (drawn, axes):
        values = [indicator.values[day] for day in days]
        axes.plot([float(d.toordinal()) for d in days], values, "o-", color=MARK, zorder=3)
        axes.set_ylim(0, max([*values, 1.0]) * 1.3)
        axes.set_xlim(first.toordinal() - 1, last.toordinal() + 1)
        campaign_band(axes, campaign, first, last, t)
        day_axis(axes, [first + timedelta(days=n) for n in range((last - first).days + 1)], t)
        return _themed(svg(drawn), name)


def events_of(campaign: Campaign, first: date, last: date) -> list[Event]:
    """The campaign's events of these days in order, as the daily chart numbers them."""
    return sorted(
        (event for event in campaign.events if first <= event.date <= last),
        key=lambda event: event.date,
    )


def _whole_ticks(axes: "Axes", t: Translator) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: t.number(value)))


def _stack(axes: "Axes", row: int, figures: Figures, t: Translator) -> None:
    left = 0.0
    shares = (figures.negative_share, figures.neutral_share, figures.positive_share)
    for share, colour in zip(shares, (NEGATIVE, NEUTRAL, POSITIVE), strict=True):
        width = share or 0.0
        axes.barh(row, width, left=left, height=0.62, color=colour)
        if width > 0.06:
            ink = INK if colour == NEUTRAL else PAPER
            axes.text(left + width / 2, row, t.percent(width), ha="center", va="center", color=ink)
        left += width


def _legend(axes: "Axes", t: Translator) -> None:
    from matplotlib.patches import Patch

    names = (("negative", NEGATIVE), ("neutral", NEUTRAL), ("positive", POSITIVE))
    axes.legend(
        handles=[Patch(color=colour, label=t(f"sentiment.{name}")) for name, colour in names],
        loc="lower center",
        bbox_to_anchor=(0.5, -0.25),
        ncols=3,
        frameon=False,
    )


def _scaled(value: float | None, percent: bool) -> float:
    return 100 * ((value or 0.0) - (1.0 if percent else 0.0))


def _share(topic: TopicCount, phase: str, totals: Mapping[str, int]) -> float | None:
    count = topic.originals.get(phase)
    return None if count is None or not totals.get(phase) else 100 * count / totals[phase]


def _themed(drawing: str, name: str) -> str:
    """Colours as the page's variables, names unique within the page, no size of its own."""
    for colour, role in ROLES.items():
        drawing = drawing.replace(colour, f"var(--{role})")
    drawing = re.sub(r'\bid="', f'id="{name}-', drawing)
    drawing = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{name}-", drawing)
    drawing = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", drawing, flags=re.DOTALL)
    head, rest = drawing.split(">", 1)
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    return f'{head} aria-hidden="true" focusable="false">{rest}'

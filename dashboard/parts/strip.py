"""An interval as a bar on a line, with the mark of no change; its text always stands beside it."""

import math
from collections.abc import Sequence

from dash import html

from dashboard.parts.aria import HIDDEN
from dashboard.wording import Scale
from measures.change import Change

MARGIN = 0.06
"""Share of the line kept free at either end."""
Domain = tuple[float, float]


def domain(changes: Sequence[Change | None], on: Scale) -> Domain | None:
    """From where to where a line must reach that shows all of `changes` and no change; `None`
    where there is no interval. Ratios are on the scale of their logarithms."""
    ends = [
        value
        for one in changes
        if one is not None and one.verdict != "not_enough_data"
        for end in (one.low, one.high)
        if (value := _placed(end, on)) is not None
    ]
    if not ends:
        return None
    low, high = min(*ends, 0.0), max(*ends, 0.0)
    room = MARGIN * (high - low) or 1.0
    return low - room, high + room


def strip(change: Change, within: Domain | None, on: Scale) -> html.Div | None:
    """The interval of `change`; `None` where none may be shown."""
    if within is None or change.verdict == "not_enough_data":
        return None
    low, middle, high = (_placed(v, on) for v in (change.low, change.effect, change.high))
    if low is None or middle is None or high is None:
        return None
    start, length = within[0], within[1] - within[0]

    def at(value: float) -> str:
        return f"{100 * (value - start) / length:.1f}%"

    return html.Div(
        [
            html.I(className="strip-none", style={"insetInlineStart": at(0.0)}),
            html.I(
                className="strip-range",
                style={"insetInlineStart": at(low), "width": at(start + high - low)},
            ),
            html.I(className="strip-dot", style={"insetInlineStart": at(middle)}),
        ],
        className=f"strip strip-{change.verdict}",
        **HIDDEN,
    )


def _placed(value: float | None, on: Scale) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    if on == "share":
        return value
    return math.log(value) if value > 0 else None

"""A trend small enough to stand in a line of text: an SVG picture as a data address."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from dashboard.figures import style

WIDTH, HEIGHT = 160, 36


def sparkline(
    counts: Mapping[date, int],
    *,
    days: Sequence[date],
    campaign: tuple[date, date | None],
    colour: str = style.ACCENT,
    rtl: bool = False,
) -> str:
    """Bars by day, those of the campaign on a shade. Holds numbers only, so nothing to escape."""
    if not days:
        return ""
    step = WIDTH / len(days)
    most = max((counts.get(day, 0) for day in days), default=0) or 1
    begin, end = campaign[0], campaign[1] or days[-1]
    inside = [n for n, day in enumerate(days) if begin <= day <= end]
    parts = []
    if inside:
        x, wide = inside[0] * step, len(inside) * step
        parts.append(
            f'<rect x="{x:.1f}" y="0" width="{wide:.1f}" height="{HEIGHT}" '
            f'fill="{colour}" opacity=".13"/>'
        )
    for n, day in enumerate(days):
        count = counts.get(day, 0)
        if count:
            tall = max(1.5, count / most * (HEIGHT - 2))
            parts.append(
                f'<rect x="{n * step + step * 0.1:.1f}" y="{HEIGHT - tall:.1f}" '
                f'width="{max(step * 0.8, 0.8):.1f}" height="{tall:.1f}" fill="{colour}"/>'
            )
    turn = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if rtl else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none"><g{turn}>{"".join(parts)}</g></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe="/:=' ")

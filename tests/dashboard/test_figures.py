"""Charts as data: what is missing is a gap, what is uncertain is shaded, nothing is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from config.i18n import CASABLANCA
from dashboard.figures.coverage import coverage
from dashboard.figures.curve import curve
from dashboard.figures.sentiment import FEW, Tone, sentiment, smoothed, wilson
from dashboard.figures.sparkline import sparkline
from dashboard.figures.style import escape, every_day, number_ticks
from dashboard.figures.volume import volume
from dashboard.words import translator
from measures.coverage import hours
from storage.rows import CurvePoint, Gap
from tests.dashboard.fakes import XSS, campaign, made_rows

FIRST, LAST = date(2025, 9, 20), date(2025, 10, 12)
GONE = date(2025, 9, 24)
PART = date(2025, 9, 26)
MISSING = {GONE: 1.0, PART: 0.25}
ROWS = made_rows(FIRST, LAST, campaign().start, {GONE})


def drawn(make: Any, language: str = "fr", **more: Any) -> Any:
    return make(
        ROWS,
        MISSING,
        translator(language),
        days=(FIRST, LAST),
        campaign=(campaign().start, campaign().end),
        **more,
    )


def bars(figure: Any) -> list[Any]:
    return [t for t in figure["data"] if t["type"] == "bar" and t.get("yaxis") != "y2"]


def test_a_day_that_was_not_collected_is_a_band_and_not_zero() -> None:
    figure = drawn(volume)
    for trace in bars(figure):
        assert GONE.isoformat() not in trace["x"]
        assert PART.isoformat() in trace["x"]
    band = next(t for t in figure["data"] if t.get("yaxis") == "y2")
    assert band["x"] == [GONE.isoformat(), PART.isoformat()]
    assert band["marker"]["pattern"]["shape"] == "/"


def test_bars_add_up_to_the_originals_of_each_day() -> None:
    figure = drawn(volume)
    for day in (FIRST, PART, LAST):
        expected = sum(row.originals for row in ROWS if row.day == day)
        shown = sum(t["y"][t["x"].index(day.isoformat())] for t in bars(figure))
        assert shown == expected


def test_the_campaign_is_shaded_and_events_are_marked_as_text() -> None:
    event = (date(2025, 10, 2), XSS)
    figure = drawn(volume, events=[event])
    shade = figure["layout"]["shapes"][0]
    assert shade["x0"].startswith("2025-09-28T12")
    assert shade["x1"].startswith("2025-10-12T12")
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["<b>1</b>"]
    assert XSS not in repr(figure)


def test_time_runs_with_the_reading() -> None:
    left, right = drawn(volume)["layout"], drawn(volume, "ar")["layout"]
    assert left["xaxis"]["range"] == right["xaxis"]["range"][::-1]
    assert (left["yaxis"]["side"], right["yaxis"]["side"]) == ("left", "right")


def test_sentiment_lines_stop_at_gaps_and_carry_their_margin() -> None:
    figure = drawn(sentiment)
    lines = [t for t in figure["data"] if t.get("mode") == "lines" and "fill" not in t]
    ribbons = [t for t in figure["data"] if t.get("fill") == "toself"]
    assert len(lines) == 2
    for line in lines:
        assert line["y"][line["x"].index(GONE.isoformat())] is None
        assert line["connectgaps"] is False
    assert len(ribbons) == 4  # two labels on each side of the gap
    assert all(GONE.isoformat() not in ribbon["x"] for ribbon in ribbons)


def test_days_with_few_texts_are_hollow() -> None:
    few = [row for row in ROWS if row.day != LAST]
    one = next(row for row in ROWS if row.day == LAST and row.annotated < FEW)
    figure = sentiment(
        [*few, one],
        {},
        translator("fr"),
        days=(FIRST, LAST),
        campaign=(campaign().start, None),
    )
    dots = next(t for t in figure["data"] if t.get("marker", {}).get("size") == 6)
    colours = dict(zip(dots["x"], dots["marker"]["color"], strict=True))
    assert colours[LAST.isoformat()] == "rgba(0,0,0,0)"
    assert colours[FIRST.isoformat()] != "rgba(0,0,0,0)"


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson_agrees_with_published_values(
    hits: int, total: int, low: float, high: float
) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=1e-3)


def test_smoothing_takes_the_days_around() -> None:
    tones = {FIRST + timedelta(days=n): Tone(neg=n) for n in range(10)}
    assert smoothed(FIRST + timedelta(days=5), tones).neg == sum(range(2, 9))
    assert smoothed(FIRST, tones).neg == sum(range(4))


def test_coverage_shows_the_last_days_and_leaves_the_future_empty() -> None:
    now = datetime(2025, 10, 26, 9, 30, tzinfo=UTC)
    gaps = [
        Gap("x", now - timedelta(hours=20), now - timedelta(hours=18), "strange", "<b>503</b>"),
        Gap("x", now - timedelta(days=2), now - timedelta(hours=47), "failed", "", lost=True),
    ]
    found = hours(gaps, now - timedelta(days=40), now, CASABLANCA)
    [data] = coverage(found, translator("fr"))["data"]
    assert len(data["x"]) == 14
    assert data["z"][10][13] is None, "10:00 in Casablanca is 9:00 in UTC, not over yet"
    assert data["z"][9][13] == 0
    assert (data["z"][14][12], data["text"][14][12]) == (2, "○")
    assert "&lt;b&gt;503" in data["customdata"][14][12]
    assert (data["z"][10][11], data["text"][10][11]) == (4, "!")


def test_a_curve_tells_its_points_in_words() -> None:
    points = [CurvePoint(1, 40, 1, 2.5, 4), CurvePoint(168, 30, 2, 5, 11)]
    for language in ("fr", "ar"):
        figure = curve(points, translator(language))
        assert figure["data"][2]["y"] == [2.5, 5]
        assert figure["layout"]["xaxis"]["autorange"] == ("reversed" if language == "ar" else True)
    assert "40" in curve(points, translator("fr"))["data"][2]["customdata"][0]


def test_a_sparkline_is_a_picture_of_numbers() -> None:
    days = every_day(FIRST, LAST)
    picture = sparkline({days[3]: 5, days[4]: 10}, days=days, campaign=(days[2], None))
    assert picture.startswith("data:image/svg+xml,")
    assert picture.count("%3Crect") == 3
    assert "matrix" in sparkline({}, days=days, campaign=(LAST, None), rtl=True)
    assert sparkline({}, days=[], campaign=(FIRST, None)) == ""


@pytest.mark.parametrize("highest", [0, 1, 3, 9, 40, 412, 123_456])
def test_ticks_are_round_and_reach_the_top(highest: int) -> None:
    values = number_ticks(highest, str)["tickvals"]
    assert values[0] == 0
    assert values[-1] >= highest
    assert 2 <= len(values) <= 7


def test_text_for_plotly_is_escaped() -> None:
    assert "<" not in escape(XSS)

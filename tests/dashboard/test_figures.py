"""Charts as data: what is missing is a gap, what is uncertain is shaded, nothing is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.figures.coverage import completeness, coverage, hours
from dashboard.figures.sentiment import FEW, Tone, sentiment, smoothed, wilson
from dashboard.figures.sparkline import sparkline
from dashboard.figures.style import escape, every_day, number_ticks
from dashboard.figures.volume import volume
from dashboard.words import translator
from storage.rows import Gap
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


def test_hours_are_those_of_casablanca_also_in_ramadan() -> None:
    gap = Gap("x", datetime(2025, 10, 5, 23, tzinfo=UTC), datetime(2025, 10, 6, 1, tzinfo=UTC),
              "failed", "503")  # fmt: skip
    found = hours([gap], datetime(2025, 10, 5, tzinfo=UTC), datetime(2025, 10, 7, tzinfo=UTC))
    failed = {key for key, state in found.items() if state == "failed"}
    assert failed == {(date(2025, 10, 6), 0), (date(2025, 10, 6), 1)}  # UTC+1
    gap = Gap("x", datetime(2025, 3, 10, 5, tzinfo=UTC), datetime(2025, 3, 10, 6, tzinfo=UTC),
              "budget", "")  # fmt: skip
    found = hours([gap], datetime(2025, 3, 10, tzinfo=UTC), datetime(2025, 3, 11, tzinfo=UTC))
    assert [key for key, state in found.items() if state == "budget"] == [(date(2025, 3, 10), 5)]


def test_coverage_leaves_the_future_empty_and_survives_unknown_states() -> None:
    now = datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
    first = datetime(2025, 10, 4, 23, tzinfo=UTC)
    gap = Gap("x", first, first + timedelta(hours=2), "strange", "")
    figure = coverage([gap], translator("fr"), first=first, now=now)
    z = figure["data"][0]["z"]
    assert z[0][0] == z[1][0] == 2  # never asked
    assert z[10][1] is None  # 10:00 in Casablanca is 9:00 in UTC, not over yet
    assert z[9][1] == 0
    assert completeness([gap], first, now) == pytest.approx(32 / 34)
    assert completeness([], now, now) is None


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

"""Times, counts, kinds and platforms as they stand in cells."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Kind
from collectors.files import values

CASABLANCA = ZoneInfo("Africa/Casablanca")
NOON = datetime(2025, 10, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-02T12:00:00Z",
        "2025-10-02T12:00:00.000Z",
        "2025-10-02 13:00:00",
        "2025-10-02 13:00:00+01:00",
        "2025-10-02 13:00:00 +0100",
        "2025-10-02 08:00:00 EDT",
        "2025-10-02 12:00:00 UTC",
        "1759406400",
        "1759406400.0",
        "1759406400000",
        "1759406400000000",
        "02/10/2025 13:00",
        "2/10/2025 13:00:00",
        "02-10-2025 à 13h00",
        "02.10.2025, 13:00",
        "02/10/2025 1:00 PM",
        "Thu Oct 02 12:00:00 +0000 2025",
        "Thu, 02 Oct 2025 12:00:00 GMT",
        "٠٢/١٠/٢٠٢٥ ١٣:٠٠",
        "٢٠٢٥-١٠-٠٢ ١٣:٠٠",
    ],
)
def test_every_usual_form_of_one_moment(text):
    assert values.clock("auto", CASABLANCA)(text) == NOON


def test_the_offset_of_ramadan_is_known():
    read = values.clock("auto", CASABLANCA)
    assert read("2025-03-10 12:00") == datetime(2025, 3, 10, 12, 0, tzinfo=UTC)
    assert read("2025-05-10 12:00") == datetime(2025, 5, 10, 11, 0, tzinfo=UTC)


def test_month_first_and_own_forms():
    assert values.clock("month-first", UTC)("10/02/2025 12:00") == NOON
    assert values.clock("%d %m %Y %Hh", UTC)("02 10 2025 12h") == NOON
    with pytest.raises(ValueError, match="is not written as"):
        values.clock("%d %m %Y", UTC)("2025-10-02")


@pytest.mark.parametrize(
    "text", ["", "soon", "31/31/2025", "12", "0001-01-01", "9999-12-31", "1e400", "-5", "NaN", "⁵"]
)
def test_what_is_no_date_says_so(text):
    with pytest.raises(ValueError, match=r"date|year|cannot be"):
        values.clock("auto", CASABLANCA)(text)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_a_reason(text):
    try:
        made = values.clock("auto", CASABLANCA)(text)
    except (ValueError, OverflowError):
        return
    assert made.tzinfo is UTC


@given(st.datetimes(datetime(1996, 1, 1), datetime(2099, 1, 1)))
def test_iso_survives(moment):
    assert values.clock("auto", UTC)(moment.isoformat()) == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12), ("1,204", 1204), ("1 204", 1204), ("1\u202f204", 1204), ("1.204.310", 1204310),
        ("12.5K", 12500), ("1,2 M", 1_200_000), ("3.0", 3), ("١٢٣", 123), (7, 7), (7.0, 7),
        ("", None), ("-", None), ("N/A", None), ("-3", None), (None, None), (True, None),
        ("1,204,555.0.0.0.0", None), (-1, None), ("=1+1", None),
    ],
)  # fmt: skip
def test_counts(text, expected):
    assert values.count(text) == expected


@given(st.text(max_size=40))
def test_any_text_is_a_count_or_unknown(text):
    found = values.count(text)
    assert found is None or found >= 0


def test_kinds():
    assert values.kind("Retweeted") is Kind.REPOST
    assert values.kind("replied_to") is Kind.REPLY
    assert values.kind("Commentaire") is Kind.REPLY
    assert values.kind("quoted") is Kind.QUOTE
    assert values.kind("Live Video Complete") is Kind.ORIGINAL
    with pytest.raises(ValueError, match="none of original"):
        values.kind("shout")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Twitter", "x"), ("tiktok.com", "tiktok"), ("https://www.Facebook.com/", "facebook")],
)
def test_platforms(text, expected):
    assert values.platform(text) == expected
    with pytest.raises(ValueError, match="no name of a platform"):
        values.platform("<b>x</b>")


def test_month_first_needs_evidence():
    assert values.is_month_first(["10/25/2025", "01/02/2025"])
    assert not values.is_month_first(["10/02/2025"])
    assert not values.is_month_first(["25/10/2025", "10/25/2025"])


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2025-02-22 12:00", 11),  # the Saturday before Ramadan's clock: UTC+1
        ("2025-02-23 12:00", 12),  # UTC+0 from 3 in the morning
        ("2025-04-05 12:00", 12),
        ("2025-04-06 12:00", 11),  # UTC+1 again from 2 in the morning
        ("2025-04-06 12:00 GMT", 12),
        ("2025-04-06T12:00+02:00", 10),
    ],
)
def test_casablanca_is_on_utc_in_ramadan(text, hour):
    assert values.clock(values.AUTO, CASABLANCA)(text).hour == hour


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("45933", datetime(2025, 10, 2, 23, 0, tzinfo=UTC)),  # Excel's 3 October, midnight here
        ("45933.5", datetime(2025, 10, 3, 11, 0, tzinfo=UTC)),
        ("45933,75", datetime(2025, 10, 3, 17, 0, tzinfo=UTC)),
        ("1759482000,5", datetime(2025, 10, 3, 9, 0, 0, 500_000, tzinfo=UTC)),
        ("1759482000000", datetime(2025, 10, 3, 9, 0, tzinfo=UTC)),
    ],
)
def test_days_as_spreadsheets_count_them_and_decimal_commas(text, told):
    assert values.clock(values.AUTO, CASABLANCA)(text) == told


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.204,0", 1204), ("1,204.0", 1204), ("12,0", 12), ("1 204,50", 1204), ("3,5", 4)],
)
def test_counts_with_decimals(text, number):
    assert values.count(text) == number


@pytest.mark.parametrize("value", ["yes", "1", True, "oui", "1973000000000000001", 7])
def test_flags_are_set_by_a_yes_or_an_id(value):
    assert values.says_yes(value)


@pytest.mark.parametrize("value", [None, "", "no", "0", False, 0, "none", "non", "NaN", "[]"])
def test_flags_that_are_not_set(value):
    assert not values.says_yes(value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://www.tiktok.com/@a/video/1", "tiktok"),
        ("https://youtu.be/abc", "youtube"),
        ("http://m.facebook.com/x", "facebook"),
        ("Twitter", "x"),
    ],
)
def test_platforms_by_name_site_and_link(text, name):
    assert values.platform(text) == name

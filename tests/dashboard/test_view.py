"""The address says everything, and whatever it says can be shown."""

from datetime import date
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dashboard.view import PAGES, PERIODS, View, address, parse, preferred_campaign, stretch
from tests.dashboard.fakes import campaign, other, pending

TODAY = date(2025, 10, 12)


def read(search: str, pathname: str = "/") -> View:
    return parse(pathname, search, language="fr", campaign="mamhkoumch")


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_address_is_a_view_that_can_be_shown(search: str, pathname: str) -> None:
    view = read("?" + search, "/" + pathname)
    assert view.page in (*PAGES, "")
    assert view.period in PERIODS
    first, last = stretch(view, campaign(), TODAY)
    assert first <= last <= TODAY


@given(
    st.builds(
        View,
        page=st.sampled_from(PAGES),
        campaign=st.just("mamhkoumch"),
        language=st.sampled_from(("fr", "ar", "en")),
        scope=st.sampled_from(("all", "campaign")),
        period=st.sampled_from(("life", "during", "7", "30")),
        platforms=st.sets(st.sampled_from(("x", "reddit", "tiktok"))).map(sorted).map(tuple),
        topic=st.none() | st.integers(-1, 99),
    )
)
def test_an_address_brings_back_its_view(view: View) -> None:
    parts = urlsplit(address(view))
    assert read(parts.query, parts.path) == view


def test_chosen_dates_are_put_in_order_and_need_both() -> None:
    view = read("?period=custom&from=2025-10-09&to=2025-10-02")
    assert (view.first, view.last) == (date(2025, 10, 2), date(2025, 10, 9))
    assert read("?period=custom&from=2025-10-09").period == "life"
    assert read("?period=custom&from=tomorrow&to=2025-10-02").period == "life"


def test_a_stretch_never_reaches_into_the_future() -> None:
    assert stretch(read("?period=during"), campaign(), TODAY) == (date(2025, 9, 29), TODAY)
    assert stretch(read("?period=7"), campaign(), TODAY) == (date(2025, 10, 6), TODAY)
    first, last = stretch(read(""), campaign(), TODAY)
    assert (first, last) == (campaign().first_day, TODAY)


def test_the_last_days_of_a_closed_campaign_are_its_own() -> None:
    later = date(2026, 5, 1)
    first, last = stretch(read("?period=7"), campaign(), later)
    assert last == campaign().last_day
    assert (last - first).days == 6


def test_the_campaign_with_posts_that_is_alive_comes_first() -> None:
    all_of_them = {c.slug: c for c in (other(), pending(), campaign())}
    assert preferred_campaign(all_of_them, {"mamhkoumch": 5}, TODAY) == "mamhkoumch"
    assert preferred_campaign(all_of_them, {"vide": 9, "mamhkoumch": 5}, TODAY) == "vide"
    assert preferred_campaign({}, {}, TODAY) == ""

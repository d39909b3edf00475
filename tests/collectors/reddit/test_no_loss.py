"""Whatever happens between pages: what a collector calls covered, it has delivered."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collectors.base import Query, Window
from collectors.reddit import RedditCollector

START = datetime(2026, 11, 1, tzinfo=UTC)
QUERY = Query("n", "/r/Morocco/new")


class Index:
    """A subreddit by minute, newest first, of which at most `cap` entries are shown."""

    calls = 0
    cap = 25

    def __init__(self, minutes, now):
        self.minutes = sorted(set(minutes), reverse=True)
        self.now = now

    def listing(self, path, *, after=None, limit=None, **params):
        self.calls += 1
        shown = [minute for minute in self.minutes if at(minute) < self.now()][: self.cap]
        if after is not None:
            minute = int(after.removeprefix("t3_"))
            shown = shown[shown.index(minute) + 1 :] if minute in shown else []
        page = shown[:6]
        more = f"t3_{page[-1]}" if len(shown) > 6 else None
        return {"kind": "Listing", "data": {"after": more, "children": list(map(entry, page))}}


def at(minute):
    return START + timedelta(minutes=minute)


def entry(minute):
    data = {"id": str(minute), "title": "t", "created_utc": at(minute).timestamp()}
    return {"kind": "t3", "data": data | {"name": f"t3_{minute}"}}


@pytest.fixture(autouse=True)
def _small_reddit(monkeypatch):
    monkeypatch.setattr("collectors.reddit.passes.LISTING_CAP", 22)


events = st.tuples(
    st.sampled_from(["whole", "killed", "deletion"]), st.integers(0, 4), st.integers(1, 3000)
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    minutes=st.lists(st.integers(-3_000, 8_000), min_size=10, max_size=120),
    story=st.lists(events, min_size=1, max_size=10),
)
@example(minutes=list(range(-12, 14)), story=[("killed", 1, 1), ("whole", 0, 13)])
def test_covered_means_delivered(minutes, story):
    now = [START]
    index = Index(minutes, lambda: now[0])
    window = Window(START - timedelta(days=2), START + timedelta(days=10))
    cursor, delivered, covered = {}, set(), []
    for event, pages, pause in story:
        now[0] += timedelta(minutes=pause)
        collector = RedditCollector(
            "id", "secret", user_agent="python:sada-tests:1", match=bool, clock=lambda: now[0]
        )
        collector._client = index
        for page in islice(
            collector.fetch(QUERY, cursor, window), pages if event == "killed" else None
        ):
            delivered.update(each.platform_id for each in page.posts)
            covered += [page.covered] if page.covered else []
            cursor = page.cursor
        if event == "deletion" and index.minutes:
            del index.minutes[len(index.minutes) // 2]
    for minute in index.minutes:
        if any(each.start <= at(minute) < each.end for each in covered):
            assert f"t3_{minute}" in delivered
    assert index.calls < 40 * len(story)

"""Whatever happens between pages: what a collector calls covered, it has delivered."""

from datetime import UTC, datetime, timedelta
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.base import CollectorError, Query, Unreachable, Window
from collectors.retry import Patience
from collectors.x import XCollector
from collectors.x.client import Rejected

START = datetime(2026, 11, 1, tzinfo=UTC)
QUERY = Query("k", "mamhkoumch")


class Index:
    """X's search over posts by minute; forgets page tokens and fails when told to."""

    calls = 0

    def __init__(self, minutes, now):
        self.posts = sorted({minute: 10**18 + minute for minute in minutes}.items(), reverse=True)
        self.now = now
        self.epoch = 0
        self.failing = False

    def search(self, *, archive, query, max_results, end_time, **bounds):
        self.calls += 1
        if self.failing:
            raise Unreachable("x", "down")
        oldest = self.now() - timedelta(days=7)
        start, since = bounds.get("start_time", oldest), int(bounds.get("since_id", 0))
        if not archive and start < oldest:
            raise Rejected("x", "start_time is too old")
        if since and not archive and at(since - 10**18) < oldest:
            raise Rejected("x", "since_id is too old")
        found = [
            identity
            for minute, identity in self.posts
            if start <= at(minute) < end_time and at(minute) < self.now() and identity > since
        ]
        offset = self._offset(bounds.get("next_token"))
        page = found[offset : offset + 3]
        meta = {"result_count": len(page)}
        if offset + 3 < len(found):
            meta["next_token"] = f"{self.epoch}.{offset + 3}"
        return {"data": [post(identity) for identity in page], "meta": meta}

    def _offset(self, token):
        epoch, _, offset = (token or f"{self.epoch}.0").partition(".")
        if int(epoch) != self.epoch:
            raise Rejected("x", "next_token has expired")
        return int(offset)


def at(minute):
    return START + timedelta(minutes=minute)


def post(identity):
    return {"id": str(identity), "text": "t", "created_at": at(identity - 10**18).isoformat()}


events = st.tuples(
    st.sampled_from(["whole", "killed", "fails", "tokens expire"]),
    st.integers(0, 4),
    st.integers(1, 3000) | st.integers(1, 6 * 24 * 60),
)


@settings(max_examples=150, deadline=None)
@given(
    minutes=st.lists(st.integers(-12_000, 8_000), min_size=20, max_size=120),
    story=st.lists(events, min_size=1, max_size=10),
    archive_from=st.integers(0, 12),
)
def test_covered_means_delivered(minutes, story, archive_from):
    now = [START]
    index = Index(minutes, lambda: now[0])
    window = Window(START - timedelta(days=10), START + timedelta(days=20))
    cursor, delivered, covered = {}, set(), []
    for turn, (event, pages, pause) in enumerate(story):
        now[0] += timedelta(minutes=pause)
        collector = XCollector(
            "t",
            clock=lambda: now[0],
            archive=turn >= archive_from,
            patience=Patience(sleep=lambda _: None),
        )
        collector._client = index
        index.epoch += event == "tokens expire"
        stream = collector.fetch(QUERY, cursor, window)
        taken = islice(stream, pages if event in ("killed", "fails") else None)
        try:
            for page in taken:
                delivered.update(each.platform_id for each in page.posts)
                covered += [page.covered] if page.covered else []
                cursor = page.cursor
            index.failing = event == "fails"
            next(stream, None)
        except CollectorError:
            assert event == "fails"
        index.failing = False
    for minute, identity in index.posts:
        if any(each.start <= at(minute) < each.end for each in covered):
            assert str(identity) in delivered
    assert index.calls < 60 * len(story)

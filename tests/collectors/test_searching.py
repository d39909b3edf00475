"""Whatever happens between pages: what a search by stretches calls covered, it has delivered."""

from datetime import UTC, datetime, timedelta
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.base import CollectorError, Post, Unreachable, Window
from collectors.searching import ForgottenToken, Found, read_stretches
from collectors.stretches import (
    Guard,
    Progress,
    Rules,
    Stretch,
    next_stretch,
    read_progress,
    write_progress,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
SETTLING = timedelta(minutes=60)
PAGE, CUT = 3, 12


def at(minute):
    return START + timedelta(minutes=minute)


class Index:
    """A search, newest first, over posts by minute that show up to an hour late.

    It gives no more than `CUT` posts to one question, forgets page tokens and fails when told to.
    """

    def __init__(self, posts, now, longest):
        self.posts, self.now, self.longest = posts, now, longest
        self.calls, self.epoch, self.failing = 0, 0, False

    def ask(self, work):
        self.calls += 1
        assert self.calls < 2000, "no end"
        if self.failing:
            raise Unreachable("test", "down")
        assert work.end - work.start <= self.longest
        found = [
            minute
            for minute, late in sorted(self.posts.items(), reverse=True)
            if work.start <= at(minute) < work.upper and at(minute + late) < self.now()
        ][:CUT]
        epoch, _, offset = (work.token or f"{self.epoch}.0").partition(".")
        if int(epoch) != self.epoch:
            raise ForgottenToken("test", "no such token")
        first = int(offset)
        token = f"{self.epoch}.{first + PAGE}" if first + PAGE < len(found) else None
        page = found[first : first + PAGE]
        return Found([Post("test", str(minute), at(minute), "t") for minute in page], token)


events = st.tuples(
    st.sampled_from(["whole", "killed", "fails", "tokens forgotten"]),
    st.integers(0, 4),
    st.integers(1, 3000),
)


@settings(max_examples=60, deadline=None)
@given(
    posts=st.dictionaries(st.integers(-3000, 8000), st.integers(0, 59), min_size=10, max_size=80),
    story=st.lists(events, min_size=1, max_size=10),
    longest=st.sampled_from([timedelta(days=1), timedelta(days=3650)]),
)
def test_covered_means_delivered(posts, story, longest):
    now = [START]
    index = Index(posts, lambda: now[0], longest)
    rules = Rules(SETTLING, longest, deepest=CUT)
    window = Window(START - timedelta(days=2), START + timedelta(days=20))
    cursor, delivered, covered = {}, set(), []
    for event, pages, pause in story:
        now[0] += timedelta(minutes=pause)
        index.epoch += event == "tokens forgotten"
        turns = read_stretches("test", read_progress(cursor), window, now[0], rules, index.ask)
        try:
            for turn in islice(turns, pages if event in ("killed", "fails") else None):
                delivered.update(int(post.platform_id) for post in turn.found.posts)
                covered += [turn.covered] if turn.covered else []
                cursor = write_progress(turn.progress)
            index.failing = event == "fails"
            next(turns, None)
        except CollectorError:
            assert event == "fails"
        index.failing = False
    for minute in posts:
        if any(each.start <= at(minute) < each.end for each in covered):
            assert minute in delivered
    assert index.calls < 120 * len(story)


def test_a_cursor_comes_back_as_it_was():
    work = Stretch(START, at(60), at(30), at(60), "t|3", 12, at(31))
    for progress in (Progress(), Progress(START, at(5)), Progress(START, at(5), work)):
        assert read_progress(write_progress(progress)) == progress


def test_a_damaged_cursor_starts_anew():
    assert read_progress({"covered_to": "soon", "start": "x", "seen": "many"}) == Progress()


def test_the_past_comes_after_the_present():
    progress, rules = Progress(at(0), at(100)), Rules(timedelta(0), timedelta(hours=1))
    window = Window(at(-500), at(110))
    first = next_stretch(progress, window, at(110), rules)
    then = next_stretch(progress, window, at(110), rules, read_to=at(110))
    assert (first.start, first.end) == (at(100), at(110))
    assert (then.start, then.end) == (at(-60), at(0))


def test_a_guard_notices_tokens_that_repeat_and_pages_without_news():
    guard = Guard()
    assert not guard.is_endless("a", ["1"])
    assert guard.is_endless("a", ["2"])
    guard = Guard()
    verdicts = [guard.is_endless(str(n), ["1"]) for n in range(7)]
    assert verdicts == [False] * 5 + [True] * 2

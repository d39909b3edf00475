"""Walks over real praw and a real socket: what is asked, matched, covered and resumed."""

from dataclasses import replace
from datetime import timedelta

from collectors.base import Window

DAY = 1440


def ids(pages):
    return [post.platform_id for page in pages for post in page.posts]


def minutes(count):
    return timedelta(minutes=count)


def test_first_walk_ends_at_the_window_start(reddit, say):
    reddit.say(
        say(reddit.page([1, 60], "t3_a60")),
        say(reddit.page([DAY, 3 * DAY, 3 * DAY + 1, 3 * DAY + 2], "t3_x")),
    )
    pages = list(reddit.build().fetch(reddit.new, {}, reddit.window))
    assert ids(pages) == ["t3_a1", "t3_a60", f"t3_a{DAY}"]
    assert [each.path for each in reddit.asked] == ["/r/Morocco+Maroc/new"] * 2
    assert reddit.asked[0].params == {"limit": "100", "raw_json": "1"}
    assert reddit.asked[1].params["after"] == "t3_a60"
    assert reddit.asked[0].headers["authorization"] == "bearer token-1"
    assert [page.covered for page in pages] == [None, reddit.window]


def test_only_matching_posts_are_given_but_all_count(reddit, say):
    page = reddit.page([1, 2, 3 * DAY, 3 * DAY + 1, 3 * DAY + 2])
    page["data"]["children"][0] = reddit.entry(1, title="le foot ce soir")
    reddit.say(say(page))
    (only,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert ids([only]) == ["t3_a2"]
    assert only.covered == reddit.window


def test_later_walk_stops_at_what_is_known(reddit, say):
    reddit.say(say(reddit.page([1, 2, 3], None)))
    (first,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    later = reddit.now + minutes(30)
    reddit.say(say(reddit.page([-20, -10, 6, 7, 8], "t3_a8")))
    window = replace(reddit.window, end=later)
    (page,) = reddit.build(clock=lambda: later).fetch(reddit.new, first.cursor, window)
    assert ids([page])[:2] == ["t3_a-20", "t3_a-10"]
    assert page.covered == Window(reddit.now, later)
    assert len(reddit.asked) == 2


def test_a_known_post_never_reached_leaves_a_gap(reddit, say):
    reddit.say(say(reddit.page([1, 2, 3])))
    (first,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    later = reddit.now + timedelta(days=1)
    window = replace(reddit.window, end=later)
    reddit.say(say(reddit.page([-1400, -1300, -1200])))
    collector = reddit.build(clock=lambda: later)
    (page,) = collector.fetch(reddit.new, first.cursor, window)
    assert page.covered == Window(reddit.now + minutes(1200), later)
    assert "listing ended after 3 entries" in page.warnings[0]
    assert list(collector.fetch(reddit.new, page.cursor, window)) == []


def test_a_listing_cut_at_reddits_cap_covers_what_it_reached(reddit, say):
    pages = [reddit.page(range(at, at + 100), f"t3_{at}") for at in range(0, 900, 100)]
    reddit.say(*map(say, pages), say(reddit.page(range(900, 1000))))
    *_, last = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert last.covered == Window(reddit.now - minutes(999), reddit.now)
    assert last.warnings


def test_a_quiet_subreddit_is_wholly_covered(reddit, say):
    reddit.say(say(reddit.page([1, 2])))
    (page,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert (page.covered, page.warnings) == (reddit.window, ())


def test_an_empty_listing_covers_and_later_is_doubted(reddit, say):
    reddit.say(say(reddit.page([])))
    (page,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert page.covered == reddit.window
    reddit.say(say(reddit.page([1])))
    (known,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    later = reddit.now + minutes(30)
    window = replace(reddit.window, end=later)
    reddit.say(say(reddit.page([])))
    (doubted,) = reddit.build(clock=lambda: later).fetch(reddit.new, known.cursor, window)
    assert doubted.covered is None
    reddit.say(say(reddit.page([-5, 10, 11, 12])))
    (healed,) = reddit.build(clock=lambda: later).fetch(reddit.new, doubted.cursor, window)
    assert healed.covered == Window(reddit.now, later)


def test_a_kill_in_mid_walk_is_resumed(reddit, say):
    reddit.say(say(reddit.page([1, 60], "t3_a60")))
    first = next(reddit.build().fetch(reddit.new, {}, reddit.window))
    later = reddit.now + minutes(30)
    window = replace(reddit.window, end=later)
    reddit.say(say(reddit.page([90, 3 * DAY, 3 * DAY, 3 * DAY])), say(reddit.page([-9, 6, 7, 8])))
    pages = list(reddit.build(clock=lambda: later).fetch(reddit.new, first.cursor, window))
    assert reddit.asked[1].params["after"] == "t3_a60"
    assert "after" not in reddit.asked[2].params
    assert [page.covered for page in pages] == [reddit.window, Window(reddit.now, later)]


def test_an_anchor_that_was_deleted_starts_the_walk_again(reddit, say):
    reddit.say(
        say(reddit.page([1, 60], "t3_a60")),
        say(reddit.page([])),
        say(reddit.page([1, 61], "t3_a61")),
        say(reddit.page([3 * DAY] * 3)),
    )
    *_, last = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert last.covered == reddit.window
    assert len(reddit.asked) == 4


def test_a_listing_that_turns_in_circles_ends_and_says_so(reddit, say):
    reddit.say(say(reddit.page([1, 60], "t3_a60")))
    pages = list(reddit.build().fetch(reddit.new, {}, reddit.window))
    assert len(reddit.asked) == 2
    assert pages[-1].covered == Window(reddit.now - minutes(60), reddit.now)
    assert pages[-1].warnings


def test_ever_new_anchors_end_too(reddit, say):
    ages = list(range(100))
    reddit.say(*(say(reddit.page(ages, f"t3_{turn}")) for turn in range(60)))
    *_, last = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert len(reddit.asked) == 30
    assert last.covered.start == reddit.now - minutes(99)


def test_one_old_entry_out_of_order_does_not_end_the_walk(reddit, say):
    reddit.say(say(reddit.page([5 * DAY, 1, 60], "t3_a60")), say(reddit.page([3 * DAY] * 3)))
    pages = list(reddit.build().fetch(reddit.new, {}, reddit.window))
    assert len(pages) == 2
    assert ids(pages) == ["t3_a1", "t3_a60"]


def test_a_search_over_all_of_reddit_is_matched_more_strictly(reddit, say):
    reddit.say(say(reddit.page([1, 2], None)))
    collector = reddit.build(match_anywhere=lambda text: "post 2" in text)
    (searched,) = collector.fetch(reddit.search, {}, reddit.window)
    assert ids([searched]) == ["t3_a2"]
    (listed,) = collector.fetch(reddit.new, {}, reddit.window)
    assert ids([listed]) == ["t3_a1", "t3_a2"]


def test_a_search_asks_all_of_reddit_for_the_shortest_period(reddit, say):
    reddit.say(say(reddit.page([1, 2])))
    (page,) = reddit.build().fetch(reddit.search, {}, reddit.window)
    (asked,) = reddit.asked
    assert asked.path == "/r/all/search/"
    assert asked.params["q"] == reddit.search.text
    assert (asked.params["t"], asked.params["sort"]) == ("week", "new")
    later = reddit.now + minutes(60)
    reddit.say(say(reddit.page([])))
    (again,) = reddit.build(clock=lambda: later).fetch(
        reddit.search, page.cursor, replace(reddit.window, end=later)
    )
    assert reddit.asked[-1].params["t"] == "day"
    assert again.covered == Window(reddit.now, later)


def test_lookup_tells_found_from_gone(reddit, say):
    children = [reddit.entry(1), reddit.entry(2, selftext="[removed]")]
    reddit.say(say({"kind": "Listing", "data": {"after": None, "children": children}}))
    looked = reddit.build().lookup(["t3_a1", "t3_a2", "t3_a3", "../../etc"])
    assert [post.platform_id for post in looked.found] == ["t3_a1"]
    assert looked.missing == ("t3_a2", "t3_a3")
    assert reddit.asked[0].path == "/api/info/"
    assert reddit.asked[0].params["id"] == "t3_a1,t3_a2,t3_a3"


def test_check_says_what_it_saw(reddit, say):
    reddit.say(say(reddit.page([30])))
    assert "2026-11-20 11:30" in reddit.build().check()

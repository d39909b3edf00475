"""Comment trees: when each is read, what is read of it, how a round is resumed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Query, RateLimited, Refused, Window
from collectors.reddit.collector import TREES
from collectors.reddit.trees import (
    LOOKS,
    Root,
    Round,
    cursor_after,
    cursor_done,
    due,
    parse_more,
    parse_tree,
    round_of,
)

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
QUERY = Query("trees-campaign", TREES, in_context=True)


def root(name="t3_r1", hours=2.0, seen=0.0):
    return Root(name, NOW - timedelta(hours=hours), NOW - timedelta(hours=seen))


def comment(name, parent="t3_r1", replies="", **fields):
    data = {
        "id": name,
        "name": f"t1_{name}",
        "body": f"comment {name}",
        "author": "amine_test",
        "created_utc": (NOW - timedelta(hours=1)).timestamp(),
        "link_id": "t3_r1",
        "parent_id": parent,
        "replies": replies,
    }
    return {"kind": "t1", "data": data | fields}


def listing(*children):
    return {"kind": "Listing", "data": {"after": None, "children": list(children)}}


def stub(parent, *children):
    return {"kind": "more", "data": {"parent_id": parent, "children": list(children)}}


def tree(reddit, *children):
    return [listing(reddit.entry(120, id="r1", name="t3_r1")), listing(*children)]


def more(*things):
    return {"json": {"errors": [], "data": {"things": list(things)}}}


def collect(reddit, *roots, cursor=None, **options):
    collector = reddit.build(roots=lambda scope: roots, **options)
    return list(collector.fetch(QUERY, cursor or {}, reddit.window))


def ids(page):
    return {post.platform_id for post in page.posts}


def test_all_comments_are_kept_whatever_they_say(reddit, say):
    deep = comment("c2", "t1_c1")
    reddit.say(say(tree(reddit, comment("c1", replies=listing(deep)), comment("c3"))))
    thread, end = collect(reddit, root())
    assert ids(thread) == {"t3_r1", "t1_c1", "t1_c2", "t1_c3"}
    assert {post.root_id for post in thread.posts} == {None, "t3_r1"}
    (asked,) = reddit.asked
    assert (asked.method, asked.path) == ("GET", "/comments/r1/")
    assert (asked.params["sort"], asked.params["limit"]) == ("new", "500")
    assert (end.covered, end.calls) == (reddit.window, 0)


def test_what_reddit_left_out_is_asked_for(reddit, say):
    cut = [comment("c1", replies=listing(stub("t1_c1"))), stub("t3_r1", "c5", "c6")]
    below = [listing(), listing(comment("c1", replies=listing(comment("c2", "t1_c1"))))]
    reddit.say(
        say(tree(reddit, *cut)),
        say(more(comment("c5"), stub("t1_c5", "c7"))),
        say(below),
        say(more(comment("c7", "t1_c5"))),
    )
    thread, _ = collect(reddit, root())
    assert ids(thread) == {"t3_r1", "t1_c1", "t1_c2", "t1_c5", "t1_c7"}
    _, first, deeper, second = reddit.asked
    assert (first.method, first.path) == ("POST", "/api/morechildren/")
    assert (first.form["link_id"], first.form["children"]) == ("t3_r1", "c5,c6")
    assert deeper.params["comment"] == "c1"
    assert second.form["children"] == "c7"
    assert thread.calls == 4


def test_a_hundred_left_out_comments_make_one_call(reddit, say):
    names = [f"c{n}" for n in range(230)]
    reddit.say(say(tree(reddit, stub("t3_r1", *names))), say(more()))
    collect(reddit, root())
    assert [len(asked.form["children"].split(",")) for asked in reddit.asked[1:]] == [100, 100, 30]


def test_stubs_that_lead_to_stubs_end_and_it_is_said(reddit, say):
    reddit.say(say(tree(reddit, stub("t3_r1", "x"))))
    count = iter(range(1000))
    first = reddit._platform.answer

    def answer(asked):
        if asked.path != "/api/morechildren/":
            return first(asked)
        return say(more(stub("t3_r1", f"y{next(count)}")))

    reddit._platform.answer = answer
    thread, _ = collect(reddit, root())
    assert thread.calls == 20
    assert "longer" in thread.warnings[0]


def test_a_stub_that_names_itself_is_asked_once(reddit, say):
    reddit.say(say(tree(reddit, stub("t3_r1", "x"))), say(more(stub("t3_r1", "x"))))
    thread, _ = collect(reddit, root())
    assert (thread.calls, thread.warnings) == (2, ())


def test_a_closed_thread_does_not_end_the_round(reddit, say):
    reddit.say(say({}, 403), say(tree(reddit, comment("c1"))))
    closed, thread, end = collect(reddit, root("t3_r0", hours=3), root())
    assert (closed.posts, len(closed.warnings)) == ([], 1)
    assert "t1_c1" in ids(thread)
    assert end.covered


def test_a_key_that_is_refused_ends_it(reddit, platform, say):
    platform.say(say({"message": "Unauthorized"}, 401))
    with pytest.raises(Refused, match="CLIENT_ID"):
        collect(reddit, root())


def test_comments_taken_down_are_left_out_but_what_hangs_below_stays(reddit, say):
    gone = comment("c1", body="[removed]", replies=listing(comment("c2", "t1_c1")))
    reddit.say(say(tree(reddit, gone)))
    thread, _ = collect(reddit, root())
    assert ids(thread) == {"t3_r1", "t1_c2"}


def test_an_interrupted_round_goes_on_behind_the_last_thread(reddit, say):
    reddit.say(say(tree(reddit, comment("c1"))), say({}, 429))
    roots = root("t3_r1", hours=5), root("t3_r2", hours=2)
    collector = reddit.build(roots=lambda scope: roots)
    pages = collector.fetch(QUERY, {}, reddit.window)
    first = next(pages)
    with pytest.raises(RateLimited):
        next(pages)
    reddit.say(say(tree(reddit, comment("c9"))))
    collect(reddit, *roots, cursor=first.cursor, clock=lambda: NOW + timedelta(minutes=9))
    assert reddit.asked[-1].path == "/comments/r2/"
    assert len(reddit.asked) == 3


def test_nothing_due_costs_nothing_and_is_covered(reddit):
    (end,) = collect(reddit)
    assert (end.calls, end.covered) == (0, reddit.window)
    later = NOW + timedelta(minutes=30)
    collector = reddit.build(roots=lambda scope: [root()], clock=lambda: later)
    (again,) = collector.fetch(QUERY, end.cursor, Window(reddit.window.start, later))
    assert again.covered == Window(NOW, later)
    assert reddit.asked == []


def test_a_clock_set_back_asks_nothing(reddit):
    later = cursor_done(Round(None, NOW + timedelta(days=1)))
    assert collect(reddit, root(), cursor=later) == []


def test_a_thread_is_looked_at_when_found_and_at_each_age():
    one = Root("t3_a", NOW, NOW + timedelta(minutes=20))
    at, looked = NOW, []
    cursor = {}
    for _ in range(9 * 48):
        at += timedelta(minutes=30)
        looks = round_of(cursor, at)
        if due([one], looks):
            looked.append(at - NOW)
        cursor = cursor_done(looks)
    half_hour = timedelta(minutes=30)
    assert looked == [half_hour, *LOOKS]


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)
roots = st.builds(Root, st.sampled_from([f"t3_{n}" for n in range(9)]), moments, moments)


@given(st.lists(roots, max_size=8, unique_by=lambda one: one.fullname), moments, st.integers(0, 7))
def test_a_kill_anywhere_in_a_round_loses_no_look(known, until, killed_after):
    looks = Round(None, until)
    whole = due(known, looks)
    begun = whole[:killed_after]
    if not begun:
        return
    again = round_of(cursor_after(looks, begun[-1]), until + timedelta(hours=1))
    assert again == replace(looks, after=again.after)
    assert begun + due(known, again) == whole


json_values = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "kind", "data", "replies", "children", "parent_id", "json", "things", "body"]
            ),
            inner | st.sampled_from(["t1", "t3", "more"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(json_values)
def test_any_json_is_survived(body):
    parse_tree(body)
    parse_more(body)
    parse_more({"json": {"data": {"things": body}}})


def test_a_very_deep_tree_is_survived():
    node = comment("c0")
    for n in range(5000):
        node = comment(f"c{n}", replies=listing(node))
    assert len(parse_tree([listing(), listing(node)]).items) == 5000

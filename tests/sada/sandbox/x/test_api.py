"""X's simulator, through the real tweepy: what it serves is the truth, and it refuses as X does."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
import tweepy

from collectors.query import compile_x
from sada.sandbox.campaign import sandbox_campaign
from sada.sandbox.rhythm import local_day
from sada.sandbox.server import Sandbox
from sada.sandbox.truth import truth
from sada.sandbox.world import World
from sada.sandbox.x import BEARER

FIELDS = [
    "author_id",
    "conversation_id",
    "created_at",
    "lang",
    "note_tweet",
    "public_metrics",
    "referenced_tweets",
    "edit_history_tweet_ids",
]
ANY = "cyberviolence OR cyberharcèlement OR الابتزاز OR التنمر OR tanammor OR ibtizaz"


def pages(call: Callable[..., Any], query: str, **options: Any) -> Iterator[Any]:
    token = None
    while True:
        page = call(query, next_token=token, tweet_fields=FIELDS, **options)
        yield page
        token = page.meta.get("next_token")
        if token is None:
            return


def texts(post: Any) -> str:
    long = post.data.get("note_tweet")
    return str(long["text"] if long else post.text)


@pytest.fixture
def first_day(world: World) -> datetime:
    return datetime.fromisoformat(f"{world.design.first_day}T00:00+01:00")


def collected(x: tweepy.Client, world: World, start: datetime) -> dict[str, Any]:
    campaign = sandbox_campaign(world.design)
    queries = [*compile_x(campaign.topic_query, 1024), *compile_x(campaign.families, 1024)]
    return {
        post.data["edit_history_tweet_ids"][0]: post
        for query in queries
        for page in pages(x.search_all_tweets, query.text, max_results=500, start_time=start)
        for post in page.data or []
    }


def test_full_collection_is_the_truth(
    x: tweepy.Client, world: World, clock: Any, first_day: datetime
) -> None:
    found = collected(x, world, first_day)
    clock.advance(seconds=-30)  # X shows what is at least 30 s old
    shown = truth(world, clock())
    counts: dict[str, int] = {}
    for post in found.values():
        day = local_day(post.created_at).isoformat()
        counts[day] = counts.get(day, 0) + 1
    assert counts == {day: row["posts"] for day, row in shown["days"]["x"].items()}
    alive = {item.id: item for item in world.published(clock()) if item.alive(clock())}
    for identity, post in found.items():
        assert texts(post) == alive[identity].version(clock()).text


def test_pages_neither_overlap_nor_lose(x: tweepy.Client) -> None:
    small = [
        post.id for page in pages(x.search_recent_tweets, ANY, max_results=10) for post in page.data
    ]
    large = [
        post.id
        for page in pages(x.search_recent_tweets, ANY, max_results=100)
        for post in page.data
    ]
    assert small == large == sorted(set(small), reverse=True)
    assert len(small) > 300


def test_polling_with_since_id(x: tweepy.Client, clock: Any) -> None:
    first = next(pages(x.search_recent_tweets, ANY, max_results=100))
    clock.advance(hours=7)
    later = [
        post
        for page in pages(
            x.search_recent_tweets, ANY, max_results=10, since_id=first.meta["newest_id"]
        )
        for post in page.data
    ]
    assert 10 < len(later) < 120
    assert min(post.id for post in later) > int(first.meta["newest_id"])
    window = [
        post.id
        for page in pages(x.search_recent_tweets, ANY, max_results=100)
        for post in page.data
    ]
    assert [post.id for post in later] == [
        one for one in window if one > int(first.meta["newest_id"])
    ]


def test_times_bound_the_search(x: tweepy.Client, now: datetime) -> None:
    start, end = now - timedelta(days=3), now - timedelta(days=2)
    found = [
        post
        for page in pages(
            x.search_recent_tweets, ANY, max_results=100, start_time=start, end_time=end
        )
        for post in page.data
    ]
    assert found
    assert all(start <= post.created_at < end for post in found)


def test_until_id(x: tweepy.Client) -> None:
    first = x.search_recent_tweets(ANY, max_results=20)
    older = x.search_recent_tweets(ANY, max_results=10, until_id=first.data[9].id)
    assert [post.id for post in older.data] == [post.id for post in first.data[10:]]


def test_fields_only_when_asked(x: tweepy.Client) -> None:
    bare = x.search_recent_tweets(ANY, max_results=10)
    assert set(bare.data[0].data) == {"id", "text", "edit_history_tweet_ids"}
    assert bare.includes == {}
    full = x.search_recent_tweets(
        ANY,
        max_results=100,
        tweet_fields=FIELDS,
        expansions=["author_id", "referenced_tweets.id"],
        user_fields=["public_metrics"],
    )
    post = full.data[0]
    assert post.created_at.tzinfo is not None
    assert set(post.public_metrics) == {
        *("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count"),
        "impression_count",
    }
    users = {user.id: user for user in full.includes["users"]}
    assert all(post.author_id in users for post in full.data)
    assert users[post.author_id].public_metrics["followers_count"] >= 0
    named = {reference.id for one in full.data for reference in one.referenced_tweets or []}
    given = {one.id for one in full.includes["tweets"]}
    lost = {int(error["resource_id"]) for error in full.errors}
    assert named == given | lost
    assert {post.lang for post in full.data} >= {"fr", "ar", "und"}


def test_long_posts_are_cut_but_for_the_note(x: tweepy.Client, first_day: datetime) -> None:
    cut = [
        post
        for page in pages(x.search_all_tweets, ANY, max_results=500, start_time=first_day)
        for post in page.data
        if "note_tweet" in post.data
    ]
    assert cut
    for post in cut:
        assert len(post.text) == 280
        assert post.data["note_tweet"]["text"].startswith(post.text[:-1])


def test_counts_add_up(x: tweepy.Client) -> None:
    found = sum(len(page.data) for page in pages(x.search_recent_tweets, ANY, max_results=100))
    for unit in ("day", "hour"):
        counted = x.get_recent_tweets_count(ANY, granularity=unit)
        assert counted.meta["total_tweet_count"] == found
        assert sum(bucket["tweet_count"] for bucket in counted.data) == found


def test_lookup_tells_what_is_gone(x: tweepy.Client, world: World, now: datetime) -> None:
    items = [item for item in world.published(now) if item.platform == "x"]
    gone = [item.id for item in items if not item.alive(now)][:3]
    there = [item.id for item in items if item.alive(now)][:5]
    answer = x.get_tweets([*gone, *there], tweet_fields=FIELDS, expansions=["author_id"])
    assert [str(post.id) for post in answer.data] == there
    assert [error["resource_id"] for error in answer.errors] == gone
    assert {error["title"] for error in answer.errors} == {"Not Found Error"}
    assert x.get_tweets(gone).data is None


def test_a_post_vanishes_when_its_time_has_come(x: tweepy.Client, world: World, clock: Any) -> None:
    item = next(
        item
        for item in world.items
        if item.deleted_at
        and item.platform == "x"
        and item.created_at > clock() - timedelta(hours=1)
    )
    clock.moment = item.created_at + timedelta(minutes=1)
    assert x.get_tweets([item.id]).data
    clock.moment = item.deleted_at
    assert x.get_tweets([item.id]).errors
    seen = [
        post.id
        for page in pages(x.search_recent_tweets, ANY, max_results=100)
        for post in page.data
    ]
    assert int(item.id) not in seen


def test_an_edit_gets_a_new_id_and_the_same_history(
    x: tweepy.Client, world: World, clock: Any
) -> None:
    item = next(
        item
        for item in world.items
        if len(item.versions) > 1
        and item.platform == "x"
        and item.created_at > clock() - timedelta(days=4)
    )
    first, second = item.versions
    clock.moment = second.at - timedelta(seconds=1)
    assert x.get_tweets([first.id]).data[0].data["edit_history_tweet_ids"] == [first.id]
    assert x.get_tweets([second.id]).data is None
    clock.moment = second.at + timedelta(minutes=1)
    for identity in (first.id, second.id):
        history = x.get_tweets([identity]).data[0].data["edit_history_tweet_ids"]
        assert history == [first.id, second.id]
    query = f"from:{item.author.handle}"
    found = [post.id for page in pages(x.search_recent_tweets, query) for post in page.data]
    assert int(second.id) in found
    assert int(first.id) not in found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_results": 9}, "max_results"),
        ({"max_results": 101}, "max_results"),
        ({"start_time": "2026-11-01T00:00:00Z"}, "start_time"),
        ({"start_time": "yesterday"}, "start_time"),
        ({"end_time": "2026-11-20T12:00:00Z"}, "end_time"),
        ({"start_time": "2026-11-19T00:00:00Z", "end_time": "2026-11-18T00:00:00Z"}, "start_time"),
        ({"since_id": "20"}, "since_id"),
        ({"since_id": "abc"}, "since_id"),
        ({"next_token": "nonsense"}, "next_token"),
        ({"tweet_fields": "likes"}, "tweet.fields"),
        ({"query": "a OR " * 120 + "b"}, "512"),
        ({"query": "lang:fr"}, "standalone"),
        ({"query": "color:red"}, "invalid operator"),
    ],
)
def test_bad_requests(x: tweepy.Client, options: dict[str, Any], said: str) -> None:
    with pytest.raises(tweepy.BadRequest, match=said):
        x.search_recent_tweets(**({"query": ANY} | options))


def test_no_result(x: tweepy.Client) -> None:
    nothing = x.search_recent_tweets("zzzzz")
    assert nothing.data is None
    assert nothing.meta == {"result_count": 0}


def test_token_is_checked(x_with: Callable[[str], tweepy.Client]) -> None:
    with pytest.raises(tweepy.Unauthorized):
        x_with("wrong").search_recent_tweets(ANY)


def test_rate_limit(sandbox: Sandbox, clock: Any) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {BEARER}"
    address = f"{sandbox.url('x')}/2/tweets/counts/recent?query=zzzzz"
    answers = [session.get(address, timeout=10) for _ in range(301)]
    assert [answer.status_code for answer in answers] == [200] * 300 + [429]
    assert answers[0].headers["x-rate-limit-limit"] == "300"
    assert answers[0].headers["x-rate-limit-remaining"] == "299"
    reset = int(answers[-1].headers["x-rate-limit-reset"])
    assert reset == int(clock().timestamp()) + 900
    other = session.get(f"{sandbox.url('x')}/2/tweets/search/recent?query=zzzzz", timeout=10)
    assert other.status_code == 200
    clock.advance(seconds=900)
    assert session.get(address, timeout=10).status_code == 200


def test_unknown_path(sandbox: Sandbox) -> None:
    header = {"Authorization": f"Bearer {BEARER}"}
    answer = requests.get(f"{sandbox.url('x')}/2/nothing", headers=header, timeout=10)
    assert answer.status_code == 404


def test_usage_counts_posts_read(sandbox: Sandbox, x: tweepy.Client) -> None:
    x.search_recent_tweets(ANY, max_results=10)
    header = {"Authorization": f"Bearer {BEARER}"}
    answer = requests.get(f"{sandbox.url('x')}/2/usage/tweets", headers=header, timeout=10)
    assert answer.json()["data"]["project_usage"] == "10"


def test_the_archive_counts_what_it_would_show(x: tweepy.Client, now: datetime) -> None:
    bounds = {"start_time": now - timedelta(days=36), "end_time": now - timedelta(minutes=1)}
    counts = list(
        tweepy.Paginator(x.get_all_tweets_count, "cyberviolence", granularity="day", **bounds)
    )
    assert len(counts) == 2
    days = [day for page in counts for day in page.data]
    shown = pages(x.search_all_tweets, "cyberviolence", max_results=500, **bounds)
    assert sum(day["tweet_count"] for day in days) == sum(len(page.data) for page in shown) > 20
    starts = sorted(day["start"] for day in days)
    assert len(set(starts)) == len(starts)
    assert starts[0].startswith(f"{bounds['start_time']:%Y-%m-%d}")

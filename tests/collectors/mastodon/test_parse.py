"""Statuses to posts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Author, Kind, Metrics
from collectors.mastodon.parse import home_of, identity_of, parse_status, parse_statuses

HOST = "social.example"
STATUS = {
    "id": "113",
    "uri": "https://social.example/users/amina/statuses/113",
    "created_at": "2026-11-20T09:00:00.000Z",
    "edited_at": None,
    "content": '<p>Brisons le silence &amp; <a href="https://social.example/tags/mamhkoumch"'
    ' class="mention hashtag" rel="tag">#<span>mamhkoumch</span></a><br>8350</p>',
    "spoiler_text": "Violence",
    "visibility": "public",
    "language": "fr",
    "in_reply_to_id": None,
    "reblog": None,
    "favourites_count": 4,
    "reblogs_count": 2,
    "replies_count": 1,
    "quotes_count": 0,
    "account": {"id": "9", "acct": "Amina", "followers_count": 120, "noindex": False},
}


def test_an_original():
    post = parse_status(STATUS, HOST)
    assert (post.platform, post.platform_id, post.kind) == (
        "mastodon", "social.example/113", Kind.ORIGINAL,
    )  # fmt: skip
    assert post.text == "Violence\n\nBrisons le silence & #mamhkoumch\n8350"
    assert post.created_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert post.author == Author("amina@social.example", "Amina@social.example", 120)
    assert post.metrics == Metrics(likes=4, reposts=2, replies=1, quotes=0)
    assert (post.language_hint, post.edited, post.root_id) == ("fr", False, None)


def test_a_copy_on_another_server_is_the_same_post_by_the_same_person():
    account = {"acct": "Amina@social.example", "followers_count": 3}
    copy = STATUS | {"id": "998", "favourites_count": 1, "account": account}
    here, there = parse_status(STATUS, HOST), parse_status(copy, "elsewhere.example")
    assert here.platform_id == there.platform_id
    assert here.author.id == there.author.id
    assert there.metrics == Metrics()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"in_reply_to_id": "5"}, Kind.REPLY),
        ({"quote": {"state": "accepted"}}, Kind.QUOTE),
        ({"edited_at": "2026-11-20T10:00:00Z"}, Kind.ORIGINAL),
    ],
)
def test_kinds(fields, kind):
    post = parse_status(STATUS | fields, HOST)
    assert (post.kind, post.parent_id) == (kind, None)
    assert post.edited is ("edited_at" in fields)


def test_a_boost_repeats_the_text_and_names_what_it_repeats():
    uri = "https://b.example/users/karim/statuses/7/activity"
    post = parse_status(STATUS | {"uri": uri, "content": "", "reblog": STATUS}, HOST)
    assert (post.kind, post.platform_id) == (Kind.REPOST, "b.example/7")
    assert post.parent_id == post.root_id == "social.example/113"
    assert "8350" in post.text


@pytest.mark.parametrize("visibility", ["private", "direct", "limited"])
def test_what_is_not_public_is_left_out(visibility):
    assert parse_status(STATUS | {"visibility": visibility}, HOST) is None


def test_who_asks_not_to_be_indexed_is_left_out():
    account = STATUS["account"] | {"noindex": True}
    parsed = parse_statuses([STATUS | {"account": account}], HOST)
    assert (parsed.posts, parsed.unreadable, parsed.oldest_id) == ((), 0, "113")


@pytest.mark.parametrize(
    "uri",
    [
        "https://social.example/users/amina/statuses/113",
        "https://Social.example/users/amina/statuses/113/activity",
        "https://social.example/ap/users/1165/statuses/113",
    ],
)
def test_home_and_number(uri):
    assert identity_of(uri) == "social.example/113"
    assert home_of("social.example/113") == ("social.example", "113")


@pytest.mark.parametrize(
    "uri",
    [
        "https://pleroma.example/objects/6d0f",
        "https://misskey.example/notes/9x1",
        "https://social.example/@amina/113",
        "no address",
        "http://[x",
    ],
)
def test_no_name_is_in_an_id(uri):
    identity = identity_of(uri)
    assert "amina" not in identity
    assert identity == identity_of(uri)
    assert home_of(identity) is None


def test_statuses_without_id_or_time_are_counted():
    parsed = parse_statuses([{}, None, {"id": "1"}, STATUS, STATUS], HOST)
    assert (len(parsed.posts), parsed.unreadable) == (1, 3)


def test_ids_are_compared_as_numbers():
    assert parse_statuses([STATUS | {"id": "99"}, STATUS | {"id": "100"}], HOST).oldest_id == "99"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(STATUS, json_values)), max_size=4))
def test_any_json_is_survived(statuses):
    for data in (statuses, [STATUS | one for one in statuses]):
        for post in parse_statuses(data, HOST).posts:
            assert post.text.encode() is not None
            assert post.platform_id.encode()
